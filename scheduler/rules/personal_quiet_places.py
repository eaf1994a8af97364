"""Rule: who wants quiet places only works at quiet venues."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.venues import QUIET
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.rules.shapes import everybody_of
from scheduler.terms.kinds import Bools


@dataclass(frozen=True)
class PersonalQuietPlaces(Rule):
    """A venue is quiet when it carries that attribute."""

    name: ClassVar[str] = "personal_quiet_places"
    private: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Who wants quiet places only works at quiet venues.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every assignment at another venue."""
        text = "%(expert)s wants quiet places only; %(venue)s is not one."
        return [
            self.breach(text, experts=[who], shifts=[shift.id], expert=who, venue=shift.venue)
            for who, shift in assigned(problem, roster)
            if problem.expert[who].limits.quiet_places_only and QUIET not in problem.venue[shift.venue].attributes
        ]

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Pairs at venues that are not quiet."""
        loud = np.array([QUIET not in v.attributes for v in index.problem.venues], np.bool_)[index.shifts.venue]
        return everybody_of(index.wants("quiet_places_only")[crew], loud)
