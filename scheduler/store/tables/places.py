"""The tables of neighbourhoods, venues, activities and known travel times."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.store.tables.base import JsonList, Row, key


class NeighbourhoodRow(Row):
    """Part of a municipality and its need."""

    __tablename__ = "neighbourhood"

    id: Mapped[key]
    name: Mapped[str]
    need: Mapped[int]


class VenueRow(Row):
    """A venue and its on-duty contact."""

    __tablename__ = "venue"

    id: Mapped[key]
    edition: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    kind: Mapped[str]
    neighbourhood_id: Mapped[str] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    address: Mapped[str]
    attributes: Mapped[JsonList]
    contact_name: Mapped[str]
    contact_phone: Mapped[str]
    minutes_a_month: Mapped[int | None]
    cents_a_month: Mapped[int | None]
    budget_is_hard: Mapped[bool]


class ActivityRow(Row):
    """What happens on a shift and what it asks."""

    __tablename__ = "activity"

    id: Mapped[key]
    name: Mapped[str]
    role: Mapped[str]
    intensity_points: Mapped[int]
    host_needed: Mapped[bool]
    two_present: Mapped[bool]
    minimum_minutes: Mapped[int]
    never_before: Mapped[JsonList]
    stand_by: Mapped[bool]


class TravelRow(Row):
    """Minutes between two venues that overrule the estimate."""

    __tablename__ = "travel"

    from_venue_id: Mapped[key]
    to_venue_id: Mapped[key]
    mode: Mapped[key]
    minutes: Mapped[int]
