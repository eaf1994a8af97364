"""When can and would an expert like to work: a weekly pattern plus exceptions both ways; never a reason."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import IntEnum
from zoneinfo import ZoneInfo

from scheduler.domain.errors import invalid
from scheduler.domain.time import DAY, Span


class AvailabilityLevel(IntEnum):
    """The five answers to 'can you then?', from cannot to gladly."""

    UNAVAILABLE = 0
    ASK_FIRST = 1
    NEUTRAL = 2
    AVAILABLE = 3
    WANTED = 4


MIDNIGHT = time()


def _check_clock(start: time, end: time) -> None:
    if end != MIDNIGHT and end <= start:
        invalid("The part of the day ends at %(end)s, not after %(start)s.", start=f"{start:%H:%M}", end=f"{end:%H:%M}")


@dataclass(frozen=True, slots=True)
class WeeklySlot:
    """A part of every such weekday (Monday is 0), local ``[start, end)``; an end of 00:00 is midnight after."""

    weekday: int
    start: time
    end: time
    level: AvailabilityLevel

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            invalid("A weekday is 0 to 6, not %(weekday)s.", weekday=self.weekday)
        _check_clock(self.start, self.end)


@dataclass(frozen=True, slots=True)
class DaySlot:
    """An exception: a part of local calendar days ``[first, last]``, both included; it overrules the pattern."""

    first: date
    last: date
    level: AvailabilityLevel
    start: time = MIDNIGHT
    end: time = MIDNIGHT

    def __post_init__(self) -> None:
        if self.last < self.first:
            invalid("The exception ends on %(last)s, before %(first)s.", first=self.first, last=self.last)
        _check_clock(self.start, self.end)


def _covers(start: time, end: time, at: time) -> bool:
    return start <= at and (end == MIDNIGHT or at < end)


@dataclass(frozen=True, slots=True)
class Availability:
    """Weekly pattern, exceptions (a later one overrules an earlier one) and the level where nothing is said."""

    weekly: tuple[WeeklySlot, ...] = ()
    exceptions: tuple[DaySlot, ...] = ()
    otherwise: AvailabilityLevel = AvailabilityLevel.UNAVAILABLE

    @property
    def levels(self) -> frozenset[AvailabilityLevel]:
        """Every level that is said anywhere."""
        return frozenset({self.otherwise, *(s.level for s in self.weekly), *(e.level for e in self.exceptions)})

    def level_at(self, day: date, at: time) -> AvailabilityLevel:
        """The level at one local minute."""
        return self._level(*self._on(day), at)

    def level_of(self, span: Span, zone: ZoneInfo) -> AvailabilityLevel:
        """The lowest level over every minute of the span: a shift is as possible as its hardest moment."""
        lowest = AvailabilityLevel.WANTED
        for day, start, end in local_parts(span, zone):
            weekly, special = self._on(day)
            edges = {t for w in weekly for t in (w.start, w.end)} | {t for s in special for t in (s.start, s.end)}
            for at in {start, *(t for t in edges if t > start and (end == MIDNIGHT or t < end))}:
                lowest = min(lowest, self._level(weekly, special, at))
        return lowest

    def _on(self, day: date) -> tuple[list[WeeklySlot], list[DaySlot]]:
        """What is said about a day: by its weekday, and by exceptions."""
        weekday = day.weekday()
        special = [slot for slot in self.exceptions if slot.first <= day <= slot.last]
        return [slot for slot in self.weekly if slot.weekday == weekday], special

    def _level(self, weekly: list[WeeklySlot], special: list[DaySlot], at: time) -> AvailabilityLevel:
        for slot in reversed(special):
            if _covers(slot.start, slot.end, at):
                return slot.level
        return min([s.level for s in weekly if _covers(s.start, s.end, at)], default=self.otherwise)


def local_parts(span: Span, zone: ZoneInfo) -> list[tuple[date, time, time]]:
    """The local days a span touches, each with its local start and end (00:00 is midnight after)."""
    first, last = span.start.astimezone(zone), span.end.astimezone(zone)
    if first.date() == last.date() and last.time() > MIDNIGHT:
        return [(first.date(), first.time(), last.time())]
    parts = []
    day, start = first.date(), first.time()
    while datetime.combine(day, MIDNIGHT) < last.replace(tzinfo=None):
        end = last.time() if day == last.date() else MIDNIGHT
        parts.append((day, start, end))
        day, start = day + DAY, MIDNIGHT
    return parts
