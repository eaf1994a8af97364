"""Random worlds in which the rules of time, load and money have something to say."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

from scheduler.domain.contracts import Contract
from scheduler.domain.limits import GradedLimit, OnHolidays, Period, RollingLimit
from scheduler.domain.people import Expert, PersonalLimits, WorkedMinutes
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Demand, Shift
from scheduler.domain.time import PlanningWindow, Span
from tests.builders import ACTIVITIES
from tests.rules.crowded import crowded_world

KINDS = [activity.id for activity in ACTIVITIES]
CHAIN = ((540, 180), (720, 180), (900, 60), (735, 120), (1080, 345))
NIGHTS = ((1320, 480), (1380, 60), (30, 150), (1200, 600), (240, 180))


def _maybe(rng: random.Random, chance: float, *values: Any) -> Any:
    return rng.choice(values) if rng.random() < chance else None


def timely_world(rng: random.Random) -> Problem:
    """A crowded world with nights, shifts that follow each other, a long history, and every limit of this kind."""
    world = crowded_world(rng)
    days = min(world.window.days, rng.choice([5, 9, 28]))
    more = [_shift(rng, number, world.window, days) for number in range(rng.choice([8, 16]))]
    return replace(
        world,
        experts=tuple(_expert(rng, expert) for expert in world.experts),
        shifts=(*world.shifts, *more),
        history=tuple(_worked(rng, world.window, e.id) for e in world.experts for _ in range(rng.choice([2, 30, 60]))),
    )


def _shift(rng: random.Random, number: int, window: PlanningWindow, days: int) -> Shift:
    minute, length = rng.choice(CHAIN if rng.random() < 0.6 else NIGHTS)
    start = window.midnight(rng.randrange(days)) + timedelta(minutes=minute)
    kind, venue = rng.choice(KINDS), rng.choice(["lydia", "coenen"])
    return Shift(f"t{number}", venue, kind, Span(start, start + timedelta(minutes=length)), Demand(rng.randrange(1, 4)))


def _worked(rng: random.Random, window: PlanningWindow, who: str) -> WorkedMinutes:
    back = rng.choice([1, 1, 2, 3, rng.randrange(1, 100)])
    minute, length = rng.choice((*CHAIN, *NIGHTS))
    start = window.midnight(-back) + timedelta(minutes=minute)
    return WorkedMinutes(who, start, start + timedelta(minutes=length), rng.choice([None, *KINDS]))


def _expert(rng: random.Random, expert: Expert) -> Expert:
    return replace(
        expert,
        contracts=tuple(_contract(rng, contract) for contract in expert.contracts),
        limits=_limits(rng, expert.limits),
    )


def _contract(rng: random.Random, contract: Contract) -> Contract:
    lengths = rng.sample([1, 3, 7, 14, 91], rng.randrange(3))
    limits = (
        RollingLimit(n, _maybe(rng, 0.4, 0, 900, 2405), _maybe(rng, 0.4, 0, 3, 8), _maybe(rng, 0.5, 0, 1, 2, 5))
        for n in lengths
    )
    return replace(contract, rolling=tuple(limits))


def _limits(rng: random.Random, limits: PersonalLimits) -> PersonalLimits:
    return replace(
        limits,
        minutes_a_year=_maybe(rng, 0.4, 0, 2000, 9000),
        cents_a_week=_maybe(rng, 0.4, 0, 20_000, 30_001),
        cents_a_year=_maybe(rng, 0.4, 0, 50_000, 300_001),
        nights=rng.random() < 0.6,
        holidays=_maybe(rng, 0.6, *OnHolidays),
        start_difference_minutes=_maybe(rng, 0.5, 0, 60, 195),
        load_points_a_week=_maybe(rng, 0.4, 0, 10, 25),
        load_points_in_four_weeks=_maybe(rng, 0.4, 0, 30, 90),
        days_between_heavy=_maybe(rng, 0.5, 0, 1, 3),
        graded=tuple(_graded(rng, period) for period in rng.sample(list(Period), rng.randrange(3))),
    )


def _graded(rng: random.Random, period: Period) -> GradedLimit:
    least, cheap = _maybe(rng, 0.5, 0, 400, 1500), _maybe(rng, 0.5, 0, 10_000, 30_500)
    return GradedLimit(
        period,
        least_minutes=least,
        most_minutes=_maybe(rng, 0.5, 1500, 3005),
        least_cents=cheap,
        most_cents=_maybe(rng, 0.5, 30_500, 61_001),
    )
