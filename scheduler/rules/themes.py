"""Rule: somebody on the shift likes to help with each theme that the venue asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Rule
from scheduler.rules.shapes import somebody
from scheduler.terms.kinds import Term, ints
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class Themes(Rule):
    """Each theme of a shift that nobody on it offers costs points, also while nobody is there."""

    name: ClassVar[str] = "themes"
    level: ClassVar[Level] = Level.PREFERENCE

    points: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Each theme that a venue asks for is offered by somebody there; a missing one counts %(points)s.",
            {"points": self.points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per shift and theme that nobody offers."""
        found = []
        for shift in problem.shifts:
            people = roster.by_shift.get(shift.id, [])
            offered = {theme for e in people for theme in problem.expert[e].themes}
            for theme in sorted(shift.themes - offered):
                violation = self.breach(
                    "Nobody on %(shift)s offers the theme %(theme)s.",
                    amount=self.points, shifts=[shift.id], shift=shift.id, theme=theme,
                )  # fmt: skip
                found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per shift and theme."""
        problem = index.problem
        for theme in sorted({theme for s in problem.shifts for theme in s.themes}):
            wanted = ints([n for n, s in enumerate(problem.shifts) if theme in s.themes])
            offers = np.array([theme in e.themes for e in problem.experts], np.bool_)
            yield somebody(self.level, pairs, wanted, offers[pairs.expert], self.points)
