"""What has to be told to whom: a message that waits in the outbox until it is handed over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from scheduler.domain.errors import invalid
from scheduler.domain.time import require_utc


class Lane(IntEnum):
    """Which messages go first; urgent ones never wait behind the rest."""

    URGENT = 0
    NORMAL = 1
    BULK = 2


class MessageState(StrEnum):
    """Where a message is; `kept` means there is no mail server and the account page shows it."""

    WAITING = "waiting"
    SENT = "sent"
    KEPT = "kept"
    SUPERSEDED = "superseded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Message:
    """One message for one account or expert; `message_id` stays the same however often it is sent."""

    id: str
    kind: str
    created_at: datetime
    due_at: datetime
    account: str | None = None
    expert: str | None = None
    payload: Mapping[str, object] = field(default_factory=dict)
    lane: Lane = Lane.NORMAL
    message_id: str = ""
    state: MessageState = MessageState.WAITING
    attempts: int = 0
    error: str = ""
    sent_at: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "created_at", require_utc(self.created_at, "created_at"))
        object.__setattr__(self, "due_at", require_utc(self.due_at, "due_at"))
        if (self.account is None) == (self.expert is None):
            invalid("Message %(id)s goes to exactly one account or expert.", id=self.id)

    def shift_ids(self, name: str = "shifts") -> list[str]:
        """The ids of the shifts that it tells of, or of those under another name of its payload."""
        found = self.payload.get(name, [])
        return [str(id) for id in found] if isinstance(found, list) else []
