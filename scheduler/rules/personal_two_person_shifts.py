"""Rule: who wants two-person shifts only works shifts that are meant for two or more."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.rules.shapes import everybody_of
from scheduler.terms.kinds import Bools


@dataclass(frozen=True)
class PersonalTwoPersonShifts(Rule):
    """The shift requires at least two people; that both places are filled is a matter of coverage.

    A hard demand for a second person would make one decline break the law for the colleague who still comes.
    """

    name: ClassVar[str] = "personal_two_person_shifts"
    private: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Who wants two-person shifts only works shifts that are meant for two or more.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every assignment to a shift for one."""
        text = "%(expert)s wants two-person shifts only; %(shift)s is meant for one."
        return [
            self.breach(text, experts=[who], shifts=[shift.id], expert=who, shift=shift.id)
            for who, shift in assigned(problem, roster)
            if problem.expert[who].limits.two_person_shifts_only and shift.demand.required < 2
        ]

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Pairs of such experts with shifts for one."""
        return everybody_of(index.wants("two_person_shifts_only")[crew], index.required < 2)
