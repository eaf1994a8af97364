"""What does a planner see off the board? Runs, publishing, the dashboard, people, venues and rules."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduler.domain.availability import WeeklySlot
from scheduler.domain.contracts import Contract
from scheduler.domain.errors import Sentence
from scheduler.domain.people import Qualification
from scheduler.domain.places import TravelMode
from scheduler.domain.roster import RosterState
from scheduler.domain.runs import Order, Progress, RunSettings, RunState
from scheduler.domain.score import Level
from scheduler.domain.time import PlanningWindow
from scheduler.domain.venues import Venue
from scheduler.services.board_views import Measures
from scheduler.services.compared import Beside, ComparedView
from scheduler.services.venue_views import RequestView, VisitView
from scheduler.services.views import ShiftLabel, Step

# --- Runs -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RunView:
    """One run, live or over. `status` is one sentence for a live region; `minds` must be read before taking over."""

    id: str
    window: PlanningWindow
    state: RunState
    order: Order
    settings: RunSettings
    requested_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    seconds: float
    progress: tuple[Progress, ...]
    status: Sentence
    steps: tuple[Step, ...]
    before: Measures
    best: Measures | None
    proven: bool
    """Coverage and preference are both proven best."""
    minds: tuple[Sentence, ...]
    can_stop: bool
    can_cancel: bool
    can_take_over: bool
    taken_over: bool
    queued_before: int = 0
    edition: int = 0
    """Of the draft beside which this was seen; it goes back when the result is taken over."""
    changes: ComparedView | None = None
    """What its best roster changes beside the draft or what people were told; None while there is none to take over."""
    beside: Beside = Beside.TOLD
    can_choose_beside: bool = False
    """Whether the draft is another roster than what people were told."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run in the list of a window; `requested_by` is a name."""

    id: str
    requested_by: str
    created_at: datetime
    status: Sentence
    taken_over: bool
    has_result: bool = False
    """Whether there is a roster to take over."""


# --- Publish ----------------------------------------------------------------------------------------------------------


class CheckState(StrEnum):
    """ok: fine; mind: read it, then you may; stop: publishing is refused."""

    OK = "ok"
    MIND = "mind"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of what was checked before publishing: what to do about it, and the shift or venue where to do it."""

    state: CheckState
    sentence: Sentence
    advice: Sentence | None = None
    shift: ShiftLabel | None = None
    venue: str = ""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One shift whose people differ; names as first names; `invitation`: it starts within the call-up term."""

    shift: ShiftLabel
    before: tuple[str, ...]
    after: tuple[str, ...]
    told: tuple[str, ...]
    """First names of the people who get a message, then the venue's name."""
    invitation: bool
    said_yes: tuple[str, ...] = ()
    """First names of those who said yes to it and would be taken off."""


@dataclass(frozen=True, slots=True)
class MessageView:
    """A group of messages that leaves when publishing: to whom and what about."""

    sentence: Sentence
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishView:
    """Everything a planner reads before publishing; `number` is the version that would come to be."""

    window: PlanningWindow
    edition: int
    number: int
    previous: int | None
    previous_at: datetime | None
    checks: tuple[Check, ...]
    changes: tuple[ChangeView, ...]
    messages: tuple[MessageView, ...]
    before: Measures
    after: Measures
    can_publish: bool
    call_up_days: int
    """Whoever is new on a shift within so many days is invited."""
    nothing: Sentence | None = None
    """Why there is nothing to publish, which is no fault to mend."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the history of a window."""

    number: int
    state: RosterState
    published_at: datetime | None
    published_by: str
    assignments: int


# --- Dashboard, people, rules -----------------------------------------------------------------------------------------


class TodoKind(StrEnum):
    """What an item of the dashboard leads to; `target` is the id of that kind."""

    REQUEST = "request"
    GAP = "gap"
    TALK = "talk"
    PUBLISH = "publish"
    RUN = "run"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do; `urgency` counts from 0 (now) up; `due_at` is for the clock beside it."""

    kind: TodoKind
    target: str
    urgency: int
    title: Sentence
    text: Sentence
    due_at: datetime | None
    window: date | None = None


class WindowLight(StrEnum):
    """A window of a house in the street: somebody is there, not sure yet, or nobody."""

    LIT = "lit"
    TENTATIVE = "tentative"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class House:
    """A venue in the street of one week with one window per shift; counts are places of what has not begun."""

    venue: str
    name: str
    windows: tuple[WindowLight, ...]
    required: int
    sure: int
    tentative: int
    gaps: int


@dataclass(frozen=True, slots=True)
class AnswerClock:
    """A request that waits for an answer."""

    request: str
    venue_name: str
    due_at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class CalledOff:
    """A coming shift that its house called off; `pay` is what is owed for it to the people in `owed`."""

    shift: ShiftLabel
    request: str | None
    pay: Sentence | None = None
    owed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DashboardView:
    """What must be done now, in order of haste, and how the week stands."""

    name: str
    now: datetime
    window: PlanningWindow
    street_first: date
    """The Monday of the week that the street shows."""
    todo: tuple[Todo, ...]
    required: int
    """Places of the shifts of this week that have not begun; `filled` and `gaps_this_week` likewise."""
    filled: int
    gaps_this_week: int
    gaps_two_weeks: int
    """Open places in the next fourteen days: those that `todo` lists."""
    median_answer_minutes: int | None
    declines_7_days: int
    declines_open: int
    clocks: tuple[AnswerClock, ...]
    called_off: tuple[CalledOff, ...]
    street: tuple[House, ...]
    more_todo: int = 0
    """Things to do beyond those in `todo`, which are the most urgent."""


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """An expert in the planner's list; minutes are those of the current window."""

    id: str
    name: str
    roles: tuple[str, ...]
    languages: tuple[str, ...]
    contract: str
    wished_minutes_a_week: int | None
    planned_minutes: int
    active: bool


@dataclass(frozen=True, slots=True)
class ExpertDetail:
    """An expert as a planner sees one: no themes, no limits, no trace of private exclusions."""

    id: str
    edition: int
    first_name: str
    surname: str
    email: str
    phone: str
    roles: tuple[str, ...]
    qualifications: tuple[Qualification, ...]
    languages: tuple[str, ...]
    contracts: tuple[Contract, ...]
    travel_mode: TravelMode
    wished_minutes_a_week: int | None
    weekly: tuple[WeeklySlot, ...]
    coming: tuple[ShiftLabel, ...]


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A venue in the planner's list; counts are places of the current window."""

    id: str
    name: str
    kind: str
    neighbourhood: str
    need: int
    contact_name: str
    required: int
    filled: int


@dataclass(frozen=True, slots=True)
class VenueDetail:
    """A venue with its on-duty contact, its requests and who comes in the next 14 days."""

    venue: Venue
    edition: int
    neighbourhood_name: str
    need: int
    requests: tuple[RequestView, ...]
    coming: tuple[VisitView, ...]


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule in plain words with its current parameters."""

    name: str
    level: Level
    private: bool
    sentence: Sentence
    parameters: tuple[tuple[str, object], ...]
