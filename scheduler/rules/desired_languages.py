"""Rule: somebody on the shift speaks each language that the venue would like."""

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
class DesiredLanguages(Rule):
    """Each desired language that nobody on the shift speaks costs points, also while nobody is there."""

    name: ClassVar[str] = "desired_languages"
    level: ClassVar[Level] = Level.PREFERENCE

    points: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Each language that a venue would like is spoken by somebody there; a missing one counts %(points)s.",
            {"points": self.points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per shift and language that nobody speaks."""
        found = []
        for shift in problem.shifts:
            people = roster.by_shift.get(shift.id, [])
            spoken = {language for e in people for language in problem.expert[e].languages}
            for language in sorted(shift.desired_languages - spoken):
                violation = self.breach(
                    "Nobody on %(shift)s speaks %(language)s, which the venue would like.",
                    amount=self.points, shifts=[shift.id], shift=shift.id, language=language,
                )  # fmt: skip
                found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per shift and desired language."""
        problem = index.problem
        for language in sorted({language for s in problem.shifts for language in s.desired_languages}):
            wanted = ints([n for n, s in enumerate(problem.shifts) if language in s.desired_languages])
            speaks = np.array([language in e.languages for e in problem.experts], np.bool_)
            yield somebody(self.level, pairs, wanted, speaks[pairs.expert], self.points)
