"""Which assignments are settled beforehand, and how does a rule demand them?"""

from collections.abc import Iterable

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Level
from scheduler.rules.index import Index
from scheduler.terms.kinds import Ints, Sum, ints, limit
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
