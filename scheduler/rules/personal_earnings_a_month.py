"""Rule: nobody earns more in a calendar month than she wants at most."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.most import MostPerPeriod
from scheduler.rules.tally import cents_earned, each_month
from scheduler.rules.totals import cents_of, per_month
from scheduler.terms.kinds import Ints


@dataclass(frozen=True)
class PersonalEarningsAMonth(MostPerPeriod):
    """The cents a month of her personal limits; each shift pays its minutes by the hour, rounded up to whole cents.

    Where no hourly amount is known, nothing can be counted and the rule is silent.
    """

    name: ClassVar[str] = "personal_earnings_a_month"
    private: ClassVar[bool] = True
    text: ClassVar[str] = "%(expert)s earns %(worked)s euros in %(month)s; their own limit is %(most)s."
    period: ClassVar[str] = "month"
    counted = (each_month, cents_earned)
    summed = (per_month, cents_of)

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody earns more in a month than their own limit.")

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """Her own limit."""
        return expert.limits.cents_a_month

    def ceiling(self, index: Index) -> Ints:
        """The same for all experts."""
        return index.limits("cents_a_month")

    def in_words(self, amount: int) -> object:
        """Euros with two decimals."""
        return Decimal(amount).scaleb(-2)
