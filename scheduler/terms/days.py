"""Which shift can one expert work after which on the same day? A network of chains, in place of all day plans."""

from typing import Any, NamedTuple

import numpy as np

from scheduler.terms.clashing import CoupleTable
from scheduler.terms.compiled import compiled
from scheduler.terms.kinds import Ints, ints
from scheduler.terms.table import Table


class Days(NamedTuple):
    """The pairs of cell c = expert x days + day are first[c]..first[c + 1].

    Edges into pair p are start[p]..start[p + 1]: the earlier pair, and what the couple costs: price[:, edge] as
    (coverage, preference). A chain that takes consecutive edges may break the couples of its far ends: what is cheapest
    among chains is never dearer than what is cheapest among lawful days.
    """

    first: Ints
    start: Ints
    earlier: Ints
    price: Ints


def days_of(table: Table) -> Days:
    """All edges between pairs of one expert and day that no hard couple forbids."""
    pairs = table.pairs
    cell = pairs.expert * pairs.days + pairs.day
    first = ints(np.searchsorted(cell, np.arange(pairs.experts * pairs.days + 1)))
    room = np.diff(first)[cell] > 1
    nothing = np.zeros(0, np.int64), np.zeros((2, 0), np.int64)
    count = _edges(table.couples, first, ints(room), *nothing)
    start = ints(np.append(0, np.cumsum(count)))
    earlier, price = np.zeros(start[-1], np.int64), np.zeros((2, start[-1]), np.int64)
    _edges(table.couples, first, ints(room), earlier, price)
    return Days(first, start, earlier, price)


@compiled
def _edges(couples: CoupleTable, first: Ints, room: Ints, earlier: Ints, price: Ints) -> Any:
    """Count the edges into each pair, and write them when there is a place to."""
    count = np.zeros(len(room), np.int64)
    hard, soft = np.full(len(room), -1, np.int64), np.zeros((2, len(room)), np.int64)
    at = 0
    for cell in range(len(first) - 1):
        for pair in range(first[cell], first[cell + 1]):
            if not room[pair]:
                continue
            soft[:, first[cell] : pair] = 0
            for k in range(couples.start[pair], couples.start[pair + 1]):
                other = couples.other[k]
                if couples.level[k] == 0:
                    hard[other] = pair
                else:
                    soft[couples.level[k] - 1, other] += couples.amount[k]
            for other in range(first[cell], pair):
                if hard[other] == pair:
                    continue
                count[pair] += 1
                if len(earlier):
                    earlier[at], price[0, at], price[1, at] = other, soft[0, other], soft[1, other]
                at += 1
    return count


def cliques_of(table: Table, days: Days) -> tuple[Ints, Ints]:
    """Members (clique, pair): sets of one expert and day of which at most one pair can be chosen."""
    size = _cliques(table.couples, days.first, np.zeros((2, 0), np.int64))
    found = np.zeros((2, size), np.int64)
    _cliques(table.couples, days.first, found)
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
