"""Do the rules of time, load and money say the same to people and to solvers, on hundreds of random rosters?"""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from scheduler.domain.contracts import ContractKind
from scheduler.domain.limits import OnHolidays
from scheduler.domain.people import Expert, WorkedMinutes
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.shifts import Demand
from scheduler.domain.time import Span
from scheduler.rules import load_rulebook
from scheduler.rules.breaks import Breaks
from scheduler.rules.holidays_off import HolidaysOff
from scheduler.rules.hours_in_thirteen_weeks import HoursInThirteenWeeks
from scheduler.rules.neighbourhoods import Neighbourhoods
from scheduler.rules.nights import Nights
from scheduler.rules.nights_in_a_row import NightsInARow
from scheduler.rules.nights_in_thirteen_weeks import NightsInThirteenWeeks
from scheduler.rules.personal_days_between_heavy import PersonalDaysBetweenHeavy
from scheduler.rules.personal_earnings_a_week import PersonalEarningsAWeek
from scheduler.rules.personal_earnings_a_year import PersonalEarningsAYear
from scheduler.rules.personal_floors import PersonalFloors
from scheduler.rules.personal_holidays import PersonalHolidays
from scheduler.rules.personal_hours_a_year import PersonalHoursAYear
from scheduler.rules.personal_load_a_week import PersonalLoadAWeek
from scheduler.rules.personal_load_in_four_weeks import PersonalLoadInFourWeeks
from scheduler.rules.personal_regular_starts import PersonalRegularStarts
from scheduler.rules.personal_slopes import PersonalSlopes
from scheduler.rules.rest_after_nights import RestAfterNights
from scheduler.rules.rolling_limits import RollingLimits
from scheduler.rules.rule import Reach, Rule
from scheduler.rules.settings import HOUSE
from scheduler.rules.working import CountsWork
from tests.rules.agreement import (
    Blind,
    Cases,
    activities,
    agrees,
    cases_of,
    differs,
    elsewhere,
    experts,
    forgetful,
    limits,
    person,
    seeing,
    shifts,
)
from tests.rules.crowded import full_roster
from tests.rules.timely import timely_world

PAUSES: Any = {
    "break_after_minutes": 330,
    "break_minutes": 30,
    "long_break_after_minutes": 500,
    "long_break_minutes": 90,
}
NIGHT: Any = {"night_begins_minute": 0, "night_ends_minute": 360}
FREE: Any = {"country": "NL", "ordinary_holidays": "Good Friday"}
ALL: Any = {"labour_limits_for_all": True}
EMPLOYEES: Any = {"labour_limits_for_all": False}
STEPS: Any = {"step_minutes": 30, "step_cents": 1000, "points_a_step": 4}
NEED: Any = {"mandatory": 1000, "high": 100, "medium": 10, "low": 1}
RULES: tuple[Rule, ...] = (
    HoursInThirteenWeeks(9000, **EMPLOYEES, **PAUSES),
    Breaks(**ALL, **PAUSES),
    Nights(**NIGHT),
    NightsInARow(2, **ALL, **NIGHT),
    NightsInThirteenWeeks(7, **ALL, **NIGHT),
    RestAfterNights(840, 3, 2760, **EMPLOYEES, **NIGHT),
    RollingLimits(**PAUSES),
    PersonalHoursAYear(**PAUSES),
    PersonalEarningsAWeek(**PAUSES),
    PersonalEarningsAYear(**PAUSES),
    PersonalHolidays(**FREE),
    PersonalLoadAWeek(**PAUSES),
    PersonalLoadInFourWeeks(**PAUSES),
    PersonalDaysBetweenHeavy(3),
    Neighbourhoods(**NEED, share_percent=60, percent_of_a_place=30),
    PersonalFloors(**STEPS, **PAUSES),
    PersonalSlopes(**STEPS, **PAUSES),
    PersonalRegularStarts(8),
    HolidaysOff(25, **FREE),
)
NAMES = [rule.name for rule in RULES]
WORLDS, ROSTERS = 250, 2


@cache
def cases() -> Cases:
    return cases_of("rules of time", timely_world, full_roster, worlds=WORLDS, rosters=ROSTERS)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_words_and_declaration_agree_on_every_random_roster(rule: Rule) -> None:
    amounts = agrees(rule, cases())
    assert sum(amount > 0 for amount in amounts) > len(amounts) // 10
    assert len(set(amounts)) > 2


@pytest.mark.parametrize("rule", [r for r in RULES if r.reach is Reach.EXPERT], ids=lambda rule: rule.name)
def test_each_breach_follows_from_the_shifts_of_one_person(rule: Rule) -> None:
    for problem, rosters in cases()[:60]:
        for roster in rosters:
            parts = [
                violation
                for who in problem.expert
                for violation in rule.violations(problem.about_expert(who), Roster(of_expert(roster, who)))
            ]
            assert sorted(parts, key=repr) == sorted(rule.violations(problem, roster), key=repr)


def of_expert(roster: Roster, who: str) -> frozenset[Assignment]:
    return frozenset(a for a in roster.assignments if a.expert == who)


