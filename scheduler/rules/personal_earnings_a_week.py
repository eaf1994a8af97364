"""Rule: nobody earns more in a calendar week than she wants at most."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.most import MostPerPeriod
from scheduler.rules.tally import cents_earned, each_week
from scheduler.rules.totals import cents_of, per_week
from scheduler.terms.kinds import Ints


@dataclass(frozen=True)
class PersonalEarningsAWeek(MostPerPeriod):
    """The cents a week of her personal limits; the words name neither the amount nor that it is one of money."""

    name: ClassVar[str] = "personal_earnings_a_week"
    private: ClassVar[bool] = True
    text: ClassVar[str] = "%(expert)s works more in the week of %(period)s than their own limit allows."
    counted = (each_week, cents_earned)
    summed = (per_week, cents_of)

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody earns more in a week than their own limit.")

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """Her own limit."""
        return expert.limits.cents_a_week

    def ceiling(self, index: Index) -> Ints:
        """The same for all experts."""
        return index.limits("cents_a_week")
