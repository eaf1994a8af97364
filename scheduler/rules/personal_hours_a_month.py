"""Rule: nobody works more hours in a calendar month than she wants at most."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.most import MostPerPeriod
from scheduler.rules.tally import each_month, minutes_worked
from scheduler.rules.totals import minutes_of, per_month
from scheduler.terms.kinds import Ints


@dataclass(frozen=True)
class PersonalHoursAMonth(MostPerPeriod):
    """The minutes a month of her personal limits; what she worked of a month before the window counts."""

    name: ClassVar[str] = "personal_hours_a_month"
    private: ClassVar[bool] = True
    text: ClassVar[str] = "%(expert)s works %(worked)s hours in %(month)s; their own limit is %(most)s."
    period: ClassVar[str] = "month"
    counted = (each_month, minutes_worked)
    summed = (per_month, minutes_of)

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works more hours in a month than their own limit.")

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """Her own limit."""
        return expert.limits.minutes_a_month

    def ceiling(self, index: Index) -> Ints:
        """The same for all experts."""
        return index.limits("minutes_a_month")
