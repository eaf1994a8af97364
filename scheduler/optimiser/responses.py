"""What if every expert in turn takes the best pattern for what the others leave? From blurred prices to true ones."""

from collections.abc import Iterable, Iterator

import numpy as np

from scheduler.optimiser.columns import Column
from scheduler.optimiser.lp import Reals
from scheduler.optimiser.market import Market
from scheduler.terms.kinds import Ints, ints

_FIRST_BLUR, _LAST_BLUR = 1.5, 0.15
"""How many persons more or less a shift may still get, at the first sweep and before prices become true."""

_TRUE_SWEEPS = 3
_PARTS = (4, 16)
_SHAKE, _TRIES = 192, 12
"""Where true prices lead to no pattern: by what they are divided; how much they are shaken first, in 1 / 64; how often.
"""

_SIDE_BY_SIDE, _MANY = 2, 60
"""How many experts choose at the same time, and from how many on: among so many two hardly meet."""


def blurs(sweeps: int) -> Iterator[float]:
    """The blur of each sweep: falling in even ratios, and at last none for some sweeps."""
    yield from np.geomspace(_FIRST_BLUR, _LAST_BLUR, sweeps + 1).tolist()[1:]
    yield from [0.0] * _TRUE_SWEEPS


class Responses:
    """One pattern per expert of a crew, and the totals of all linking rows; who has no pattern yet adds nothing."""

    def __init__(self, market: Market, crew: Iterable[int], totals: Ints | Reals, random: np.random.Generator) -> None:
        self.market, self.crew, self.random = market, ints(list(crew)), random
        self.totals: Reals = totals.astype(np.float64)
        self.patterns: dict[int, Column] = {}
        self._prices = market.links.prices(market.weights)

    def run(self, most: int, seconds: float) -> list[Column] | None:
        """Sweeps from blurred to true prices, fewer when the time asks for it; None when somebody has no pattern."""
        began = self.market.left()
        self.sweep(_FIRST_BLUR)
        pace = began - self.market.left()
        for blur in blurs(max(1, min(most, int(seconds / max(1e-9, pace)) - _TRUE_SWEEPS))):
            if not self.sweep(blur) and blur == 0.0:
                break
        return list(self.patterns.values()) if len(self.patterns) == len(self.crew) else None

    def sweep(self, blur: float) -> int:
        """Everybody in turn, in random order; gives how many changed their pattern."""
        changed = 0
        side = _SIDE_BY_SIDE if len(self.crew) >= _MANY else 1
        order: list[int] = self.random.permutation(self.crew).tolist()
        for at in range(0, len(order), side):
            group = [expert for expert in order[at : at + side] if not self._is_late(expert)]
            for expert, after in zip(group, self._answers(group, blur), strict=True):
                changed += self._take(expert, after)
        return changed

    def _is_late(self, expert: int) -> bool:
        return expert in self.patterns and self.market.over()

    def _offered(self, expert: int, blur: float) -> Ints:
        """What each of the expert's pairs costs, given what all others have chosen."""
        links, totals = self.market.links, self.totals - self._adds(expert)
        if blur:
            return links.blurred(expert, totals, self._prices, blur)
        return links.marginal(expert, ints(np.rint(totals)), self._prices)

    def _adds(self, expert: int) -> Reals:
        """What the expert adds to the totals of the rows at present."""
        mine = self.patterns.get(expert)
        return np.zeros(len(self.totals)) if mine is None else self.market.links.totals(mine.pairs).astype(np.float64)

    def _answers(self, group: list[int], blur: float) -> Iterable[Column | None]:
        prices, executor = [self._offered(expert, blur) for expert in group], self.market.executor
        side_by_side = map if executor is None or len(group) < 2 else executor.map
        return list(side_by_side(self._answer, group, prices))

    def _answer(self, expert: int, prices: Ints) -> Column | None:
        return self._best(expert, prices) or self.patterns.get(expert) or self._any(expert, prices)

    def _take(self, expert: int, after: Column | None) -> bool:
        """The expert's new pattern, if there is one; gives whether it is another than before."""
        if after is None or after is self.patterns.get(expert):
            return False
        self.totals -= self._adds(expert)
        self.patterns[expert] = after
        self.totals += self._adds(expert)
        return True

    def _best(self, expert: int, prices: Ints) -> Column | None:
        columns = self.market.desk.best(expert, prices, self.market.weights).columns
        return columns[0] if columns else None

    def _any(self, expert: int, prices: Ints) -> Column | None:
        """A pattern at weaker prices, and then at ones shaken more and more, where the true ones lead to none."""
        return next(filter(None, (self._best(expert, other) for other in _others(prices, expert))), None)


def _others(prices: Ints, seed: int) -> Iterator[Ints]:
    """Prices that matter less and less, then the true ones shaken more and more."""
    yield from (prices // part for part in _PARTS)
    yield prices * 0
    random = np.random.default_rng(seed)
    for shake in range(_SHAKE, _SHAKE * _TRIES, _SHAKE):
        yield prices + random.integers(-shake, shake, len(prices))
