"""Some work is given and cannot be undone: which limits does it break, and how do they hold for everything else?

Somebody who lowers a limit after she was told of her shifts may be over it already. Her limit then stands where the
given work reaches, so that nothing may be added, and a roster for everybody else can still be found.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import singledispatch
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms import check
from scheduler.terms.kinds import Apart, Bools, Conflict, Distinct, Gap, Ints, Runs, Sum, Term, ints, limit
from scheduler.terms.pairs import Model, Pairs


def relieve(model: Model, given: Bools, *, hopeful: bool = True) -> Model:
    """The model in which the given pairs alone break no hard ceiling, and nothing may be added where they did.

    A limit that more work can mend stays as it is; a shortest run or rest only while one is `hopeful` and other work
    touches the one that is too short.
    """
    found = [
        (source, term)
        for source, old in zip(model.source, model.terms, strict=True)
        for term in (_relieved(old, model.pairs, given, hopeful) if old.level == Level.HARD else (old,))
    ]
    return Model(model.pairs, tuple(term for _, term in found), tuple(source for source, _ in found))


@singledispatch
def _relieved(term: Term, pairs: Pairs, given: Bools, hopeful: bool) -> Iterator[Term]:
    yield term


@_relieved.register
def _sum(term: Sum, pairs: Pairs, given: Bools, hopeful: bool) -> Iterator[Term]:
    total = np.zeros(len(term.high), np.int64)
    on = given[term.pair]
    np.add.at(total, term.row[on], term.weight[on])
    yield replace(term, high=np.maximum(term.high, total)) if np.any(total > term.high) else term


@_relieved.register
def _conflict(term: Conflict, pairs: Pairs, given: Bools, hopeful: bool) -> Iterator[Term]:
    kept = ~(given[term.first] & given[term.second])
    yield term if kept.all() else _couples(term.first[kept], term.second[kept], term.amount[kept])


@_relieved.register
def _apart(term: Apart, pairs: Pairs, given: Bools, hopeful: bool) -> Iterator[Term]:
    if not check.amounts(term, pairs, given).any():
        yield term
        return
    first, second = pairs.meeting(term.start, term.end)
    kept = ~(given[first] & given[second])
    yield _couples(first[kept], second[kept], np.ones(int(kept.sum()), np.int64))


def _couples(first: Ints, second: Ints, amount: Ints) -> Conflict:
    return Conflict(Level.HARD, first, second, amount)


@_relieved.register
def _distinct(term: Distinct, pairs: Pairs, given: Bools, hopeful: bool) -> Iterator[Term]:
    met = check.amounts(replace(term, high=np.zeros_like(term.high), above=np.ones_like(term.above)), pairs, given)
    yield replace(term, high=np.maximum(term.high, met))


@_relieved.register
def _gap(term: Gap, pairs: Pairs, given: Bools, hopeful: bool) -> Iterator[Term]:
    missing = check.amounts(replace(term, price=np.ones_like(term.price)), pairs, given)
    yield replace(term, rest=term.rest - missing) if missing.any() else term


@_relieved.register
def _runs(term: Runs, pairs: Pairs, given: Bools, hopeful: bool) -> Iterator[Term]:
    """Longer or shorter runs where they are given, and nothing new that would make another such run.

    Whoever has a run that is too long keeps a day off in every other stretch of one day more than her limit; whoever
    has one that is too short for good gets no new work at all.
    """
    works, may_work = pairs.worked(given), pairs.worked(~given)
    longest, shortest, shortest_rest = (b.copy() for b in (term.longest, term.shortest, term.shortest_rest))
    stuck = []
    for expert in np.flatnonzero(works.any(axis=1)):
        spells = _Spells(int(term.before[expert]), works[expert], may_work[expert] & hopeful)
        if spells.longest > term.longest[expert]:
            longest[expert] = spells.longest
            yield from spells.elsewhere(pairs, int(expert), int(term.longest[expert]))
        if spells.is_stuck(int(term.shortest[expert]), int(term.shortest_rest[expert])):
            shortest[expert] = shortest_rest[expert] = 1
            stuck.append(expert)
    if stuck:
        new = np.flatnonzero(np.isin(pairs.expert, stuck) & ~given)
        yield limit(Level.HARD, np.zeros_like(new), new, rows=1, high=0)
    yield replace(term, longest=longest, shortest=shortest, shortest_rest=shortest_rest)


class _Spells(NamedTuple):
    """One expert: days before day 0 as in `Runs`, days of the window with given work, and days with other work."""

    before: int
    works: Bools
    may_work: Bools

    @property
    def _worked_before(self) -> int:
        return max(self.before, 0)

    @property
    def days(self) -> Bools:
        """The days in a row that were worked before the window, and the given days in it."""
        return np.append(np.ones(self._worked_before, np.bool_), self.works)

    @property
    def longest(self) -> int:
        """The longest run of given days that reaches into the window."""
        edges = np.flatnonzero(np.diff(np.concatenate(([0], self.days, [0]))))
        begun, ended = edges[::2], edges[1::2]
        return int((ended - begun)[ended > self._worked_before].max(initial=0))

    def is_stuck(self, shortest: int, shortest_rest: int) -> bool:
        """Is there a run, or a rest between two runs, that is too short and that no other work touches?"""
        first = np.flatnonzero(np.diff(self.works)) + 1
        if not len(first):
            return False
        known = [*((0,) if self.before else ()), *first]
        for begin, end in pairwise(known):
            length = end - begin + (abs(self.before) if begin == 0 and (self.before > 0) == self.works[0] else 0)
            if length >= (shortest if self.works[begin] else shortest_rest):
                continue
            around = slice(max(begin - 1, 0), end + 1) if self.works[begin] else slice(begin, end)
            if not (self.may_work & ~self.works)[around].any():
                return True
        return False

    def elsewhere(self, pairs: Pairs, expert: int, most: int) -> Iterator[Sum]:
        """Of `most` + 1 days in a row that are not all given, one stays free of new work."""
        mine = np.arange(pairs.first[expert], pairs.first[expert + 1])
        day, days = pairs.day[mine] + self._worked_before, self.days
        rows: list[Ints] = []
        members: list[Ints] = []
        high: list[int] = []
        for first in range(len(days) - most):
            free = np.flatnonzero(~days[first : first + most + 1]) + first
            on = mine[np.isin(day, free)]
            if len(on):
                rows.append(np.full(len(on), len(high), np.int64))
                members.append(ints(on))
                high.append(len(free) - 1)
        if high:
            yield limit(Level.HARD, np.concatenate(rows), np.concatenate(members), rows=len(high), high=ints(high))
