"""How does a test write down a small world? Shifts, experts, problems and rosters in one readable line each.

    problem(shifts=[shift("mon 09:30-12:30", venue="lydia"), shift("w2 sat 10:00-14:00")],
            experts=[expert("noor", available="mon-fri 09:00-17:00, sat 10:00-16:00")])
    roster("noor: s1 s2", "sam: s1")

Shifts are called s1, s2 ... in the order given, unless they get an id. Weeks are counted from 1 within the window.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from scheduler.domain.availability import Availability, AvailabilityLevel, WeeklySlot
from scheduler.domain.contracts import Contract, ContractKind
from scheduler.domain.people import Exclusion, Expert, PersonalLimits, WorkedMinutes
from scheduler.domain.places import Place
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.shifts import Demand, Shift
from scheduler.domain.time import Days, Fold, PlanningWindow, local_instant, local_span
from scheduler.domain.venues import ActivityType, Neighbourhood, Venue

JANUARY = PlanningWindow(date(2027, 1, 4), 28)
SPRING = PlanningWindow(date(2027, 3, 22), 28)
"""The clock goes forward in the night to Sunday 28 March, the last day of its first week."""
AUTUMN = PlanningWindow(date(2027, 10, 25), 28)
"""The clock goes back in the night to Sunday 31 October, the last day of its first week."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = Days(date(2020, 1, 1))
HOST = "host"

NEIGHBOURHOODS = (Neighbourhood("pijp", "De Pijp"), Neighbourhood("rivieren", "Rivierenbuurt", 150))
VENUES = (
    Venue("lydia", "Lydia", "house", "pijp", Place(52.3555, 4.8830), attributes=frozenset({"quiet"})),
    Venue("pinto", "Pinto", "house", "pijp", Place(52.3530, 4.8990)),
    Venue("coenen", "Coenen", "living room", "rivieren", Place(52.3440, 4.9060)),
    Venue("far", "Far away", "workshop", "rivieren", Place(52.3800, 4.6400)),
)
ACTIVITIES = (
    ActivityType("drop-in", "Drop-in", HOST, host_needed=True),
    ActivityType("walk-in", "Walk-in hour", "consultant", intensity_points=3),
    ActivityType("meal", "Shared meal", HOST, two_present=True),
)
HOME = Place(52.3500, 4.8900)


def day_of(text: str, window: PlanningWindow = JANUARY) -> date:
    """'mon' or 'w2 mon' as a date; 'w0 sun' is the day before the window."""
    *week, weekday = text.split()
    number = int(week[0][1:]) if week else 1
    return window.first + timedelta(days=7 * (number - 1) + WEEKDAYS.index(weekday))


def clock(text: str) -> time:
    """'09:30' as a time; '24:00' is midnight after."""
    return time() if text == "24:00" else time.fromisoformat(text)


def at(text: str, window: PlanningWindow = JANUARY) -> datetime:
    """'w2 mon 09:30' as an instant."""
    day, _, minute = text.rpartition(" ")
    return local_instant(day_of(day, window), clock(minute), window.zone, Fold.FIRST)


def span_of(text: str, window: PlanningWindow = JANUARY) -> tuple[datetime, datetime]:
    """'w2 mon 22:00-06:00' as (start, end); an end before the start lies on the next day."""
    day, _, clocks = text.rpartition(" ")
    start, end = clocks.split("-")
    found = local_span(day_of(day, window), clock(start), clock(end), window.zone, Fold.FIRST)
    return found.start, found.end


@dataclass(frozen=True)
class ShiftSketch:
    """A shift before it is known in which window it lies."""

    when: str
    id: str | None
    venue: str
    activity: str
    demand: Demand
    more: Mapping[str, Any]

    def drawn(self, number: int, window: PlanningWindow) -> Shift:
        """The shift; without an id of its own it is called after its number."""
        day, _, clocks = self.when.rpartition(" ")
        start, end = clocks.split("-")
        span = local_span(day_of(day, window), clock(start), clock(end), window.zone, Fold.FIRST)
        return Shift(self.id or f"s{number}", self.venue, self.activity, span, self.demand, **self.more)


def shift(
    when: str,
    *,
    id: str | None = None,
    venue: str = "lydia",
    activity: str = "drop-in",
    required: int = 1,
    desirable: int = 0,
    **more: Any,
) -> ShiftSketch:
    """A shift such as 'mon 09:30-12:30' or 'w2 fri 22:00-06:00'; `more` are fields of Shift."""
    for key in ("required_languages", "desired_languages", "themes"):
        if key in more:
            more[key] = frozenset(more[key])
    return ShiftSketch(when, id, venue, activity, Demand(required, desirable), more)


def slots(text: str, level: AvailabilityLevel = AvailabilityLevel.AVAILABLE) -> tuple[WeeklySlot, ...]:
    """'mon-fri 09:00-17:00, sat 10:00-24:00' as weekly slots."""
    found = []
    for part in text.split(","):
        days, clocks = part.split()
        first, _, last = days.partition("-")
        start, end = clocks.split("-")
        for weekday in range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1):
            found.append(WeeklySlot(weekday, clock(start), clock(end), level))
    return tuple(found)


def contract(
    kind: ContractKind = ContractKind.EMPLOYED, days: Days = ALWAYS, low: int = 0, high: int | None = None
) -> Contract:
    """A contract of `low` to `high` minutes a week."""
    return Contract(kind, days, low, high)


def expert(
    id: str,
    *,
    available: str | Availability = "mon-sun 00:00-24:00",
    roles: Iterable[str] = (HOST, "consultant"),
    languages: Iterable[str] = ("nl",),
    contracts: Sequence[Contract] = (contract(),),
    limits: Mapping[str, Any] | None = None,
    exclusions: Sequence[Exclusion] = (),
    home: Place | None = HOME,
    **more: Any,
) -> Expert:
    """An expert who can do anything unless told otherwise; `limits` are fields of PersonalLimits."""
    when = available if isinstance(available, Availability) else Availability(slots(available))
    return Expert(
        id,
        roles=frozenset(roles),
        languages=frozenset(languages),
        contracts=tuple(contracts),
        availability=when,
        limits=PersonalLimits(**(limits or {})),
        exclusions=tuple(exclusions),
        home=home,
        **more,
    )


def worked(who: str, when: str, window: PlanningWindow = JANUARY) -> WorkedMinutes:
    """History: worked('noor', 'w0 sun 18:00-22:00')."""
    start, end = span_of(when, window)
    return WorkedMinutes(who, start, end)


def problem(
    shifts: Sequence[ShiftSketch | Shift] = (),
    experts: Sequence[Expert] = (),
    *,
    window: PlanningWindow = JANUARY,
    pinned: Roster | None = None,
    declined: Roster | None = None,
    **more: Any,
) -> Problem:
    """A problem over the venues and activities of this file; `pinned` and `declined` are given as rosters."""
    drawn = [s if isinstance(s, Shift) else s.drawn(number, window) for number, s in enumerate(shifts, start=1)]
    found = Problem(window, tuple(experts), VENUES, NEIGHBOURHOODS, ACTIVITIES, tuple(drawn), **more)
    pins = pinned.assignments if pinned else frozenset()
    return replace(found, pinned=pins, declined=declined.assignments if declined else frozenset())


def roster(*lines: str) -> Roster:
    """roster('noor: s1 s2', 'sam: s1')."""
    found = set()
    for line in lines:
        who, _, ids = line.partition(":")
        found |= {Assignment(who.strip(), shift_id) for shift_id in ids.split()}
    return Roster(frozenset(found))
