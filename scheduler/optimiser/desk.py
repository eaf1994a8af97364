"""Which pattern would each expert choose at these tolls? Every expert's pricer, compiled when first asked for."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from scheduler.domain.score import Level, Score
from scheduler.optimiser.columns import Column, Pool
from scheduler.optimiser.links import Weights
from scheduler.optimiser.work import ANSWER, PLAN, Count
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.patterns import SWEEPS, Pattern, Priced, Pricer
from scheduler.terms.table import Table

_PIN = 1 << 21
"""What leaving out a held pair counts in 1 / 64 at most."""

_PINS = 1 << 26
"""What all held pairs of one expert may count together."""


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """What no pattern of the expert undercuts, in 1 / 64, and the cheapest patterns found, as columns."""

    expert: int
    bound: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The groups of a soft Distinct term of one expert, per pair (-1: none): each above `high` costs `above`."""

    slot: Ints
    level: int
    high: int
    above: int

    def met(self, chosen: Bools) -> Ints:
        """How many pairs of each group are chosen."""
        return ints(np.bincount(self.slot[(self.slot >= 0) & chosen], minlength=int(self.slot.max(initial=-1)) + 1))


class Pricers:
    """Every expert's pricer; one that is at work serves one thread at a time."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._pricers: dict[int, Pricer] = {}
        self._locks = [threading.Lock() for _ in range(table.pairs.experts)]

    def best(self, expert: int, toll: Ints, weights: Weights, count: int, sweeps: int) -> Priced:
        """The cheapest patterns of one expert."""
        with self._locks[expert]:
            return self.of(expert).best(toll, weights, count, sweeps)

    def score(self, expert: int, chosen: Bools) -> Score:
        """What one expert's own terms say of a choice among the own pairs."""
        with self._locks[expert]:
            return self.of(expert).score(chosen)

    def of(self, expert: int) -> Pricer:
        """The pricer itself, for a caller who is alone."""
        found = self._pricers.get(expert)
        if found is None:
            found = self._pricers[expert] = Pricer(self._table, expert)
        return found


class Desk:
    """Prices experts, side by side where an executor is given; held pairs are always chosen."""

    def __init__(
        self, table: Table, held: Bools, pool: Pool, pricers: "Pricers | None" = None, *, count: Count | None = None
    ) -> None:
        self.table, self.held, self.pool, self._count = table, held, pool, count
        self.banned = np.zeros(len(held), np.bool_)
        self._pricers = pricers if pricers is not None else Pricers(table)
        self._released: dict[int, list[Groups]] = {}

    def holding(self, held: Bools) -> "Desk":
        """The same experts with other pairs that are always chosen, and with pairs to ban."""
        return Desk(self.table, held, self.pool, self._pricers, count=self._count)

    def best(self, expert: int, toll: Ints, weights: Weights, count: int = 1) -> Reply:
        """One expert's choice when each of the own pairs pays a toll."""
        return self._reply(expert, self.priced(expert, toll, weights, count))

    def priced(self, expert: int, toll: Ints, weights: Weights, count: int = 1, sweeps: int = SWEEPS) -> Priced:
        """The same as bare patterns, which nobody keeps."""
        found = self._priced(expert, toll, weights, count, sweeps)
        self._charge(expert)
        return found

    def _charge(self, expert: int) -> None:
        if self._count is not None:
            self._count(ANSWER + PLAN * len(self.pricer(expert).plans.last))

    def _priced(self, expert: int, toll: Ints, weights: Weights, count: int = 1, sweeps: int = SWEEPS) -> Priced:
        mine = self.table.pairs.of(expert)
        held, banned = self.held[mine], self.banned[mine]
        pins = int(held.sum())
        if pins:
            pin = min(_PIN, _PINS // pins)
            toll = np.where(held, toll - pin, toll)
        if banned.any():
            toll = np.where(banned, toll + _PIN, toll)
        priced = self._pricers.best(expert, toll, weights, count, sweeps)
        bound = priced.bound + (pin * pins if pins else 0)
        return Priced(bound, tuple(p for p in priced.patterns if self._keeps(p, pins)))

    def pricer(self, expert: int) -> Pricer:
        """One expert's pricer itself, for a caller who is alone."""
        return self._pricers.of(expert)

    def released(self, expert: int) -> list[Groups]:
        """The soft groups that the pricer can only price: from the first call on it leaves them to the caller."""
        if expert not in self._released:
            relaxed = self.pricer(expert).relaxed
            self._released[expert] = [
                Groups(g.slot, g.level, g.high, g.above) for g in relaxed.groups if g.level != Level.HARD
            ]
            relaxed.groups = [g for g in relaxed.groups if g.level == Level.HARD]
        return self._released[expert]

    def every(
        self, toll: Ints, weights: Weights, experts: Sequence[int], executor: Executor | None, over: Callable[[], bool]
    ) -> list[Reply] | None:
        """The choices of several experts, in their order; `toll` is one per pair of the model; None if interrupted.

        Work is counted when all is done, so that who is first does not decide whether it is over.
        """
        pairs = self.table.pairs

        def one(expert: int) -> Priced | None:
            return None if over() else self._priced(expert, toll[pairs.of(expert)], weights)

        priced = list(map(one, experts) if executor is None else executor.map(one, experts))
        asked = [(expert, found) for expert, found in zip(experts, priced, strict=True) if found is not None]
        for expert, _ in asked:
            self._charge(expert)
        return [self._reply(expert, found) for expert, found in asked] if len(asked) == len(priced) else None

    def column(self, expert: int, roster: Bools) -> Column:
        """The expert's pattern in a roster."""
        mine = self.table.pairs.of(expert)
        chosen = roster[mine]
        return self.pool.add(expert, ints(np.flatnonzero(chosen) + mine.start), self._pricers.score(expert, chosen))

    def _reply(self, expert: int, priced: Priced) -> Reply:
        columns = (self.pool.add(expert, pattern.pairs, pattern.score) for pattern in priced.patterns)
        return Reply(expert, priced.bound, tuple(columns))

    def _keeps(self, pattern: Pattern, pins: int) -> bool:
        return int(self.held[pattern.pairs].sum()) == pins and not self.banned[pattern.pairs].any()
