"""Rule: nobody works more shifts in a calendar week than the house limit."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.labour import LabourRule
from scheduler.rules.most import MostPerPeriod
from scheduler.rules.tally import each_week, one_shift
from scheduler.rules.totals import per_week, shifts_of
from scheduler.terms.kinds import Ints


@dataclass(frozen=True)
class ShiftsAWeek(MostPerPeriod, LabourRule):
    """Shifts that start from Monday 00:00 to Sunday 24:00, local time."""

    shifts: int

    name: ClassVar[str] = "shifts_a_week"
    text: ClassVar[str] = "%(expert)s works %(worked)s shifts in the week of %(period)s; the most is %(most)s."
    short: ClassVar[Sentence] = Sentence("would go over the limit of shifts this week: %(most)s")
    counted = (each_week, one_shift)
    summed = (per_week, shifts_of)

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works more than %(shifts)s shifts in a week.", {"shifts": self.shifts})

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """The labour limit, for whom it binds."""
        return self.shifts if self.binds(expert, problem.window) else None

    def ceiling(self, index: Index) -> Ints:
        """The same for all experts."""
        return self.most(index, self.shifts)

    def in_words(self, amount: int) -> object:
        """The number of shifts."""
        return amount
