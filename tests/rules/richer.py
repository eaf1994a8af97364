"""The same random worlds with more said: about planning windows, days together, what may follow, dates and staffing."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

from scheduler.domain.people import DatedWish, Expert, PersonalLimits, Wish
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment
from scheduler.domain.shifts import Shift
from scheduler.domain.time import PlanningWindow


def richer(problem: Problem) -> Problem:
    """A world with these values as well; what chance gives depends on the world alone."""
    rng = random.Random(repr([(s.id, s.span) for s in problem.shifts]))
    kinds = [activity.id for activity in problem.activities]
    never = [frozenset(kind for kind in kinds if rng.random() < 0.3) for _ in kinds]
    return replace(
        problem,
        activities=tuple(replace(a, never_before=n) for a, n in zip(problem.activities, never, strict=True)),
        experts=tuple(_expert(rng, expert, problem.window, kinds) for expert in problem.experts),
        shifts=tuple(_shift(rng, shift) for shift in problem.shifts),
        accepted=_accepted(rng, problem),
    )


def _accepted(rng: random.Random, problem: Problem) -> frozenset[Assignment]:
    """Somebody's yes to what was told, and to what never was or no longer is."""
    told = [a for a in sorted(problem.told) if rng.random() < 0.5]
    others = [Assignment(e.id, s.id) for e in problem.experts for s in problem.shifts if rng.random() < 0.05]
    return frozenset([*told, *others])


def _expert(rng: random.Random, expert: Expert, window: PlanningWindow, kinds: list[str]) -> Expert:
    return replace(
        expert,
        contracts=tuple(replace(contract, **_contract(rng)) for contract in expert.contracts),
        limits=_limits(rng, expert.limits, kinds),
        dated_wishes=tuple(_wish(rng, window, kinds) for _ in range(rng.randrange(6))),
    )


def _contract(rng: random.Random) -> dict[str, Any]:
    least = rng.choice([0, 0, 300, 2405])
    return {
        "minimum_minutes_a_window": least,
        "maximum_minutes_a_window": rng.choice([None, None, least, least + 365, 3001]),
        "one_shift_a_day": rng.random() < 0.4,
    }


def _limits(rng: random.Random, limits: PersonalLimits, kinds: list[str]) -> PersonalLimits:
    return replace(
        limits,
        least_days_in_a_row=rng.choice([None, *range(1, min(limits.days_in_a_row or 3, 3) + 1)]),
        least_days_off_in_a_row=rng.choice([None, None, 1, 2, 3]),
        weekends_a_window=rng.choice([None, 0, 1, 2]),
        shifts_of_activity=tuple((kind, rng.randrange(4)) for kind in kinds if rng.random() < 0.2),
    )


def _wish(rng: random.Random, window: PlanningWindow, kinds: list[str]) -> DatedWish:
    day = window.first + timedelta(days=rng.randrange(-1, 12))
    about = rng.choice([None, rng.choice(kinds)])
    return DatedWish(day, rng.choice(list(Wish)), about, rng.randrange(1, 9))


def _shift(rng: random.Random, shift: Shift) -> Shift:
    missing, extra = (rng.choice([None, None, 0, 3, 17]) for _ in range(2))
    return replace(shift, demand=replace(shift.demand, missing_points=missing, extra_points=extra))
