"""What experts answered to shifts: only ever added, the newest one counts."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select

from scheduler.domain.people import ExpertId
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Assignment
from scheduler.domain.shifts import ShiftId
from scheduler.domain.time import PlanningWindow, Span
from scheduler.store.collection import Collection, Columns
from scheduler.store.tables import ResponseRow, ShiftRow


class Responses(Collection[ResponseRow, Response]):
    """All responses. There is no save and no remove: the database refuses both."""

    row = ResponseRow
    noun = "response"

    def of(self, expert: ExpertId, shift: ShiftId) -> list[Response]:
        """Every answer of an expert to a shift, oldest first."""
        asked = self._select(ResponseRow.expert_id == expert, ResponseRow.shift_id == shift)
        return [self._value(row) for row in self._rows(asked.order_by(ResponseRow.id))]

    def newest_of_expert(self, expert: ExpertId) -> dict[ShiftId, Response]:
        """The answer of an expert that counts, per shift."""
        asked = self._select(ResponseRow.expert_id == expert).order_by(ResponseRow.id)
        return {row.shift_id: self._value(row) for row in self._rows(asked)}

    def answers_of(self, expert: ExpertId) -> dict[ShiftId, list[Response]]:
        """Every answer of an expert per shift, oldest first."""
        found: dict[ShiftId, list[Response]] = defaultdict(list)
        for row in self._rows(self._select(ResponseRow.expert_id == expert).order_by(ResponseRow.id)):
            found[row.shift_id].append(self._value(row))
        return dict(found)

    def newest_to(self, shifts: Iterable[ShiftId]) -> dict[Assignment, Response]:
        """The answers that count to these shifts."""
        wanted = sorted(set(shifts))
        found: dict[Assignment, Response] = {}
        for start in range(0, len(wanted), 500):
            asked = self._select(ResponseRow.shift_id.in_(wanted[start : start + 500])).order_by(ResponseRow.id)
            found |= {Assignment(row.expert_id, row.shift_id): self._value(row) for row in self._rows(asked)}
        return found

    def newest_in_window(self, window: PlanningWindow) -> dict[Assignment, Response]:
        """The answers that count to shifts starting in the planning window."""
        span = window.span
        newest = (
            select(func.max(ResponseRow.id))
            .join(ShiftRow, ShiftRow.id == ResponseRow.shift_id)
            .where(ShiftRow.starts_at >= span.start, ShiftRow.starts_at < span.end)
            .group_by(ResponseRow.expert_id, ResponseRow.shift_id)
        )
        rows = self._rows(self._select(ResponseRow.id.in_(newest)))
        return {Assignment(row.expert_id, row.shift_id): self._value(row) for row in rows}

    def asked_within(self, span: Span) -> list[tuple[ExpertId, Span]]:
        """Whose shifts starting inside the span were answered, whatever the answer: each expert and shift once."""
        asked = (
            select(ResponseRow.expert_id, ShiftRow.starts_at, ShiftRow.ends_at)
            .join(ShiftRow, ShiftRow.id == ResponseRow.shift_id)
            .where(ShiftRow.starts_at >= span.start, ShiftRow.starts_at < span.end)
            .distinct()
        )
        return [(expert, Span(start, end)) for expert, start, end in self._session.execute(asked)]

    def declined_in_window(self, window: PlanningWindow) -> frozenset[Assignment]:
        """The pairs whose newest answer is no."""
        return frozenset(pair for pair, r in self.newest_in_window(window).items() if r.answer is Answer.NO)

    def _columns(self, value: Response) -> Columns:
        return {
            "expert_id": value.expert,
            "shift_id": value.shift,
            "answer": value.answer.value,
            "at": value.at,
            "on_behalf_by": value.on_behalf_by,
        }

    def _value(self, row: ResponseRow) -> Response:
        return Response(row.expert_id, row.shift_id, Answer(row.answer), row.at, row.on_behalf_by)
