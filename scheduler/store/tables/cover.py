"""The tables of what venues ask: cover requests and the shifts they become."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.tables.base import JsonList, Row, key


class RequestRow(Row):
    """A cover request with its pattern of days."""

    __tablename__ = "cover_request"

    id: Mapped[key]
    edition: Mapped[int] = mapped_column(default=1)
    venue_id: Mapped[str] = mapped_column(ForeignKey("venue.id"), index=True)
    activity_id: Mapped[str] = mapped_column(ForeignKey("activity.id"))
    first_day: Mapped[date]
    repeat: Mapped[str]
    until_day: Mapped[date | None]
    exception_days: Mapped[JsonList]
    start: Mapped[time]
    end: Mapped[time]
    fold: Mapped[str | None]
    headcount: Mapped[int]
    desirable: Mapped[int]
    priority: Mapped[int]
    themes: Mapped[JsonList]
    languages: Mapped[JsonList]
    note: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    submitted_at: Mapped[datetime]
    answer_due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str]


class ShiftRow(Row):
    """A shift; one that was called off keeps its row, because published history names it."""

    __tablename__ = "shift"
    __table_args__ = (
        UniqueConstraint("id", "starts_at", "ends_at"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )

    id: Mapped[key]
    venue_id: Mapped[str] = mapped_column(ForeignKey("venue.id"), index=True)
    activity_id: Mapped[str] = mapped_column(ForeignKey("activity.id"))
    request_id: Mapped[str | None] = mapped_column(ForeignKey("cover_request.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    required: Mapped[int]
    desirable: Mapped[int]
    missing_points: Mapped[int | None]
    extra_points: Mapped[int | None]
    priority: Mapped[int]
    required_languages: Mapped[JsonList]
    desired_languages: Mapped[JsonList]
    themes: Mapped[JsonList]
    required_qualification: Mapped[str | None]
    called_off: Mapped[bool] = mapped_column(default=False)
