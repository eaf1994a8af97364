"""What do venues get to see? Finished facts for their pages: instants in UTC, words as Sentence."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from scheduler.domain.cover import Recurrence, Repeat, RequestState
from scheduler.domain.errors import Sentence
from scheduler.domain.shifts import Priority
from scheduler.domain.time import Fold
from scheduler.services.views import ActivityChoice, Named, OnDuty, ShiftLabel, Step


class Filling(StrEnum):
    """How far the places of a shift or request are filled; read off the live bookings."""

    FILLED = "filled"
    PARTLY = "partly"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class VenuePerson:
    """A person as a venue sees one: first name and role, nothing else. `sure` is a yes; otherwise no answer yet."""

    first_name: str
    role: str
    sure: bool


@dataclass(frozen=True, slots=True)
class VisitView:
    """One shift at the own venue and who comes. `people` is empty for shifts that ended over 14 days ago.

    `later`: nobody yet, because the roster of its days has not been published. `why`: whether somebody can still be
    asked, where somebody is missing.
    """

    shift: ShiftLabel
    needed: int
    people: tuple[VenuePerson, ...]
    filling: Filling
    request: str | None = None
    later: bool = False
    present: int = 0
    """How many people, also where their names are left out."""
    past: bool = False
    why: Sentence | None = None


@dataclass(frozen=True, slots=True)
class RequestView:
    """A cover request in a list. `filling` is None while it is not accepted. `late`: past due without an answer.

    `over`: accepted, and its last day has ended.
    """

    id: str
    reference: str
    edition: int
    venue: str
    venue_name: str
    activity: str
    activity_name: str
    recurrence: Recurrence
    start: time
    end: time
    headcount: int
    note: str
    priority: Priority
    languages: tuple[str, ...]
    themes: tuple[str, ...]
    state: RequestState
    filling: Filling | None
    status: Sentence
    submitted_at: datetime
    answer_due_at: datetime
    answered_at: datetime | None
    answer: str
    late: bool
    over: bool
    places: tuple[VisitView, ...]
    """The shifts of an accepted request inside the opened windows, from 14 days back on, in order of start."""


@dataclass(frozen=True, slots=True)
class RequestDetail:
    """A request with its story; `can_cancel` is false once it has been refused or cancelled, or is over.

    `pay`: who keeps the right to pay when it is taken back now, and somebody is planned soon. `who_comes`: from when
    on names can be read; None when it has no coming days. `past`: the days that have ended, the newest first; a venue
    reads the names of the last two weeks, a planner all.
    """

    request: RequestView
    steps: tuple[Step, ...]
    can_cancel: bool
    on_duty: OnDuty
    pay: Sentence | None = None
    who_comes: Sentence | None = None
    past: tuple[VisitView, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestOrder:
    """What a coordinator fills in: at most six fields, the rest has defaults. An `end` before `start` is next day."""

    venue: str
    activity: str
    first: date
    start: time
    end: time
    headcount: int = 1
    repeat: Repeat = Repeat.ONCE
    until: date | None = None
    exceptions: frozenset[date] = frozenset()
    languages: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    note: str = ""
    priority: Priority = Priority.MEDIUM
    desirable: int = 0
    fold: Fold | None = None


@dataclass(frozen=True, slots=True)
class RequestChoices:
    """What the request form offers, and by when an answer comes if it is sent now."""

    venue: Named
    activities: tuple[ActivityChoice, ...]
    languages: tuple[str, ...]
    themes: tuple[str, ...]
    answer_due_at: datetime
    last: RequestOrder | None


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """How often the agency answered this venue in time, over the last 90 days."""

    on_time: int
    total: int


@dataclass(frozen=True, slots=True)
class CoordinatorHome:
    """The first page of a venue: who comes in the next 14 days, what was asked, whom to call."""

    venue: Named
    venues: tuple[Named, ...]
    coming: tuple[VisitView, ...]
    requests: tuple[RequestView, ...]
    record: AnswerRecord
    on_duty: OnDuty
    last: RequestOrder | None


# --- Expert -----------------------------------------------------------------------------------------------------------
