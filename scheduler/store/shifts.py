"""Shifts, in and out of the database."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from scheduler.domain.errors import Refused
from scheduler.domain.shifts import Demand, Priority, Shift, ShiftId
from scheduler.domain.time import PlanningWindow, Span
from scheduler.domain.venues import VenueId
from scheduler.store.collection import Collection, Columns
from scheduler.store.feeds import Feeds
from scheduler.store.steps import Steps
from scheduler.store.tables import AssignmentRow, BookingRow, ShiftRow, VersionRow


class Shifts(Collection[ShiftRow, Shift]):
    """All shifts. One that is called off leaves every list but can still be got by its id."""

    row = ShiftRow
    noun = "shift"

    def __init__(self, session: Session, feeds: Feeds) -> None:
        super().__init__(session)
        self._feeds = feeds
        self._steps = Steps(session)

    def all(self) -> list[Shift]:
        """Every shift that was not called off, by start."""
        return self._listed()

    def within(self, span: Span) -> list[Shift]:
        """The shifts that start inside the span, by start."""
        return self._listed(ShiftRow.starts_at >= span.start, ShiftRow.starts_at < span.end)

    def in_window(self, window: PlanningWindow) -> list[Shift]:
        """The shifts that start inside the planning window, by start."""
        return self.within(window.span)

    def of_venue(self, venue: VenueId, span: Span) -> list[Shift]:
        """The shifts of a venue that start inside the span, by start."""
        inside = ShiftRow.starts_at >= span.start, ShiftRow.starts_at < span.end
        return self._listed(ShiftRow.venue_id == venue, *inside)

    def of_request(self, request: str) -> list[Shift]:
        """The shifts that a request became so far, by start."""
        return self._listed(ShiftRow.request_id == request)

    def save(self, shift: Shift) -> None:
        """Replace a shift; its bookings and its places in drafts move along, Refused when that double-books."""
        self.get(shift.id)
        self._replace(shift)

    def remove(self, id: ShiftId) -> None:
        """Call the shift off: it leaves every list and the draft of its window, whose edition rises.

        Refused while somebody is booked on it. No step of the draft brings it back.
        """
        booked = self._session.scalars(select(BookingRow.expert_id).where(BookingRow.shift_id == id)).all()
        if booked:
            raise Refused("Shift %(id)s still has %(count)s people.", id=id, count=len(booked))
        start = self.get(id).span.start
        self._run(delete(AssignmentRow).where(AssignmentRow.shift_id == id, _in_a_draft()))
        self._run(update(ShiftRow).where(ShiftRow.id == id).values(called_off=True))
        for draft in self._drafts_at(start):
            self._steps.forget_shift(draft, id)
            self._run(update(VersionRow).where(VersionRow.id == draft).values(edition=VersionRow.edition + 1))

    def restore(self, ids: Iterable[ShiftId]) -> None:
        """Take back that these shifts were called off; nobody is on them."""
        self._run(update(ShiftRow).where(ShiftRow.id.in_(sorted(set(ids)))).values(called_off=False))

    def called_off(self, ids: Iterable[ShiftId]) -> set[ShiftId]:
        """Which of these shifts were called off."""
        found = self._rows(self._select(ShiftRow.id.in_(sorted(set(ids))), ShiftRow.called_off.is_(True)))
        return {row.id for row in found}

    def called_off_within(self, span: Span) -> list[Shift]:
        """The shifts that would start inside the span but were called off, by start."""
        inside = ShiftRow.starts_at >= span.start, ShiftRow.starts_at < span.end
        asked = self._select(ShiftRow.called_off.is_(True), *inside).order_by(ShiftRow.starts_at, ShiftRow.id)
        return [self._value(row) for row in self._rows(asked)]

    def _drafts_at(self, start: datetime) -> list[str]:
        """The draft of the window in which a shift starts, if there is one."""
        drafts = select(VersionRow.id, VersionRow.window_first, VersionRow.window_days, VersionRow.zone_name)
        found = self._session.execute(drafts.where(VersionRow.state == "draft")).all()
        windows = ((id, PlanningWindow(first, days, zone).span) for id, first, days, zone in found)
        return [id for id, span in windows if span.start <= start < span.end]

    def _listed(self, *where: Any) -> list[Shift]:
        asked = self._select(ShiftRow.called_off.is_(False), *where).order_by(ShiftRow.starts_at, ShiftRow.id)
        return [self._value(row) for row in self._rows(asked)]

    def _replace(self, value: Shift) -> None:
        times = {"starts_at": value.span.start, "ends_at": value.span.end}
        super()._replace(value)
        moved = AssignmentRow.shift_id == value.id
        self._run(update(AssignmentRow).where(moved, _in_a_draft()).values(times))
        self._feeds.bump_all()

    def _columns(self, value: Shift) -> Columns:
        return {
            "id": value.id,
            "venue_id": value.venue,
            "activity_id": value.activity,
            "request_id": value.request,
            "starts_at": value.span.start,
            "ends_at": value.span.end,
            "required": value.demand.required,
            "desirable": value.demand.desirable,
            "missing_points": value.demand.missing_points,
            "extra_points": value.demand.extra_points,
            "priority": int(value.priority),
            "required_languages": sorted(value.required_languages),
            "desired_languages": sorted(value.desired_languages),
            "themes": sorted(value.themes),
            "required_qualification": value.required_qualification,
            "called_off": False,
        }

    def _value(self, row: ShiftRow) -> Shift:
        return Shift(
            id=row.id,
            venue=row.venue_id,
            activity=row.activity_id,
            span=Span(row.starts_at, row.ends_at),
            demand=Demand(row.required, row.desirable, row.missing_points, row.extra_points),
            priority=Priority(row.priority),
            required_languages=frozenset(row.required_languages),
            desired_languages=frozenset(row.desired_languages),
            themes=frozenset(row.themes),
            required_qualification=row.required_qualification,
            request=row.request_id,
        )


def _in_a_draft() -> Any:
    return AssignmentRow.version_id.in_(select(VersionRow.id).where(VersionRow.state == "draft"))
