"""What if these people took those shifts? A copy of a roster's totals, on which moves are tried and taken back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from scheduler.domain.people import ExpertId
from scheduler.domain.roster import Assignment
from scheduler.domain.score import Score
from scheduler.domain.shifts import ShiftId
from scheduler.rules.ground import Ground
from scheduler.terms.delta import Ledger
from scheduler.terms.kinds import Ints, ints
from scheduler.terms.pairs import Pairs


class Scratch:
    """One roster to play with; only pairs that no rule forbids beforehand can be chosen."""

    def __init__(self, ground: Ground, whole: Ledger, silent: Ledger) -> None:
        self._ground, self._pairs = ground, whole.table.pairs
        self._ledger, self._silent = whole.moved(ints([])), silent.moved(ints([]))

    def takers(self, shift: ShiftId) -> list[tuple[ExpertId, Score]]:
        """Everybody else whom no rule keeps from the shift as things stand, with the change of the score."""
        pairs = self._others(shift)
        change = self._ledger.deltas(pairs)
        free = np.flatnonzero(change[:, 0] <= 0)
        return [(self._expert(pair), Score(*row)) for pair, row in zip(pairs[free], change[free].tolist(), strict=True)]

    def hindered(self, shift: ShiftId) -> list[ExpertId]:
        """Everybody whom only her other shifts keep from the shift, and nothing of which others read as being away."""
        pairs = self._others(shift)
        pairs = pairs[self._ledger.deltas(pairs)[:, 0] > 0]
        here = self._silent.table.pairs.find(self._pairs.expert[pairs], self._pairs.shift[pairs])
        return [self._expert(pair) for pair in pairs[self._silent.deltas(here)[:, 0] <= 0]]

    def free_without(self, left: Assignment, shifts: Sequence[ShiftId]) -> list[ShiftId]:
        """Those of the shifts that no rule keeps somebody from once she is off one of hers."""
        columns = ints([self._ground.index.shift_at[s] for s in shifts])
        pairs = self._pairs.find(np.full(len(columns), self._ground.index.expert_at[left.expert]), columns)
        known, hers = np.flatnonzero(pairs >= 0), self._pair(left)
        hard = self._ledger.delta(hers).hard
        self._ledger.toggle(hers)
        free = known[hard + self._ledger.deltas(pairs[known])[:, 0] <= 0]
        self._ledger.toggle(hers)
        return [shifts[at] for at in free]

    def change(self, assignment: Assignment) -> Score:
        """How the score changes when the assignment is made, or taken back when it stands."""
        return self._ledger.delta(self._pair(assignment))

    def toggle(self, assignment: Assignment) -> None:
        """Make the assignment, or take it back when it stands."""
        self._ledger.toggle(self._pair(assignment))
        self._silent.toggle(self._pair(assignment, self._silent.table.pairs))

    @contextmanager
    def trying(self, *assignments: Assignment) -> Iterator[Score]:
        """Toggle these inside the block, and give the change of the score."""
        total = Score()
        for assignment in assignments:
            total += self.change(assignment)
            self.toggle(assignment)
        try:
            yield total
        finally:
            for assignment in reversed(assignments):
                self.toggle(assignment)

    def _others(self, shift: ShiftId) -> Ints:
        pairs = self._pairs.at(self._ground.index.shift_at[shift])
        return pairs[~self._ledger.chosen[pairs]]

    def _expert(self, pair: int) -> ExpertId:
        return self._ground.problem.experts[int(self._pairs.expert[pair])].id

    def _pair(self, assignment: Assignment, pairs: Pairs | None = None) -> int:
        index = self._ground.index
        row, column = ints([index.expert_at[assignment.expert]]), ints([index.shift_at[assignment.shift]])
        return int((self._pairs if pairs is None else pairs).find(row, column)[0])
