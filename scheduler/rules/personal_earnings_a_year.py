"""Rule: nobody earns more in a calendar year than she wants at most."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.most import MostPerPeriod
from scheduler.rules.tally import cents_earned
from scheduler.rules.totals import cents_of
from scheduler.rules.years import each_year, per_year
from scheduler.terms.kinds import Ints


@dataclass(frozen=True)
class PersonalEarningsAYear(MostPerPeriod):
    """The cents a year of her personal limits, from what she has worked since the first of January.

    The words name neither the amount nor that it is one of money.
    """

    name: ClassVar[str] = "personal_earnings_a_year"
    private: ClassVar[bool] = True
    text: ClassVar[str] = "%(expert)s works more in %(year)s than their own limit allows."
    period: ClassVar[str] = "year"
    counted = (each_year, cents_earned)
    summed = (per_year, cents_of)

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody earns more in a year than their own limit.")

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """Her own limit."""
        return expert.limits.cents_a_year

    def ceiling(self, index: Index) -> Ints:
        """The same for all experts."""
        return index.limits("cents_a_year")
