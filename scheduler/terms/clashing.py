"""Which couples of pairs may not, or not freely, be chosen together, and what does each cost?"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.kinds import Apart, Conflict, Ints, ints
from scheduler.terms.pairs import Model, Pairs

BLOCK = 20_000
"""Pairs of one or more experts that are looked at in one go: a year of many people has tens of millions of couples."""


class CoupleTable(NamedTuple):
    """Couples of Apart and Conflict, both ways round: the others of pair p are start[p]..start[p + 1]."""

    start: Ints
    other: Ints
    level: Ints
    amount: Ints


class Couples(NamedTuple):
    """Entry i: choosing both pair one[i] and pair two[i] costs amount[i] at a level."""

    one: Ints
    two: Ints
    level: Ints
    amount: Ints


def couple_table(model: Model) -> CoupleTable:
    """All couples of a model; amounts of the same couple and level are added."""
    parts = [_both_ways(_added(couples, block.stop - block.start), block) for block, couples in _blocks(model)]
    count = np.concatenate([[0], *(part.start for part in parts)])
    other, level, amount = (ints(np.concatenate(columns)) for columns in list(zip(*parts, strict=True))[1:])
    return CoupleTable(ints(np.cumsum(count)), other, level, amount)


def _order(number: Ints, most: int) -> Ints:
    """The stable order of numbers below `most`; small ones are sorted in one sweep."""
    return ints(np.argsort(number.astype(np.min_scalar_type(most)), kind="stable"))


def _blocks(model: Model) -> Iterator[tuple[slice, Couples]]:
    """The couples of some experts after the other, in numbers from 0, with the range of their pairs."""
    pairs = model.pairs
    experts = _edges(pairs)
    edges, conflicts = pairs.first[experts], _conflicts(model)
    until = np.searchsorted(pairs.expert[conflicts.one], experts)
    for number in range(len(edges) - 1):
        block = slice(int(edges[number]), int(edges[number + 1]))
        found = [Couples(*(column[until[number] : until[number + 1]] for column in conflicts))]
        for term in model.terms:
            if isinstance(term, Apart):
                one, two = pairs.meeting(term.start, term.end, block)
                hard, each = np.full(len(one), int(Level.HARD)), np.ones(len(one), np.int64)
                found.append(Couples(np.minimum(one, two), np.maximum(one, two), hard, each))
        joined = Couples(*(ints(np.concatenate(columns)) for columns in zip(*found, strict=True)))
        yield block, joined._replace(one=joined.one - block.start, two=joined.two - block.start)


def _edges(pairs: Pairs) -> Ints:
    """The experts with whom blocks begin, and the number of experts."""
    new = np.flatnonzero(np.diff(pairs.first[:-1] // BLOCK)) + 1
    return ints(np.concatenate([[0], new, [pairs.experts]]))


def _conflicts(model: Model) -> Couples:
    """The couples of all Conflict terms, by expert."""
    terms = [term for term in model.terms if isinstance(term, Conflict)]
    empty = np.zeros(0, np.int64)
    one = np.concatenate([empty, *(np.minimum(term.first, term.second) for term in terms)])
    two = np.concatenate([empty, *(np.maximum(term.first, term.second) for term in terms)])
    level = np.concatenate([empty, *(np.full(len(term.first), int(term.level)) for term in terms)])
    amount = np.concatenate([empty, *(term.amount for term in terms)])
    order = _order(model.pairs.expert[one], model.pairs.experts)
    return Couples(one[order], two[order], level[order], amount[order])


def _added(couples: Couples, size: int) -> Couples:
    """Each couple once per level."""
    key = (couples.level * size + couples.one) * size + couples.two
    order = np.argsort(key)
    key, amount = key[order], couples.amount[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    one, two = key[first] // size, key[first] % size
    total = np.add.reduceat(amount, first) if len(first) else amount
    return Couples(one % size, two, one // size, total)


def _both_ways(couples: Couples, block: slice) -> CoupleTable:
    """Every couple from both sides, by pair; `start` holds how many each pair of the block has."""
    near, size = np.append(couples.one, couples.two), block.stop - block.start
    order = _order(near, size)
    count = np.bincount(near, minlength=size)
    other = np.append(couples.two, couples.one)[order] + block.start
    return CoupleTable(ints(count), other, np.tile(couples.level, 2)[order], np.tile(couples.amount, 2)[order])
