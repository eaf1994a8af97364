"""What does a planner see on the board? Measures, chips, rows, violations and candidates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from scheduler.domain.errors import Sentence
from scheduler.domain.score import Level, Score
from scheduler.domain.shifts import Priority
from scheduler.domain.time import PlanningWindow
from scheduler.services.views import Named, ShiftLabel


@dataclass(frozen=True, slots=True)
class Measures:
    """A roster in numbers for the strip; `kept` of `published` places are the same as what people were told.

    Coverage, gaps and the worst-served neighbourhood are of the shifts that have not begun; the rest is of all.
    """

    required: int
    filled: int
    hard: int
    """Number of hard violations."""
    preference: int
    """Preference points, lower is better."""
    assignments: int
    familiar: int
    """Assignments of somebody who came to that venue before."""
    travel_minutes: int
    """Sum over assignments, from home to the venue, one way."""
    kept: int
    published: int
    lowest_name: str = ""
    """The worst-served neighbourhood."""
    lowest_percent: int = 100

    @property
    def gaps(self) -> int:
        """Open places of shifts that have not begun."""
        return self.required - self.filled

    @property
    def coverage_percent(self) -> int:
        """Filled of required, rounded down so that 100 means all."""
        return 100 if not self.required else self.filled * 100 // self.required

    @property
    def familiar_percent(self) -> int:
        """Familiar faces of all assignments."""
        return 0 if not self.assignments else self.familiar * 100 // self.assignments

    @property
    def mean_travel_minutes(self) -> int:
        """Travel per assignment, one way."""
        return 0 if not self.assignments else round(self.travel_minutes / self.assignments)

    @property
    def changed(self) -> int:
        """Assignments that people were not told yet, plus told ones that are gone."""
        return (self.assignments - self.kept) + (self.published - self.kept)


# --- Board ------------------------------------------------------------------------------------------------------------


class PersonState(StrEnum):
    """What is known of a person on a shift: only in the draft, asked without an answer yet, or what was answered."""

    DRAFT = "draft"
    ASKED = "asked"
    YES = "yes"
    TALK = "talk"
    NO = "no"


@dataclass(frozen=True, slots=True)
class BoardPerson:
    """A person on a chip; `name` is the first name, with an initial only where two share one."""

    expert: str
    name: str
    pinned: bool
    state: PersonState


@dataclass(frozen=True, slots=True)
class BoardShift:
    """A chip: the shift, who is on it in the draft (or live when there is no draft), and what is missing.

    `declined` holds people who said no and have not said yes since. `live` says that the people are exactly those
    who were told. `missing` is 0 once it has begun. `frozen` shifts keep their people in a run; `past` ones cannot be
    edited.
    """

    id: str
    venue: str
    venue_name: str
    neighbourhood: str
    activity: str
    activity_name: str
    role: str
    start: datetime
    end: datetime
    day: date
    needed: int
    desirable: int
    priority: Priority
    people: tuple[BoardPerson, ...]
    declined: tuple[BoardPerson, ...]
    missing: int
    live: bool
    frozen: bool
    past: bool
    request: str | None = None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A venue or an expert; `cells` holds per day of the board the shift ids in order of start."""

    id: str
    name: str
    kind: str
    neighbourhood: str
    cells: tuple[tuple[str, ...], ...]
    required: int = 0
    """Places of the shifts that have not begun, for a venue's row; `filled` likewise."""
    filled: int = 0
    minutes: int = 0
    """Planned minutes on the board's days, for an expert's row."""
    wished_minutes_a_week: int | None = None


@dataclass(frozen=True, slots=True)
class BoardFilters:
    """What to show; empty means all. `gaps_only` keeps shifts with a missing person."""

    neighbourhood: str = ""
    role: str = ""
    gaps_only: bool = False
    search: str = ""


