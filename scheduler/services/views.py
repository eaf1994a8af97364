"""What do all pages show alike? Finished facts: instants in UTC, words as Sentence."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.domain.errors import Sentence


@dataclass(frozen=True, slots=True)
class Named:
    """An id and the name to show for it: a choice in a list, a link."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Whom to call at the agency; empty strings when nobody is configured."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class ShiftLabel:
    """When, where and what: enough to name a shift in any sentence or table row."""

    id: str
    venue: str
    venue_name: str
    activity: str
    activity_name: str
    start: datetime
    end: datetime

    def __str__(self) -> str:
        return f"{self.venue_name}, {self.activity_name}, {self.start:%Y-%m-%d %H:%M} UTC"


class StepState(StrEnum):
    """Where a step of a story stands."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of 'how it goes'; `at` is the instant for what has happened."""

    sentence: Sentence
    state: StepState
    at: datetime | None = None


# --- Coordinator ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ActivityChoice:
    """An activity type that a venue can ask for."""

    id: str
    name: str
    role: str
    minimum_minutes: int
    two_present: bool
