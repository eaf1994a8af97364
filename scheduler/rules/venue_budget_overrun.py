"""Rule: the more a venue goes over its budget, the more it counts."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.score import Level
from scheduler.rules.rule import as_hours
from scheduler.rules.spending import HOURS, Spending


@dataclass(frozen=True)
class VenueBudgetOverrun(Spending):
    """For budgets that may be overrun when care asks for it: what is covered comes first."""

    name: ClassVar[str] = "venue_budget_overrun"
    level: ClassVar[Level] = Level.PREFERENCE
    for_hard_budgets: ClassVar[bool] = False

    step_minutes: int
    step_cents: int
    points_a_step: int

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence(
            "Venues stay within the budget of a month: each %(hours)s hours or %(euros)s euros above it count"
            " %(points)s.",
            {"hours": as_hours(self.step_minutes), "euros": self.step_cents // 100, "points": self.points_a_step},
        )

    def steps(self, measure: str) -> int:
        """As the house chose."""
        return self.step_minutes if measure == HOURS else self.step_cents

    def price(self) -> int:
        """The points."""
        return self.points_a_step
