"""Known travel minutes between venues, which overrule the estimate."""

from collections.abc import Mapping

from sqlalchemy import delete

from scheduler.domain.places import Travel, TravelMode
from scheduler.store.collection import Collection
from scheduler.store.tables import TravelRow

Overrides = Mapping[tuple[str, str, TravelMode], int]


class TravelTimes(Collection[TravelRow, Travel]):
    """The table of known travel times."""

    row = TravelRow
    noun = "travel time"
    key = "from_venue_id"

    def load(self) -> Travel:
        """The whole table."""
        rows = self._rows(self._select())
        return Travel({(r.from_venue_id, r.to_venue_id, TravelMode(r.mode)): r.minutes for r in rows})

    def replace(self, overrides: Overrides) -> int:
        """Make the table exactly this, and say how many times are new, gone or other than before."""
        before, after = dict(self.load().overrides), dict(overrides)
        changed = len({between for between, _ in before.items() ^ after.items()})
        if not changed:
            return 0
        self._run(delete(TravelRow))
        rows = [
            {"from_venue_id": start, "to_venue_id": end, "mode": mode.value, "minutes": minutes}
            for (start, end, mode), minutes in overrides.items()
        ]
        self._insert(TravelRow, rows)
        return changed
