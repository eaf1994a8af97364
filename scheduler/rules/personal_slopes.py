"""Rule: the more somebody works or earns above what she likes, the more it counts."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.limits import GradedLimit
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.graded import GradedRule


@dataclass(frozen=True)
class PersonalSlopes(GradedRule):
    """The most of graded limits: a slope, where the other limits are cliffs. What history alone exceeds is left out."""

    name: ClassVar[str] = "personal_slopes"
    private: ClassVar[bool] = True

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Who would rather not go over an amount of their own mostly stays below it: each step above counts"
            " %(points)s.",
            {"points": self.points_a_step},
        )

    def wished(self, graded: GradedLimit, measure: str) -> tuple[int | None, int | None]:
        """Only the most."""
        return None, graded.most_minutes if measure == "minutes" else graded.most_cents

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per person and period that goes over it."""
        return self.outside(problem, roster, "%(expert)s works more in the period from %(period)s than they like.")
