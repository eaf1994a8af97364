"""The tables of what has to be told, what was done, and what is set."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.tables.base import Json, JsonList, Row, key


class MessageRow(Row):
    """A message in the outbox."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_queue", "state", "lane", "due_at"),)

    id: Mapped[key]
    kind: Mapped[str]
    account_id: Mapped[str | None] = mapped_column(index=True)
    expert_id: Mapped[str | None] = mapped_column(index=True)
    payload: Mapped[Json]
    lane: Mapped[int]
    message_id: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    error: Mapped[str]
    sent_at: Mapped[datetime | None]


class AuditRow(Row):
    """One deed, chained to the one before by its hash; only ever added."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    request_id: Mapped[str]
    origin: Mapped[str]
    fields: Mapped[JsonList]
    on_behalf_of: Mapped[str]
    result: Mapped[str]
    chain: Mapped[str]


class MarkRow(Row):
    """A mark of one table; a trigger draws it anew with every change of that table."""

    __tablename__ = "mark"

    subject: Mapped[key]
    value: Mapped[int] = mapped_column(BigInteger)


class SettingRow(Row):
    """A setting of the installation."""

    __tablename__ = "setting"

    key: Mapped[key]
    value: Mapped[Any] = mapped_column(JSON)
