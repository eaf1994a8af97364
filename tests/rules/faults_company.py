"""Planted faults of the rules about standing by and about the money of a venue."""

from dataclasses import replace
from typing import Any

from scheduler.domain.problem import Problem
from scheduler.domain.stand_by import DayPart, StandBy
from tests.builders import problem, roster, shift, worked
from tests.rules.faults import Fault, days, noor

MORNINGS = frozenset({StandBy(DayPart.MORNING, "pijp")})


def standing_by(made: Problem) -> Problem:
    """The same where a walk-in hour is to stand by."""
    return replace(made, activities=tuple(replace(a, stand_by=a.id == "walk-in") for a in made.activities))


def with_budget(made: Problem, **values: Any) -> Problem:
    """The same where Lydia never goes over this budget."""
    venues = (replace(v, budget_is_hard=True, **values) if v.id == "lydia" else v for v in made.venues)
    return replace(made, venues=tuple(venues))


def duty(when: str, **more: Any) -> Any:
    """A shift to stand by."""
    return shift(when, activity="walk-in", **more)


FAULTS = (
    Fault(
        "stand_by_offered",
        standing_by(problem([duty("mon 12:00-15:00"), duty("tue 11:59-15:00")], [noor(stand_by=MORNINGS)])),
        roster("noor: s1"),
        roster("noor: s2"),
    ),
    Fault(
        "stand_by_offered",
        standing_by(
            problem(
                [duty("mon 09:00-12:00", venue="coenen"), duty("tue 09:00-12:00"), *days("wed")],
                [noor(stand_by=MORNINGS)],
            )
        ),
        roster("noor: s1"),
        roster("noor: s2 s3"),
    ),
    Fault(
        "personal_stand_bys",
        standing_by(
            problem(
                [duty("mon 09:00-12:00"), duty("tue 09:00-12:00"), duty("w4 sun 23:30-24:00", venue="lydia")],
                [noor(stand_by=MORNINGS, limits={"stand_bys_a_month": 2})],
                history=(replace(worked("noor", "w0 sat 09:00-12:00"), activity="walk-in"),),
            )
        ),
        roster("noor: s1 s2"),
        roster("noor: s1"),
    ),
    Fault(
        "venue_budget",
        with_budget(
            problem([*days("mon", "w4 sun"), shift("tue 09:00-12:00", venue="pinto")], [noor()]), minutes_a_month=359
        ),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "venue_budget",
        with_budget(problem(days("mon"), [noor(hour_cents=1471)]), cents_a_month=4412),
        roster("noor: s1"),
    ),
)
IN_SHORT = {
    "stand_by_offered": "has not offered to stand by then and there",
    "venue_budget": "would go over the budget of lydia this month",
}
