"""Do the hard rules say the same to people and to solvers, on hundreds of random rosters?"""

import random
from dataclasses import fields, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
import pytest

from scheduler.domain.availability import Availability as Times
from scheduler.domain.availability import AvailabilityLevel
from scheduler.domain.contracts import ContractKind
from scheduler.domain.people import ExclusionKind, Expert, WorkedMinutes
from scheduler.domain.places import TravelMode
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Demand
from scheduler.domain.time import Days, Span
from scheduler.rules import declare
from scheduler.rules.activity_successions import ActivitySuccessions
from scheduler.rules.availability import Availability
from scheduler.rules.contract import ContractInForce
from scheduler.rules.contract_hours import ContractHours
from scheduler.rules.contract_hours_in_window import ContractHoursInWindow
from scheduler.rules.contract_one_shift_a_day import ContractOneShiftADay
from scheduler.rules.daily_rest import DailyRest
from scheduler.rules.days_in_a_row import DaysInARow
from scheduler.rules.declines import Declines
from scheduler.rules.exclusions import Exclusions
from scheduler.rules.frozen_zone import FrozenZone
from scheduler.rules.headcount import Headcount
from scheduler.rules.home_distance import HomeDistance
from scheduler.rules.hours_a_day import HoursADay
from scheduler.rules.hours_a_week import HoursAWeek
from scheduler.rules.hours_in_four_weeks import HoursInFourWeeks
from scheduler.rules.index import roster_of
from scheduler.rules.labour import LabourRule
from scheduler.rules.longest_shift import LongestShift
from scheduler.rules.overlap import Overlap
from scheduler.rules.personal_days_in_a_row import PersonalDaysInARow
from scheduler.rules.personal_days_off_together import PersonalDaysOffTogether
from scheduler.rules.personal_earnings_a_month import PersonalEarningsAMonth
from scheduler.rules.personal_hours_a_day import PersonalHoursADay
from scheduler.rules.personal_hours_a_month import PersonalHoursAMonth
from scheduler.rules.personal_hours_a_week import PersonalHoursAWeek
from scheduler.rules.personal_hours_of_day import PersonalHoursOfDay
from scheduler.rules.personal_quiet_places import PersonalQuietPlaces
from scheduler.rules.personal_shifts_a_week import PersonalShiftsAWeek
from scheduler.rules.personal_shifts_of_activity import PersonalShiftsOfActivity
from scheduler.rules.personal_travel import PersonalTravel
from scheduler.rules.personal_two_person_shifts import PersonalTwoPersonShifts
from scheduler.rules.personal_weekends import PersonalWeekends
from scheduler.rules.personal_work_days_together import PersonalWorkDaysTogether
from scheduler.rules.pins import Pins
from scheduler.rules.required_language import RequiredLanguage
from scheduler.rules.required_qualification import RequiredQualification
from scheduler.rules.role import Role
from scheduler.rules.rule import Rule
from scheduler.rules.shifts_a_week import ShiftsAWeek
from scheduler.rules.weekly_rest import WeeklyRest
from scheduler.terms.check import score
from tests import builders as draw
from tests.builders import JANUARY
from tests.rules.agreement import (
    Blind,
    Cases,
    activities,
    agrees,
    cases_of,
    declared,
    differs,
    elsewhere,
    experts,
    forgetful,
    limits,
    person,
    problems,
    said,
    seeing,
    shifts,
)
from tests.rules.crowded import crowded_world, full_roster
from tests.rules.richer import richer

EMPLOYEES = {"labour_limits_for_all": False}
ALL = {"labour_limits_for_all": True}
RULES: tuple[Rule, ...] = (
    Availability(AvailabilityLevel.ASK_FIRST),
    ContractInForce(),
    Role(),
    RequiredLanguage(),
    RequiredQualification(),
    Exclusions(),
    Declines(),
    Pins(),
    FrozenZone(4),
    Headcount(),
    Overlap(15),
    HomeDistance(12),
    DailyRest(660, **ALL),
    WeeklyRest(6000, 1920, **EMPLOYEES),
    LongestShift(405, **EMPLOYEES),
    HoursADay(500, **ALL),
    HoursAWeek(1500, **EMPLOYEES),
    HoursInFourWeeks(2500, **EMPLOYEES),
    DaysInARow(3, **ALL),
    ShiftsAWeek(4, **EMPLOYEES),
    ContractHours(),
    ActivitySuccessions(),
    ContractHoursInWindow(least_is_hard=True),
    ContractOneShiftADay(),
    PersonalWorkDaysTogether(),
    PersonalDaysOffTogether(),
    PersonalWeekends(),
    PersonalShiftsOfActivity(),
    PersonalHoursADay(),
    PersonalHoursAWeek(),
    PersonalHoursAMonth(),
    PersonalEarningsAMonth(),
    PersonalShiftsAWeek(),
    PersonalDaysInARow(),
    PersonalHoursOfDay(),
    PersonalTravel(),
    PersonalQuietPlaces(),
    PersonalTwoPersonShifts(),
)
NAMES = [rule.name for rule in RULES]
WORLDS, ROSTERS = 120, 5


