"""What an expert says to a shift: yes, not this time, or let's talk; never why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.domain.people import ExpertId
from scheduler.domain.shifts import ShiftId


class Answer(StrEnum):
    """The three answers, and taking one back."""

    YES = "yes"
    NO = "no"
    TALK = "talk"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Response:
    """One answer of one expert to one shift; responses are only ever added, the newest one counts."""

    expert: ExpertId
    shift: ShiftId
    answer: Answer
    at: datetime
    on_behalf_by: str | None = None
