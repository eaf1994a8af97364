"""What a venue would like somebody there to bring: does at least one person on the shift bring each of it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.domain.shifts import Shift
from scheduler.rules.index import Index, numbers_by_name
from scheduler.rules.rule import Reach, Rule
from scheduler.rules.shapes import somebody
from scheduler.terms.kinds import Term
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class Represented(Rule):
    """Each thing asked that nobody on the shift brings costs points, also while nobody is there.

    `text` says what is missing; `word` is the name of its place in that sentence.
    """

    reach: ClassVar[Reach] = Reach.SHIFT
    level: ClassVar[Level] = Level.PREFERENCE
    text: ClassVar[str]
    word: ClassVar[str]

    points: int

    def asked(self, shift: Shift) -> frozenset[str]:
        """What the venue would like somebody to bring."""
        raise TypeError(type(self).__name__)

    def brought(self, expert: Expert) -> frozenset[str]:
        """What an expert brings."""
        raise TypeError(type(self).__name__)

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per shift and thing that nobody brings."""
        found = []
        for shift in problem.shifts:
            people = roster.by_shift.get(shift.id, [])
            brought = {thing for e in people for thing in self.brought(problem.expert[e])}
            for thing in sorted(self.asked(shift) - brought):
                values = {"shift": shift.id, self.word: thing}
                found.append(self.breach(self.text, amount=self.points, shifts=[shift.id], **values))
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per shift and thing asked."""
        problem = index.problem
        for thing, wanted in numbers_by_name(self.asked(s) for s in problem.shifts).items():
            brings = np.array([thing in self.brought(e) for e in problem.experts], np.bool_)
            yield somebody(self.level, pairs, wanted, brings[pairs.expert], self.points)