EARLY_NIGHT = {"night_begins_minute": 1380, "night_ends_minute": 300}
NIGHT_RULES = [rule for rule in RULES if hasattr(rule, "night_begins_minute")]


@pytest.mark.slow
@pytest.mark.parametrize("rule", NIGHT_RULES, ids=lambda rule: rule.name)
def test_a_night_may_begin_before_midnight(rule: Any) -> None:
    early = replace(rule, **EARLY_NIGHT)
    agrees(early, cases())
    assert differs(rule, early, seeing, cases())


COUNTING = [rule for rule in load_rulebook() if isinstance(rule, CountsWork)]


@pytest.mark.parametrize("rule", COUNTING, ids=lambda rule: rule.name)
def test_the_break_in_a_long_shift_is_no_work_for_any_rule_over_hours(rule: CountsWork) -> None:
    pausing = replace(rule, **PAUSES)
    agrees(pausing, cases())


PARAMETERS = [
    (rule, field.name)
    for rule in RULES
    for field in fields(rule)  # type: ignore[arg-type]
    if field.name not in ("labour_limits_for_all", "country", "ordinary_holidays", "mandatory", "high", "low")
    and not (isinstance(rule, Breaks) and field.name.startswith("long"))
]


@pytest.mark.parametrize(("rule", "name"), PARAMETERS, ids=[f"{r.name}-{n}" for r, n in PARAMETERS])
def test_a_declaration_with_another_parameter_is_caught(rule: Any, name: str) -> None:
    slipped = replace(rule, **{name: getattr(rule, name) + (45 if "minute" in name else 1)})
    assert differs(rule, slipped, seeing, cases())


def longer(problem: Problem) -> Problem:
    """Every shift ends half an hour later."""
    spans = [Span(s.span.start, s.span.end + timedelta(minutes=30)) for s in problem.shifts]
    return replace(problem, shifts=tuple(replace(s, span=p) for s, p in zip(problem.shifts, spans, strict=True)))


def past(**changes: Any) -> Blind:
    return lambda problem: replace(problem, history=tuple(replace(h, **changes) for h in problem.history))


def contracts(**changes: Any) -> Blind:
    return experts(lambda e: replace(e, contracts=tuple(replace(c, **changes) for c in e.contracts)))


def of_year(change: Callable[[WorkedMinutes], bool]) -> Blind:
    return lambda problem: replace(problem, history=tuple(h for h in problem.history if change(h)))


def first_contract_only(expert: Expert) -> Expert:
    return replace(expert, contracts=expert.contracts[:1])


volunteers = contracts(kind=ContractKind.VOLUNTEER)
SLIPS: dict[str, tuple[Blind, ...]] = {
    "hours_in_thirteen_weeks": (forgetful, longer, elsewhere, volunteers),
    "breaks": (longer,),
    "nights": (limits(nights=True), elsewhere, longer),
    "nights_in_a_row": (limits(nights=False), forgetful, elsewhere),
    "nights_in_thirteen_weeks": (limits(nights=False), forgetful, elsewhere),
    "rest_after_nights": (limits(nights=False), forgetful, elsewhere, longer, volunteers),
    "rolling_limits": (contracts(rolling=()), forgetful, elsewhere, experts(first_contract_only)),
    "personal_hours_a_year": (limits(minutes_a_year=None), forgetful, longer),
    "personal_earnings_a_week": (limits(cents_a_week=None), person(hour_cents=1471), elsewhere, longer),
    "personal_earnings_a_year": (limits(cents_a_year=None), person(hour_cents=1471), forgetful,
                                 of_year(lambda h: h.start.year < 2027)),
    "personal_holidays": (limits(holidays=None), limits(holidays=OnHolidays.NEVER), elsewhere),
    "personal_load_a_week": (limits(load_points_a_week=None), activities(intensity_points=1), elsewhere, longer),
    "personal_load_in_four_weeks": (limits(load_points_in_four_weeks=None), forgetful, past(activity=None), elsewhere),
    "personal_days_between_heavy": (limits(days_between_heavy=1), forgetful, past(activity="meal"), elsewhere),
    "neighbourhoods": (shifts(demand=Demand(1)), shifts(venue="lydia"), elsewhere),
    "personal_floors": (limits(graded=()), forgetful, person(hour_cents=1471), elsewhere),
    "personal_slopes": (limits(graded=()), forgetful, person(hour_cents=1471), longer),
    "personal_regular_starts": (limits(start_difference_minutes=60), elsewhere),
    "holidays_off": (limits(holidays=None), elsewhere),
}  # fmt: skip
PLANTED = [(rule, blind) for rule in RULES for blind in SLIPS[rule.name]]


@pytest.mark.parametrize(("rule", "blind"), PLANTED, ids=[f"{r.name}-{n}" for n, (r, _) in enumerate(PLANTED)])
def test_a_declaration_that_overlooks_a_fact_is_caught(rule: Rule, blind: Blind) -> None:
    assert differs(rule, rule, blind, cases())


def test_every_rule_here_has_slips_of_its_own() -> None:
    assert set(SLIPS) == set(NAMES)
    assert all(field.metadata.get(HOUSE) for field in fields(CountsWork))
