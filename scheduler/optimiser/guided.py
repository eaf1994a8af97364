"""Which roster do the prices of a bound lead to? Everybody follows them at first, and true prices more and more."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scheduler.optimiser.columns import Column
from scheduler.optimiser.lp import Reals
from scheduler.optimiser.market import Market
from scheduler.optimiser.responses import Responses
from scheduler.terms.kinds import Ints, ints

_SWEEPS, _TRUE_SWEEPS = 16, 4
_FIRST_WEIGHT, _FIRST_BLUR, _LAST_BLUR = 0.5, 0.3, 0.05
"""How much true prices count at first, beside those of the bound, and how many persons a shift may still get."""


@dataclass(frozen=True, slots=True, eq=False)
class Guide:
    """The prices that a bound stands on, per group, and how often it chooses each pair."""

    dual: Ints
    share: Reals


class Guided(Responses):
    """Responses of everybody; who has no pattern yet counts with what the bound expects."""

    def __init__(self, market: Market, guide: Guide, random: np.random.Generator) -> None:
        links, pairs = market.links, market.links.table.pairs
        self._toll, self._share, self._weight = links.toll(guide.dual), guide.share, _FIRST_WEIGHT
        expected = np.sum([links.expected(guide.share, expert) for expert in range(pairs.experts)], axis=0)
        super().__init__(market, range(pairs.experts), expected, random)

    def best(self) -> list[Column] | None:
        """The cheapest of the rosters after each sweep; None when the time is up before there is one."""
        found, least = None, 0
        for self._weight, blur in _schedule():
            changed = self.sweep(blur)
            if len(self.patterns) < len(self.crew):
                return None
            self.totals = np.rint(self.totals)
            cost = self._cost()
            if found is None or cost < least:
                found, least = list(self.patterns.values()), cost
            if self.market.over() or (not changed and blur == 0.0):
                break
        return found

    def _cost(self) -> int:
        """What the roster costs, in 1 / 64."""
        links, weights = self.market.links, self.market.weights
        together = np.concatenate([ints([]), *(column.pairs for column in self.patterns.values())])
        return sum(c.price(weights) for c in self.patterns.values()) + links.cost(links.group_totals(together), weights)

    def _adds(self, expert: int) -> Reals:
        if expert in self.patterns:
            return super()._adds(expert)
        return self.market.links.expected(self._share, expert)

    def _offered(self, expert: int, blur: float) -> Ints:
        true = super()._offered(expert, blur)
        toll = self._toll[self.market.links.table.pairs.of(expert)]
        return ints(np.rint((1 - self._weight) * toll + self._weight * true))


def _schedule() -> Iterator[tuple[float, float]]:
    """How much true prices count in each sweep, and their blur."""
    weights = np.linspace(_FIRST_WEIGHT, 1.0, _SWEEPS).tolist()
    yield from zip(weights, np.geomspace(_FIRST_BLUR, _LAST_BLUR, _SWEEPS).tolist(), strict=True)
    yield from [(1.0, 0.0)] * _TRUE_SWEEPS
