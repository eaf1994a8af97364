"""Which couples of pairs of one expert belong to given couples of shifts? By shift first: those are few."""

import numpy as np

from scheduler.terms.kinds import Ints, ints
from scheduler.terms.pairs import Pairs

BLOCK = 1 << 16
"""Pairs that are looked at in one go: as many as the cache of a processor holds."""


def couples_of_shifts(first: Ints, end: Ints) -> tuple[Ints, Ints]:
    """All couples (s, t) of shift numbers with first[s] <= t < end[s]."""
    count = np.maximum(end - first, 0)
    one = np.repeat(np.arange(len(first)), count)
    before = np.repeat(np.cumsum(count) - count, count)
    return ints(one), ints(np.arange(len(one)) - before + first[one])


def of_each_expert(pairs: Pairs, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """For each couple of shifts and each expert who may work both: her two pairs."""
    _, start = pairs.by_shift
    block = np.cumsum(start[one + 1] - start[one]) // BLOCK
    cuts = np.flatnonzero(np.diff(block)) + 1
    parts = [_of_block(pairs, *couples) for couples in zip(np.split(one, cuts), np.split(other, cuts), strict=True)]
    return ints(np.concatenate([first for first, _ in parts])), ints(np.concatenate([second for _, second in parts]))


def _of_block(pairs: Pairs, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    by_shift, start = pairs.by_shift
    low, count = start[one], start[one + 1] - start[one]
    couple = np.repeat(np.arange(len(one)), count)
    place = np.arange(len(couple)) - np.repeat(np.cumsum(count) - count, count) + low[couple]
    first = by_shift[place]
    second = pairs.find(pairs.expert[first], other[couple])
    both = second >= 0
    return first[both], second[both]
