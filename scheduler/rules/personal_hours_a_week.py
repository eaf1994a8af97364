"""Rule: nobody works more hours in a calendar week than she wants at most."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.most import MostPerPeriod
from scheduler.rules.tally import each_week, minutes_worked
from scheduler.rules.totals import minutes_of, per_week
from scheduler.terms.kinds import Ints


@dataclass(frozen=True)
class PersonalHoursAWeek(MostPerPeriod):
    """The minutes a week of her personal limits."""

    name: ClassVar[str] = "personal_hours_a_week"
    private: ClassVar[bool] = True
    text: ClassVar[str] = "%(expert)s works %(worked)s hours in the week of %(period)s; their own limit is %(most)s."
    counted = (each_week, minutes_worked)
    summed = (per_week, minutes_of)

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works more hours in a week than their own limit.")

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """Her own limit."""
        return expert.limits.minutes_a_week

    def ceiling(self, index: Index) -> Ints:
        """The same for all experts."""
        return index.limits("minutes_a_week")
