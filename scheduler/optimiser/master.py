"""Which mix of patterns is cheapest? The linear master problem: linking rows, and one mix per expert."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.optimiser.columns import Column
from scheduler.optimiser.links import HARD_PRICE, Links, Weights
from scheduler.optimiser.lp import Columns, LinearProgramme, Reals
from scheduler.optimiser.work import Count
from scheduler.terms.kinds import Ints, ints

SCALE = 64

_NOBODY = 4.0 * HARD_PRICE
"""What an expert without any pattern counts in the master, in 1 / 64."""


@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """The price of the best mix in 1 / 64, what a unit of each group then costs, and each expert's own dual."""

    price: float
    dual: Ints
    mu: Reals


class Master:
    """The patterns of a crew against the linking rows, given the totals of all others."""

    def __init__(
        self, links: Links, weights: Weights, crew: Sequence[int], base: Ints, count: Count | None = None
    ) -> None:
        self.links, self.weights, self.crew = links, weights, list(crew)
        self._mine = {expert: at for at, expert in enumerate(self.crew)}
        steps = links.steps
        start = steps.first - base
        rows = np.append(start, np.ones(len(self.crew)))
        self._lp = LinearProgramme(rows.astype(np.float64), rows.astype(np.float64), count)
        prices = ints([HARD_PRICE, *weights])
        self._fixed = int(prices @ steps.fixed.sum(axis=1)) + links.constant(weights)
        self._add_steps(prices @ steps.slope)
        self._number: dict[int, int] = {}
        self.columns: dict[int, Column] = {}
        self.share: Reals = np.zeros(0)

    def _add_steps(self, price: Ints) -> None:
        steps, crew, groups = self.links.steps, len(self.crew), self.links.count
        self._lp.add(
            Columns(
                np.append(price, np.full(crew, _NOBODY)) / SCALE,
                np.append(steps.length.astype(np.float64), np.full(crew, np.inf)),
                ints(np.arange(len(price) + crew + 1)),
                ints(np.append(steps.group, groups + np.arange(crew))),
                np.append(np.full(len(price), -1.0), np.ones(crew)),
            )
        )
        self._first = len(price) + crew

    def add(self, columns: Sequence[Column]) -> int:
        """New columns of the crew; gives how many were new."""
        fresh = list({c.number: c for c in columns if c.number not in self._number}.values())
        if not fresh:
            return 0
        groups = self.links.count
        rows = [np.append(c.group, groups + self._mine[c.expert]) for c in fresh]
        values = [np.append(c.weight, 1) for c in fresh]
        numbers = self._lp.add(
            Columns(
                np.array([c.price(self.weights) for c in fresh]) / SCALE,
                np.full(len(fresh), np.inf),
                ints(np.cumsum([0, *(len(row) for row in rows)])),
                ints(np.concatenate(rows)),
                np.concatenate(values).astype(np.float64),
            )
        )
        for number, column in zip(numbers, fresh, strict=True):
            self._number[column.number] = number
            self.columns[number] = column
        return len(fresh)

    def is_new(self, column: Column) -> bool:
        """Is the column not among those that the mix may use?"""
        return column.number not in self._number

    def solve(self, seconds: float) -> Mix | None:
        """The best mix of the patterns so far; None when the time is up."""
        found = self._lp.solve(seconds)
        if found is None:
            return None
        groups = self.links.count
        self.share = found.value
        dual = np.clip(np.rint(-SCALE * found.dual[:groups]), -self.links.dearest, self.links.dearest)
        return Mix(SCALE * found.price + self._fixed, ints(dual), SCALE * found.dual[groups:])

    def shares(self) -> list[tuple[float, Column]]:
        """The columns that the last mix uses, largest share first."""
        used = [
            (float(self.share[n]), c) for n, c in self.columns.items() if n < len(self.share) and self.share[n] > 1e-6
        ]
        return sorted(used, key=lambda couple: -couple[0])

    def drop(self, columns: Sequence[Column]) -> None:
        """Take columns out."""
        numbers = [self._number.pop(c.number) for c in columns]
        for number in numbers:
            del self.columns[number]
        self._lp.drop(ints(numbers))

    def thin(self, mix: Mix, most: int) -> None:
        """Keep about `most` columns: drop those whose reduced cost is worst."""
        if len(self.columns) <= most * 3 // 2:
            return
        numbers = np.array(sorted(self.columns))
        cost = np.array([self.reduced(self.columns[int(n)], mix) for n in numbers])
        worst = numbers[np.argsort(cost, kind="stable")[most:]]
        worst = worst[(worst < len(self.share)) & (self.share[np.minimum(worst, len(self.share) - 1)] < 1e-9)]
        self.drop([self.columns[number] for number in worst.tolist()])

    def reduced(self, column: Column, mix: Mix) -> float:
        """The reduced cost of a column of the crew."""
        toll = int(column.weight @ mix.dual[column.group])
        return column.price(self.weights) + toll - float(mix.mu[self._mine[column.expert]])
