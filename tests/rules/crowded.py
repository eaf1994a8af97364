"""Small random worlds that are so full that every hard rule is broken again and again."""

import random
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot
from scheduler.domain.contracts import ContractKind
from scheduler.domain.people import Exclusion, ExclusionKind, Expert, PersonalLimits, Qualification, WorkedMinutes
from scheduler.domain.places import Place, Travel, TravelMode
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.shifts import Demand, Shift
from scheduler.domain.time import Days, PlanningWindow, Span
from tests.builders import (
    ACTIVITIES,
    AUTUMN,
    HOST,
    JANUARY,
    NEIGHBOURHOODS,
    SPRING,
    VENUES,
    contract,
    slots,
)
from tests.rules.worlds import random_roster, some

LANGUAGES = ("nl", "ar")
EXPERTS = tuple(f"e{n}" for n in range(5))


def _maybe(rng: random.Random, chance: float, *values: Any) -> Any:
    return rng.choice(values) if rng.random() < chance else None


def _limits(rng: random.Random) -> PersonalLimits:
    return PersonalLimits(
        minutes_a_day=_maybe(rng, 0.3, 0, 180, 405),
        minutes_a_week=_maybe(rng, 0.3, 0, 600, 1205),
        minutes_a_month=_maybe(rng, 0.3, 600, 1500, 3000),
        cents_a_month=_maybe(rng, 0.4, 10_000, 30_001),
        shifts_a_week=_maybe(rng, 0.3, 0, 1, 3),
        days_in_a_row=_maybe(rng, 0.4, 1, 2, 4),
        earliest_start=_maybe(rng, 0.3, time(9), time(11, 30)),
        latest_end=_maybe(rng, 0.4, time(17), time(22, 15), time()),
        travel_minutes=_maybe(rng, 0.3, 0, 8, 25),
        quiet_places_only=rng.random() < 0.2,
        two_person_shifts_only=rng.random() < 0.2,
    )


def _day(rng: random.Random, window: PlanningWindow) -> date:
    return window.first + timedelta(days=rng.randrange(12))


def _exclusions(rng: random.Random, window: PlanningWindow) -> tuple[Exclusion, ...]:
    choices = [
        Exclusion(ExclusionKind.VENUE, rng.choice(VENUES).id),
        Exclusion(ExclusionKind.NEIGHBOURHOOD, rng.choice(NEIGHBOURHOODS).id),
        Exclusion(ExclusionKind.DAY, _day(rng, window).isoformat()),
        Exclusion(ExclusionKind.COLLEAGUE, rng.choice(EXPERTS)),
        Exclusion(ExclusionKind.COLLEAGUE, "left"),
    ]
    return tuple(choice for choice in choices if rng.random() < 0.25) * rng.choice([1, 1, 2])


def _availability(rng: random.Random, window: PlanningWindow) -> Availability:
    level = rng.choice(list(AvailabilityLevel))
    weekly = slots(rng.choice(["mon-fri 09:00-17:00", "mon-sun 00:00-24:00", "sat 06:00-24:00"]), level)
    first = _day(rng, window)
    away = DaySlot(first, first + timedelta(days=rng.randrange(9)), rng.choice(list(AvailabilityLevel)))
    return Availability(weekly, (away,) if rng.random() < 0.4 else (), rng.choice(list(AvailabilityLevel)))


