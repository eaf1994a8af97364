"""The table of optimiser runs, which is also their queue."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.tables.base import JsonList, Row, key


class RunRow(Row):
    """A run; the partial index lets at most one be running."""

    __tablename__ = "run"
    __table_args__ = (
        Index(
            "uq_run_one_running",
            "state",
            unique=True,
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
    )

    id: Mapped[key]
    window_first: Mapped[date] = mapped_column(index=True)
    window_days: Mapped[int]
    zone_name: Mapped[str]
    seconds: Mapped[float]
    workers: Mapped[int]
    seed: Mapped[int]
    state: Mapped[str]
    requested_by: Mapped[str]
    created_at: Mapped[datetime]
    draft: Mapped[str]
    input_hash: Mapped[str]
    question: Mapped[str]
    used_seconds: Mapped[float]
    fence: Mapped[int]
    orders: Mapped[str]
    lease_until: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    progress: Mapped[JsonList]
    best: Mapped[JsonList | None]
    status: Mapped[str]
    error: Mapped[str]
    result: Mapped[str | None]
