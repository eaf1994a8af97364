"""Which shifts of a roster lack somebody, and how many of them does a short walk close?"""

import numpy as np

from scheduler.domain.score import Level
from scheduler.optimiser import greedy
from scheduler.optimiser.progress import Monitor
from scheduler.terms import check
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.moves import Heat
from scheduler.terms.table import Table

_WALK_ROUNDS = 6


def lack_of(table: Table, roster: Bools) -> Ints:
    """What the dearest broken coverage row of each shift costs."""
    sums, pairs = table.sums, table.pairs
    row, on = np.repeat(np.arange(len(sums.low)), np.diff(sums.start)), roster[sums.pair]
    total = np.bincount(row[on], sums.weight[on], len(sums.low))
    cost = np.where(sums.level == Level.COVERAGE, sums.cost(ints(total)), 0)
    found = np.zeros(len(pairs.shifts), np.int64)
    np.maximum.at(found, pairs.shift[sums.pair], cost[row].astype(np.int64))
    return found


def closed(table: Table, roster: Bools, held: Bools, seed: int, monitor: Monitor) -> Bools:
    """The roster after a short walk; the table is best one of coverage alone."""
    walk = greedy.Walk(table, roster, held, check.score(table.model, roster), seed, count=monitor.count)
    rounds = iter(range(_WALK_ROUNDS))
    walk.cool(
        (Heat(1.0, 0.0), Heat(0.02, 0.0)),
        lambda: 1.0 if monitor.over else next(rounds, _WALK_ROUNDS) / _WALK_ROUNDS,
    )
    return walk.best
