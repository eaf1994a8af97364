"""Rule: nobody works more days in a row than she wants at most."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.streak import LongestStreak
from scheduler.terms.kinds import Ints


@dataclass(frozen=True)
class PersonalDaysInARow(LongestStreak):
    """The days in a row of her personal limits."""

    name: ClassVar[str] = "personal_days_in_a_row"
    private: ClassVar[bool] = True
    text: ClassVar[str] = "%(expert)s works %(days)s days in a row up to %(day)s; their own limit is %(most)s."

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works more days in a row than their own limit.")

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """Her own limit."""
        return expert.limits.days_in_a_row

    def ceiling(self, index: Index) -> Ints:
        """The same for all experts."""
        return index.limits("days_in_a_row")
