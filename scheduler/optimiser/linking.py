"""Which Sum rows must be paid for, because no expert's month can answer for them? One price per row and unit."""

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.table import Table

_FORBIDDEN = 1 << 50


class Linking:
    """Rows whose pairs and weights are the same count as one; its cost is convex, so its corners say all of it.

    A row that asks for none or enough is not: the corners leave its lower bound out, which only makes bounds lower.

    `member` holds the pairs of group `group` with their `weight`; `total` and `cost[level]` are groups x corners.
    """

    def __init__(self, table: Table, expressed: Bools) -> None:
        self._sums, rows = table.sums, len(table.sums.low)
        row = np.repeat(np.arange(rows), np.diff(self._sums.start))
        self._least = _added(row, np.minimum(self._sums.weight, 0), rows)
        self._most = _added(row, np.maximum(self._sums.weight, 0), rows)
        self.binds = (np.diff(self._sums.start) > 0) & self._can_bind()
        self.constant = self._settled(expressed)
        self.group_of = self._alike(self.binds & ~expressed)
        self.count = int(self.group_of.max(initial=-1)) + 1
        paid = np.flatnonzero(self.group_of >= 0)
        leader = paid[np.unique(self.group_of[paid], return_index=True)[1]]
        inside = np.isin(row, leader)
        self.member, self.weight = self._sums.pair[inside], self._sums.weight[inside]
        self.group = self.group_of[row[inside]]
        self.total = self._corners(paid, leader)
        self.cost = self._costs(paid)

    def range_of(self, row: int) -> tuple[int, int]:
        """The least and the most that the total of a row can be."""
        return int(self._least[row]), int(self._most[row])

    def _can_bind(self) -> Bools:
        """Can the row cost or forbid anything at all, and can it be kept when it is the law?"""
        sums = self._sums
        hard = sums.level == Level.HARD
        short = (self._least < sums.low) & (hard | (sums.below > 0))
        over = (self._most > sums.high) & (hard | (sums.above > 0))
        possible = ~hard | ((sums.floor <= self._most) & (sums.high >= self._least))
        return np.asarray((short | over) & possible, np.bool_)

    def _settled(self, expressed: Bools) -> tuple[int, int]:
        """What soft rows that nobody answers for cost at the very least: (coverage, preference)."""
        sums, rest = self._sums, ~self.binds & ~expressed
        cost = np.maximum(sums.floor - self._most, 0) * sums.below + np.maximum(self._least - sums.high, 0) * sums.above
        one, two = (int(cost[rest & (sums.level == level)].sum()) for level in (Level.COVERAGE, Level.PREFERENCE))
        return one, two

    def _alike(self, paid: Bools) -> Ints:
        """The number of each paid row's group of equal rows; -1 for others."""
        found, seen = np.full(len(paid), -1, np.int64), dict[bytes, int]()
        sums = self._sums
        for row in np.flatnonzero(paid).tolist():
            members = slice(int(sums.start[row]), int(sums.start[row + 1]))
            key = sums.pair[members].tobytes() + sums.weight[members].tobytes()
            found[row] = seen.setdefault(key, len(seen))
        return found

    def _corners(self, paid: Ints, leader: Ints) -> Ints:
        """The ends of each group's range, and where its rows begin to cost: groups x corners."""
        order = paid[np.argsort(self.group_of[paid], kind="stable")]
        at = self.group_of[order]
        place = 2 + 2 * (np.arange(len(order)) - np.searchsorted(at, at))
        least, most = self._least[leader], self._most[leader]
        total = np.repeat(least[:, None], int(place.max(initial=0)) + 2, axis=1)
        total[:, 1] = most
        total[at, place] = np.clip(self._sums.floor[order], least[at], most[at])
        total[at, place + 1] = np.clip(self._sums.high[order], least[at], most[at])
        return ints(total)

    def _costs(self, paid: Ints) -> Ints:
        """What each corner costs at each level, all rows of the group together; level 0 is the law."""
        sums, found = self._sums, np.zeros((3, *self.total.shape), np.int64)
        group = self.group_of[paid]
        total = self.total[group]
        short = np.maximum(sums.floor[paid, None] - total, 0)
        over = np.maximum(total - sums.high[paid, None], 0)
        soft = short * sums.below[paid, None] + over * sums.above[paid, None]
        cost = np.where(sums.level[paid, None] == Level.HARD, _FORBIDDEN * ((short > 0) | (over > 0)), soft)
        np.add.at(found, (sums.level[paid], group), cost)
        return found


def _added(index: Ints, amount: Ints, count: int) -> Ints:
    found = np.zeros(count, np.int64)
    np.add.at(found, index, amount)
    return found
