"""Which rules does a roster obey? The table of contents: one file, one line per rule, in the order they are shown."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, starmap
from pathlib import Path

import numpy as np

from scheduler.domain.problem import Problem
from scheduler.domain.score import Level
from scheduler.rules.activity_successions import ActivitySuccessions
from scheduler.rules.alone_at_the_door import AloneAtTheDoor
from scheduler.rules.availability import Availability
from scheduler.rules.breaks import Breaks
from scheduler.rules.buddy import Buddy
from scheduler.rules.carried_alone import CarriedAlone
from scheduler.rules.contract import ContractInForce
from scheduler.rules.contract_hours import ContractHours
from scheduler.rules.contract_hours_in_window import ContractHoursInWindow
from scheduler.rules.contract_hours_short import ContractHoursShort
from scheduler.rules.contract_one_shift_a_day import ContractOneShiftADay
from scheduler.rules.daily_rest import DailyRest
from scheduler.rules.dated_wishes import DatedWishes
from scheduler.rules.days_in_a_row import DaysInARow
from scheduler.rules.declines import Declines
from scheduler.rules.desired_languages import DesiredLanguages
from scheduler.rules.exclusions import Exclusions
from scheduler.rules.fair_asking import FairAsking
from scheduler.rules.fair_hours import FairHours
from scheduler.rules.familiar_faces import FamiliarFaces
from scheduler.rules.first_visit import FirstVisit
from scheduler.rules.fixed import Given
from scheduler.rules.frozen_zone import FrozenZone
from scheduler.rules.graded_staffing import GradedStaffing
from scheduler.rules.headcount import Headcount
from scheduler.rules.holidays_off import HolidaysOff
from scheduler.rules.home_distance import HomeDistance
from scheduler.rules.host_required import HostRequired
from scheduler.rules.hours_a_day import HoursADay
from scheduler.rules.hours_a_week import HoursAWeek
from scheduler.rules.hours_in_four_weeks import HoursInFourWeeks
from scheduler.rules.hours_in_thirteen_weeks import HoursInThirteenWeeks
from scheduler.rules.index import Index
from scheduler.rules.kept_yes import KeptYes
from scheduler.rules.last_back_up import LastBackUp
from scheduler.rules.lone_days_off import LoneDaysOff
from scheduler.rules.longest_shift import LongestShift
from scheduler.rules.neighbourhoods import Neighbourhoods
from scheduler.rules.newcomers_at_once import NewcomersAtOnce
from scheduler.rules.nights import Nights
from scheduler.rules.nights_in_a_row import NightsInARow
from scheduler.rules.nights_in_thirteen_weeks import NightsInThirteenWeeks
from scheduler.rules.overlap import Overlap
from scheduler.rules.own_staff_first import OwnStaffFirst
from scheduler.rules.personal_days_between_heavy import PersonalDaysBetweenHeavy
from scheduler.rules.personal_days_in_a_row import PersonalDaysInARow
from scheduler.rules.personal_days_off_together import PersonalDaysOffTogether
from scheduler.rules.personal_earnings_a_month import PersonalEarningsAMonth
from scheduler.rules.personal_earnings_a_week import PersonalEarningsAWeek
from scheduler.rules.personal_earnings_a_year import PersonalEarningsAYear
from scheduler.rules.personal_floors import PersonalFloors
from scheduler.rules.personal_holidays import PersonalHolidays
from scheduler.rules.personal_hours_a_day import PersonalHoursADay
from scheduler.rules.personal_hours_a_month import PersonalHoursAMonth
from scheduler.rules.personal_hours_a_week import PersonalHoursAWeek
from scheduler.rules.personal_hours_a_year import PersonalHoursAYear
from scheduler.rules.personal_hours_of_day import PersonalHoursOfDay
from scheduler.rules.personal_load_a_week import PersonalLoadAWeek
from scheduler.rules.personal_load_in_four_weeks import PersonalLoadInFourWeeks
from scheduler.rules.personal_quiet_places import PersonalQuietPlaces
from scheduler.rules.personal_regular_starts import PersonalRegularStarts
from scheduler.rules.personal_shifts_a_week import PersonalShiftsAWeek
from scheduler.rules.personal_shifts_of_activity import PersonalShiftsOfActivity
from scheduler.rules.personal_slopes import PersonalSlopes
from scheduler.rules.personal_stand_bys import PersonalStandBys
from scheduler.rules.personal_travel import PersonalTravel
from scheduler.rules.personal_two_person_shifts import PersonalTwoPersonShifts
from scheduler.rules.personal_weekends import PersonalWeekends
from scheduler.rules.personal_work_days_together import PersonalWorkDaysTogether
from scheduler.rules.pins import Pins
from scheduler.rules.preferences import Preferences
from scheduler.rules.regular_faces import RegularFaces
from scheduler.rules.required_language import RequiredLanguage
from scheduler.rules.required_qualification import RequiredQualification
from scheduler.rules.rest_after_nights import RestAfterNights
from scheduler.rules.role import Role
from scheduler.rules.rolling_limits import RollingLimits
from scheduler.rules.rule import Rule
from scheduler.rules.settings import DEFAULT_PATH, read_rulebook
from scheduler.rules.shifts_a_week import ShiftsAWeek
from scheduler.rules.short_days import ShortDays
from scheduler.rules.shortfall import Shortfall
from scheduler.rules.split_days import SplitDays
from scheduler.rules.stability import Stability
from scheduler.rules.stand_by_offered import StandByOffered
from scheduler.rules.themes import Themes
from scheduler.rules.travel import Travel
from scheduler.rules.two_present import TwoPresent
from scheduler.rules.venue_budget import VenueBudget
from scheduler.rules.venue_budget_overrun import VenueBudgetOverrun
from scheduler.rules.wanted_colleagues import WantedColleagues
from scheduler.rules.weekly_rest import WeeklyRest
from scheduler.rules.wished_hours import WishedHours
from scheduler.terms.kinds import Bools
from scheduler.terms.pairs import Model, Pairs, assemble

HARD_RULES: tuple[type[Rule], ...] = (
    Availability,
    ContractInForce,
    Role,
    RequiredLanguage,
    RequiredQualification,
    Exclusions,
    Declines,
    Pins,
    FrozenZone,
    Headcount,
    Overlap,
    HomeDistance,
    DailyRest,
    WeeklyRest,
    LongestShift,
    HoursADay,
    HoursAWeek,
    HoursInFourWeeks,
    HoursInThirteenWeeks,
    DaysInARow,
    ShiftsAWeek,
    Breaks,
    Nights,
    NightsInARow,
    NightsInThirteenWeeks,
    RestAfterNights,
    ActivitySuccessions,
    ContractHours,
    RollingLimits,
    ContractHoursInWindow,
    ContractOneShiftADay,
    PersonalHoursADay,
    PersonalHoursAWeek,
    PersonalHoursAMonth,
    PersonalHoursAYear,
    PersonalEarningsAWeek,
    PersonalEarningsAMonth,
    PersonalEarningsAYear,
    PersonalShiftsAWeek,
    PersonalDaysInARow,
    PersonalWorkDaysTogether,
    PersonalDaysOffTogether,
    PersonalWeekends,
    PersonalShiftsOfActivity,
    PersonalHoursOfDay,
    PersonalTravel,
    PersonalHolidays,
    PersonalLoadAWeek,
    PersonalLoadInFourWeeks,
    PersonalDaysBetweenHeavy,
    PersonalQuietPlaces,
    PersonalTwoPersonShifts,
    PersonalStandBys,
    StandByOffered,
    VenueBudget,
)

COVERAGE_RULES: tuple[type[Rule], ...] = (
    Shortfall,
    HostRequired,
    TwoPresent,
    FirstVisit,
    Buddy,
    AloneAtTheDoor,
    Neighbourhoods,
)

PREFERENCE_RULES: tuple[type[Rule], ...] = (
    WishedHours,
    ContractHoursShort,
    FairHours,
    PersonalFloors,
    PersonalSlopes,
    Preferences,
    DatedWishes,
    FamiliarFaces,
    RegularFaces,
    CarriedAlone,
    LastBackUp,
    WantedColleagues,
    NewcomersAtOnce,
    FairAsking,
    Stability,
    KeptYes,
    SplitDays,
    ShortDays,
    LoneDaysOff,
    PersonalRegularStarts,
    HolidaysOff,
    Travel,
    DesiredLanguages,
    Themes,
    OwnStaffFirst,
    VenueBudgetOverrun,
    GradedStaffing,
)

RULEBOOK: tuple[type[Rule], ...] = (*HARD_RULES, *COVERAGE_RULES, *PREFERENCE_RULES)
"""Every rule class; a file in this folder whose rule has no line here fails a test."""

CREW_CELLS = 1 << 21
"""So many experts times shifts are looked at in one go: what a rule forbids among them stays in the cache."""


def load_rulebook(path: Path = DEFAULT_PATH, day: date = date.max) -> tuple[Rule, ...]:
    """Every rule with the values that are in force on a day (the newest ones when no day is given)."""
    return read_rulebook(RULEBOOK, path, day)


def declare(problem: Problem, rules: Sequence[Rule], index: Index | None = None) -> Model:
    """The problem for solvers: eligible pairs and terms; `source` of a term is the position of its rule in `rules`.

    Pair (e, s) stands for problem.experts[e] on problem.shifts[s]; `roster_of` and `chosen_of` translate. What people
    were told and is settled stays a pair when a rule forbids it today: it stands, and counts for every limit.
    """
    facts = index or Index(problem)
    given = Given(facts)
    pairs = Pairs.of_crews(problem.window.days, facts.shifts, starmap(given.let_in, _crews(facts, rules)))
    return assemble(pairs, (chain(rule.terms(facts, pairs), given.broken(rule, pairs)) for rule in rules))


def eligible(index: Index, rules: Iterable[Rule]) -> Bools:
    """Matrix experts x shifts of the pairs that no hard rule forbids."""
    found = np.zeros((len(index.problem.experts), len(index.shifts)), np.bool_)
    for crew, allowed in _crews(index, rules):
        found[crew] = allowed
    return found


def _crews(index: Index, rules: Iterable[Rule]) -> Iterator[tuple[slice, Bools]]:
    """Crew by crew, which pairs (crew x shifts) are left."""
    count, shifts = len(index.problem.experts), len(index.shifts)
    hard = [rule for rule in rules if rule.level is Level.HARD]
    size = max(1, CREW_CELLS // max(1, shifts))
    for first in range(0, count, size):
        crew = slice(first, min(first + size, count))
        found = np.ones((crew.stop - first, shifts), np.bool_)
        for rule in hard:
            forbidden = rule.forbids(index, crew)
            if forbidden is not None:
                np.greater(found, forbidden, out=found)
        yield crew, found
