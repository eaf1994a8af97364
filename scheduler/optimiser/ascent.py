"""Which prices of linking rows make the bound of preference best? Steps that each row sizes by what it has shown."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scheduler.optimiser.cases import Cases
from scheduler.optimiser.climb import Climb
from scheduler.optimiser.desk import Desk
from scheduler.optimiser.lately import Lately
from scheduler.optimiser.links import Links, Weights
from scheduler.optimiser.master import SCALE
from scheduler.terms.kinds import Ints, ints
from scheduler.terms.patterns import IMPOSSIBLE

_WHOLE_STEP, _SECOND_STEP = 4.0, 8.0
"""At which step groups begin to count as a whole, and with which step it goes on then."""

_FASTEST = 10
"""How many times as fast steps may grow: hundreds follow, so that a step too long is found out in time."""

_FIRST_SPLITS, _MORE_SPLITS = 60, 1
"""How often an expert's least case is split at most, when groups begin to count as a whole and in each step after."""

_EXCHANGE_EVERY, _EXCHANGE_FACTOR = 8, 1.3
"""After how many steps another exchange of coverage for preference is tried, and by how much it differs at first."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """At some prices: what no roster undercuts in 1 / 64, what groups get too much, and the coverage chosen."""

    weights: Weights
    dual: Ints
    value: int
    excess: Ints
    coverage: int


class Ascent:
    """Everybody's answers at better and better prices; `over` may interrupt them, `lately` learns what they choose."""

    def __init__(self, links: Links, desk: Desk, over: Callable[[], bool], lately: Lately) -> None:
        self.links, self.desk, self.over, self.lately = links, desk, over, lately
        self.best: Asked | None = None
        self.allowed = 0
        self._splits = 0
        self._factor, self._count = _EXCHANGE_FACTOR, 0
        self._climb: Climb | None = None
        self._cases: dict[int, Cases] = {}

    @property
    def settled(self) -> bool:
        """Have steps become so small that little is left to gain?"""
        return self._climb is not None and self._climb.ended and (self._splits > 0 or not self._has_groups())

    def ask(self, weights: Weights, dual: Ints, splits: int = 0) -> Asked | None:
        """The bound at any prices; None when interrupted, or when somebody has no lawful pattern at all."""
        pairs, toll, chosen = self.desk.table.pairs, self.links.toll(dual), list[Ints]()
        earned = self.links.earned(weights, dual)
        value, coverage = earned.value, earned.coverage
        for expert in range(pairs.experts):
            if self.over():
                return None
            bound, pattern = self._cases_of(expert).ask(toll[pairs.of(expert)], weights, splits)
            if bound >= IMPOSSIBLE:
                return None
            value += bound
            if pattern is not None:
                chosen.append(pattern.pairs)
                coverage += pattern.score.coverage
        together = np.concatenate([ints([]), *chosen])
        self.lately.note(together)
        taken = self.links.group_totals(together)
        return Asked(weights, dual, value, ints(taken - earned.wanted), coverage)

    def begin(self, weights: Weights, dual: Ints, allowed: int) -> Asked | None:
        """Start from these prices; no roster that matters has more coverage than `allowed`."""
        self.allowed = allowed
        self.best = self.ask(weights, dual)
        self._climb = None if self.best is None else Climb(self.links.heaviest, self.best.excess, fastest=_FASTEST)
        return self.best

    def step(self) -> Asked | None:
        """One more answer, and the best so far follows it if it is better; None when interrupted."""
        best, climb = self.best, self._climb
        assert best is not None
        assert climb is not None
        if not self._splits and climb.step < _WHOLE_STEP and self._has_groups():
            return self._split(best, climb)
        self._count += 1
        exchanged = not self._splits and self._count % _EXCHANGE_EVERY == 0
        weights = self._exchanged(best) if exchanged else best.weights
        asked = self.ask(weights, climb.moved(best.dual, *self.links.range_of_duals(weights)), self._splits)
        if asked is None:
            return None
        climb.learn(asked.excess)
        better = self.worth(asked) > self.worth(best)
        if better:
            self.best = asked
        if exchanged:
            self._factor = self._factor if better else self._factor**0.7
        else:
            climb.pace(better=better)
        return asked

    def _split(self, best: Asked, climb: Climb) -> Asked | None:
        """The best prices again, with the groups of each expert told apart; from now on more and more of them."""
        asked = self.ask(best.weights, best.dual, _FIRST_SPLITS)
        self._splits, climb.step = _MORE_SPLITS, _SECOND_STEP
        if asked is not None:
            self.best = asked
        return asked

    def _has_groups(self) -> bool:
        return any(self.desk.released(expert) for expert in range(self.desk.table.pairs.experts))

    def worth(self, asked: Asked) -> int:
        """The bound of preference that an answer stands for, in 1 / 64."""
        return asked.value - asked.weights[0] * self.allowed

    def _cases_of(self, expert: int) -> Cases:
        if expert not in self._cases:
            self._cases[expert] = Cases(self.desk, expert)
        return self._cases[expert]

    def _exchanged(self, best: Asked) -> Weights:
        """Coverage counts more when experts leave more open than is allowed, and less when they do not."""
        factor = self._factor if best.coverage > self.allowed else 1 / self._factor
        return max(1, round(best.weights[0] * factor)), best.weights[1]


def points(value: int) -> int:
    """A bound in whole points: costs are whole, so it may be rounded up."""
    return -(-value // SCALE)
