"""What if every expert in turn takes the best pattern for what the others leave? From blurred prices to true ones."""

import time
from collections.abc import Iterable, Iterator

import numpy as np

from scheduler.optimiser.columns import Column
from scheduler.optimiser.market import Market
from scheduler.terms.kinds import Ints, ints

_FIRST_BLUR, _LAST_BLUR = 1.5, 0.15
"""How many persons more or less a shift may still get, at the first sweep and before prices become true."""

_TRUE_SWEEPS = 3
_SHAKE, _TRIES = 192, 12
"""How much prices are shaken first, in 1 / 64, and how often."""


def blurs(sweeps: int) -> Iterator[float]:
    """The blur of each sweep: falling in even ratios, and at last none for some sweeps."""
    yield from np.geomspace(_FIRST_BLUR, _LAST_BLUR, sweeps + 1).tolist()[1:]
    yield from [0.0] * _TRUE_SWEEPS


class Responses:
    """One pattern per expert of a crew, and the totals of all linking rows; who has no pattern yet adds nothing."""

    def __init__(self, market: Market, crew: Iterable[int], totals: Ints, random: np.random.Generator) -> None:
        self.market, self.crew, self.totals, self.random = market, ints(list(crew)), totals.copy(), random
        self.patterns: dict[int, Column] = {}
        self._prices = market.links.prices(market.weights)

    def run(self, most: int, seconds: float) -> list[Column] | None:
        """Sweeps from blurred to true prices, fewer when the time asks for it; None when somebody has no pattern."""
        began = time.monotonic()
        self.sweep(_FIRST_BLUR)
        pace = time.monotonic() - began
        for blur in blurs(max(1, min(most, int(seconds / max(1e-9, pace)) - _TRUE_SWEEPS))):
            if not self.sweep(blur) and blur == 0.0:
                break
        return list(self.patterns.values()) if len(self.patterns) == len(self.crew) else None

    def sweep(self, blur: float) -> int:
        """Everybody in turn, in random order; gives how many changed their pattern."""
        changed = 0
        for expert in self.random.permutation(self.crew).tolist():
            if self.market.over() and expert in self.patterns:
                break
            changed += self._respond(expert, blur)
        return changed

    def _respond(self, expert: int, blur: float) -> bool:
        links, before = self.market.links, self.patterns.get(expert)
        if before is not None:
            self.totals -= links.totals(before.pairs)
        if blur:
            prices = links.blurred(expert, self.totals, self._prices, blur)
        else:
            prices = links.marginal(expert, self.totals, self._prices)
        after = self._best(expert, prices) or before or self._any(expert, prices)
        if after is not None:
            self.patterns[expert] = after
            self.totals += links.totals(after.pairs)
        return after is not before

    def _best(self, expert: int, prices: Ints) -> Column | None:
        columns = self.market.desk.best(expert, prices, self.market.weights).columns
        return columns[0] if columns else None

    def _any(self, expert: int, prices: Ints) -> Column | None:
        """A pattern at prices that are shaken more and more, where the true ones lead to none."""
        for shake in range(_SHAKE, _SHAKE * _TRIES, _SHAKE):
            found = self._best(expert, prices + self.random.integers(-shake, shake, len(prices)))
            if found is not None:
                return found
        return None
