"""Rule: nobody gets less work than she wants at least."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.limits import GradedLimit
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.graded import GradedRule


@dataclass(frozen=True)
class PersonalFloors(GradedRule):
    """The least of graded limits. A floor is never hard: there may be no work that fits."""

    name: ClassVar[str] = "personal_floors"
    private: ClassVar[bool] = True

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Who needs a minimum of their own gets it as far as possible: each step below counts %(points)s.",
            {"points": self.points_a_step},
        )

    def wished(self, graded: GradedLimit, measure: str) -> tuple[int | None, int | None]:
        """Only the least."""
        return graded.least_minutes if measure == "minutes" else graded.least_cents, None

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per person and period that falls short."""
        return self.outside(problem, roster, "%(expert)s works less in the period from %(period)s than they ask for.")
