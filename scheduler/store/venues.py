"""Neighbourhoods, venues and activities, in and out of the database."""

from sqlalchemy.orm import Session

from scheduler.domain.venues import ActivityType, Neighbourhood, Venue
from scheduler.store.collection import Collection, Columns, EditedCollection
from scheduler.store.feeds import Feeds
from scheduler.store.shapes import place_columns, place_of
from scheduler.store.tables import ActivityRow, NeighbourhoodRow, VenueRow


class Neighbourhoods(Collection[NeighbourhoodRow, Neighbourhood]):
    """All neighbourhoods."""

    row = NeighbourhoodRow
    noun = "neighbourhood"

    def _columns(self, value: Neighbourhood) -> Columns:
        return {"id": value.id, "name": value.name, "need": value.need}

    def _value(self, row: NeighbourhoodRow) -> Neighbourhood:
        return Neighbourhood(row.id, row.name, row.need)


class Venues(EditedCollection[VenueRow, Venue]):
    """All venues."""

    row = VenueRow
    noun = "venue"

    def __init__(self, session: Session, feeds: Feeds) -> None:
        super().__init__(session)
        self._feeds = feeds

    def _columns(self, value: Venue) -> Columns:
        return {
            "id": value.id,
            "name": value.name,
            "kind": value.kind,
            "neighbourhood_id": value.neighbourhood,
            **place_columns(value.place),
            "address": value.address,
            "attributes": sorted(value.attributes),
            "contact_name": value.contact_name,
            "contact_phone": value.contact_phone,
            "minutes_a_month": value.minutes_a_month,
            "cents_a_month": value.cents_a_month,
            "budget_is_hard": value.budget_is_hard,
        }

    def _value(self, row: VenueRow) -> Venue:
        return Venue(
            id=row.id,
            name=row.name,
            kind=row.kind,
            neighbourhood=row.neighbourhood_id,
            place=place_of(row.latitude, row.longitude),
            address=row.address,
            attributes=frozenset(row.attributes),
            contact_name=row.contact_name,
            contact_phone=row.contact_phone,
            minutes_a_month=row.minutes_a_month,
            cents_a_month=row.cents_a_month,
            budget_is_hard=row.budget_is_hard,
        )

    def _replace(self, value: Venue) -> None:
        super()._replace(value)
        self._feeds.bump_all()


class Activities(Collection[ActivityRow, ActivityType]):
    """All activity types."""

    row = ActivityRow
    noun = "activity"

    def _columns(self, value: ActivityType) -> Columns:
        return {name: getattr(value, name) for name in ActivityType.__slots__} | {
            "never_before": sorted(value.never_before)
        }

    def _value(self, row: ActivityRow) -> ActivityType:
        values = {name: getattr(row, name) for name in ActivityType.__slots__}
        return ActivityType(**values | {"never_before": frozenset(row.never_before)})
