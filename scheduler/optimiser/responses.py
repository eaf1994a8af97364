"""What if every expert in turn takes the best pattern for what the others leave? From blurred prices to true ones."""

from collections.abc import Iterable, Iterator

import numpy as np

from scheduler.optimiser.columns import Column
from scheduler.optimiser.market import Market
from scheduler.terms.kinds import Ints, ints

_FIRST_BLUR, _LAST_BLUR = 1.5, 0.15
"""How many persons more or less a shift may still get, at the first sweep and before prices become true."""


def blurs(sweeps: int) -> Iterator[float]:
    """The blur of each sweep: falling in even ratios, and at last none for three sweeps."""
    yield from np.geomspace(_FIRST_BLUR, _LAST_BLUR, sweeps).tolist()
    yield from (0.0, 0.0, 0.0)


class Responses:
    """One pattern per expert of a crew, and the totals of all linking rows; who has no pattern yet adds nothing."""

    def __init__(self, market: Market, crew: Iterable[int], totals: Ints, random: np.random.Generator) -> None:
        self.market, self.crew, self.totals, self.random = market, ints(list(crew)), totals.copy(), random
        self.patterns: dict[int, Column] = {}
        self._prices = market.links.prices(market.weights)

    def run(self, sweeps: int) -> list[Column] | None:
        """Sweeps from blurred to true prices; None when the time is up before everybody has a pattern."""
        for blur in blurs(sweeps):
            if not self.sweep(blur) and blur == 0.0:
                break
        return list(self.patterns.values()) if len(self.patterns) == len(self.crew) else None

    def sweep(self, blur: float) -> int:
        """Everybody in turn, in random order; gives how many changed their pattern."""
        changed = 0
        for expert in self.random.permutation(self.crew).tolist():
            if self.market.over():
                break
            changed += self._respond(expert, blur)
        return changed

    def _respond(self, expert: int, blur: float) -> bool:
        links, before = self.market.links, self.patterns.get(expert)
        if before is not None:
            self.totals -= links.totals(before.pairs)
        prices = (
            links.blurred(expert, self.totals, self._prices, blur)
            if blur
            else links.marginal(expert, self.totals, self._prices)
        )
        columns = self.market.desk.best(expert, prices, self.market.weights).columns
        after = columns[0] if columns else before
        if after is not None:
            self.patterns[expert] = after
            self.totals += links.totals(after.pairs)
        return after is not before