@dataclass(frozen=True, slots=True)
class BoardView:
    """The board of one window or one week of it; `edition` goes back with every edit (0: no draft exists yet)."""

    window: PlanningWindow
    windows: tuple[date, ...]
    week: int | None
    by: str
    edition: int
    draft_number: int | None
    published_number: int | None
    published_at: datetime | None
    days: tuple[date, ...]
    rows: tuple[BoardRow, ...]
    shifts: dict[str, BoardShift]
    before: Measures
    """What people were told (live bookings)."""
    after: Measures
    """The draft; equal to `before` when there is none."""
    neighbourhoods: tuple[Named, ...]
    roles: tuple[str, ...]
    filters: BoardFilters
    undo: str
    redo: str
    """What stands for the step to take back and for the one to do again; "" where there is none."""
    active_run: str | None
    gap_weeks: tuple[int, ...] = ()
    """The weeks of the window, counted from 0, in which these choices show a gap that has not begun."""


@dataclass(frozen=True, slots=True)
class ViolationView:
    """A broken rule in words; people by name, a private reason reads as ordinary unavailability."""

    rule: str
    level: Level
    amount: int
    sentence: Sentence
    people: tuple[Named, ...]
    shifts: tuple[ShiftLabel, ...]


@dataclass(frozen=True, slots=True)
class EditResult:
    """What one edit did. `violations` are the hard ones that concern the edited shift or person, after the edit."""

    edition: int
    before: Measures
    after: Measures
    violations: tuple[ViolationView, ...]
    shifts: tuple[BoardShift, ...]
    """The shifts that changed, as they are now."""
    sentence: Sentence
    undo: str
    redo: str
    """As in BoardView."""
    draft_number: int | None = None
    more: tuple[Sentence, ...] = ()
    """What else was taken back or done again, and what stays and why."""
    meanwhile: bool = False
    """Others had changed the draft since the planner looked, so that there is more of it than she has seen."""


@dataclass(frozen=True, slots=True)
class CandidateView:
    """Somebody who can take the shift; `effect` is the change of the score (lower is better)."""

    expert: str
    name: str
    effect: Score
    reasons_for: tuple[Sentence, ...]
    reasons_against: tuple[Sentence, ...]
    planned_minutes_this_week: int


@dataclass(frozen=True, slots=True)
class ChainView:
    """Somebody leaves a shift for this one, and somebody else takes her place there.

    `is_told`: she was told of the shift that she leaves, `said_yes`: and agreed. `invited`: who is new on a shift
    that starts soon. `seen` stands for both shifts as they are shown.
    """

    expert: str
    expert_name: str
    leaves: ShiftLabel
    successor: str
    successor_name: str
    effect: Score
    is_told: bool
    said_yes: bool
    invited: tuple[str, ...]
    seen: str


@dataclass(frozen=True, slots=True)
class RivalsView:
    """Shifts at one time that ask together for more people than can come: in a sentence, and which they are."""

    sentence: Sentence
    shifts: tuple[BoardShift, ...]


@dataclass(frozen=True, slots=True)
class CandidatesView:
    """Who can take this shift, best first; who cannot, with the first reason; and why it is empty, in counts.

    `call_up_term`: within so long before its start somebody new is invited. `would_help`: agreements that alone keep
    somebody from it, with counts. `chains`: exchanges of two that fill an open place, where few can come at once.
    `rivals`: the shifts, this one among them, for which there are too few people however they are exchanged.
    `can_undo_no`: whose no a planner wrote down so short ago that it can be taken back. `why`: what speaks for and
    against each person on it, as if she were to be put on it now. `seen` stands for the shift as it is shown.
    """

    edition: int
    shift: BoardShift
    seen: str
    call_up_term: timedelta
    why_empty: tuple[Sentence, ...]
    would_help: tuple[Sentence, ...]
    can: tuple[CandidateView, ...]
    cannot: tuple[tuple[Named, Sentence], ...]
    chains: tuple[ChainView, ...] = ()
    rivals: RivalsView | None = None
    can_undo_no: tuple[str, ...] = ()
    why: Mapping[str, tuple[tuple[Sentence, ...], tuple[Sentence, ...]]] = field(default_factory=dict)
