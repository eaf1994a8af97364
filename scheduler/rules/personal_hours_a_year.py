"""Rule: nobody works more hours in a calendar year than she wants at most."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.most import MostPerPeriod
from scheduler.rules.tally import minutes_worked
from scheduler.rules.totals import minutes_of
from scheduler.rules.years import each_year, per_year
from scheduler.terms.kinds import Ints


@dataclass(frozen=True)
class PersonalHoursAYear(MostPerPeriod):
    """The minutes a year of her personal limits, from what she has worked since the first of January."""

    name: ClassVar[str] = "personal_hours_a_year"
    private: ClassVar[bool] = True
    text: ClassVar[str] = "%(expert)s works %(worked)s hours in %(year)s; their own limit is %(most)s."
    period: ClassVar[str] = "year"
    counted = (each_year, minutes_worked)
    summed = (per_year, minutes_of)

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works more hours in a year than their own limit.")

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """Her own limit."""
        return expert.limits.minutes_a_year

    def ceiling(self, index: Index) -> Ints:
        """The same for all experts."""
        return index.limits("minutes_a_year")
