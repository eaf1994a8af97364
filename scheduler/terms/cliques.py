"""Which pairs of one expert exclude each other all at once, and so fit in one tight constraint?"""

import threading
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.clashing import CoupleTable
from scheduler.terms.compiled import compiled
from scheduler.terms.kinds import Ints, ints
from scheduler.terms.table import Table

_MANY = 2_000
"""With more pairs than this the cliques of an expert are not sought as a whole, only those of the pairs at hand."""


class Cliques:
    """Per expert, sets of pairs of which at most one may be chosen; together they cover every hard couple.

    Safe to use from threads.
    """

    def __init__(self, table: Table) -> None:
        self.pairs, self.couples = table.pairs, table.couples
        self._lock = threading.Lock()
        self._of: dict[int, list[frozenset[int]]] = {}
        self._at: dict[int, list[int]] = {}

    def of(self, expert: int) -> list[frozenset[int]]:
        """The cliques of one expert; found once."""
        with self._lock:
            if expert not in self._of:
                mine = self.pairs.of(expert)
                self._of[expert] = found = self._find(range(mine.start, mine.stop))
                for index, clique in enumerate(found):
                    for pair in clique:
                        self._at.setdefault(pair, []).append(index)
            return self._of[expert]

    def covering(self, expert: int, members: Iterable[int]) -> list[list[int]]:
        """The members as cliques: every largest clique among them, and each lone member by itself."""
        wanted = frozenset(members)
        kept: list[frozenset[int]] = []
        covered: set[int] = set()
        for clique in sorted(self._among(expert, wanted), key=lambda c: (-len(c), sorted(c))):
            if len(clique) > 1 and not any(clique <= other for other in kept):
                kept.append(clique)
                covered |= clique
        return [sorted(clique) for clique in kept] + [[pair] for pair in sorted(wanted - covered)]

    def _among(self, expert: int, wanted: frozenset[int]) -> list[frozenset[int]]:
        mine = self.pairs.of(expert)
        if len(wanted) < mine.stop - mine.start > _MANY:
            return self._find(sorted(wanted))
        cliques = self.of(expert)
        return [cliques[index] & wanted for index in {i for pair in wanted for i in self._at.get(pair, ())}]

    def clashing(self, pair: int) -> list[int]:
        """The pairs that may not be chosen beside this one."""
        span = slice(self.couples.start[pair], self.couples.start[pair + 1])
        others: list[int] = self.couples.other[span][self.couples.level[span] == Level.HARD].tolist()
        return others

    def _find(self, members: Sequence[int]) -> list[frozenset[int]]:
        """Sweep by start for the cliques of intervals, then gather the couples that are left."""
        inside = set(members)
        near = {pair: inside.intersection(self.clashing(pair)) for pair in members}
        left = {(a, b) for a in members for b in near[a] if a < b}
        found: list[frozenset[int]] = []
        active: list[int] = []

        def close(group: list[int]) -> None:
            edges = {(a, b) for i, a in enumerate(group) for b in group[i + 1 :]}
            if edges & left:
                found.append(frozenset(group))
                left.difference_update(edges)

        for pair in members:
            keep = [other for other in active if other in near[pair]]
            if len(keep) < len(active):
                close(active)
            active = [*keep, pair]
        close(active)
        for a, b in sorted(left):
            if (a, b) in left:
                group = [a, b]
                for c in sorted(near[a] & near[b]):
                    if all(c in near[member] for member in group):
                        group.append(c)
                close(sorted(group))
        return found


def cliques_of_days(table: Table) -> tuple[Ints, Ints]:
    """Members (clique, pair): sets of one expert and day of which at most one pair can be chosen, for all at once."""
    pairs = table.pairs
    cell = pairs.expert * pairs.days + pairs.day
    first = ints(np.searchsorted(cell, np.arange(pairs.experts * pairs.days + 1)))
    size = _cliques(table.couples, first, np.zeros((2, 0), np.int64))
    found = np.zeros((2, size), np.int64)
    _cliques(table.couples, first, found)
    return found[0], found[1]


@compiled
def _cliques(couples: CoupleTable, first: Ints, found: Any) -> int:
    """Sweep the pairs of each cell by start; write a clique when one of its members is left behind."""
    at, number = 0, 0
    near = np.full(first[-1], -1, np.int64)
    active = np.zeros(first[-1], np.int64)
    for cell in range(len(first) - 1):
        size = 0
        for pair in range(first[cell], first[cell + 1] + 1):
            kept = 0
            if pair < first[cell + 1]:
                for k in range(couples.start[pair], couples.start[pair + 1]):
                    if couples.level[k] == 0:
                        near[couples.other[k]] = pair
                for a in range(size):
                    kept += near[active[a]] == pair
            if kept < size and size > 1:
                if found.shape[1]:
                    found[0, at : at + size], found[1, at : at + size] = number, active[:size]
                at, number = at + size, number + 1
            if pair < first[cell + 1]:
                kept = 0
                for a in range(size):
                    if near[active[a]] == pair:
                        active[kept] = active[a]
                        kept += 1
                active[kept] = pair
                size = kept + 1
    return at
