"""The tables of signing in: accounts, sessions, calendar feeds, counted attempts and keys of requests already done."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.tables.base import Json, JsonList, Row, key


class AccountRow(Row):
    """An account; `email_key` is the address as it is compared."""

    __tablename__ = "account"

    id: Mapped[key]
    edition: Mapped[int] = mapped_column(default=1)
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    role: Mapped[str]
    venues: Mapped[JsonList]
    expert_id: Mapped[str | None] = mapped_column(ForeignKey("expert.id"), index=True)
    active: Mapped[bool]
    language: Mapped[str]
    theme: Mapped[str]
    calm: Mapped[bool]
    is_sample: Mapped[bool]
    password_hash: Mapped[str | None]


class SessionRow(Row):
    """A signed-in browser, by the hash of its token."""

    __tablename__ = "session"

    token_hash: Mapped[key]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class FeedRow(Row):
    """A calendar feed, by the hash of its token."""

    __tablename__ = "feed"

    expert_id: Mapped[str] = mapped_column(ForeignKey("expert.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    revision: Mapped[int]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AttemptRow(Row):
    """How often something was tried of late; the subject is a hash."""

    __tablename__ = "attempt"

    kind: Mapped[key]
    subject: Mapped[key]
    count: Mapped[int]
    at: Mapped[datetime] = mapped_column(index=True)


class KeyRow(Row):
    """A request that was done once and is answered from here when it comes again."""

    __tablename__ = "idempotency_key"

    account_id: Mapped[key]
    key: Mapped[key]
    action: Mapped[str]
    body_hash: Mapped[str]
    result: Mapped[Json | None]
    at: Mapped[datetime] = mapped_column(index=True)
