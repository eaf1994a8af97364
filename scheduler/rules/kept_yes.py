"""Rule: whoever said yes keeps the shift, as far as possible."""

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
class KeptYes(Rule):
    """A published assignment to which the expert said yes costs points when it is dropped, beside what any drop costs.

    Cover goes before it: a place that stays open otherwise may still be filled by somebody who said yes elsewhere.
    """

    name: ClassVar[str] = "kept_yes"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    points: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Whoever said yes to a shift keeps it, as far as possible: taking them off counts %(points)s.",
            {"points": self.points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per yes that is not kept."""
        if not self.points:
            return []
        return [
            self.breach(
                "%(expert)s said yes to %(shift)s, and is taken off.",
                amount=self.points,
                experts=[a.expert],
                shifts=[a.shift],
                expert=a.expert,
                shift=a.shift,
            )
            for a in sorted(self._agreed(problem) - roster.assignments)
        ]

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A constant for every yes, earned back by each pair that stays."""
        agreed = sorted(self._agreed(index.problem))
        if not agreed:
            return
        at = pairs.find(
            np.array([index.expert_at[a.expert] for a in agreed], np.int64),
            np.array([index.shift_at[a.shift] for a in agreed], np.int64),
        )
        amount = np.zeros(len(pairs), np.int64)
        amount[at[at >= 0]] = -self.points
        yield priced(self.level, pairs, amount, constant=self.points * len(agreed))

    def _agreed(self, problem: Problem) -> frozenset[Assignment]:
        """What was published and accepted, of shifts and experts that are still there."""
        agreed = (problem.accepted & problem.told) - problem.declined
        return frozenset(a for a in agreed if a.expert in problem.expert and a.shift in problem.shift)