@cache
def cases() -> Cases:
    return cases_of("hard rules", lambda rng: richer(crowded_world(rng)), full_roster, worlds=WORLDS, rosters=ROSTERS)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_words_and_declaration_agree_on_every_random_roster(rule: Rule) -> None:
    amounts = agrees(rule, cases())
    broken = sum(amount > 0 for amount in amounts)
    assert broken > len(amounts) // 10, f"broken in {broken} of {len(amounts)} rosters"
    assert len(set(amounts)) > 2


@pytest.mark.parametrize("rule", [r for r in RULES if isinstance(r, LabourRule)], ids=lambda rule: rule.name)
def test_labour_limits_agree_with_and_without_the_house_rule(rule: LabourRule) -> None:
    other = replace(rule, labour_limits_for_all=not rule.labour_limits_for_all)
    agrees(other, cases())
    assert differs(rule, other, seeing, cases())


def test_among_eligible_pairs_the_terms_alone_say_everything() -> None:
    rng = random.Random("eligible")
    for problem, _ in cases():
        for rule in RULES:
            model = declare(problem, [rule])
            chosen = np.array([rng.random() < 0.4 for _ in range(len(model.pairs))], np.bool_)
            roster = roster_of(problem, model.pairs, chosen)
            assert said(rule, problem, roster) == score(model, chosen).hard, rule.name


PARAMETERS = [
    (rule, field.name)
    for rule in RULES
    for field in fields(rule)  # type: ignore[arg-type]
    if field.name not in ("labour_limits_for_all", "lowest_level")
    and not isinstance(rule, FrozenZone)
    and "break" not in field.name
]


@pytest.mark.parametrize(("rule", "name"), PARAMETERS, ids=[f"{r.name}-{n}" for r, n in PARAMETERS])
def test_a_declaration_with_another_parameter_is_caught(rule: Any, name: str) -> None:
    value = getattr(rule, name)
    slipped = replace(rule, **{name: not value if value is True else value + (15 if name.endswith("minutes") else 1)})
    assert differs(rule, slipped, seeing, cases())


def test_taking_somebody_off_a_shift_breaks_no_rule_but_pins_the_frozen_zone_and_those_that_ask_for_work() -> None:
    rng = random.Random("fewer")
    for problem, rosters in cases():
        for roster in rosters[:2]:
            fewer = Roster(frozenset(a for a in sorted(roster.assignments) if rng.random() < 0.6))
            for rule in RULES:
                if not isinstance(rule, Pins | FrozenZone) and not rule.asks_for_work:
                    assert said(rule, problem, fewer) <= said(rule, problem, roster), rule.name


def test_a_shift_may_start_when_earlier_work_ends() -> None:
    history = (draw.worked("noor", "w0 sun 22:00-06:00"),)
    shifts = [draw.shift("mon 06:00-08:00"), draw.shift("mon 05:59-08:00")]
    made = draw.problem(shifts, [draw.expert("noor")], history=history)
    rosters = [draw.roster("noor: s1"), draw.roster("noor: s2")]
    assert [said(Overlap(15), made, roster) for roster in rosters] == [0, 1]
    assert declared(Overlap(15), made, made, rosters) == [0, 1]


@pytest.mark.parametrize(("hour", "missing"), [(0, 180), (1, 0)], ids=["leaves a rest", "leaves none"])
def test_two_weeks_that_earlier_work_alone_breaks_are_nobodys_fault(hour: int, missing: int) -> None:
    friday = JANUARY.midnight(4) + timedelta(hours=hour)
    long = WorkedMinutes("noor", JANUARY.midnight(-7), friday)
    history = (draw.worked("noor", "w0 sun 22:00-03:00"), long, draw.worked("noor", "w0 sun 23:00-02:00"))
    made = draw.problem([draw.shift("sun 21:00-23:30")], [draw.expert("noor")], history=history)
    rosters = [draw.roster("noor: s1")]
    rule = WeeklyRest(4320, 1920, **ALL)
    assert [said(rule, made, roster) for roster in rosters] == [missing]
    assert declared(rule, made, made, rosters) == [missing]


def longer(problem: Problem) -> Problem:
    """Every shift ends a minute later."""
    spans = [Span(s.span.start, s.span.end + timedelta(minutes=1)) for s in problem.shifts]
    return replace(problem, shifts=tuple(replace(s, span=p) for s, p in zip(problem.shifts, spans, strict=True)))


