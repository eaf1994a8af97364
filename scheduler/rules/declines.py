"""Rule: who declined a shift is not planned on it again."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.fixed import numbers
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import Bools


@dataclass(frozen=True)
class Declines(Rule):
    """A decline stands until the expert herself says yes; then the pair is no longer among the declined ones."""

    name: ClassVar[str] = "declines"
    reach: ClassVar[Reach] = Reach.EXPERT
    short: ClassVar[Sentence] = Sentence("said no to this shift")

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Who declined a shift is not planned on it again.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every assignment that was declined."""
        text = "%(expert)s declined %(shift)s."
        return [
            self.breach(text, experts=[a.expert], shifts=[a.shift], expert=a.expert, shift=a.shift)
            for a in sorted(roster.assignments & problem.declined)
        ]

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """The declined pairs."""
        if not index.problem.declined:
            return None
        found = np.zeros((len(index.problem.experts), len(index.shifts)), np.bool_)
        found[numbers(index, index.problem.declined)] = True
        return found[crew]
