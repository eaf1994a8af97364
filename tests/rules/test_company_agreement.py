"""Do the rules about colleagues, venues, asking and money of a venue say the same to people and to solvers?"""

import random
from dataclasses import fields, replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from scheduler.domain.availability import Availability
from scheduler.domain.history import Visit
from scheduler.domain.people import ExclusionKind, WorkedMinutes
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level
from scheduler.domain.shifts import Demand
from scheduler.domain.venues import KEYS
from scheduler.rules.alone_at_the_door import AloneAtTheDoor
from scheduler.rules.analysis import analyse
from scheduler.rules.buddy import Buddy
from scheduler.rules.carried_alone import CarriedAlone
from scheduler.rules.fair_asking import FairAsking
from scheduler.rules.first_visit import FirstVisit
from scheduler.rules.last_back_up import LastBackUp
from scheduler.rules.newcomers_at_once import NewcomersAtOnce
from scheduler.rules.personal_stand_bys import PersonalStandBys
from scheduler.rules.regular_faces import RegularFaces
from scheduler.rules.rule import Rule
from scheduler.rules.stand_by_offered import StandByOffered
from scheduler.rules.venue_budget import VenueBudget
from scheduler.rules.venue_budget_overrun import VenueBudgetOverrun
from scheduler.rules.wanted_colleagues import WantedColleagues
from tests.builders import JANUARY, expert, problem, roster, shift
from tests.rules.agreement import (
    Blind,
    Cases,
    activities,
    agrees,
    declared,
    differs,
    elsewhere,
    experts,
    limits,
    person,
    problems,
    said,
    seeing,
    shifts,
)
from tests.rules.company import in_company
from tests.rules.crowded import crowded_world
from tests.rules.worlds import random_roster, random_world

PRIORITIES = {"mandatory": 1000, "high": 100, "medium": 10, "low": 1}
RULES: tuple[Rule, ...] = (
    FirstVisit(**PRIORITIES, percent_of_a_place=150),
    Buddy(**PRIORITIES, percent_of_a_place=150, first_shifts=3),
    AloneAtTheDoor(**PRIORITIES, percent_of_a_place=150),
    NewcomersAtOnce(3, 1, 7),
    WantedColleagues(6),
    RegularFaces(3, 10, 5),
    CarriedAlone(30, 8),
    LastBackUp(2, 11),
    FairAsking(2, 4),
    PersonalStandBys(),
    StandByOffered(),
    VenueBudget(),
    VenueBudgetOverrun(60, 2500, 5),
)
NAMES = [rule.name for rule in RULES]
WORLDS, ROSTERS = 60, 10


