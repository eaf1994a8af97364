"""What a venue asks: a cover request, once or recurring, and the shifts it becomes."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.domain.errors import Refused, Sentence, invalid
from scheduler.domain.people import Language, ThemeId
from scheduler.domain.shifts import Demand, Priority, Shift
from scheduler.domain.time import Days, Fold, local_span, require_utc
from scheduler.domain.venues import ActivityId, VenueId

LONGEST_NOTE = 200


class Repeat(StrEnum):
    """How often the cover is wanted."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"

    @property
    def days_apart(self) -> int:
        """Days between two occurrences; 0 for once."""
        return {"once": 0, "weekly": 7, "fortnightly": 14}[self]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Local days on which the cover is wanted: from `first`, repeated up to and including `until`, except some days."""

    first: date
    repeat: Repeat = Repeat.ONCE
    until: date | None = None
    exceptions: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.first:
            invalid(
                "The request ends on %(until)s, before its first day %(first)s.", until=self.until, first=self.first
            )

    def falls_on(self, day: date) -> bool:
        """Whether the pattern has this day, excepted or not."""
        return any(replace(self, exceptions=frozenset()).dates(Days(day, day + timedelta(days=1))))

    def except_for(self, day: date) -> "Recurrence":
        """The pattern without this day."""
        return replace(self, exceptions=self.exceptions | {day})

    def including(self, day: date) -> "Recurrence":
        """The pattern with a day that was excepted."""
        return replace(self, exceptions=self.exceptions - {day})

    def dates(self, within: Days) -> Iterator[date]:
        """Every day of the pattern inside a bounded period, in order."""
        if within.end is None:
            invalid("A pattern can only be listed for a period with an end.")
        last = within.end - timedelta(days=1)
        last = min(last, self.until or last)
        day, step = self.first, self.repeat.days_apart
        if step and day < within.first:
            day += timedelta(days=-(-(within.first - day).days // step) * step)
        while within.first <= day <= last:
            if day not in self.exceptions:
                yield day
            if not step:
                return
            day += timedelta(days=step)


class RequestState(StrEnum):
    """The status clock of a request; filling is read off the roster, not stored."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CANCELLED = "cancelled"


STANDING = frozenset({RequestState.SUBMITTED, RequestState.ACCEPTED})
"""States in which a request can still change."""


@dataclass(frozen=True, slots=True)
class CoverRequest:
    """A venue's question for people, with the reference and the instant at which an answer is due."""

    id: str
    venue: VenueId
    activity: ActivityId
    recurrence: Recurrence
    start: time
    end: time
    submitted_at: datetime
    answer_due_at: datetime
    headcount: int = 1
    desirable: int = 0
    priority: Priority = Priority.MEDIUM
    themes: frozenset[ThemeId] = frozenset()
    languages: frozenset[Language] = frozenset()
    note: str = ""
    state: RequestState = RequestState.SUBMITTED
    fold: Fold | None = None
    answered_at: datetime | None = None
    answer: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "submitted_at", require_utc(self.submitted_at, "submitted_at"))
        object.__setattr__(self, "answer_due_at", require_utc(self.answer_due_at, "answer_due_at"))
        if not 1 <= self.headcount <= 20:
            invalid("Ask for 1 to 20 people, not %(headcount)s.", headcount=self.headcount)
        if len(self.note) > LONGEST_NOTE:
            invalid("The note has %(length)s characters; 200 is the most.", length=len(self.note))
        if self.start == self.end:
            invalid("The end %(end)s equals the start.", end=f"{self.end:%H:%M}")

    @property
    def reference(self) -> str:
        """What people say on the phone, such as WR-4F2A9C."""
        return f"WR-{hashlib.sha256(self.id.encode()).hexdigest()[:6].upper()}"

    def answered(self, state: RequestState, at: datetime, answer: str = "") -> "CoverRequest":
        """The request after an answer of the planner or a cancellation; Refused when it has ended already."""
        allowed = {
            RequestState.SUBMITTED: {RequestState.ACCEPTED, RequestState.REFUSED, RequestState.CANCELLED},
            RequestState.ACCEPTED: {RequestState.CANCELLED},
        }
        if state not in allowed.get(self.state, set()):
            raise Refused(
                "Request %(reference)s is already %(state)s.",
                reference=self.reference,
                state=Sentence(self.state.value),
            )
        return replace(self, state=state, answered_at=at, answer=answer)

    def without_day(self, day: date) -> "CoverRequest":
        """The request after one of its days was called off; Refused when that cannot be."""
        self._require_day(day)
        if day in self.recurrence.exceptions:
            raise Refused("This day has already been called off.")
        pattern = self.recurrence.except_for(day)
        if pattern.until and not any(pattern.dates(Days(pattern.first, pattern.until + timedelta(days=1)))):
            raise Refused("This is the only day of the request. Take the whole request back instead.")
        return replace(self, recurrence=pattern)

    def with_day(self, day: date) -> "CoverRequest":
        """The request after a day that was called off is put back; Refused when that cannot be."""
        self._require_day(day)
        if day not in self.recurrence.exceptions:
            raise Refused("This day has not been called off.")
        return replace(self, recurrence=self.recurrence.including(day))

    def _require_day(self, day: date) -> None:
        if self.state not in STANDING:
            raise Refused(
                "Request %(reference)s is already %(state)s.",
                reference=self.reference,
                state=Sentence(self.state.value),
            )
        if self.recurrence.repeat is Repeat.ONCE:
            raise Refused("This is the only day of the request. Take the whole request back instead.")
        if not self.recurrence.falls_on(day):
            raise Refused("This day does not belong to request %(reference)s.", reference=self.reference)

    def shift_id(self, day: date) -> str:
        """The id of the shift that a day becomes, the same however often it is asked."""
        return f"{self.id}-{day:%Y%m%d}"

    def shifts(self, within: Days, zone: ZoneInfo) -> list[Shift]:
        """The shifts this request becomes inside a period.

        Recurring local times stay local; a day on which the time does not exist (spring change) raises InvalidValue.
        """
        demand = Demand(self.headcount, self.desirable)
        return [
            Shift(
                id=self.shift_id(day),
                venue=self.venue,
                activity=self.activity,
                span=local_span(day, self.start, self.end, zone, self.fold),
                demand=demand,
                priority=self.priority,
                desired_languages=self.languages,
                themes=self.themes,
                request=self.id,
            )
            for day in self.recurrence.dates(within)
        ]
