"""Rule: nobody works more hours in a calendar week than the labour limit."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.labour import LabourRule
from scheduler.rules.most import MostPerPeriod
from scheduler.rules.rule import as_hours
from scheduler.rules.tally import each_week, minutes_worked
from scheduler.rules.totals import minutes_of, per_week
from scheduler.terms.kinds import Ints


@dataclass(frozen=True)
class HoursAWeek(MostPerPeriod, LabourRule):
    """Elapsed minutes of the shifts that start from Monday 00:00 to Sunday 24:00, local time."""

    minutes: int

    name: ClassVar[str] = "hours_a_week"
    text: ClassVar[str] = "%(expert)s works %(worked)s hours in the week of %(period)s; the most is %(most)s."
    short: ClassVar[Sentence] = Sentence("would go over the limit of %(most)s hours this week")
    counted = (each_week, minutes_worked)
    summed = (per_week, minutes_of)

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works more than %(hours)s hours in a week.", {"hours": as_hours(self.minutes)})

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """The labour limit, for whom it binds."""
        return self.minutes if self.binds(expert, problem.window) else None

    def ceiling(self, index: Index) -> Ints:
        """The same for all experts."""
        return self.most(index, self.minutes)
