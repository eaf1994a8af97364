"""Which couples of pairs of one expert belong to given couples of shifts? By shift first: those are few."""

import numpy as np

from scheduler.terms.kinds import Ints, ints
from scheduler.terms.pairs import Pairs


def couples_of_shifts(first: Ints, end: Ints) -> tuple[Ints, Ints]:
    """All couples (s, t) of shift numbers with first[s] <= t < end[s]."""
    count = np.maximum(end - first, 0)
    one = np.repeat(np.arange(len(first)), count)
    before = np.repeat(np.cumsum(count) - count, count)
    return ints(one), ints(np.arange(len(one)) - before + first[one])


def of_each_expert(pairs: Pairs, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """For each couple of shifts and each expert who may work both: her two pairs."""
    by_shift, start = pairs.by_shift
    low, count = start[one], start[one + 1] - start[one]
    couple = np.repeat(np.arange(len(one)), count)
    place = np.arange(len(couple)) - np.repeat(np.cumsum(count) - count, count) + low[couple]
    first = by_shift[place]
    second = pairs.find(pairs.expert[first], other[couple])
    both = second >= 0
    return ints(first[both]), ints(second[both])
