"""Rule: nobody works on a day without a contract in force."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.index import NOBODY, Index
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.terms.kinds import Bools


@dataclass(frozen=True)
class ContractInForce(Rule):
    """Some contract of the expert must be in force on the local day on which the shift starts."""

    name: ClassVar[str] = "contract"
    reach: ClassVar[Reach] = Reach.EXPERT
    short: ClassVar[Sentence] = Sentence("has no contract on that day")

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Everybody who works has a contract on that day.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every assignment on a day without a contract."""
        found = []
        for expert, shift in assigned(problem, roster):
            day = problem.starts_on[shift.id]
            if problem.expert[expert].contract_on(day) is None:
                text = "%(expert)s has no contract on %(day)s."
                found.append(self.breach(text, experts=[expert], shifts=[shift.id], expert=expert, day=day))
        return found

    def forbids(self, index: Index, crew: slice) -> Bools:
        """Pairs on days without a contract."""
        none: Bools = (index.contract[crew] == NOBODY).take(index.shifts.day, axis=1)
        return none
