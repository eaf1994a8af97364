"""Do the coverage and preference rules say the same to people and to solvers, on hundreds of random rosters?"""

import random
from dataclasses import fields, replace
from functools import cache
from typing import Any

import pytest

from scheduler.domain.places import Place
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Demand, Priority
from scheduler.rules.contract_hours_short import ContractHoursShort
from scheduler.rules.dated_wishes import DatedWishes
from scheduler.rules.desired_languages import DesiredLanguages
from scheduler.rules.fair_hours import FairHours
from scheduler.rules.familiar_faces import FamiliarFaces
from scheduler.rules.graded_staffing import GradedStaffing
from scheduler.rules.host_required import HostRequired
from scheduler.rules.kept_yes import KeptYes
from scheduler.rules.lone_days_off import LoneDaysOff
from scheduler.rules.own_staff_first import OwnStaffFirst
from scheduler.rules.preferences import Preferences
from scheduler.rules.rule import Rule
from scheduler.rules.short_days import ShortDays
from scheduler.rules.shortfall import Shortfall
from scheduler.rules.split_days import SplitDays
from scheduler.rules.stability import Stability
from scheduler.rules.themes import Themes
from scheduler.rules.travel import Travel
from scheduler.rules.two_present import TwoPresent
from scheduler.rules.wished_hours import WishedHours
from tests.rules.agreement import (
    Blind,
    Cases,
    activities,
    agrees,
    differs,
    elsewhere,
    person,
    problems,
    seeing,
    shifts,
)
from tests.rules.richer import richer
from tests.rules.worlds import random_roster, random_world

PRIORITIES = {"mandatory": 1000, "high": 100, "medium": 10, "low": 1}
RULES: tuple[Rule, ...] = (
    Shortfall(**PRIORITIES, missing_desirable=12),
    HostRequired(**PRIORITIES, host_role="host", percent_of_a_place=50),
    TwoPresent(**PRIORITIES, percent_of_a_place=50),
    WishedHours(30, 60, 240, 3, 4),
    FairHours(30, 15, 40, 50, 2, 3),
    Preferences(20, 5, 2, 15, 3),
    FamiliarFaces(3, 9, 4, 2, 10),
    Travel(20, 5),
    SplitDays(60, 12),
    ShortDays(315, 40, 3),
    LoneDaysOff(3, 4),
    Stability(15, 3),
    KeptYes(150),
    DesiredLanguages(12),
    Themes(9),
    OwnStaffFirst(15),
    ContractHoursShort(30, 4),
    DatedWishes(10),
    GradedStaffing(),
)
NAMES = [rule.name for rule in RULES]
WORLDS, ROSTERS = 40, 13


@cache
def cases() -> Cases:
    rng = random.Random("soft rules")
    worlds = [richer(random_world(rng)) for _ in range(WORLDS)]
    return [(world, [random_roster(rng, world, n / ROSTERS) for n in range(ROSTERS)]) for world in worlds]


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_words_and_terms_agree_on_every_random_roster(rule: Rule) -> None:
    assert len(set(agrees(rule, cases()))) > 5, "the random worlds hardly touch this rule"


PARAMETERS = [(rule, f.name) for rule in RULES for f in fields(rule) if f.type is not str and "break" not in f.name]  # type: ignore[arg-type]


@pytest.mark.parametrize(("rule", "name"), PARAMETERS, ids=[f"{r.name}-{n}" for r, n in PARAMETERS])
def test_terms_with_another_parameter_are_caught(rule: Any, name: str) -> None:
    assert differs(rule, replace(rule, **{name: getattr(rule, name) + 7}), seeing, cases())


def of(name: str) -> Rule:
    return RULES[NAMES.index(name)]


def equal_needs(problem: Problem) -> Problem:
    return replace(problem, neighbourhoods=tuple(replace(n, need=100) for n in problem.neighbourhoods))


BLIND: dict[str, tuple[Blind, ...]] = {
    "shortfall": (shifts(priority=Priority.LOW), shifts(demand=Demand(1)), equal_needs),
    "host_required": (person(qualifications=()), person(roles=frozenset()), activities(host_needed=False)),
    "two_present": (activities(two_present=False), shifts(demand=Demand(2))),
    "wished_hours": (person(exclusions=()), person(wished_minutes_a_week=240)),
    "fair_hours": (problems(balance_minutes={}), shifts(demand=Demand(1))),
    "preferences": (person(venue_wishes=()), person(activity_wishes=())),
    "familiar_faces": (problems(past_visits={}), shifts(venue="lydia")),
    "travel": (person(home=Place(52.35, 4.89)), shifts(venue="lydia")),
    "split_days": (lambda p: replace(p, window=replace(p.window, zone_name="Asia/Tokyo")),),
    "short_days": (lambda p: replace(p, window=replace(p.window, zone_name="Asia/Tokyo")),),
    "lone_days_off": (lambda p: replace(p, window=replace(p.window, zone_name="Asia/Tokyo")),),
    "stability": (problems(published=None), problems(declined=frozenset())),
    "kept_yes": (problems(published=None), problems(accepted=frozenset()), problems(declined=frozenset())),
    "desired_languages": (shifts(desired_languages=frozenset({"ar"})), person(languages=frozenset())),
    "themes": (shifts(themes=frozenset({"home"})), person(themes=frozenset())),
    "own_staff_first": (person(contracts=()),),
    "contract_hours_short": (person(contracts=()), elsewhere),
    "dated_wishes": (person(dated_wishes=()), elsewhere, shifts(activity="meal")),
    "graded_staffing": (shifts(demand=Demand(1)), shifts(demand=Demand(1, missing_points=3, extra_points=3))),
}
SLIPS = [(of(name), blind) for name, several in BLIND.items() for blind in several]


@pytest.mark.parametrize(("rule", "blind"), SLIPS, ids=[f"{r.name}-{n}" for n, (r, _) in enumerate(SLIPS)])
def test_terms_that_overlook_a_fact_are_caught(rule: Rule, blind: Blind) -> None:
    assert differs(rule, rule, blind, cases())


def test_every_soft_rule_is_in_these_tests_with_a_slip_of_its_own() -> None:
    assert set(BLIND) == set(NAMES)
