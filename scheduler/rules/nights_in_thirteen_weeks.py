"""Rule: who works at night works not too many nights in thirteen weeks."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.nightwork import MostNights, merged

DAYS = 13 * 7


@dataclass(frozen=True)
class NightsInThirteenWeeks(MostNights):
    """Night shifts in any thirteen weeks, from whatever day; the amount adds up the excess of all such stretches."""

    most_nights: int

    name: ClassVar[str] = "nights_in_thirteen_weeks"
    short: ClassVar[Sentence] = Sentence("would go over the limit of %(most)s nights in thirteen weeks")

    def run(self) -> tuple[int, int]:
        """So many in thirteen weeks."""
        return DAYS, self.most_nights

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works more than %(most)s nights in thirteen weeks.", {"most": self.most_nights})

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Everybody with too many."""
        found = []
        for who in sorted(roster.by_expert):
            if over := self.overruns_of(problem, roster, who):
                amount, worst, shifts = merged(over)
                text = "%(expert)s works %(worked)s nights in the thirteen weeks up to %(day)s; the most is %(most)s."
                values = {"expert": who, "worked": worst.total, "most": self.most_nights, "day": worst.stretch[1]}
                found.append(self.breach(text, amount=amount, experts=[who], shifts=shifts, **values))
        return found
