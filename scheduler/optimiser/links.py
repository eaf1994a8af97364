"""What do experts' patterns cost together? Rows over several experts: totals, marginal prices, what tolls earn."""

from dataclasses import dataclass

import numpy as np

from scheduler.domain.score import Level
from scheduler.optimiser.linking import Linking
from scheduler.optimiser.lp import Reals
from scheduler.terms.kinds import Bools, Ints, cost_of_totals, ints
from scheduler.terms.table import Table

Weights = tuple[int, int]
"""What a point of coverage and of preference counts, in 1 / 64."""

HARD_PRICE = 1 << 20
"""What a unit of a broken law counts in 1 / 64, wherever a law must be priced."""


_STEEP = 30.0


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """The cost of each group as steps that are filled one after the other, cheapest first, from its least total.

    `slope` is (law, coverage, preference) x steps; `first` is the least total, and `fixed` what that costs per level.
    """

    group: Ints
    length: Ints
    slope: Ints
    first: Ints
    fixed: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Earned:
    """The least that rows and constants cost in 1 / 64, the totals that groups ask then, and their coverage."""

    value: int
    wanted: Ints
    coverage: int


class Links:
    """The linking rows of a table, seen from the pairs; `personal` rows are left to the experts' own patterns."""

    def __init__(self, table: Table, personal: Bools) -> None:
        self.table, sums = table, table.sums
        self.linking = Linking(table, personal)
        self.count = self.linking.count
        rows = np.flatnonzero(self.linking.group_of >= 0)
        place = np.full(len(sums.low), -1, np.int64)
        place[rows] = np.arange(len(rows))
        keep = place[sums.of_row] >= 0
        kept = np.append(0, np.cumsum(keep))
        self.row_start, self.row, self.row_weight = (
            ints(kept[sums.of_start]),
            place[sums.of_row[keep]],
            sums.of_weight[keep],
        )
        self.group_of_row = self.linking.group_of[rows]
        self.rows, self.level = len(rows), sums.level[rows]
        self.low, self.high = sums.low[rows], sums.high[rows]
        self.below, self.above, self.or_zero = sums.below[rows], sums.above[rows], sums.or_zero[rows]
        order = np.argsort(self.linking.member, kind="stable")
        self.start = ints(np.searchsorted(self.linking.member[order], np.arange(len(table.pairs) + 1)))
        self.group, self.weight = ints(self.linking.group[order]), ints(self.linking.weight[order])
        heaviest = np.ones(self.count, np.int64)
        np.maximum.at(heaviest, self.group, np.abs(self.weight))
        self.heaviest, self.dearest = heaviest, (1 << 40) // heaviest
        self.steps = self._steps()

    def toll(self, dual: Ints) -> Ints:
        """What each pair pays when a unit of group g costs dual[g]."""
        found = np.zeros(len(self.table.pairs), np.int64)
        np.add.at(found, self.linking.member, self.linking.weight * dual[self.linking.group])
        return found

    def earned(self, weights: Weights, dual: Ints) -> Earned:
        """What rows and constants cost at least when a unit of group g pays them dual[g]."""
        linking = self.linking
        corners = linking.cost[0] + weights[0] * linking.cost[1] + weights[1] * linking.cost[2]
        corners = corners - dual[:, None] * linking.total
        at = corners.argmin(axis=1)
        each = np.arange(self.count)
        value = int(corners[each, at].sum()) + self.constant(weights)
        coverage = int(linking.cost[1][each, at].sum()) + self.constant((1, 0))
        return Earned(value, ints(linking.total[each, at]), coverage)

    def constant(self, weights: Weights) -> int:
        """What every roster costs, in 1 / 64."""
        return int((np.add(self.table.constant, self.linking.constant) * weights).sum())

    def range_of_duals(self, weights: Weights) -> tuple[Ints, Ints]:
        """The least and the most that a unit of each group can reasonably cost: its first and its last step."""
        price = ints([HARD_PRICE, *weights]) @ self.steps.slope
        least, most = np.zeros(self.count, np.int64), np.zeros(self.count, np.int64)
        np.minimum.at(least, self.steps.group, price)
        np.maximum.at(most, self.steps.group, price)
        return least, most

    def within(self, weights: Weights, dual: Ints) -> Ints:
        """The same prices, none beyond what a unit can reasonably cost."""
        return ints(np.clip(dual, *self.range_of_duals(weights)))

    def totals(self, chosen: Ints) -> Ints:
        """The total of every row when these pairs are chosen."""
        at = spans(self.row_start, chosen)
        return _added(self.row[at], self.row_weight[at], self.rows)

    def expected(self, share: Reals, expert: int) -> Reals:
        """What an expert adds to the total of every row when each of the own pairs is chosen for such a share."""
        mine = self.table.pairs.of(expert)
        inside = slice(int(self.row_start[mine.start]), int(self.row_start[mine.stop]))
        part = np.repeat(share[mine], np.diff(self.row_start[mine.start : mine.stop + 1]))
        found: Reals = np.bincount(self.row[inside], self.row_weight[inside] * part, self.rows).astype(np.float64)
        return found

    def group_totals(self, chosen: Ints) -> Ints:
        """The total of every group when these pairs are chosen."""
        at = spans(self.start, chosen)
        return _added(self.group[at], self.weight[at], self.count)

    def prices(self, weights: Weights) -> tuple[Ints, Ints]:
        """What a unit below and above each row costs."""
        unit = ints([0, *weights])[self.level]
        law = self.level == Level.HARD
        return np.where(law, HARD_PRICE, self.below * unit), np.where(law, HARD_PRICE, self.above * unit)

    def marginal(self, expert: int, totals: Ints, prices: tuple[Ints, Ints]) -> Ints:
        """What each of the expert's pairs adds to the rows when it alone joins these totals."""
        mine = self.table.pairs.of(expert)
        inside = slice(int(self.row_start[mine.start]), int(self.row_start[mine.stop]))
        row, weight = self.row[inside], self.row_weight[inside]
        bounds, price = (self.low[row], self.high[row]), (prices[0][row], prices[1][row])
        change = cost_of_totals(totals[row] + weight, bounds, price, self.or_zero[row])
        change -= cost_of_totals(totals[row], bounds, price, self.or_zero[row])
        position = np.repeat(np.arange(mine.stop - mine.start), np.diff(self.row_start[mine.start : mine.stop + 1]))
        return _added(position, change, mine.stop - mine.start)

    def blurred(self, expert: int, totals: Reals, prices: tuple[Ints, Ints], blur: float) -> Ints:
        """Like `marginal`, when the totals may still become more or less by about `blur`."""
        mine = self.table.pairs.of(expert)
        inside = slice(int(self.row_start[mine.start]), int(self.row_start[mine.stop]))
        row, weight = self.row[inside], self.row_weight[inside]
        middle, width = totals[row] + weight / 2, blur * np.maximum(1, np.abs(weight))
        short = 1 / (1 + np.exp(np.clip((middle - self.low[row]) / width, -_STEEP, _STEEP)))
        over = 1 / (1 + np.exp(np.clip((self.high[row] - middle) / width, -_STEEP, _STEEP)))
        change = weight * (over * prices[1][row] - np.where(self.or_zero[row], 0, short) * prices[0][row])
        position = np.repeat(np.arange(mine.stop - mine.start), np.diff(self.row_start[mine.start : mine.stop + 1]))
        return ints(np.rint(np.bincount(position, change, mine.stop - mine.start)))

    def blurred_dual(self, totals: Ints, weights: Weights, blur: float) -> Ints:
        """What a unit more of each group costs at these totals, which may become more or less by about `blur`."""
        below, above = self.prices(weights)
        total, width = totals[self.group_of_row], blur * self.heaviest[self.group_of_row]
        short = 1 / (1 + np.exp(np.clip((total - self.low) / width, -_STEEP, _STEEP)))
        over = 1 / (1 + np.exp(np.clip((self.high - total) / width, -_STEEP, _STEEP)))
        return _added(self.group_of_row, np.rint(over * above - np.where(self.or_zero, 0, short) * below), self.count)

    def cost(self, totals: Ints, weights: Weights) -> int:
        """What all rows and constants cost when the groups have these totals, in 1 / 64."""
        below, above = self.prices(weights)
        total = totals[self.group_of_row]
        cost = cost_of_totals(total, (self.low, self.high), (below, above), self.or_zero)
        return int(cost.sum()) + self.constant(weights)

    def _steps(self) -> Steps:
        linking = self.linking
        order = np.argsort(linking.total, axis=1, kind="stable")
        total = np.take_along_axis(linking.total, order, axis=1)
        cost = np.stack([np.take_along_axis(linking.cost[level], order, axis=1) for level in range(3)])
        legal = cost[0] == 0
        size = total.shape[1]
        first = legal.argmax(axis=1)
        last = size - 1 - legal[:, ::-1].argmax(axis=1)
        place = np.arange(size - 1)[None, :]
        law = ints(place >= last[:, None]) - ints(place < first[:, None])
        length = np.diff(total, axis=1)
        used = length > 0
        width = np.maximum(length, 1)
        slope = np.stack([law, np.diff(cost[1], axis=1) // width, np.diff(cost[2], axis=1) // width])
        broken = -(length * np.minimum(law, 0)).sum(axis=1)
        fixed = np.stack([broken, cost[1, :, 0], cost[2, :, 0]]) if self.count else np.zeros((3, 0), np.int64)
        group = np.repeat(np.arange(self.count)[:, None], size - 1, axis=1)
        return Steps(ints(group[used]), ints(length[used]), ints(slope[:, used]), ints(total[:, 0]), ints(fixed))


def spans(start: Ints, members: Ints) -> Ints:
    """The positions start[m]..start[m + 1] of each of the members, one after the other."""
    count = start[members + 1] - start[members]
    return ints(np.arange(int(count.sum())) + np.repeat(start[members] - np.cumsum(count) + count, count))


def _added(index: Ints, amount: Ints, count: int) -> Ints:
    return ints(np.bincount(index, amount, count)) if len(index) else np.zeros(count, np.int64)