def _expert(rng: random.Random, name: str, window: PlanningWindow) -> Expert:
    later = _day(rng, window)
    kinds = [rng.choice(list(ContractKind)) for _ in range(2)]
    highs = [_maybe(rng, 0.5, 0, 480, 1205) for _ in range(2)]
    days = [Days(date(2020, 1, 1), later), Days(later + timedelta(days=rng.randrange(-3, 4)))]
    both = tuple(contract(kind, span, 0, high) for kind, span, high in zip(kinds, days, highs, strict=True))
    records = (
        Qualification(HOST, Days(_day(rng, window))),
        Qualification("first aid", Days(date(2026, 1, 1), _day(rng, window))),
        Qualification("first aid", Days(date(2027, 1, 20), date(2027, 11, 1))),
    )
    return Expert(
        name,
        roles=some(rng, (HOST, "consultant"), 0.7),
        qualifications=tuple(record for record in records if rng.random() < 0.3),
        languages=some(rng, LANGUAGES, 0.6),
        contracts=both[: rng.randrange(3)],
        availability=_availability(rng, window),
        limits=_limits(rng),
        exclusions=_exclusions(rng, window),
        home=Place(rng.uniform(52.33, 52.37), rng.uniform(4.86, 4.93)) if rng.random() < 0.9 else None,
        travel_mode=rng.choice(list(TravelMode)),
        hour_cents=_maybe(rng, 0.7, 1471, 560),
    )


def _shift(rng: random.Random, number: int, window: PlanningWindow, days: int) -> Shift:
    start = window.midnight(rng.randrange(days)) + timedelta(minutes=15 * rng.randrange(24, 96))
    return Shift(
        f"s{number}",
        rng.choice(VENUES).id,
        rng.choice(ACTIVITIES).id,
        Span(start, start + timedelta(minutes=rng.choice([60, 100, 150, 180, 240, 405, 415, 480, 540]))),
        Demand(rng.randrange(1, 3), rng.randrange(2)),
        required_languages=some(rng, LANGUAGES, 0.3),
        required_qualification=_maybe(rng, 0.3, "first aid", HOST),
    )


def _history(rng: random.Random, window: PlanningWindow) -> list[WorkedMinutes]:
    found = []
    for who in (*EXPERTS, "left"):
        for back in range(1, rng.choice([1, 2, 5, 9, 30])):
            start = window.midnight(-back) + timedelta(minutes=15 * rng.randrange(24, 96))
            if rng.random() < 0.8:
                found.append(WorkedMinutes(who, start, start + timedelta(minutes=rng.choice([120, 300, 480]))))
        if rng.random() < 0.2:
            evening = window.midnight(-1) + timedelta(hours=rng.randrange(19, 24))
            found.append(WorkedMinutes(who, evening, evening + timedelta(hours=rng.randrange(4, 11))))
    return [h for h in found if h.start < window.midnight(0)]


def crowded_world(rng: random.Random) -> Problem:
    """Five experts and about twenty shifts in eight days or in four weeks, after a busy month."""
    window = rng.choice([JANUARY, SPRING, AUTUMN])
    days = rng.choice([8, 8, 28])
    if days == 8 and rng.random() < 0.5:
        window = replace(window, days=9)
    shifts = tuple(_shift(rng, n, window, days) for n in range(rng.choice([14, 22])))
    overrides = {("lydia", "pinto", mode): rng.randrange(60) for mode in TravelMode if rng.random() < 0.5}
    experts = tuple(_expert(rng, name, window) for name in EXPERTS)
    history = tuple(_history(rng, window))
    made = Problem(
        window, experts, VENUES, NEIGHBOURHOODS, ACTIVITIES, shifts, Travel(overrides), history=history
    )  # fmt: skip
    published = random_roster(rng, made, 0.2).with_(Assignment("left", "s1")).with_(Assignment("e1", "gone"))
    return replace(
        made,
        published=published if rng.random() < 0.8 else None,
        frozen_until=window.midnight(rng.randrange(4)) + timedelta(hours=9) if rng.random() < 0.8 else None,
        declined=random_roster(rng, made, 0.1).with_(Assignment("left", "s1")).assignments,
        pinned=random_roster(rng, made, 0.05).with_(Assignment("e1", "gone")).assignments,
    )


def full_roster(rng: random.Random, problem: Problem) -> Roster:
    """Each expert works anything from nearly nothing to nearly everything."""
    share = {e.id: rng.choice([0.05, 0.2, 0.4, 0.8]) for e in problem.experts}
    pairs = [Assignment(e.id, s.id) for e in problem.experts for s in problem.shifts]
    return Roster(frozenset(a for a in pairs if rng.random() < share[a.expert]))
