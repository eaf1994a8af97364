"""Which shapes of mask and of term do several rules share?"""

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.kinds import Bools, Cost, Ints, Sum, limit
from scheduler.terms.pairs import Pairs


def everybody_of(who: Bools, which: Bools) -> Bools | None:
    """Matrix experts x shifts of these experts on these shifts; None when there are none."""
    if not (who.any() and which.any()):
        return None
    found = np.zeros((len(who), len(which)), np.bool_)
    found[who] = which
    return found


def somebody(level: Level, pairs: Pairs, shifts: Ints, able: Bools, price: Ints | int) -> Sum:
    """Each of the shifts (numbers, each once) costs its price when none of its chosen pairs is among the able ones."""
    row_of_shift = np.full(len(pairs.shifts), -1, np.int64)
    row_of_shift[shifts] = np.arange(len(shifts))
    row = row_of_shift[pairs.shift]
    member = able & (row >= 0)
    return limit(level, row[member], pairs.every[member], low=1, below=price, rows=len(shifts))


def priced(level: Level, pairs: Pairs, amount: Ints, constant: int = 0) -> Cost:
    """What every pair costs, without the ones that are free."""
    at = np.flatnonzero(amount)
    return Cost(level, pairs.every[at], amount[at], constant)
