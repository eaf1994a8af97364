"""Rule: who works a shift holds the qualification that it requires, valid on that day."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.terms.kinds import Bools


@dataclass(frozen=True)
class RequiredQualification(Rule):
    """The qualification must be on record and valid on the local day on which the shift starts."""

    name: ClassVar[str] = "required_qualification"
    reach: ClassVar[Reach] = Reach.EXPERT
    short: ClassVar[Sentence] = Sentence("has no valid training as %(qualification)s")

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Everybody on a shift has the qualification that it requires, valid on that day.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every assignment of somebody without the qualification."""
        found = []
        for expert, shift in assigned(problem, roster):
            needed, day = shift.required_qualification, problem.starts_on[shift.id]
            if needed is not None and not problem.expert[expert].is_qualified(needed, day):
                text = "%(expert)s has no valid %(qualification)s on %(day)s."
                violation = self.breach(
                    text, experts=[expert], shifts=[shift.id], expert=expert, qualification=needed, day=day
                )
                found.append(violation)
        return found

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Pairs in which the qualification is lacking on the day."""
        if not index.asking_qualification:
            return None
        found = np.zeros((len(index.problem.experts[crew]), len(index.shifts)), np.bool_)
        for needed, shifts in index.asking_qualification.items():
            _, valid = index.valid_days(needed)
            found[:, shifts] = ~valid[crew][:, index.shifts.day[shifts]]
        return found
