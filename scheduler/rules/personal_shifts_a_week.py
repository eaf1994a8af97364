"""Rule: nobody works more shifts in a calendar week than she wants at most."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.most import MostPerPeriod
from scheduler.rules.tally import each_week, one_shift
from scheduler.rules.totals import per_week, shifts_of
from scheduler.terms.kinds import Ints


@dataclass(frozen=True)
class PersonalShiftsAWeek(MostPerPeriod):
    """The shifts a week of her personal limits."""

    name: ClassVar[str] = "personal_shifts_a_week"
    private: ClassVar[bool] = True
    text: ClassVar[str] = "%(expert)s works %(worked)s shifts in the week of %(period)s; their own limit is %(most)s."
    counted = (each_week, one_shift)
    summed = (per_week, shifts_of)

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works more shifts in a week than their own limit.")

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """Her own limit."""
        return expert.limits.shifts_a_week

    def ceiling(self, index: Index) -> Ints:
        """The same for all experts."""
        return index.limits("shifts_a_week")

    def in_words(self, amount: int) -> object:
        """The number of shifts."""
        return amount
