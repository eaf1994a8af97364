"""Which cover do the invented venues ask for: mostly every week, some once, some at short notice?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from scheduler.domain.cover import CoverRequest, Recurrence, Repeat, RequestState
from scheduler.domain.shifts import Demand, Priority, Shift
from scheduler.domain.time import DAY, PlanningWindow, local_span
from scheduler.domain.venues import Venue
from scheduler.exchange.generate.sizes import (
    ACTIVITIES,
    HEADCOUNTS,
    INCIDENTAL,
    LANGUAGE_SHARES,
    RECURRING,
    TEMPLATES,
    THEMES,
    Template,
)
from scheduler.exchange.generate.towns import Town

TWO_PRESENT = {activity.id for activity in ACTIVITIES if activity.two_present}
PRIORITIES = {Priority.MANDATORY: 5, Priority.HIGH: 20, Priority.MEDIUM: 60, Priority.LOW: 15}
FORTNIGHTLY = 0.06
OPEN_WEEKS = 26


@dataclass(frozen=True, slots=True)
class Slot:
    """A shift of one week: where, when, what and for how many."""

    venue: Venue
    template: Template
    weekday: int
    activity: str
    headcount: int

    @property
    def hours(self) -> float:
        """Person-hours required."""
        return self.template.hours * self.headcount


@dataclass(frozen=True)
class Asked:
    """What is asked in a window, and the person-hours required a week."""

    requests: tuple[CoverRequest, ...]
    shifts: tuple[Shift, ...]
    hours_a_week: float


def ask(towns: list[Town], shifts_a_week: int, window: PlanningWindow, random: Random) -> Asked:
    """The cover asked for: every week exactly so many shifts."""
    weekly = _week(towns, shifts_a_week, random)
    regular, incidental = round(shifts_a_week * RECURRING), round(shifts_a_week * INCIDENTAL)
    maker = _Maker(window, random)
    for slot in weekly[:regular]:
        maker.recurring(slot, towns)
    hours = sum(slot.hours for slot in weekly[:regular])
    weeks = window.days // 7
    for week in range(weeks):
        others = _week(towns, shifts_a_week, random)[regular:]
        for index, slot in enumerate(others):
            if index < incidental:
                maker.once(slot, week)
            else:
                maker.urgent(slot, week)
        hours += sum(slot.hours for slot in others) / weeks
    return Asked(tuple(maker.requests), tuple(maker.shifts), hours)


def _week(towns: list[Town], count: int, random: Random) -> list[Slot]:
    """So many different slots, in the shares of the templates, spread over venues by weight; shuffled."""
    venues = [venue for town in towns for venue, _ in town.venues]
    places = _spread(venues, [weight for town in towns for _, weight in town.venues], count)
    random.shuffle(places)
    counts = _counts(count)
    templates = [template for template, times in zip(TEMPLATES, counts, strict=True) for _ in range(times)]
    taken: set[tuple[str, int, time, str]] = set()
    slots = []
    for venue, template in zip(places, templates, strict=True):
        slot = next(s for s in _tries(venue, template, random) if _key(s) not in taken)
        taken.add(_key(slot))
        slots.append(slot)
    random.shuffle(slots)
    return slots


def _key(slot: Slot) -> tuple[str, int, time, str]:
    return slot.venue.id, slot.weekday, slot.template.start, slot.activity


def _tries(venue: Venue, template: Template, random: Random) -> Iterator[Slot]:
    """Random slots at a venue and time of day; after many tries any activity may take the place."""
    for attempt in range(10_000):
        days = [5] if template.saturday and attempt < 50 else [0, 1, 2, 3, 4]
        names, weights = zip(*template.activities, strict=True)
        activity = random.choices(names, weights)[0] if attempt < 50 else random.choice(ACTIVITIES).id
        yield Slot(venue, template, random.choice(days), activity, _headcount(activity, random))


def _headcount(activity: str, random: Random) -> int:
    if activity in TWO_PRESENT:
        return 2
    return random.choices(list(HEADCOUNTS), [HEADCOUNTS[1], HEADCOUNTS[2] - 6, HEADCOUNTS[3]])[0]


def _counts(count: int) -> list[int]:
    found = [round(template.share * count) for template in TEMPLATES]
    found[0] += count - sum(found)
    return found


def _spread(venues: list[Venue], weights: list[float], count: int) -> list[Venue]:
    """Each venue as often as its weight asks, every one at least once while the count lasts."""
    total, carried, chosen = sum(weights), 0.0, []
    for venue, weight in zip(venues, weights, strict=True):
        carried += weight / total * count
        times = int(carried + 1e-9)
        carried -= times
        chosen += [venue] * times
    return chosen + [venues[0]] * (count - len(chosen))


class _Maker:
    """Turns slots into requests and shifts with ids in order."""

    def __init__(self, window: PlanningWindow, random: Random) -> None:
        self.window, self.random = window, random
        self.requests: list[CoverRequest] = []
        self.shifts: list[Shift] = []

    def recurring(self, slot: Slot, towns: list[Town]) -> None:
        """A weekly request, or now and then two that take turns."""
        first = self.window.first - timedelta(weeks=OPEN_WEEKS) + slot.weekday * DAY
        if self.random.random() >= FORTNIGHTLY:
            self._request(slot, Recurrence(first, Repeat.WEEKLY), OPEN_WEEKS * 7 + 14)
            return
        other = self.random.choice(self.random.choice([t for t in towns if t.venues]).venues)[0]
        turns = (
            (slot, first),
            (Slot(other, slot.template, slot.weekday, slot.activity, slot.headcount), first + 7 * DAY),
        )
        for turn, day in turns:
            self._request(turn, Recurrence(day, Repeat.FORTNIGHTLY), OPEN_WEEKS * 7 + 14)

    def once(self, slot: Slot, week: int) -> None:
        """A request for one day."""
        self._request(slot, Recurrence(self._day(slot, week)), self.random.randint(15, 40))

    def urgent(self, slot: Slot, week: int) -> None:
        """A shift that came by telephone at short notice; some ask for a language or a certificate."""
        day = self._day(slot, week)
        language = self._language() if self.random.random() < 0.2 else frozenset[str]()
        self.shifts.append(
            Shift(
                id=f"s{len(self.shifts) + 1:05}",
                venue=slot.venue.id,
                activity=slot.activity,
                span=local_span(day, slot.template.start, slot.template.end, self.window.zone),
                demand=Demand(slot.headcount),
                priority=Priority.HIGH,
                required_languages=language,
                required_qualification="first_aid" if self.random.random() < 0.1 else None,
            )
        )

    def _day(self, slot: Slot, week: int) -> date:
        return self.window.first + (7 * week + slot.weekday) * DAY

    def _language(self) -> frozenset[str]:
        return frozenset(self.random.choices(list(LANGUAGE_SHARES), list(LANGUAGE_SHARES.values())))

    def _request(self, slot: Slot, recurrence: Recurrence, days_before: int) -> None:
        came = self.window.midnight(-days_before) + timedelta(hours=self.random.randint(8, 19), minutes=15)
        themes = self.random.choices(list(THEMES), list(THEMES.values())) if self.random.random() < 0.15 else []
        self.requests.append(
            CoverRequest(
                id=f"r{len(self.requests) + 1:05}",
                venue=slot.venue.id,
                activity=slot.activity,
                recurrence=recurrence,
                start=slot.template.start,
                end=slot.template.end,
                submitted_at=came,
                answer_due_at=came + timedelta(hours=4),
                headcount=slot.headcount,
                desirable=1 if self.random.random() < 0.05 else 0,
                priority=self.random.choices(list(PRIORITIES), list(PRIORITIES.values()))[0],
                themes=frozenset(themes),
                languages=self._language() if self.random.random() < 0.10 else frozenset(),
                state=RequestState.ACCEPTED,
                answered_at=came + timedelta(minutes=self.random.randint(20, 230)),
            )
        )
