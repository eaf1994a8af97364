"""The state of one optimiser run; a run's state is not a roster's state."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.domain.roster import Roster
from scheduler.domain.score import Score
from scheduler.domain.time import PlanningWindow


class RunState(StrEnum):
    """Where a run is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self in {RunState.FINISHED, RunState.FAILED, RunState.CANCELLED}


class Order(StrEnum):
    """What the planner wants of a running run."""

    NONE = "none"
    STOP_AND_KEEP = "stop"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What was asked of the run."""

    seconds: float = 30.0
    workers: int = 2
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a run: elapsed seconds, best score so far, proven bounds and filled places."""

    seconds: float
    phase: str
    score: Score
    bound_coverage: float | None = None
    bound_preference: float | None = None
    required: int = 0
    filled: int = 0


@dataclass(frozen=True)
class Run:
    """A run as the queue knows it; `fence` grows with every claim so that a late worker is refused.

    `question` is the fingerprint of the model to which the newest progress and the best roster belong; `used_seconds`
    is how long workers have been at it, without the silence after one that broke off.
    """

    id: str
    window: PlanningWindow
    settings: RunSettings
    state: RunState
    requested_by: str
    created_at: datetime
    draft: str
    input_hash: str = ""
    question: str = ""
    used_seconds: float = 0.0
    fence: int = 0
    order: Order = Order.NONE
    lease_until: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    progress: tuple[Progress, ...] = ()
    best: Roster | None = None
    status: str = ""
    error: str = ""
    result: str | None = None
