"""Rule: what the planner pinned stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.fixed import known, must_be
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import Sum
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class Pins(Rule):
    """Each pinned assignment is in the roster; a pin that another hard rule forbids makes every roster impossible.

    A pin of an expert or a shift that no longer exists says nothing.
    """

    name: ClassVar[str] = "pins"
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("What the planner pinned stays.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every pinned assignment that is missing."""
        text = "%(expert)s is pinned on %(shift)s, but is not on it."
        return [
            self.breach(text, experts=[a.expert], shifts=[a.shift], expert=a.expert, shift=a.shift)
            for a in known(problem, problem.pinned)
            if a not in roster.assignments
        ]

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """One row per pin."""
        yield must_be(index, pairs, index.problem.pinned)
