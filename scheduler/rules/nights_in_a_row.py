"""Rule: who works at night works not too many nights in a row."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.nightwork import MostNights, merged


@dataclass(frozen=True)
class NightsInARow(MostNights):
    """In each run of one night more than the most there is a night without a shift.

    The amount is how many night shifts too many there are, added up over all such runs.
    """

    nights_in_a_row: int

    name: ClassVar[str] = "nights_in_a_row"
    short: ClassVar[Sentence] = Sentence("would go over the limit of nights in a row: %(most)s")

    def run(self) -> tuple[int, int]:
        """One night more than the most."""
        return self.nights_in_a_row + 1, self.nights_in_a_row

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works more than %(most)s nights in a row.", {"most": self.nights_in_a_row})

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Everybody with too many."""
        found = []
        for who in sorted(roster.by_expert):
            if over := self.overruns_of(problem, roster, who):
                amount, worst, shifts = merged(over)
                text = "%(expert)s works more than %(most)s nights in a row, up to %(day)s."
                values = {"expert": who, "most": self.nights_in_a_row, "day": worst.stretch[1]}
                found.append(self.breach(text, amount=amount, experts=[who], shifts=shifts, **values))
        return found
