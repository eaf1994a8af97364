"""Which couples of pairs of one expert belong to given couples of shifts? By the shorter way: by shift or by pair."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import numpy as np

from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.pairs import Pairs

BLOCK = 1 << 16
"""Couples, or pairs, that are looked at in one go: as many as the cache of a processor holds."""

Keep = Callable[[Ints, Ints], Bools]
"""Which of these couples (numbers of shifts) count?"""


def couples_of_shifts(first: Ints, end: Ints) -> tuple[Ints, Ints]:
    """All couples (s, t) of shift numbers with first[s] <= t < end[s]."""
    count = np.maximum(end - first, 0)
    one = np.repeat(np.arange(len(first)), count)
    before = np.repeat(np.cumsum(count) - count, count)
    return ints(one), ints(np.arange(len(one)) - before + first[one])


def couples_in(pairs: Pairs, first: Ints, end: Ints, keep: Keep | None = None) -> tuple[Ints, Ints]:
    """All couples of pairs of one expert whose shifts (s, t) have first[s] <= t < end[s] and are kept.

    Few experts who may do all have far fewer couples of shifts than of pairs; of many who may do little it is the
    other way round.
    """
    base = pairs.expert * len(pairs.shifts)
    low, high = (ints(np.searchsorted(pairs.key, base + edge[pairs.shift])) for edge in (first, end))
    by_shift = np.maximum(end - first, 0).sum() < np.maximum(high - low, 0).sum()
    found = _by_shift(pairs, first, end, keep) if by_shift else _by_pair(pairs, low, high, keep)
    return _joined(found)


def _by_pair(pairs: Pairs, low: Ints, high: Ints, keep: Keep | None) -> Iterator[tuple[Ints, Ints]]:
    for block in _blocks(np.maximum(high - low, 0)):
        one, other = couples_of_shifts(low[block], high[block])
        one += block.start
        if keep is not None:
            kept = keep(pairs.shift[one], pairs.shift[other])
            one, other = one[kept], other[kept]
        yield one, other


def _by_shift(pairs: Pairs, first: Ints, end: Ints, keep: Keep | None) -> Iterator[tuple[Ints, Ints]]:
    for block in _blocks(np.maximum(end - first, 0)):
        one, other = couples_of_shifts(first[block], end[block])
        one += block.start
        if keep is not None:
            kept = keep(one, other)
            one, other = one[kept], other[kept]
        yield from _of_each_expert(pairs, one, other)


def _of_each_expert(pairs: Pairs, one: Ints, other: Ints) -> Iterator[tuple[Ints, Ints]]:
    """For each couple of shifts and each expert who may work both: her two pairs."""
    by_shift, start = pairs.by_shift
    low, end = start[one], start[one + 1]
    for block in _blocks(end - low):
        couple, place = couples_of_shifts(low[block], end[block])
        first = by_shift[place]
        second = pairs.find(pairs.expert[first], other[block][couple])
        both = second >= 0
        yield first[both], second[both]


def _joined(parts: Iterable[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    found = [(np.zeros(0, np.int64), np.zeros(0, np.int64)), *parts]
    return ints(np.concatenate([one for one, _ in found])), ints(np.concatenate([other for _, other in found]))


def _blocks(count: Ints) -> Iterator[slice]:
    """Ranges of entries that count about BLOCK in all."""
    cuts = np.flatnonzero(np.diff(np.cumsum(count) // BLOCK)) + 1
    edges = [0, *cuts.tolist(), len(count)]
    return (slice(low, high) for low, high in pairwise(edges) if low < high)
