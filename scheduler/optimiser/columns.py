"""Which patterns of experts do we know? Each once, with its score and its part in the linking rows."""

import threading
from dataclasses import dataclass

import numpy as np

from scheduler.domain.score import Score
from scheduler.optimiser.links import Links, Weights, spans
from scheduler.terms.kinds import Ints, ints


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One pattern of one expert: its pairs, its personal score, and its weight in each group of linking rows."""

    number: int
    expert: int
    pairs: Ints
    score: Score
    group: Ints
    weight: Ints

    def price(self, weights: Weights) -> int:
        """What the pattern costs by itself, in 1 / 64."""
        return weights[0] * self.score.coverage + weights[1] * self.score.preference


class Pool:
    """All patterns met so far."""

    def __init__(self, links: Links) -> None:
        self._links, self._lock = links, threading.Lock()
        self._place: dict[tuple[int, bytes], Column] = {}
        self.columns: list[Column] = []
        self.of_expert: list[list[Column]] = [[] for _ in range(links.table.pairs.experts)]

    def __len__(self) -> int:
        return len(self.columns)

    def add(self, expert: int, pairs: Ints, score: Score) -> Column:
        """The column of a pattern: a new one, or the one that is here already."""
        key = (expert, pairs.astype(np.int32).tobytes())
        known = self._place.get(key)
        if known is not None:
            return known
        at = spans(self._links.start, pairs)
        group, place = np.unique(self._links.group[at], return_inverse=True)
        weight = ints(np.bincount(place, self._links.weight[at], len(group))) if len(group) else ints([])
        with self._lock:
            return self._place.get(key) or self._keep(
                key, Column(len(self.columns), expert, pairs, score, group, weight)
            )

    def _keep(self, key: tuple[int, bytes], column: Column) -> Column:
        self._place[key] = column
        self.columns.append(column)
        self.of_expert[column.expert].append(column)
        return column
