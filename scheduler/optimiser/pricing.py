"""What can no roster undercut? Linking rows become prices, each expert then chooses alone (Lagrangian relaxation).

Every number is whole, so a bound needs no tolerance, and it holds at any prices: good prices only make it better.
"""

from dataclasses import dataclass

import numpy as np

from scheduler.optimiser.linking import Linking
from scheduler.terms.days import days_of
from scheduler.terms.hours import hours_of
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.months import Prices, cheapest_months
from scheduler.terms.table import Table

SCALE = 64
"""Prices are whole multiples of 1 / 64 point."""

_LARGEST = 1 << 40
"""What one group adds to a pair's price at most, so that whole sums stay far below `NEVER`."""

Weights = tuple[int, int]
"""What a point of coverage and of preference counts, in 1 / 64."""


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """At some prices: the bound in 1 / 64, the pairs that experts choose, and per group what they choose too much."""

    bound: int
    chosen: Bools
    excess: Ints


class Pricing:
    """The relaxation of one model; `reply` answers any prices."""

    def __init__(self, table: Table) -> None:
        self.table, self.days = table, days_of(table)
        self.hours, expressed = hours_of(table)
        self.linking = Linking(table, expressed)
        heaviest = np.ones(self.linking.count, np.int64)
        np.maximum.at(heaviest, self.linking.group, np.abs(self.linking.weight))
        self._dearest = _LARGEST // heaviest

    def reply(self, weights: Weights, dual: Ints) -> Reply:
        """What experts and rows choose when a unit of group g costs the experts, and pays the row, dual[g] / 64."""
        linking = self.linking
        dual = np.clip(dual, -self._dearest, self._dearest)
        rows = _weighed(weights, linking.cost) - dual[:, None] * linking.total
        corner = rows.argmin(axis=1)
        each = np.arange(linking.count)
        chosen = np.zeros(len(self.table.pairs), np.bool_)
        least = cheapest_months(self.days, self.hours, self._prices(weights, dual), chosen)
        fixed = np.add(self.table.constant, linking.constant)
        bound = int(rows[each, corner].sum()) + int(least.sum()) + int((fixed * weights).sum())
        taken = np.zeros(linking.count, np.int64)
        np.add.at(taken, linking.group, linking.weight * chosen[linking.member])
        return Reply(bound, chosen, ints(taken - linking.total[each, corner]))

    def _prices(self, weights: Weights, dual: Ints) -> Prices:
        linking, (one, two) = self.linking, weights
        toll = np.zeros(len(self.table.pairs), np.int64)
        np.add.at(toll, linking.member, linking.weight * dual[linking.group])
        cost, edge = self.table.cost, self.days.price
        return Prices(
            ints(one * cost[0] + two * cost[1] + toll), ints(one * edge[0] + two * edge[1]),
            _weighed(weights, self.hours.week), _weighed(weights, self.hours.month),
        )  # fmt: skip


def _weighed(weights: Weights, cost: Ints) -> Ints:
    """The law as it is, and the two soft levels by weight."""
    return ints(cost[0] + weights[0] * cost[1] + weights[1] * cost[2])
