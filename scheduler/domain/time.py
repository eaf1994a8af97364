"""How do instants, spans and local days relate: aware UTC everywhere, a zone only where a calendar day matters."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from scheduler.domain.errors import InvalidValue, invalid

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2000, 2199


def require_utc(value: datetime, what: str) -> datetime:
    """The same instant in UTC; a naive datetime is refused, because nobody knows which instant it means."""
    if value.tzinfo is None:
        invalid("%(what)s has no time zone: %(value)s.", what=what, value=value.isoformat())
    return value.astimezone(UTC)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of time ``[start, end)`` between two instants in UTC."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", require_utc(self.start, "start"))
        object.__setattr__(self, "end", require_utc(self.end, "end"))
        if self.end <= self.start:
            invalid("The end %(end)s is not after the start %(start)s.", start=self.start, end=self.end)

    @property
    def minutes(self) -> int:
        """Elapsed whole minutes, also across a change of the clock."""
        return (self.end - self.start) // MINUTE

    def meets(self, other: "Span") -> bool:
        """Whether the two share any instant; an end at the other's start is no meeting."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Days:
    """A half-open run of calendar days ``[first, end)``; `end` None means without end."""

    first: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.first:
            invalid("The period ends on %(end)s, not after its first day %(first)s.", first=self.first, end=self.end)

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)


class Fold(StrEnum):
    """Which of two equal local times is meant when the clock goes back."""

    FIRST = "first"
    SECOND = "second"


class OccursTwice(InvalidValue):
    """A local time of the night in which the clock goes back, without which of the two is meant."""


def local_instant(day: date, clock: time, zone: ZoneInfo, fold: Fold | None = None) -> datetime:
    """The UTC instant of a local day and time.

    Raises InvalidValue for a time that the spring change skips, and OccursTwice, without `fold`, for one that autumn
    repeats.
    """
    first, second = (datetime.combine(day, clock.replace(fold=n), zone) for n in (0, 1))
    early, late = first.astimezone(UTC), second.astimezone(UTC)
    if early == late:
        return early
    if early.astimezone(zone).time() != clock.replace(fold=early.astimezone(zone).fold):
        invalid(
            "The time %(clock)s does not exist on %(day)s: the clock goes forward.", clock=f"{clock:%H:%M}", day=day
        )
    if fold is None:
        raise OccursTwice(
            "The time %(clock)s occurs twice on %(day)s: choose the first or the second.",
            clock=f"{clock:%H:%M}",
            day=day,
        )
    return early if fold is Fold.FIRST else late


def local_span(day: date, start: time, end: time, zone: ZoneInfo, fold: Fold | None = None) -> Span:
    """The span of a local start and end; an end before the start lies on the next day; equal is refused."""
    if start == end:
        invalid("The end %(end)s equals the start.", end=f"{end:%H:%M}")
    last = day if end > start else day + DAY
    return Span(local_instant(day, start, zone, fold), local_instant(last, end, zone, fold))


def require_plannable(day: date) -> date:
    """The day itself; InvalidValue when it lies so far off that its weeks would leave the calendar."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        invalid("%(day)s lies too far away to plan for.", day=day)
    return day


@dataclass(frozen=True, slots=True)
class PlanningWindow:
    """The local calendar days ``[first, first + days)`` that a roster covers, in a zone; `first` is a Monday."""

    first: date
    days: int
    zone_name: str = "Europe/Amsterdam"

    def __post_init__(self) -> None:
        require_plannable(self.first)
        if not 1 <= self.days <= 366:
            invalid("A planning window has 1 to 366 days, not %(days)s.", days=self.days)
        if self.first.weekday() != 0:
            invalid("A planning window starts on a Monday; %(first)s is not one.", first=self.first)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days, weeks and months are counted."""
        return ZoneInfo(self.zone_name)

    @property
    def end(self) -> date:
        """The first day after the window."""
        return self.first + timedelta(days=self.days)

    @property
    def span(self) -> Span:
        """From local midnight of the first day to local midnight after the last."""
        return Span(self.midnight(0), self.midnight(self.days))

    def midnight(self, index: int) -> datetime:
        """Local midnight at which day `index` begins, as a UTC instant; the index may lie outside the window."""
        return _midnight(self.first + timedelta(days=index), self.zone_name)

    def date_of(self, instant: datetime) -> date:
        """The local calendar day of an instant."""
        return require_utc(instant, "instant").astimezone(self.zone).date()

    def day_of(self, instant: datetime) -> int:
        """The local day as an index from the first day; outside the window it is negative or at least `days`."""
        return (self.date_of(instant) - self.first).days

    def minute_of(self, instant: datetime) -> int:
        """Elapsed minutes since the window began."""
        return (require_utc(instant, "instant") - self.midnight(0)) // MINUTE

    def dates(self) -> Iterator[date]:
        """Every day of the window in order."""
        return (self.first + timedelta(days=i) for i in range(self.days))


@lru_cache(maxsize=1 << 12)
def _midnight(day: date, zone_name: str) -> datetime:
    return local_instant(day, time(), ZoneInfo(zone_name), Fold.FIRST)
