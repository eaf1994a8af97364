"""Cover requests, in and out of the database."""

from collections.abc import Iterable
from datetime import date

from scheduler.domain.cover import CoverRequest, Recurrence, Repeat, RequestState
from scheduler.domain.shifts import Priority
from scheduler.domain.time import Fold
from scheduler.domain.venues import VenueId
from scheduler.store.collection import Columns, EditedCollection
from scheduler.store.shapes import dates_to_json
from scheduler.store.tables import RequestRow


class Requests(EditedCollection[RequestRow, CoverRequest]):
    """All cover requests."""

    row = RequestRow
    noun = "request"

    def of_venue(self, venue: VenueId) -> list[CoverRequest]:
        """The requests of a venue, newest first."""
        newest = RequestRow.submitted_at.desc(), RequestRow.id
        return [self._value(row) for row in self._rows(self._select(RequestRow.venue_id == venue).order_by(*newest))]

    def in_state(self, *states: RequestState) -> list[CoverRequest]:
        """The requests in one of these states, the one that is due first first."""
        asked = self._select(RequestRow.state.in_([s.value for s in states]))
        return [self._value(row) for row in self._rows(asked.order_by(RequestRow.answer_due_at, RequestRow.id))]

    def editions(self, ids: Iterable[str]) -> dict[str, int]:
        """The edition of each of these requests."""
        return {row.id: row.edition for row in self._rows(self._select(RequestRow.id.in_(sorted(set(ids)))))}

    def _columns(self, value: CoverRequest) -> Columns:
        pattern = value.recurrence
        return {
            "id": value.id,
            "venue_id": value.venue,
            "activity_id": value.activity,
            "first_day": pattern.first,
            "repeat": pattern.repeat.value,
            "until_day": pattern.until,
            "exception_days": dates_to_json(pattern.exceptions),
            "start": value.start,
            "end": value.end,
            "fold": value.fold and value.fold.value,
            "headcount": value.headcount,
            "desirable": value.desirable,
            "priority": int(value.priority),
            "themes": sorted(value.themes),
            "languages": sorted(value.languages),
            "note": value.note,
            "state": value.state.value,
            "submitted_at": value.submitted_at,
            "answer_due_at": value.answer_due_at,
            "answered_at": value.answered_at,
            "answer": value.answer,
        }

    def _value(self, row: RequestRow) -> CoverRequest:
        days = frozenset(date.fromisoformat(day) for day in row.exception_days)
        return CoverRequest(
            id=row.id,
            venue=row.venue_id,
            activity=row.activity_id,
            recurrence=Recurrence(row.first_day, Repeat(row.repeat), row.until_day, days),
            start=row.start,
            end=row.end,
            fold=Fold(row.fold) if row.fold else None,
            headcount=row.headcount,
            desirable=row.desirable,
            priority=Priority(row.priority),
            themes=frozenset(row.themes),
            languages=frozenset(row.languages),
            note=row.note,
            state=RequestState(row.state),
            submitted_at=row.submitted_at,
            answer_due_at=row.answer_due_at,
            answered_at=row.answered_at,
            answer=row.answer,
        )
