"""How does a roster become a calendar file: the same event under the same id for life, and neutral titles?"""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from scheduler.domain.time import Span

PRODUCT = "-//Wijkrooster//Roster//NL"


class EventState(StrEnum):
    """How sure an event is, in the words of the format."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One shift of one calendar. `key` never changes while the shift exists; `sequence` grows with every change.

    `title` must be neutral, such as "Dienst, De Zilverlinde"; `changed_at` is the instant of the last change.
    """

    key: str
    title: str
    span: Span
    state: EventState
    sequence: int
    changed_at: datetime
    location: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar with a neutral name, its zone and its events."""

    name: str
    zone: ZoneInfo
    events: tuple[CalendarEvent, ...] = field(default_factory=tuple)

    def to_bytes(self) -> bytes:
        """The file: the same bytes for the same events, whatever their order."""
        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", clean(self.name))
        calendar.add("refresh-interval;value=duration", "PT4H")
        events = sorted(self.events, key=lambda event: (event.span.start, event.key))
        if events:
            calendar.add_component(_timezone(self.zone, events))
        for event in events:
            calendar.add_component(_event(event, self.zone))
        found: bytes = calendar.to_ical()
        return found


def etag_of(data: bytes) -> str:
    """A tag that changes exactly when the bytes change."""
    return hashlib.sha256(data).hexdigest()[:32]


def uid_of(key: str) -> str:
    """The id of an event: made of its key, and telling nothing."""
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@wijkrooster"


def clean(text: str) -> str:
    """The text without control characters, which no calendar needs; lines are kept."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Zl", "Zp"})
    return unicodedata.normalize("NFC", kept)


def _timezone(zone: ZoneInfo, events: Iterable[CalendarEvent]) -> Timezone:
    spans = [event.span for event in events]
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    return Timezone.from_tzinfo(
        zone, zone.key, first_date=first.date().replace(month=1, day=1), last_date=last.date().replace(month=12, day=31)
    )


def _event(event: CalendarEvent, zone: ZoneInfo) -> Event:
    made = Event()
    made.add("uid", uid_of(event.key))
    made.add("dtstamp", event.changed_at)
    made.add("last-modified", event.changed_at)
    made.add("sequence", event.sequence)
    made.add("status", event.state.value)
    made.add("summary", clean(event.title).replace("\n", " "))
    made.add("dtstart", _when(event.span.start, zone))
    made.add("dtend", _when(event.span.end, zone))
    if event.location:
        made.add("location", clean(event.location).replace("\n", " "))
    if event.details:
        made.add("description", clean(event.details))
    return made


def _when(instant: datetime, zone: ZoneInfo) -> datetime:
    """The local time; in UTC for the second of two equal local times, which the format cannot tell from the first."""
    local = instant.astimezone(zone)
    return instant if local.fold else local
