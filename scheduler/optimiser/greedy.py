"""Which complete roster do we have at once, whatever the size? Scarce shifts first, then a cooling walk."""

import time
from collections.abc import Callable

import numpy as np

from scheduler.domain.score import Level, Score
from scheduler.optimiser.work import STEP, Count
from scheduler.terms import moves
from scheduler.terms.delta import Ledger
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.table import Table

_CHUNK, _LONGEST_ROUND_SECONDS = 20_000, 0.5
"""After so many steps a round looks at the clock, and ends there when it has taken this long."""

_FREE_EVERY = 4
"""Every so many rounds any pair may change: which ones are wanted is a guess."""


def places_of(table: Table, held: Bools, wanted: Bools | None = None) -> moves.Places:
    """All shifts with their pairs, or only those that are wanted; held pairs stay as they are."""
    pair, start = table.pairs.by_shift
    if wanted is None:
        return moves.Places(pair, start, held)
    keep = wanted[pair]
    return moves.Places(pair[keep], np.append(0, np.cumsum(keep))[start], held)


def build_roster(table: Table, start: Bools, held: Bools) -> Bools:
    """A complete roster: the start without what breaks a hard limit, filled up shift by shift, scarce ones first."""
    ledger, places = Ledger(table, start), places_of(table, held)
    moves.drop_breaches(ledger.arrays, ledger.state, places)
    for _ in range(2):
        moves.insert_all(ledger.arrays, ledger.state, places, scarcity(table))
    return ledger.chosen


def scarcity(table: Table) -> Ints:
    """Shifts in the order in which to fill them: what matters most, then few candidates with little else to do."""
    pair, start = table.pairs.by_shift
    load = np.diff(table.pairs.first)[table.pairs.expert]
    ease = np.append(np.cumsum(load[pair]), 0)
    total = np.where(start[1:] > 0, ease[start[1:] - 1], 0) - np.where(start[:-1] > 0, ease[start[:-1] - 1], 0)
    order: Ints = np.lexsort((total, np.diff(start), -_urgency(table)))
    return order


def _urgency(table: Table) -> Ints:
    """How often what one more person is worth at most can be halved: about the same worth is the same urgency."""
    sums, worth = table.sums, np.ones(len(table.pairs.shifts))
    price = np.repeat(np.where(sums.level == Level.COVERAGE, sums.below, 0), np.diff(sums.start))
    counts = np.flatnonzero(price)
    np.maximum.at(worth, table.pairs.shift[sums.pair[counts]], price[counts] * np.abs(sums.weight[counts]))
    return ints(np.log2(worth))


class Walk:
    """A cooling random walk from a roster in rounds of `steps`; `best` is the best roster met at the end of a round.

    While `wanted` names pairs, shifts mostly go to these, or are taken back in exchange for them.
    """

    def __init__(
        self, table: Table, roster: Bools, held: Bools, score: Score, seed: int, *, count: Count | None = None
    ) -> None:
        self.ledger = Ledger(table, roster)
        self.wanted: Callable[[], Bools | None] = lambda: None
        self.steps, self._rounds = max(5_000, len(roster)), 0
        self._table, self._held = table, held
        self.random = np.random.default_rng(seed)
        self.score = self.best_score = score
        self.best = roster.copy()
        self._count = count

    def cool(self, heat: tuple[moves.Heat, moves.Heat], share_done: Callable[[], float]) -> None:
        """Walk from the first heat to the second until `share_done` reaches 1; it is asked after every round."""
        while (share := share_done()) < 1:
            self._round(moves.Heat(*(_between(a, b, share) for a, b in zip(*heat, strict=True))))
        self._round(moves.Heat(0.0, 0.0))

    def typical_step(self) -> float:
        """The average size of a change of preference by one pair, a natural unit of heat."""
        some: list[int] = self.random.integers(0, len(self.best), 200).tolist() if len(self.best) else []
        sizes = [abs(self.ledger.delta(pair).preference) for pair in some]
        return float(np.mean([size for size in sizes if size] or [1]))

    def _places(self) -> moves.Places:
        """Where moves of the next round may happen."""
        self._rounds += 1
        wanted = self.wanted() if self._rounds % _FREE_EVERY else None
        return places_of(self._table, self._held, None if wanted is None else wanted | self.ledger.chosen)

    def _round(self, heat: moves.Heat) -> None:
        seed = int(self.random.integers(0, 1 << 31))
        search = moves.search_of(self.ledger.arrays, self.ledger.state, self._places())
        began, left = time.monotonic(), self.steps
        while left > 0 and (self._count is not None or time.monotonic() - began < _LONGEST_ROUND_SECONDS):
            change = moves.wander(search, heat, seed, min(left, _CHUNK))
            self.score = self.score + Score(*(int(amount) for amount in change))
            seed, left = seed + 1, left - _CHUNK
        if self._count is not None:
            self._count(STEP * self.steps)
        if self.score < self.best_score:
            self.best, self.best_score = self.ledger.chosen.copy(), self.score


def _between(first: float, second: float, share: float) -> float:
    """From the first to the second in even ratios (zero stays zero)."""
    return float(first * (second / first) ** share) if first > 0 and second > 0 else 0.0
