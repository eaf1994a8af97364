"""How much does it count when a place on a shift stays open? Priority times the need of the neighbourhood."""

from dataclasses import dataclass, field
from typing import ClassVar

from scheduler.domain.problem import Problem
from scheduler.domain.score import Level
from scheduler.domain.shifts import Priority, Shift
from scheduler.rules.rule import Reach, Rule
from scheduler.rules.settings import HOUSE

IN_HOUSE = {HOUSE: True}


@dataclass(frozen=True)
class CoverageRule(Rule):
    """What the rules of the coverage level share: points of one place by priority, at a need of 10."""

    reach: ClassVar[Reach] = Reach.SHIFT
    level: ClassVar[Level] = Level.COVERAGE

    mandatory: int = field(metadata=IN_HOUSE)
    high: int = field(metadata=IN_HOUSE)
    medium: int = field(metadata=IN_HOUSE)
    low: int = field(metadata=IN_HOUSE)

    def points(self, problem: Problem, shift: Shift) -> int:
        """What one missing person on the shift counts; at least 1."""
        weight = {
            Priority.MANDATORY: self.mandatory,
            Priority.HIGH: self.high,
            Priority.MEDIUM: self.medium,
            Priority.LOW: self.low,
        }[shift.priority]
        return max(1, weight * problem.need_of(shift) // 10)
