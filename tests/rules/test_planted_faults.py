"""A roster with exactly one fault: does the judge name the rule that it breaks?"""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from scheduler.domain.contracts import ContractKind
from scheduler.domain.people import Exclusion, ExclusionKind, Qualification
from scheduler.domain.places import TravelMode
from scheduler.domain.score import Level
from scheduler.domain.time import Days
from scheduler.rules import HARD_RULES, declare
from scheduler.rules.analysis import analyse
from scheduler.rules.frozen_zone import frozen_at
from scheduler.rules.index import chosen_of, roster_of
from scheduler.terms.check import score
from tests.builders import at, contract, expert, problem, roster, shift, worked
from tests.rules.faults import RULES, Fault, collections, days, noor, own

ALL = "noor: s1 s2 s3 s4 s5 s6 s7"
WORKWEEK = ("mon", "tue", "wed", "thu", "fri")
NEXT_WEEKS = [f"w{week} {day}" for week in (2, 3, 4) for day in WORKWEEK]
LONG = "08:00-18:45"

HERE = (
    Fault("availability", problem(days("mon"), [noor(available="mon 09:00-11:30")]), roster("noor: s1")),
    Fault("contract", problem(days("mon"), [noor(contracts=[])]), roster("noor: s1")),
    Fault("role", problem(days("mon"), [noor(roles=["consultant"])]), roster("noor: s1")),
    Fault(
        "role",
        problem(days("mon"), [noor(qualifications=(Qualification("host", Days(date(2027, 1, 5))),))]),
        roster("noor: s1"),
    ),
    Fault(
        "required_language",
        problem([shift("mon 09:00-12:00", required_languages={"ar"})], [noor()]),
        roster("noor: s1"),
    ),
    Fault(
        "required_qualification",
        problem([shift("mon 09:00-12:00", required_qualification="first_aid")], [noor()]),
        roster("noor: s1"),
    ),
    Fault(
        "exclusions",
        problem(days("mon"), [noor(exclusions=[Exclusion(ExclusionKind.VENUE, "lydia")])]),
        roster("noor: s1"),
    ),
    Fault(
        "exclusions",
        problem(
            [shift("mon 09:00-12:00", required=2)],
            [noor(exclusions=[Exclusion(ExclusionKind.COLLEAGUE, "sam")]), expert("sam")],
        ),
        roster("noor: s1", "sam: s1"),
        roster("sam: s1"),
    ),
    Fault("declines", problem(days("mon"), [noor()], declined=roster("noor: s1")), roster("noor: s1")),
    Fault(
        "pins",
        problem(days("mon", "tue"), [noor()], pinned=roster("noor: s1")),
        roster("noor: s2"),
        roster("noor: s1 s2"),
    ),
    Fault(
        "frozen_zone",
        problem(days("mon"), [noor()], published=roster("noor: s1"), frozen_until=at("tue 00:00")),
        roster(),
        roster("noor: s1"),
    ),
    Fault(
        "frozen_zone",
        problem(days("mon", "tue"), [noor()], published=roster(), frozen_until=at("tue 09:00")),
        roster("noor: s1"),
        roster("noor: s2"),
    ),
    Fault(
        "headcount",
        problem(days("mon"), [noor(), expert("sam")]),
        roster("noor: s1", "sam: s1"),
        roster("sam: s1"),
    ),
    Fault(
        "overlap",
        problem([shift("mon 09:00-12:00"), shift("mon 11:59-14:00")], [noor()]),
        roster("noor: s1 s2"),
        roster("noor: s2"),
    ),
    Fault(
        "overlap",
        problem(
            [
                shift("mon 09:00-12:00"),
                shift("mon 12:20-14:00", venue="pinto"),
                shift("tue 09:00-12:00"),
                shift("tue 12:00-14:00"),
            ],
            [noor()],
        ),
        roster("noor: s1 s2"),
        roster("noor: s3 s4"),
    ),
    Fault("home_distance", problem([shift("mon 09:00-12:00", venue="far")], [noor()]), roster("noor: s1")),
    Fault(
        "personal_travel",
        problem(days("mon"), [noor(limits={"travel_minutes": 9}, travel_mode=TravelMode.FOOT)]),
        roster("noor: s1"),
    ),
    Fault(
        "daily_rest",
        problem([shift("mon 18:30-22:00"), shift("tue 08:59-12:00"), shift("tue 09:00-12:00")], [noor()]),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "daily_rest",
        problem([shift("mon 07:00-09:00"), shift("mon 18:00-20:01"), shift("mon 18:00-20:00")], [noor()]),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "weekly_rest",
        problem(
            [
                *days(*WORKWEEK, *(f"w2 {day}" for day in WORKWEEK), clock="09:00-17:00"),
                shift("sat 13:00-16:00"),
                shift("w2 sat 13:00-16:01"),
                shift("w2 sat 13:00-16:00"),
            ],
            [noor()],
        ),
        roster("noor: s1 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 s12"),
        roster("noor: s1 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 s13"),
    ),
    Fault("longest_shift", problem([shift("mon 08:00-16:31")], [noor()]), roster("noor: s1"), tighter={"minutes": 480}),
    Fault(
        "hours_a_day",
        problem([shift("mon 08:00-13:00"), shift("mon 13:30-18:31"), shift("mon 13:30-18:30")], [noor()]),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "hours_a_week",
        problem(days("mon", "tue", "w2 mon"), [noor()]),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
        tighter={"minutes": 300},
    ),
    Fault(
        "hours_in_four_weeks",
        problem([*days(*WORKWEEK, *NEXT_WEEKS, clock=LONG), shift("w4 sat 08:00-10:00")], [noor()]),
        roster("noor: " + " ".join(f"s{n}" for n in range(1, 22))),
        roster("noor: " + " ".join(f"s{n}" for n in range(1, 21))),
    ),
    Fault(
        "days_in_a_row",
        problem(days("thu", "fri", "sat", "sun", "w2 mon", "w2 tue", "w2 wed"), [noor()]),
        roster(ALL),
        roster("noor: s2 s3 s4 s5 s6 s7"),
    ),
    Fault(
        "shifts_a_week",
        problem([shift(f"{d} {c}") for d in WORKWEEK for c in ("09:00-10:00", "10:00-11:00", "11:00-12:00")], [noor()]),
        roster("noor: " + " ".join(f"s{n}" for n in range(1, 12))),
        roster("noor: " + " ".join(f"s{n}" for n in range(1, 11))),
    ),
    Fault(
        "contract_hours",
        problem(days("mon", "tue", "w2 mon"), [noor(contracts=[contract(ContractKind.MIN_MAX, high=180)])]),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "personal_hours_a_day",
        problem(
            [shift("mon 09:00-11:00"), shift("mon 12:00-14:00"), shift("tue 09:00-12:00")], [own(minutes_a_day=180)]
        ),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "personal_hours_a_week",
        problem(days("mon", "sun", "w2 mon"), [own(minutes_a_week=180)]),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "personal_hours_a_month",
        problem(days("w4 fri", "w4 sun"), [own(minutes_a_month=400)], history=(worked("noor", "w0 fri 09:00-12:00"),)),
        roster("noor: s1 s2"),
        roster("noor: s1"),
    ),
    Fault(
        "personal_earnings_a_month",
        problem(days("mon", "tue"), [noor(limits={"cents_a_month": 5999}, hour_cents=1000)]),
        roster("noor: s1 s2"),
        roster("noor: s1"),
    ),
    Fault(
        "personal_shifts_a_week",
        problem(days("mon", "sun", "w2 mon"), [own(shifts_a_week=1)]),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "personal_days_in_a_row",
        problem(days("mon", "tue"), [own(days_in_a_row=2)], history=(worked("noor", "w0 sun 09:00-12:00"),)),
        roster("noor: s1 s2"),
        roster("noor: s1"),
    ),
    Fault("personal_hours_of_day", problem(days("mon"), [own(earliest_start=time(9, 1))]), roster("noor: s1")),
    Fault("personal_hours_of_day", problem(days("mon"), [own(latest_end=time(11, 59))]), roster("noor: s1")),
    Fault(
        "personal_quiet_places",
        problem([shift("mon 09:00-12:00", venue="pinto"), shift("tue 09:00-12:00")], [own(quiet_places_only=True)]),
        roster("noor: s1"),
        roster("noor: s2"),
    ),
    Fault(
        "personal_two_person_shifts",
        problem([shift("mon 09:00-12:00"), shift("tue 09:00-12:00", required=2)], [own(two_person_shifts_only=True)]),
        roster("noor: s1"),
        roster("noor: s2"),
    ),
)

