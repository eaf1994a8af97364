"""What did people work before the planning window: bookings of earlier windows, and work of before this system?"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select, union_all

from scheduler.domain.people import ExpertId, WorkedMinutes
from scheduler.domain.time import Span
from scheduler.domain.venues import VenueId
from scheduler.store.collection import Collection
from scheduler.store.tables import BookingRow, ShiftRow, WorkedRow

Visit = tuple[WorkedMinutes, VenueId | None]


class History(Collection[WorkedRow, Visit]):
    """All work of the past, with its venue where it is known."""

    row = WorkedRow
    noun = "worked time"

    def within(self, span: Span, expert: ExpertId | None = None) -> list[Visit]:
        """Bookings and earlier work that start inside the span, by start; of everybody or of one expert."""
        booked = (
            select(
                BookingRow.expert_id,
                BookingRow.starts_at,
                BookingRow.ends_at,
                ShiftRow.venue_id,
                ShiftRow.activity_id,
            )
            .join(ShiftRow, ShiftRow.id == BookingRow.shift_id)
            .where(BookingRow.starts_at >= span.start, BookingRow.starts_at < span.end)
        )
        columns = WorkedRow.expert_id, WorkedRow.starts_at, WorkedRow.ends_at, WorkedRow.venue_id, WorkedRow.activity_id
        before = select(*columns).where(WorkedRow.starts_at >= span.start, WorkedRow.starts_at < span.end)
        if expert is not None:
            booked, before = booked.where(BookingRow.expert_id == expert), before.where(WorkedRow.expert_id == expert)
        found: list[Any] = list(self._session.execute(union_all(booked, before)))
        ordered = sorted(found, key=lambda row: (row[1], row[0], row[2], row[3] or "", row[4] or ""))
        return [(WorkedMinutes(who, start, end, activity), venue) for who, start, end, venue, activity in ordered]

    def imported(self) -> list[Visit]:
        """Only the work of before this system, by start."""
        rows = self._rows(self._select().order_by(WorkedRow.starts_at, WorkedRow.id))
        return [(WorkedMinutes(r.expert_id, r.starts_at, r.ends_at, r.activity_id), r.venue_id) for r in rows]

    def replace(self, visits: Iterable[Visit]) -> int:
        """Make the work of before this system exactly this, and say how many rows are other than before."""
        wanted = list(visits)
        before, after = Counter(map(_order, self.imported())), Counter(map(_order, wanted))
        changed = max((after - before).total(), (before - after).total())
        if not changed:
            return 0
        self._run(delete(WorkedRow))
        rows = [
            {
                "expert_id": w.expert,
                "starts_at": w.start,
                "ends_at": w.end,
                "venue_id": venue,
                "activity_id": w.activity,
            }
            for w, venue in wanted
        ]
        self._insert(WorkedRow, rows)
        return changed


def _order(visit: Visit) -> tuple[object, ...]:
    worked, venue = visit
    return (worked.start, worked.expert, worked.end, venue or "", worked.activity or "")
