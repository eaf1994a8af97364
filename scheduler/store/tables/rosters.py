"""The tables of rosters: versions with their assignments, live and withdrawn bookings, responses, steps of a draft."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.tables.base import Json, Row, key


class VersionRow(Row):
    """A draft, published or superseded version; guards keep everything but a draft as it is."""

    __tablename__ = "roster_version"
    __table_args__ = (
        UniqueConstraint("window_first", "number"),
        Index(
            "uq_roster_version_one_draft",
            "window_first",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
        Index(
            "uq_roster_version_one_published",
            "window_first",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
        CheckConstraint("state IN ('draft', 'published', 'superseded')", name="state"),
    )

    id: Mapped[key]
    edition: Mapped[int]
    number: Mapped[int]
    window_first: Mapped[date]
    window_days: Mapped[int]
    zone_name: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime]
    based_on: Mapped[int | None]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None]
    score_hard: Mapped[int | None]
    score_coverage: Mapped[int | None]
    score_preference: Mapped[int | None]
    digest: Mapped[str | None]


class AssignmentRow(Row):
    """One expert on one shift in one version, with the times as they were said; guarded against overlap."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_assignment_overlap", "version_id", "expert_id", "starts_at"),
    )

    version_id: Mapped[str] = mapped_column(ForeignKey("roster_version.id", ondelete="CASCADE"), primary_key=True)
    expert_id: Mapped[str] = mapped_column(ForeignKey("expert.id"), primary_key=True)
    shift_id: Mapped[str] = mapped_column(ForeignKey("shift.id"), primary_key=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    pinned: Mapped[bool] = mapped_column(default=False)


class BookingRow(Row):
    """Who comes where, now; its times follow its shift by foreign key, and it is guarded against overlap."""

    __tablename__ = "booking"
    __table_args__ = (
        ForeignKeyConstraint(
            ["shift_id", "starts_at", "ends_at"], ["shift.id", "shift.starts_at", "shift.ends_at"], onupdate="CASCADE"
        ),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_booking_overlap", "expert_id", "starts_at"),
        Index("ix_booking_shift", "shift_id"),
    )

    expert_id: Mapped[str] = mapped_column(ForeignKey("expert.id"), primary_key=True)
    shift_id: Mapped[key]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]


class WithdrawalRow(Row):
    """A booking that was taken away after its expert had been told of it."""

    __tablename__ = "withdrawal"

    expert_id: Mapped[str] = mapped_column(ForeignKey("expert.id"), primary_key=True)
    shift_id: Mapped[str] = mapped_column(ForeignKey("shift.id"), primary_key=True)
    at: Mapped[datetime]
    called_off: Mapped[bool]
    changes: Mapped[int]


class ResponseRow(Row):
    """One answer; only ever added."""

    __tablename__ = "response"
    __table_args__ = (Index("ix_response_pair", "expert_id", "shift_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    expert_id: Mapped[str] = mapped_column(ForeignKey("expert.id"))
    shift_id: Mapped[str] = mapped_column(ForeignKey("shift.id"), index=True)
    answer: Mapped[str]
    at: Mapped[datetime]
    on_behalf_by: Mapped[str | None]


class StepRow(Row):
    """One step of editing a draft, kept for undo and redo."""

    __tablename__ = "draft_step"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("roster_version.id", ondelete="CASCADE"))
    position: Mapped[int]
    done: Mapped[bool]
    change: Mapped[Json]
