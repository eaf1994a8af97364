"""Small random worlds in which every soft rule has something to say."""

import random
from dataclasses import replace
from datetime import timedelta

from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot, WeeklySlot
from scheduler.domain.contracts import ContractKind
from scheduler.domain.people import Exclusion, ExclusionKind, Expert, Qualification, Wish
from scheduler.domain.places import Place, TravelMode
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.shifts import Demand, Priority, Shift
from scheduler.domain.time import Days, PlanningWindow, Span
from scheduler.domain.venues import ActivityType
from tests.builders import ACTIVITIES, AUTUMN, HOST, JANUARY, NEIGHBOURHOODS, SPRING, VENUES, clock, contract

LANGUAGES = ("nl", "ar", "tr")
THEMES = ("money", "home")
DUO = ActivityType("duo", "Walk-in hour for two", "consultant", host_needed=True, two_present=True)
KINDS = (*ACTIVITIES, DUO)


def some(rng: random.Random, values: tuple[str, ...], chance: float = 0.4) -> frozenset[str]:
    """A random part of the values."""
    return frozenset(v for v in values if rng.random() < chance)


def _availability(rng: random.Random, window: PlanningWindow) -> Availability:
    hours = [("08:00", "13:00"), ("13:00", "24:00"), ("00:00", "24:00")]
    levels = list(AvailabilityLevel)
    weekly = tuple(
        WeeklySlot(day, clock(start), clock(end).replace(second=0), rng.choice(levels))
        for day in range(7)
        for start, end in rng.sample(hours, rng.randrange(3))
    )
    first = window.first + timedelta(days=rng.randrange(window.days))
    away = DaySlot(first, first + timedelta(days=rng.randrange(5)), rng.choice(levels))
    return Availability(weekly, (away,) if rng.random() < 0.5 else (), rng.choice(levels))


def _expert(rng: random.Random, number: int, window: PlanningWindow) -> Expert:
    valid = Days(window.first + timedelta(days=rng.randrange(10)))
    hired = Days(window.first + timedelta(days=rng.randrange(1, 12)))
    before = Days(window.first - timedelta(days=30), hired.first)
    day = (window.first + timedelta(days=rng.randrange(14))).isoformat()
    return Expert(
        f"e{number}",
        roles=some(rng, (HOST, "consultant"), 0.6),
        qualifications=(Qualification(HOST, valid),) if rng.random() < 0.3 else (),
        languages=some(rng, LANGUAGES),
        themes=some(rng, THEMES),
        contracts=tuple(contract(rng.choice(list(ContractKind)), days) for days in (before, hired)),
        availability=_availability(rng, window),
        exclusions=(Exclusion(ExclusionKind.DAY, day),) if rng.random() < 0.2 else (),
        home=Place(rng.uniform(52.3, 52.4), rng.uniform(4.7, 5.0)) if rng.random() < 0.9 else None,
        travel_mode=rng.choice(list(TravelMode)),
        wished_minutes_a_week=rng.choice([None, 0, 240, 480, 725, 1200]),
        venue_wishes=tuple((v.id, rng.choice(list(Wish))) for v in VENUES if rng.random() < 0.4),
        activity_wishes=tuple((a.id, rng.choice(list(Wish))) for a in KINDS if rng.random() < 0.4),
    )


def _shift(rng: random.Random, number: int, window: PlanningWindow) -> Shift:
    start = window.midnight(rng.randrange(window.days)) + timedelta(minutes=15 * rng.randrange(96))
    return Shift(
        f"s{number}",
        rng.choice(VENUES).id,
        rng.choice(KINDS).id,
        Span(start, start + timedelta(minutes=rng.choice([60, 100, 150, 180, 240, 405]))),
        Demand(rng.randrange(3), rng.randrange(1, 3)) if rng.random() < 0.4 else Demand(rng.randrange(1, 4)),
        rng.choice(list(Priority)),
        desired_languages=some(rng, LANGUAGES),
        themes=some(rng, THEMES),
    )


def random_roster(rng: random.Random, problem: Problem, share: float) -> Roster:
    """Any assignments, whatever the hard rules say."""
    pairs = [Assignment(e.id, s.id) for e in problem.experts for s in problem.shifts]
    return Roster(frozenset(a for a in pairs if rng.random() < share))


def random_world(rng: random.Random) -> Problem:
    """Six experts, fourteen shifts in ten days to two weeks, with and without a change of the clock."""
    window = replace(rng.choice([JANUARY, SPRING, AUTUMN]), days=rng.choice([10, 14]))
    experts = tuple(_expert(rng, n, window) for n in range(6))
    shifts = [_shift(rng, n, window) for n in range(14)]
    visits = {(e.id, v.id): rng.choice([0, 1, 2, 3, 9]) for e in experts for v in VENUES if rng.random() < 0.7}
    made = Problem(
        window, experts, VENUES, NEIGHBOURHOODS, KINDS,
        tuple(s for s in shifts if 0 <= window.day_of(s.span.start) < window.days),
        past_visits={**visits, ("left", "lydia"): 4},
        balance_minutes={e.id: rng.randrange(-900, 900) for e in experts if rng.random() < 0.7},
    )  # fmt: skip
    published = random_roster(rng, made, 0.2).with_(Assignment("left", "s1")).with_(Assignment("e1", "gone"))
    declined = random_roster(rng, made, 0.1).assignments
    return replace(made, published=published if rng.random() < 0.8 else None, declined=declined)
