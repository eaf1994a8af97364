"""Rule: nobody works more days in a row than the house limit."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.labour import LabourRule
from scheduler.rules.streak import LongestStreak
from scheduler.terms.kinds import Ints


@dataclass(frozen=True)
class DaysInARow(LongestStreak, LabourRule):
    """Local days on which a shift starts, one after the other, history before the window included."""

    days: int

    name: ClassVar[str] = "days_in_a_row"
    short: ClassVar[Sentence] = Sentence("would go over the limit of days in a row: %(most)s")

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works more than %(days)s days in a row.", {"days": self.days})

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """The house limit, for whom it binds."""
        return self.days if self.binds(expert, problem.window) else None

    def ceiling(self, index: Index) -> Ints:
        """The same for all experts."""
        return self.most(index, self.days)
