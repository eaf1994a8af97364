"""Which places were taken from experts who had been told of them, and how often did that change?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, select, update

from scheduler.domain.people import ExpertId
from scheduler.domain.roster import Assignment, Withdrawal
from scheduler.domain.shifts import ShiftId
from scheduler.store.collection import Collection, Columns
from scheduler.store.tables import ShiftRow, WithdrawalRow

AT_ONCE = 200


class Withdrawals(Collection[WithdrawalRow, Withdrawal]):
    """One row per expert and shift that was ever taken away; it stays when the place is given back."""

    row = WithdrawalRow
    noun = "withdrawal"
    key = "shift_id"

    def note(self, pairs: Iterable[Assignment], at: datetime, *, called_off: bool) -> None:
        """These places were taken away at this instant."""
        wanted = set(pairs)
        known = self._known(wanted)
        fresh = [Withdrawal(a.expert, a.shift, at, called_off) for a in sorted(wanted - known)]
        self.add_all(fresh)
        for pair in sorted(known):
            values = {"at": at, "called_off": called_off, "changes": WithdrawalRow.changes + 1}
            self._run(update(WithdrawalRow).where(_is(pair)).values(values))

    def given_back(self, pairs: Iterable[Assignment]) -> None:
        """These places are given, some of them again."""
        for pair in sorted(self._known(set(pairs))):
            self._run(update(WithdrawalRow).where(_is(pair)).values(changes=WithdrawalRow.changes + 1))

    def of_expert(self, expert: ExpertId) -> dict[ShiftId, Withdrawal]:
        """What was ever taken from an expert, per shift."""
        return {row.shift_id: self._value(row) for row in self._rows(self._select(WithdrawalRow.expert_id == expert))}

    def of_shift(self, shift: ShiftId) -> list[Withdrawal]:
        """From whom this shift was ever taken, by expert."""
        asked = self._select(WithdrawalRow.shift_id == shift).order_by(WithdrawalRow.expert_id)
        return [self._value(row) for row in self._rows(asked)]

    def forget(self, before: datetime) -> None:
        """Drop what was taken away before this instant from shifts that had ended by then."""
        ended = select(ShiftRow.id).where(ShiftRow.ends_at < before)
        self._run(delete(WithdrawalRow).where(WithdrawalRow.at < before, WithdrawalRow.shift_id.in_(ended)))

    def _known(self, pairs: set[Assignment]) -> set[Assignment]:
        ordered, found = sorted(pairs), set()
        for start in range(0, len(ordered), AT_ONCE):
            rows = self._rows(self._select(or_(*(_is(a) for a in ordered[start : start + AT_ONCE]))))
            found |= {Assignment(row.expert_id, row.shift_id) for row in rows}
        return found

    def _columns(self, value: Withdrawal) -> Columns:
        return {
            "expert_id": value.expert,
            "shift_id": value.shift,
            "at": value.at,
            "called_off": value.called_off,
            "changes": value.changes,
        }

    def _value(self, row: WithdrawalRow) -> Withdrawal:
        return Withdrawal(row.expert_id, row.shift_id, row.at, row.called_off, row.changes)


def _is(pair: Assignment) -> Any:
    return and_(WithdrawalRow.expert_id == pair.expert, WithdrawalRow.shift_id == pair.shift)
