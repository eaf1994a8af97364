"""Which assignments are settled beforehand, and how does a rule demand them?"""

from collections.abc import Iterable, Iterator

import numpy as np

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Level
from scheduler.rules.index import Index
from scheduler.rules.rule import Rule
from scheduler.terms.kinds import Bools, Ints, Sum, ints, limit
from scheduler.terms.pairs import Pairs


def known(problem: Problem, assignments: Iterable[Assignment]) -> list[Assignment]:
    """The assignments whose expert and shift still exist, sorted."""
    return sorted(a for a in assignments if a.expert in problem.expert and a.shift in problem.shift)


def frozen(problem: Problem) -> list[Assignment]:
    """What was published of the shifts that start before `frozen_until`, less what was declined."""
    if problem.frozen_until is None:
        return []
    told = known(problem, problem.told - problem.declined)
    return [a for a in told if problem.shift[a.shift].span.start < problem.frozen_until]


def settled(problem: Problem) -> Roster:
    """The roster of nothing but the pins and the frozen zone."""
    return Roster(frozenset(known(problem, problem.pinned)) | frozenset(frozen(problem)))


def given(problem: Problem) -> Roster:
    """What is settled and people were told of already: a limit that it breaks today binds nothing but new work."""
    return Roster(settled(problem).assignments & (problem.told - problem.declined))


def numbers(index: Index, assignments: Iterable[Assignment]) -> tuple[Ints, Ints]:
    """The expert and shift numbers of the assignments that still exist."""
    kept = known(index.problem, assignments)
    return ints([index.expert_at[a.expert] for a in kept]), ints([index.shift_at[a.shift] for a in kept])


def must_be(index: Index, pairs: Pairs, assignments: Iterable[Assignment]) -> Sum:
    """Hard: each of these is chosen; one that is not an eligible pair is missing in every roster."""
    at = pairs.find(*numbers(index, assignments))
    rows = ints(range(len(at)))
    return limit(Level.HARD, rows[at >= 0], at[at >= 0], rows=len(at), low=1)


class Given:
    """What is given although a hard rule forbids it today: pairs that stay eligible, and what they break."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._experts, self._shifts = numbers(index, given(index.problem).assignments)
        self._forbidden = np.zeros(len(self._experts), np.bool_)

    def let_in(self, crew: slice, allowed: Bools) -> Bools:
        """The matrix (crew x shifts) of what may be, in which the given pairs of the crew may be as well."""
        mine = np.flatnonzero((self._experts >= crew.start) & (self._experts < crew.stop))
        at = self._experts[mine] - crew.start, self._shifts[mine]
        self._forbidden[mine] = ~allowed[at]
        allowed[at] = True
        return allowed

    def broken(self, rule: Rule, pairs: Pairs) -> Iterator[Sum]:
        """Hard: one row for each given pair that this rule forbids; once every crew was let in."""
        rows = []
        for expert, shift in zip(self._experts[self._forbidden], self._shifts[self._forbidden], strict=True):
            never = rule.forbids(self._index, slice(expert, expert + 1))
            if never is not None and never[0, shift]:
                rows.append((expert, shift))
        if rows:
            at = pairs.find(*ints(rows).T)
            yield limit(Level.HARD, ints(range(len(at))), at, rows=len(at), high=0)
