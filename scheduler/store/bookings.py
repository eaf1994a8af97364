"""Who comes where, right now: the live truth that publishing rewrites and a decline takes away from."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, delete, select
from sqlalchemy.orm import Session

from scheduler.domain.errors import NotFound
from scheduler.domain.people import ExpertId
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.shifts import ShiftId
from scheduler.domain.time import PlanningWindow, Span
from scheduler.store.collection import Collection, Columns
from scheduler.store.feeds import Feeds
from scheduler.store.tables import BookingRow, ShiftRow
from scheduler.store.withdrawals import Withdrawals


class Bookings(Collection[BookingRow, Assignment]):
    """All live bookings. The database refuses two that overlap for one expert, and one that its expert declined."""

    row = BookingRow
    noun = "booking"

    def __init__(self, session: Session, feeds: Feeds, withdrawals: Withdrawals) -> None:
        super().__init__(session)
        self._feeds = feeds
        self._withdrawals = withdrawals

    def within(self, span: Span) -> Roster:
        """Every booking that starts inside the span."""
        return Roster(frozenset(self._listed(BookingRow.starts_at >= span.start, BookingRow.starts_at < span.end)))

    def in_window(self, window: PlanningWindow) -> Roster:
        """Every booking that starts inside the planning window."""
        return self.within(window.span)

    def of_expert(self, expert: ExpertId, span: Span) -> list[Assignment]:
        """The bookings of an expert that touch the span, by start."""
        touching = BookingRow.ends_at > span.start, BookingRow.starts_at < span.end
        return self._listed(BookingRow.expert_id == expert, *touching)

    def of_shift(self, shift: ShiftId) -> list[ExpertId]:
        """Who is booked on a shift, sorted."""
        return sorted(a.expert for a in self._listed(BookingRow.shift_id == shift))

    def has(self, booking: Assignment) -> bool:
        """Whether this booking stands."""
        return bool(self._listed(*_is(booking)))

    def add(self, value: Assignment) -> None:
        """Book an expert; Refused when she already works then or said no to this shift."""
        self.add_all([value])

    def add_all(self, values: Iterable[Assignment]) -> None:
        """Book many at once."""
        wanted = sorted(values)
        rows = booking_columns(self._session, wanted)
        self._insert(BookingRow, rows)
        self._withdrawals.given_back(wanted)
        self._feeds.bump(a.expert for a in wanted)

    def discard(self, booking: Assignment) -> bool:
        """Take away a booking that its expert declined, and say whether it was there."""
        removed = self._run(delete(BookingRow).where(*_is(booking)))
        self._feeds.bump([booking.expert])
        return bool(removed)

    def clear_shift(self, shift: ShiftId, at: datetime) -> list[ExpertId]:
        """Take everybody off a shift that is called off at this instant, and say who they were."""
        experts = self.of_shift(shift)
        self._run(delete(BookingRow).where(BookingRow.shift_id == shift))
        self._withdrawals.note([Assignment(e, shift) for e in experts], at, called_off=True)
        self._feeds.bump(experts)
        return experts

    def rewrite(self, window: PlanningWindow, roster: Roster, at: datetime) -> None:
        """Make the bookings of a window exactly this roster at this instant, touching only what differs."""
        before = self.in_window(window).assignments
        gone = before - roster.assignments
        table = cast(Table, BookingRow.__table__)
        row = and_(table.c.expert_id == bindparam("expert"), table.c.shift_id == bindparam("shift"))
        self._each(delete(table).where(row), [{"expert": a.expert, "shift": a.shift} for a in gone])
        self._withdrawals.note(gone, at, called_off=False)
        self.add_all(roster.assignments - before)
        self._feeds.bump(a.expert for a in gone)

    def _listed(self, *where: Any) -> list[Assignment]:
        asked = select(BookingRow.expert_id, BookingRow.shift_id).where(*where)
        ordered = asked.order_by(BookingRow.starts_at, BookingRow.shift_id, BookingRow.expert_id)
        return [Assignment(expert, shift) for expert, shift in self._session.execute(ordered)]


def booking_columns(session: Session, assignments: Iterable[Assignment]) -> list[Columns]:
    """The columns that a booking and an assignment share, with the times of the shifts; NotFound for an unknown one."""
    wanted = sorted(assignments)
    times = shift_times(session, {a.shift for a in wanted})
    rows = []
    for a in wanted:
        if a.shift not in times:
            raise NotFound("There is no %(noun)s %(id)s.", noun="shift", id=a.shift)
        start, end = times[a.shift]
        rows.append({"expert_id": a.expert, "shift_id": a.shift, "starts_at": start, "ends_at": end})
    return rows


def shift_times(session: Session, shifts: Iterable[ShiftId]) -> dict[ShiftId, tuple[datetime, datetime]]:
    """Start and end of these shifts, where they are not called off."""
    wanted = sorted(set(shifts))
    found: dict[ShiftId, tuple[datetime, datetime]] = {}
    for start in range(0, len(wanted), 500):
        asked = select(ShiftRow.id, ShiftRow.starts_at, ShiftRow.ends_at).where(
            ShiftRow.id.in_(wanted[start : start + 500]), ShiftRow.called_off.is_(False)
        )
        found |= {id: (first, last) for id, first, last in session.execute(asked)}
    return found


def _is(booking: Assignment) -> tuple[Any, ...]:
    return (and_(BookingRow.expert_id == booking.expert, BookingRow.shift_id == booking.shift),)