def without(kind: ExclusionKind) -> Blind:
    return experts(lambda e: replace(e, exclusions=tuple(x for x in e.exclusions if x.kind is not kind)))


def first_contract_only(expert: Expert) -> Expert:
    return replace(expert, contracts=expert.contracts[:1])


def volunteers(expert: Expert) -> Expert:
    return replace(expert, contracts=tuple(replace(c, kind=ContractKind.VOLUNTEER) for c in expert.contracts))


anywhere = experts(lambda e: replace(e, contracts=tuple(replace(c, days=Days(date(2020, 1, 1))) for c in e.contracts)))

SLIPS: dict[str, tuple[Blind, ...]] = {
    "availability": (person(availability=Times()), experts(lambda e: replace(
        e, availability=replace(e.availability, exceptions=()))), elsewhere),
    "contract": (anywhere, experts(first_contract_only)),
    "role": (person(qualifications=()), person(roles=frozenset({"host"}))),
    "required_language": (shifts(required_languages=frozenset()), person(languages=frozenset({"nl"}))),
    "required_qualification": (person(qualifications=()), shifts(required_qualification="first aid"), elsewhere),
    "exclusions": (*(without(kind) for kind in ExclusionKind), elsewhere),
    "declines": (problems(declined=frozenset()),),
    "pins": (problems(pinned=frozenset()),),
    "frozen_zone": (problems(published=None), problems(frozen_until=None), problems(pinned=frozenset()),
                    problems(declined=frozenset())),
    "headcount": (shifts(demand=Demand(1)), shifts(demand=Demand(1, extra_points=1))),
    "overlap": (longer, forgetful, person(travel_mode=TravelMode.BIKE), shifts(venue="lydia")),
    "home_distance": (limits(travel_minutes=None), person(travel_mode=TravelMode.CAR), shifts(venue="far")),
    "daily_rest": (longer, forgetful, elsewhere),
    "weekly_rest": (longer, forgetful, elsewhere, experts(volunteers)),
    "longest_shift": (longer, experts(volunteers)),
    "hours_a_day": (longer, elsewhere),
    "hours_a_week": (longer, elsewhere, experts(volunteers)),
    "hours_in_four_weeks": (longer, forgetful, elsewhere),
    "days_in_a_row": (forgetful, elsewhere),
    "shifts_a_week": (elsewhere, experts(volunteers)),
    "activity_successions": (activities(never_before=frozenset()), elsewhere),
    "contract_hours_in_window": (longer, anywhere, experts(first_contract_only)),
    "contract_one_shift_a_day": (elsewhere, anywhere, experts(first_contract_only)),
    "personal_work_days_together": (limits(least_days_in_a_row=None), elsewhere),
    "personal_days_off_together": (limits(least_days_off_in_a_row=None), elsewhere),
    "personal_weekends": (limits(weekends_a_window=None), elsewhere),
    "personal_shifts_of_activity": (limits(shifts_of_activity=()), shifts(activity="meal")),
    "contract_hours": (longer, elsewhere, anywhere, experts(first_contract_only)),
    "personal_hours_a_day": (limits(minutes_a_day=180), elsewhere),
    "personal_hours_a_week": (limits(minutes_a_week=None), elsewhere),
    "personal_hours_a_month": (limits(minutes_a_month=600), forgetful, elsewhere),
    "personal_earnings_a_month": (limits(cents_a_month=30_000), forgetful, person(hour_cents=1471), longer),
    "personal_shifts_a_week": (limits(shifts_a_week=None), elsewhere),
    "personal_days_in_a_row": (limits(days_in_a_row=2), forgetful),
    "personal_hours_of_day": (limits(earliest_start=None), limits(latest_end=None), longer, elsewhere),
    "personal_travel": (limits(travel_minutes=None), person(travel_mode=TravelMode.CAR), shifts(venue="far")),
    "personal_quiet_places": (limits(quiet_places_only=False), shifts(venue="lydia")),
    "personal_two_person_shifts": (limits(two_person_shifts_only=False), shifts(demand=Demand(2))),
}  # fmt: skip
PLANTED = [(rule, blind) for rule in RULES for blind in SLIPS[rule.name]]


@pytest.mark.parametrize(("rule", "blind"), PLANTED, ids=[f"{r.name}-{n}" for n, (r, _) in enumerate(PLANTED)])
def test_a_declaration_that_overlooks_a_fact_is_caught(rule: Rule, blind: Blind) -> None:
    assert differs(rule, rule, blind, cases())


def test_every_rule_here_has_slips_of_its_own() -> None:
    assert set(SLIPS) == set(NAMES)
