"""What do experts get to see? Finished facts for their pages: instants in UTC, words as Sentence."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from scheduler.domain.availability import AvailabilityLevel, DaySlot, WeeklySlot
from scheduler.domain.errors import Sentence
from scheduler.domain.people import Exclusion, PersonalLimits
from scheduler.domain.places import TravelMode
from scheduler.services.views import ActivityChoice, Named, OnDuty, ShiftLabel


class CardState(StrEnum):
    """What the expert said to a published shift: nothing yet, yes, let's talk, or not this time.

    Or it is no longer hers: its house called it off, or a planner took her off it.
    """

    ASKED = "asked"
    YES = "yes"
    TALK = "talk"
    NO = "no"
    CALLED_OFF = "called_off"
    TAKEN_OFF = "taken_off"


@dataclass(frozen=True, slots=True)
class VenueCard:
    """Where it is and whom to ask for there."""

    id: str
    name: str
    kind: str
    address: str
    attributes: tuple[str, ...]
    contact_name: str
    contact_phone: str


@dataclass(frozen=True, slots=True)
class MonthHours:
    """Minutes in one local month: already worked, still planned, and the limit the expert chose (None: no limit)."""

    first: date
    done_minutes: int
    planned_minutes: int
    limit_minutes: int | None

    @property
    def left_minutes(self) -> int | None:
        """What still fits under the own limit, never below 0."""
        if self.limit_minutes is None:
            return None
        return max(0, self.limit_minutes - self.done_minutes - self.planned_minutes)


@dataclass(frozen=True, slots=True)
class ShiftCard:
    """One shift as its expert sees it; colleagues by first name. After a NO only the undo remains of it.

    `invitation`: it starts within the call-up term, so it may be refused without more.
    `undo_until` is set only while a NO can be taken back and the place is still free; else `undo_over` says why not.
    `pay`: that she keeps pay for it after it was called off late. `written_down`: her answer, by a planner.
    """

    shift: ShiftLabel
    venue: VenueCard
    role: str
    state: CardState
    colleagues: tuple[str, ...]
    pinned: bool
    invitation: bool
    can_answer: bool
    call_up_term: timedelta
    travel_minutes: int | None = None
    travel_mode: TravelMode = TravelMode.BIKE
    leave_at: datetime | None = None
    undo_until: datetime | None = None
    undo_over: Sentence | None = None
    reasons: tuple[Sentence, ...] = ()
    month: MonthHours | None = None
    pay: Sentence | None = None
    written_down: bool = False


@dataclass(frozen=True, slots=True)
class ExpertHome:
    """One card first: the next shift; then the questions still open; then the list (next and questions included)."""

    first_name: str
    next: ShiftCard | None
    questions: tuple[ShiftCard, ...]
    coming: tuple[ShiftCard, ...]
    undoable: tuple[ShiftCard, ...]
    """Shifts answered NO that can still be taken back."""
    given_away: tuple[ShiftCard, ...]
    """Shifts answered NO so short ago that this was promised, and yet it no longer can."""
    gone: tuple[ShiftCard, ...]
    """Coming shifts that were called off, or that she was taken off, in the last two weeks."""
    written_down: tuple[ShiftCard, ...]
    """Coming shifts to which a planner wrote her answer down in the last two weeks, and that stand nowhere above."""
    month: MonthHours
    on_duty: OnDuty


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """What an answer did: the card after it, and one kind sentence."""

    card: ShiftCard
    sentence: Sentence


class DayPart(StrEnum):
    """The three parts of a day on the availability page; together they run from 06:00 to midnight."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


PART_HOURS: dict[DayPart, tuple[time, time]] = {
    DayPart.MORNING: (time(6), time(13)),
    DayPart.AFTERNOON: (time(13), time(18)),
    DayPart.EVENING: (time(18), time(0)),
}


@dataclass(frozen=True, slots=True)
class ExceptionView:
    """A single day or period that differs; `id` is what remove_exception takes."""

    id: str
    slot: DaySlot


@dataclass(frozen=True, slots=True)
class AvailabilityView:
    """The usual week as day parts (lowest level inside each part), the exact slots, and the exceptions from today on.

    `levels` has every (weekday, part) with Monday 0; the parts in `mixed` have several levels, hour by hour. Answers
    before `counts_before` count for the next window.
    """

    edition: int
    levels: dict[tuple[int, DayPart], AvailabilityLevel]
    weekly: tuple[WeeklySlot, ...]
    exceptions: tuple[ExceptionView, ...]
    mixed: frozenset[tuple[int, DayPart]]
    counts_before: date
    next_window: date


@dataclass(frozen=True, slots=True)
class LimitsView:
    """The expert's own limits and private exclusions; only the expert ever gets this view."""

    edition: int
    limits: PersonalLimits
    exclusions: tuple[Exclusion, ...]
    venues: tuple[Named, ...]
    month: MonthHours
    next_month: MonthHours
    wished_minutes_a_week: int | None = None
    activities: tuple[ActivityChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """The secret of a calendar feed; `token` is only present right after it was made, afterwards only `exists`."""

    exists: bool
    token: str | None = None
    last_used_at: datetime | None = None
    warnings: tuple[Sentence, ...] = field(default=())
