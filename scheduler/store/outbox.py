"""Messages that wait until they are handed over, written in the same unit as what they tell about."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from scheduler.domain.messages import Lane, Message, MessageState
from scheduler.domain.people import ExpertId
from scheduler.domain.shifts import ShiftId
from scheduler.store.collection import Collection, Columns
from scheduler.store.tables import MessageRow


class Outbox(Collection[MessageRow, Message]):
    """All messages."""

    row = MessageRow
    noun = "message"

    def take(self, now: datetime, limit: int, lease_seconds: float) -> list[Message]:
        """The messages to send now, urgent first; nobody else gets them before the lease ends.

        A sender that dies between handing over and `sent` lets the message be sent once more.
        """
        waiting = self._select(MessageRow.state == MessageState.WAITING.value, MessageRow.due_at <= now)
        order = MessageRow.lane, MessageRow.due_at, MessageRow.created_at, MessageRow.id
        rows = self._rows(waiting.order_by(*order).limit(limit))
        later = now + timedelta(seconds=lease_seconds)
        for row in rows:
            self._change(row.id, due_at=later, attempts=row.attempts + 1)
        taken = self.find_many(row.id for row in rows)
        return [taken[row.id] for row in rows]

    def of(self, account: str | None = None, expert: str | None = None) -> list[Message]:
        """The messages for an account or an expert, newest first."""
        whose = MessageRow.account_id == account if account else MessageRow.expert_id == expert
        newest = MessageRow.created_at.desc(), MessageRow.id
        return [self._value(row) for row in self._rows(self._select(whose).order_by(*newest))]

    def waiting(self) -> int:
        """How many still wait."""
        return len(self._rows(self._select(MessageRow.state == MessageState.WAITING.value)))

    def ended(self, state: MessageState, since: datetime) -> list[Message]:
        """The messages made since then that ended in a state, oldest first."""
        wanted = self._select(MessageRow.state == state.value, MessageRow.created_at >= since)
        return [self._value(row) for row in self._rows(wanted.order_by(MessageRow.created_at, MessageRow.id))]

    def take_back(self, kind: str, expert: ExpertId, shifts: list[ShiftId]) -> bool:
        """A message about exactly these shifts that nobody took yet is not sent; whether there was one."""
        waiting = MessageRow.state == MessageState.WAITING.value, MessageRow.attempts == 0
        rows = self._rows(self._select(MessageRow.kind == kind, MessageRow.expert_id == expert, *waiting))
        found = [row.id for row in rows if row.payload.get("shifts") == shifts]
        self.settle(found, MessageState.SUPERSEDED)
        return bool(found)

    def sent(self, id: str, at: datetime) -> None:
        """It was handed over."""
        self._change(id, state=MessageState.SENT.value, sent_at=at, error="")

    def postpone(self, id: str, due_at: datetime, error: str) -> None:
        """It could not be handed over; try again then."""
        self._change(id, due_at=due_at, error=error)

    def settle(self, ids: Iterable[str], state: MessageState, error: str = "") -> None:
        """End these messages without handing them over: kept, superseded or failed."""
        for id in ids:
            self._change(id, state=state.value, error=error)

    def _change(self, id: str, **columns: Any) -> None:
        self._run(update(MessageRow).where(MessageRow.id == id).values(columns))

    def _columns(self, value: Message) -> Columns:
        return {
            "id": value.id,
            "kind": value.kind,
            "account_id": value.account,
            "expert_id": value.expert,
            "payload": dict(value.payload),
            "lane": int(value.lane),
            "message_id": value.message_id,
            "state": value.state.value,
            "created_at": value.created_at,
            "due_at": value.due_at,
            "attempts": value.attempts,
            "error": value.error,
            "sent_at": value.sent_at,
        }

    def _value(self, row: MessageRow) -> Message:
        return Message(
            id=row.id,
            kind=row.kind,
            created_at=row.created_at,
            due_at=row.due_at,
            account=row.account_id,
            expert=row.expert_id,
            payload=row.payload,
            lane=Lane(row.lane),
            message_id=row.message_id,
            state=MessageState(row.state),
            attempts=row.attempts,
            error=row.error,
            sent_at=row.sent_at,
        )