FAULTS: tuple[Fault, ...] = (*HERE, *(fault for file in collections() for fault in file.FAULTS))

CASES = pytest.mark.parametrize("fault", FAULTS, ids=[f"{f.rule}-{n}" for n, f in enumerate(FAULTS)])


@CASES
def test_exactly_the_broken_rule_is_named(fault: Fault) -> None:
    found = analyse(fault.problem, fault.bad, fault.rules)
    assert {v.rule for v in found.hard} == {fault.rule}
    assert {row.name for row in found.per_rule if row.level is Level.HARD and row.amount} == {fault.rule}
    assert found.score.hard > 0
    assert analyse(fault.problem, fault.good, fault.rules).hard == ()


@CASES
def test_a_solver_cannot_choose_the_broken_roster(fault: Fault) -> None:
    model = declare(fault.problem, fault.rules)
    chosen = chosen_of(fault.problem, model.pairs, fault.bad)
    assert roster_of(fault.problem, model.pairs, chosen) != fault.bad or score(model, chosen).hard > 0
    good = chosen_of(fault.problem, model.pairs, fault.good)
    assert roster_of(fault.problem, model.pairs, good) == fault.good
    assert score(model, good).hard == 0


def test_every_hard_rule_has_a_planted_fault() -> None:
    assert {fault.rule for fault in FAULTS} == {rule.name for rule in HARD_RULES}


def test_where_nobody_was_told_anything_only_what_has_begun_is_settled() -> None:
    now, term = at("mon 10:00"), timedelta(days=4)
    fresh = problem(days("mon", "tue"), [noor()])
    frozen = frozen_at(fresh, now, term)
    assert [v.rule for v in analyse(frozen, roster("noor: s1"), RULES).hard] == ["frozen_zone"]
    assert analyse(frozen, roster("noor: s2"), RULES).hard == ()
    told = frozen_at(replace(fresh, published=roster("noor: s1")), now, term)
    assert {v.rule for v in analyse(told, roster("noor: s1 s2"), RULES).hard} == {"frozen_zone"}
