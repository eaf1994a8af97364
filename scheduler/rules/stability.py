"""Rule: what people were told stays as it is, as far as possible."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Level, Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.rules.shapes import priced
from scheduler.terms.kinds import Term
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class Stability(Rule):
    """A published assignment that is dropped costs points, and so does one that is new; none before publishing.

    What an expert declined was her own change: it counts neither way.
    """

    name: ClassVar[str] = "stability"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    dropped: int
    added: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "What was published stays as far as possible: taking somebody off a shift counts %(dropped)s,"
            " asking somebody anew %(added)s.",
            {"dropped": self.dropped, "added": self.added},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per difference."""
        if problem.published is None:
            return []
        told = self._told(problem)
        gone = [a for a in told if a not in roster.assignments]
        fresh = [a for a in roster.assignments if a not in told and a not in problem.declined]
        found = [
            self._difference(a, "%(expert)s was told to work %(shift)s, and is taken off.", self.dropped) for a in gone
        ]
        found += [
            self._difference(a, "%(expert)s is asked for %(shift)s for the first time.", self.added) for a in fresh
        ]
        return sorted((v for v in found if v.amount), key=lambda v: (v.experts, v.shifts))

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A constant for everything told, earned back by each pair that stays; a cost for each other pair."""
        problem = index.problem
        if problem.published is None:
            return
        told = self._told(problem)
        amount = np.full(len(pairs), self.added, np.int64)
        for assignments, points in ((problem.declined, 0), (told, -self.dropped)):
            known = [a for a in assignments if a.expert in index.expert_at and a.shift in index.shift_at]
            experts = np.array([index.expert_at[a.expert] for a in known], np.int64)
            at = pairs.find(experts, np.array([index.shift_at[a.shift] for a in known], np.int64))
            amount[at[at >= 0]] = points
        yield priced(self.level, pairs, amount, constant=self.dropped * len(told))

    def _told(self, problem: Problem) -> frozenset[Assignment]:
        """What was published and not declined, of shifts and experts that are still there."""
        published = problem.published.assignments if problem.published else frozenset()
        return frozenset(
            a for a in published - problem.declined if a.expert in problem.expert and a.shift in problem.shift
        )

    def _difference(self, change: Assignment, text: str, amount: int) -> Violation:
        return self.breach(
            text,
            amount=amount,
            experts=[change.expert],
            shifts=[change.shift],
            expert=change.expert,
            shift=change.shift,
        )
