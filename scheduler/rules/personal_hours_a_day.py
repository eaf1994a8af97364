"""Rule: nobody works more hours on one day than she wants at most."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.most import MostPerPeriod
from scheduler.rules.tally import each_day, minutes_worked
from scheduler.rules.totals import minutes_of, per_day
from scheduler.terms.kinds import Ints


@dataclass(frozen=True)
class PersonalHoursADay(MostPerPeriod):
    """The minutes a day of her personal limits."""

    name: ClassVar[str] = "personal_hours_a_day"
    private: ClassVar[bool] = True
    text: ClassVar[str] = "%(expert)s works %(worked)s hours on %(period)s; their own limit is %(most)s."
    counted = (each_day, minutes_worked)
    summed = (per_day, minutes_of)

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works more hours on one day than their own limit.")

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """Her own limit."""
        return expert.limits.minutes_a_day

    def ceiling(self, index: Index) -> Ints:
        """The same for all experts."""
        return index.limits("minutes_a_day")
