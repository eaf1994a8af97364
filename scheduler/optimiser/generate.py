"""How does a master get the patterns it needs, and which bound comes with them? Column generation, smoothed prices."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.optimiser.climb import Climb
from scheduler.optimiser.columns import Column
from scheduler.optimiser.guided import Guide
from scheduler.optimiser.market import Market
from scheduler.optimiser.master import SCALE, Master, Mix
from scheduler.terms.kinds import Ints, ints
from scheduler.terms.patterns import IMPOSSIBLE

_FIRST_SMOOTHING, _LARGEST_SMOOTHING = 0.5, 0.95
_PER_EXPERT = 40
"""Columns per expert that the master keeps about, and answers of a climb that it gets."""

_CLIMB_STEP = 256.0
"""By how much a climb moves the price of a unit at first, in 1 / 64."""


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """What no roster undercuts in 1 / 64, the prices that show it, and the least that each expert costs at these."""

    value: int
    dual: Ints
    least: Ints

    @property
    def points(self) -> int:
        """In whole points: costs are whole, so a bound may be rounded up."""
        return -(-self.value // SCALE)


class Generation:
    """Rounds of master and pricing for a crew, given the totals of all others; every round leaves a valid bound."""

    def __init__(self, market: Market, crew: Sequence[int], base: Ints) -> None:
        self.market, self.crew, self.base = market, list(crew), base
        self.master = Master(market.links, market.weights, self.crew, base, market.count)
        self.best: Bound | None = None
        self.mix: Mix | None = None
        self.closed = False
        self.smoothing = _FIRST_SMOOTHING
        self.rounds = 0
        self._lately = deque[list[Column]](maxlen=_PER_EXPERT)
        self._pace, self._excess = 1.0, np.zeros(len(base), np.int64)
        self._limits = market.links.range_of_duals(market.weights)

    def guide(self) -> Guide:
        """The best prices, and how often the last mix, or the last steps of a climb, choose each pair."""
        assert self.best is not None
        share = np.zeros(len(self.market.links.table.pairs))
        lately = [(1 / len(self._lately), column) for found in self._lately for column in found]
        for part, column in lately or self.master.shares():
            share[column.pairs] += part
        return Guide(self.best.dual, share)

    def settle(self, rounds: int, steps: int, near: int, enough: int) -> None:
        """Rounds with some steps between them, until the master is as near to its bound as asked, or closed.

        It ends as well when the bound shows that every price is above `enough`.
        """
        for _ in range(rounds):
            if self.market.over() or not self.round():
                break
            assert self.mix is not None
            assert self.best is not None
            if self.mix.price - self.best.value <= near or self.best.value > enough:
                break
            self.descend(steps, self.mix.price)
        self.mix = self.master.solve(self.market.left())

    def reopen(self) -> None:
        """Something was fixed: the bound so far need not be near any more, but its prices are a good start."""
        if self.best is not None:
            dual, self.best, self.closed = self.best.dual, None, False
            found, _, _ = self.ask(dual)
            self.master.add(found)

    def ask(self, dual: Ints) -> tuple[list[Column], int, Ints]:
        """At any prices: what the crew chooses, the bound, and by how much the choice exceeds what the rows ask.

        Interrupted it gives no column and no bound.
        """
        market = self.market
        replies = market.desk.every(market.links.toll(dual), market.weights, self.crew, market.executor, market.over)
        if replies is None:
            return [], -IMPOSSIBLE, np.zeros(len(self.base), np.int64)
        earned = market.links.earned(market.weights, dual)
        value = earned.value + int(dual @ self.base) + sum(reply.bound for reply in replies)
        excess = self.base - earned.wanted
        for reply in replies:
            for column in reply.columns[:1]:
                np.add.at(excess, column.group, column.weight)
        if self.best is None or value > self.best.value:
            self.best, self._excess = Bound(value, dual, ints([reply.bound for reply in replies])), excess
        return [column for reply in replies for column in reply.columns], value, excess

    def descend(self, steps: int, target: float) -> None:
        """Steps from the best prices along what the crew chooses too much or too little; no master is needed."""
        if self.best is None:
            self.ask(np.zeros(len(self.base), np.int64))
        if self.best is None:
            return
        (low, high), value = self._limits, self.best.value
        dual, excess = self.best.dual.astype(np.float64), self._excess
        for _ in range(steps):
            push = np.where(((dual >= high) & (excess > 0)) | ((dual <= low) & (excess < 0)), 0, excess)
            norm = float(push @ push)
            if norm == 0 or self.market.over():
                return
            dual = np.clip(dual + self._pace * max(SCALE, target - value) / norm * push, low, high)
            before = self.best.value
            found, value, excess = self.ask(ints(np.rint(dual)))
            self.master.add(found)
            self._pace = min(1.5, self._pace * 1.1) if value > before else self._pace * 0.9

    def climb(self) -> Iterator[None]:
        """Steps from the best prices until they are too small to matter; the master gets what was chosen last."""
        if self.best is None:
            return
        (low, high), dual = self._limits, self.best.dual
        climb = Climb(self.market.links.heaviest, self._excess, _CLIMB_STEP)
        while not climb.ended and not self.market.over():
            dual, before = climb.moved(dual, low, high), self.best.value
            found, value, excess = self.ask(dual)
            if found:
                self._lately.append(found)
                climb.learn(excess)
                climb.pace(better=value > before)
            yield
        for found in self._lately:
            self.master.add(found)

    def round(self) -> bool:
        """One round; False when nothing is left to gain, or when the time is up."""
        mix = self.master.solve(self.market.left())
        if mix is None:
            return False
        self.mix = mix
        self.rounds += 1
        if self.best is not None and self.best.points >= -(-(mix.price - 1) // SCALE):
            self.closed = True
            return False
        smoothing = self.smoothing if self.best is not None else 0.0
        while True:
            dual = self._between(mix.dual, smoothing)
            found, _, excess = self.ask(dual)
            good = [c for c in found if self.master.is_new(c) and self.master.reduced(c, mix) < 0]
            if good or smoothing == 0.0 or self.market.over():
                break
            smoothing = smoothing / 2 if smoothing > 0.1 else 0.0
        self._adapt(mix.dual, excess)
        self.master.add(found)
        self.master.thin(mix, _PER_EXPERT * len(self.crew))
        self.closed = not good and not self.market.over()
        return bool(good)

    def _between(self, dual: Ints, smoothing: float) -> Ints:
        if self.best is None or smoothing == 0.0:
            return dual
        return ints(np.rint(smoothing * self.best.dual + (1 - smoothing) * dual))

    def _adapt(self, out: Ints, excess: Ints) -> None:
        """Lean on the best prices so far while the master's lead away from what pays, and less when they lead to it."""
        if self.best is None:
            return
        if float(excess @ (out - self.best.dual)) > 0:
            self.smoothing = max(0.0, self.smoothing - 0.1)
        else:
            self.smoothing = min(_LARGEST_SMOOTHING, self.smoothing + (1 - self.smoothing) * 0.1)