@cache
def cases() -> Cases:
    rng = random.Random("company")
    worlds = [in_company(make(rng)) for make in (crowded_world, random_world) for _ in range(WORLDS // 2)]
    return [(world, [random_roster(rng, world, n / 10) for n in range(ROSTERS)]) for world in worlds]


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_words_and_terms_agree_on_every_random_roster(rule: Rule) -> None:
    amounts = agrees(rule, cases())
    assert sum(amount > 0 for amount in amounts) > len(amounts) // 5
    assert len(set(amounts)) > 5, "the random worlds hardly touch this rule"


PARAMETERS = [(rule, f.name) for rule in RULES for f in fields(rule)]  # type: ignore[arg-type]


@pytest.mark.parametrize(("rule", "name"), PARAMETERS, ids=[f"{r.name}-{n}" for r, n in PARAMETERS])
def test_terms_with_another_parameter_are_caught(rule: Any, name: str) -> None:
    assert differs(rule, replace(rule, **{name: getattr(rule, name) + 7}), seeing, cases())


def venues(**changes: Any) -> Blind:
    """Every venue has these values."""
    return lambda problem: replace(problem, venues=tuple(replace(v, **changes) for v in problem.venues))


def without(kind: ExclusionKind) -> Blind:
    return experts(lambda e: replace(e, exclusions=tuple(x for x in e.exclusions if x.kind is not kind)))


def one_sided(problem: Problem) -> Problem:
    """Who is wanted wants back."""
    wanting = {e.id: e.wanted_colleagues for e in problem.experts}
    return replace(
        problem,
        experts=tuple(
            replace(e, wanted_colleagues=e.wanted_colleagues | {o for o, w in wanting.items() if e.id in w})
            for e in problem.experts
        ),
    )


def half(problem: Problem) -> Problem:
    """Half of the visits are forgotten."""
    return replace(problem, visits=problem.visits[::2])


def as_if_of_today(problem: Problem) -> Problem:
    """Every visit was on the last day before the window."""
    last = problem.window.midnight(0) - timedelta(hours=6)
    fresh = (replace(v.worked, start=last, end=last + timedelta(hours=2)) for v in problem.visits)
    return replace(problem, visits=tuple(Visit(w, v.venue) for w, v in zip(fresh, problem.visits, strict=True)))


def no_keys(problem: Problem) -> Problem:
    """No venue has keys for our people."""
    return replace(problem, venues=tuple(replace(v, attributes=v.attributes - {KEYS}) for v in problem.venues))


CAPABLE = (without(ExclusionKind.VENUE), without(ExclusionKind.NEIGHBOURHOOD), without(ExclusionKind.DAY))
BLIND: dict[str, tuple[Blind, ...]] = {
    "first_visit": (problems(past_visits={}), shifts(venue="lydia")),
    "buddy": (problems(past_visits={}), venues(kind="house")),
    "alone_at_the_door": (no_keys, limits(opens_alone=False), limits(closes_alone=True), elsewhere),
    "newcomers_at_once": (problems(past_visits={}), venues(kind="house")),
    "wanted_colleagues": (
        person(wanted_colleagues=frozenset()),
        one_sided,
        shifts(demand=Demand(2)),
        person(contracts=()),
        person(roles=frozenset({"host", "consultant"})),
        *CAPABLE,
    ),
    "regular_faces": (problems(visits=()), half, as_if_of_today, shifts(venue="lydia")),
    "carried_alone": (shifts(demand=Demand(1)), shifts(venue="lydia")),
    "last_back_up": (
        shifts(demand=Demand(1)),
        problems(declined=frozenset()),
        person(qualifications=()),
        person(languages=frozenset({"nl", "ar", "tr"})),
        person(availability=Availability()),
        elsewhere,
        *CAPABLE,
    ),
    "fair_asking": (problems(past_asks={}), person(availability=Availability()), elsewhere),
    "personal_stand_bys": (activities(stand_by=True), limits(stand_bys_a_month=None), problems(history=())),
    "stand_by_offered": (activities(stand_by=False), person(stand_by=frozenset()), elsewhere, shifts(venue="coenen")),
    "venue_budget": (
        problems(visits=()), venues(minutes_a_month=600), venues(cents_a_month=None), venues(budget_is_hard=True),
        person(hour_cents=1471), half,
    ),
    "venue_budget_overrun": (
        problems(visits=()), venues(minutes_a_month=600), venues(cents_a_month=None), venues(budget_is_hard=False),
        person(hour_cents=1471), half,
    ),
}  # fmt: skip
SLIPS = [(RULES[NAMES.index(name)], blind) for name, several in BLIND.items() for blind in several]


@pytest.mark.parametrize(("rule", "blind"), SLIPS, ids=[f"{r.name}-{n}" for n, (r, _) in enumerate(SLIPS)])
def test_terms_that_overlook_a_fact_are_caught(rule: Rule, blind: Blind) -> None:
    assert differs(rule, rule, blind, cases())


def test_every_rule_here_has_slips_of_its_own() -> None:
    assert set(BLIND) == set(NAMES)


SWITCHES = {"percent_of_a_place", "points", "points_a_step"}
SWITCHED = [rule for rule in RULES if rule.level is not Level.HARD]


@pytest.mark.parametrize("rule", SWITCHED, ids=lambda rule: rule.name)
def test_a_rule_that_counts_nothing_says_and_declares_nothing(rule: Any) -> None:
    (name,) = SWITCHES & {f.name for f in fields(rule)}
    idle = replace(rule, **{name: 0})
    problem, rosters = cases()[0]
    assert {said(idle, problem, roster) for roster in (*rosters, Roster())} == {0}
    assert set(declared(idle, problem, problem, rosters)) == {0}


def test_others_read_nothing_of_with_whom_somebody_likes_to_work() -> None:
    pair = [expert("noor", wanted_colleagues=frozenset({"sam"})), expert("sam", wanted_colleagues=frozenset({"noor"}))]
    made = problem([shift("mon 09:00-12:00", required=2)], pair)
    told = analyse(made, roster("noor: s1"), RULES)
    assert {v.rule for v in told.violations if v.private} == {"wanted_colleagues"}
    plain = analyse(
        problem([shift("mon 09:00-12:00", required=2)], [expert("noor"), expert("sam")]), roster("noor: s1"), RULES
    )
    rule = {row.name: row.amount for row in told.for_others().per_rule}
    assert told.for_others().violations == plain.for_others().violations
    assert rule == {row.name: row.amount for row in plain.for_others().per_rule}


def test_what_only_one_of_two_wants_counts_nothing() -> None:
    wishes = [expert("noor", wanted_colleagues=frozenset({"sam"})), expert("sam")]
    assert said(WantedColleagues(6), problem([shift("mon 09:00-12:00", required=2)], wishes), roster("noor: s1")) == 0


def test_a_newcomer_graduates_by_the_shifts_of_the_roster_itself() -> None:
    week = problem([shift(f"{day} 09:00-12:00") for day in ("mon", "tue", "wed", "thu")], [expert("noor")])
    buddy = Buddy(**PRIORITIES, percent_of_a_place=100, first_shifts=3)
    place = buddy.points(week, week.shifts[0])
    assert said(buddy, week, roster("noor: s1 s2 s3 s4")) == (3 + 2 + 1) * place
    assert said(buddy, replace(week, past_visits={("noor", "pinto"): 2}), roster("noor: s1 s2 s3 s4")) == place


def test_who_was_there_long_ago_gives_way_to_who_was_there_lately() -> None:
    made = problem([shift("mon 09:00-12:00", required=2)], [expert("noor"), expert("sam")])
    since = [("noor", 80), ("noor", 81), ("sam", 2)]
    visits = [
        Visit(WorkedMinutes(who, JANUARY.midnight(-back), JANUARY.midnight(-back + 1)), "lydia") for who, back in since
    ]
    told = replace(made, visits=tuple(visits))
    amounts = {who: said(RegularFaces(1, 10, 5), told, roster(f"{who}: s1")) for who in ("noor", "sam")}
    assert amounts == {"noor": 5, "sam": 0}
    assert said(RegularFaces(1, 0, 5), told, roster("noor: s1")) == 0
