"""The tables of experts: what is queried or constrained has rows of its own, what is only read whole is JSON."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.store.tables.base import Json, JsonList, Row, expert_key, key


class ExpertRow(Row):
    """An expert without a name; availability, limits and wishes are read and written whole."""

    __tablename__ = "expert"

    id: Mapped[key]
    edition: Mapped[int] = mapped_column(default=1)
    roles: Mapped[JsonList]
    languages: Mapped[JsonList]
    themes: Mapped[JsonList]
    availability: Mapped[Json]
    limits: Mapped[Json]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    travel_mode: Mapped[str]
    wished_minutes_a_week: Mapped[int | None]
    venue_wishes: Mapped[JsonList]
    activity_wishes: Mapped[JsonList]
    dated_wishes: Mapped[JsonList]
    wanted_colleagues: Mapped[JsonList]
    stand_by: Mapped[JsonList]
    hour_cents: Mapped[int | None]
    contracts: Mapped[list["ContractRow"]] = relationship(order_by="ContractRow.position", viewonly=True)
    qualifications: Mapped[list["QualificationRow"]] = relationship(order_by="QualificationRow.position", viewonly=True)
    exclusions: Mapped[list["ExclusionRow"]] = relationship(order_by="ExclusionRow.position", viewonly=True)


class ProfileRow(Row):
    """Name and contact, in a table that the optimiser's question never reads."""

    __tablename__ = "profile"

    expert_id: Mapped[str] = mapped_column(ForeignKey("expert.id", ondelete="CASCADE"), primary_key=True)
    first_name: Mapped[str]
    surname: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]


class ContractRow(Row):
    """A contract in force on the days [first_day, end_day)."""

    __tablename__ = "contract"

    id: Mapped[int] = mapped_column(primary_key=True)
    expert_id: Mapped[expert_key]
    position: Mapped[int]
    kind: Mapped[str]
    first_day: Mapped[date]
    end_day: Mapped[date | None]
    minimum_minutes_a_week: Mapped[int]
    maximum_minutes_a_week: Mapped[int | None]
    minimum_minutes_a_window: Mapped[int]
    maximum_minutes_a_window: Mapped[int | None]
    one_shift_a_day: Mapped[bool]
    rolling: Mapped[JsonList]


class QualificationRow(Row):
    """A qualification valid on the days [first_day, end_day)."""

    __tablename__ = "qualification"

    id: Mapped[int] = mapped_column(primary_key=True)
    expert_id: Mapped[expert_key]
    position: Mapped[int]
    name: Mapped[str]
    first_day: Mapped[date]
    end_day: Mapped[date | None]


class ExclusionRow(Row):
    """Private: a venue, neighbourhood, colleague or day that the expert does not want."""

    __tablename__ = "exclusion"

    id: Mapped[int] = mapped_column(primary_key=True)
    expert_id: Mapped[expert_key]
    position: Mapped[int]
    kind: Mapped[str]
    subject: Mapped[str]


class WorkedRow(Row):
    """Work of before this system, brought in from outside."""

    __tablename__ = "worked"

    id: Mapped[int] = mapped_column(primary_key=True)
    expert_id: Mapped[expert_key]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    venue_id: Mapped[str | None]
    activity_id: Mapped[str | None]
