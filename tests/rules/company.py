"""The same random worlds with more said: who comes with whom, to whom places are known, and what they may spend."""

import random
from dataclasses import replace
from datetime import timedelta

from scheduler.domain.history import Visit
from scheduler.domain.people import Expert, WorkedMinutes
from scheduler.domain.problem import Problem
from scheduler.domain.stand_by import DayPart, StandBy
from scheduler.domain.venues import KEYS, Venue
from tests.builders import NEIGHBOURHOODS

PARTS = [StandBy(part, n.id) for part in DayPart for n in NEIGHBOURHOODS]


def in_company(problem: Problem) -> Problem:
    """A world with these values as well; what chance gives depends on the world alone."""
    rng = random.Random(repr(problem.shifts))
    names = [expert.id for expert in problem.experts]
    visits = tuple(_visit(rng, problem, names) for _ in range(rng.randrange(60)))
    return replace(
        problem,
        venues=tuple(_venue(rng, venue) for venue in problem.venues),
        activities=tuple(replace(a, stand_by=rng.random() < 0.4) for a in problem.activities),
        experts=tuple(_expert(rng, expert, names) for expert in problem.experts),
        visits=visits,
        history=(*problem.history, *_duties(rng, problem, names)),
        past_visits={
            (who, venue.id): rng.choice([0, 1, 2, 3, 9])
            for who in (*names, "left")
            for venue in problem.venues
            if rng.random() < 0.5
        }
        | {(names[0], "gone"): 5},
        past_asks={who: rng.randrange(7) for who in (*names, "left") if rng.random() < 0.6},
    )


def _expert(rng: random.Random, expert: Expert, names: list[str]) -> Expert:
    return replace(
        expert,
        limits=replace(
            expert.limits,
            opens_alone=rng.random() < 0.4,
            closes_alone=rng.random() < 0.4,
            stand_bys_a_month=rng.choice([None, 0, 1, 2]),
        ),
        wanted_colleagues=frozenset(name for name in (*names, "left") if rng.random() < 0.6),
        stand_by=frozenset(rng.sample(PARTS, rng.randrange(len(PARTS)))),
        hour_cents=rng.choice([None, 560, 1471, 2003]),
    )


def _venue(rng: random.Random, venue: Venue) -> Venue:
    return replace(
        venue,
        attributes=venue.attributes | {KEYS} if rng.random() < 0.6 else venue.attributes,
        minutes_a_month=rng.choice([None, 0, 600, 1205, 2400]),
        cents_a_month=rng.choice([None, 0, 10_000, 30_001]),
        budget_is_hard=rng.random() < 0.5,
    )


def _duties(rng: random.Random, problem: Problem, names: list[str]) -> list[WorkedMinutes]:
    found = []
    for who in (*names, "left"):
        for _ in range(rng.randrange(3)):
            start = problem.window.midnight(-rng.randrange(1, 9)) + timedelta(hours=rng.randrange(20))
            kind = rng.choice([activity.id for activity in problem.activities])
            found.append(WorkedMinutes(who, start, start + timedelta(hours=3), kind))
    return found


def _visit(rng: random.Random, problem: Problem, names: list[str]) -> Visit:
    start = problem.window.midnight(-rng.randrange(1, 60)) + timedelta(minutes=15 * rng.randrange(96))
    start = min(start, problem.window.midnight(0) - timedelta(minutes=15))
    worked = WorkedMinutes(rng.choice([*names, "left"]), start, start + timedelta(minutes=rng.choice([90, 185, 240])))
    return Visit(worked, rng.choice([*(venue.id for venue in problem.venues), "gone"]))
