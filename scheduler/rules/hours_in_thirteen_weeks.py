"""Rule: nobody works more hours in thirteen weeks than the labour limit."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.labour import LabourRule
from scheduler.rules.most import MostPerPeriod
from scheduler.rules.rule import as_hours
from scheduler.rules.runs_of_weeks import each_run_of_weeks
from scheduler.rules.tally import minutes_worked
from scheduler.rules.totals import minutes_of, per_run_of_weeks
from scheduler.terms.kinds import Ints

WEEKS = 13


@dataclass(frozen=True)
class HoursInThirteenWeeks(MostPerPeriod, LabourRule):
    """Minutes in every run of thirteen calendar weeks that ends with a week of the window, history included."""

    minutes: int

    name: ClassVar[str] = "hours_in_thirteen_weeks"
    text: ClassVar[str] = (
        "%(expert)s works %(worked)s hours in the thirteen weeks up to the week of %(period)s; the most is %(most)s."
    )
    short: ClassVar[Sentence] = Sentence("would go over the limit of %(most)s hours in thirteen weeks")
    counted = (each_run_of_weeks(WEEKS), minutes_worked)
    summed = (partial(per_run_of_weeks, WEEKS), minutes_of)

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works more than %(hours)s hours in thirteen weeks.", {"hours": as_hours(self.minutes)})

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """The labour limit, for whom it binds."""
        return self.minutes if self.binds(expert, problem.window) else None

    def ceiling(self, index: Index) -> Ints:
        """The same for all experts."""
        return self.most(index, self.minutes)
