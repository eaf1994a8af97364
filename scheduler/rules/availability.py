"""Rule: nobody works when she is not available."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.availability import AvailabilityLevel
from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.terms.kinds import Bools

NOT_AVAILABLE = "%(expert)s is not available for %(shift)s."
"""Also what others read about a private exclusion."""


@dataclass(frozen=True)
class Availability(Rule):
    """A shift needs at least this level over its whole length."""

    lowest_level: AvailabilityLevel

    name: ClassVar[str] = "availability"
    reach: ClassVar[Reach] = Reach.EXPERT
    short: ClassVar[Sentence] = Sentence("not available")

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works at a time when they are not available.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every assignment at a time at which the expert cannot come."""
        return [
            self.breach(NOT_AVAILABLE, experts=[expert], shifts=[shift.id], expert=expert, shift=shift.id)
            for expert, shift in assigned(problem, roster)
            if problem.level_of(expert, shift.id) < self.lowest_level
        ]

    def forbids(self, index: Index, crew: slice) -> Bools:
        """Pairs below the lowest level."""
        return index.levels(crew) < int(self.lowest_level)
