"""Rule: own staff goes before people who are hired in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.rules.index import NOBODY, Index
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.rules.shapes import priced
from scheduler.terms.kinds import Bools, Term
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class OwnStaffFirst(Rule):
    """A shift worked by somebody hired in costs points, whoever else could take it.

    Coverage is settled first, so no shift stays open for it; asking who else could come would let a private exclusion
    of a colleague show in the text.
    """

    name: ClassVar[str] = "own_staff_first"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    points: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Own staff and volunteers go first: a shift of somebody who is hired in counts %(points)s.",
            {"points": self.points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per shift of somebody hired in."""
        found = []
        for expert, shift in assigned(problem, roster):
            contract = problem.expert[expert].contract_on(problem.starts_on[shift.id])
            if contract and not contract.kind.is_own_staff and self.points:
                violation = self.breach(
                    "%(expert)s is hired in for %(shift)s; own staff goes first.",
                    amount=self.points, experts=[expert], shifts=[shift.id], expert=expert, shift=shift.id,
                )  # fmt: skip
                found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """One cost per pair of somebody hired in."""
        hired = self._hired_in(index)
        if hired.any():
            yield priced(self.level, pairs, hired[pairs.expert, pairs.day] * np.int64(self.points))

    def _hired_in(self, index: Index) -> Bools:
        """Matrix experts x window days: is the contract in force one of hiring in?"""
        found = np.zeros(index.contract.shape, np.bool_)
        for row, expert in enumerate(index.problem.experts):
            hired = np.array([not c.kind.is_own_staff for c in expert.contracts] + [False], np.bool_)
            found[row] = hired[index.contract[row]] & (index.contract[row] != NOBODY)
        return found
