"""Rule: who works a shift speaks every language that it requires."""

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
class RequiredLanguage(Rule):
    """Each person on the shift speaks all its required languages; desired ones are a preference."""

    name: ClassVar[str] = "required_language"
    reach: ClassVar[Reach] = Reach.EXPERT
    short: ClassVar[Sentence] = Sentence("does not speak %(languages)s")

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Everybody on a shift speaks the languages that it requires.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every assignment of somebody who lacks a language."""
        found = []
        for expert, shift in assigned(problem, roster):
            lacking = sorted(shift.required_languages - problem.expert[expert].languages)
            if lacking:
                text = "%(expert)s does not speak a language that %(shift)s requires: %(languages)s."
                violation = self.breach(
                    text,
                    experts=[expert],
                    shifts=[shift.id],
                    expert=expert,
                    shift=shift.id,
                    languages=", ".join(lacking),
                )
                found.append(violation)
        return found

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Pairs in which the expert lacks a language."""
        if not index.asking_language:
            return None
        experts = index.problem.experts[crew]
        lacking = np.zeros((len(experts), len(index.shifts)), np.bool_)
        for language, shifts in index.asking_language.items():
            silent = np.flatnonzero([language not in e.languages for e in experts])
            lacking[np.ix_(silent, shifts)] = True
        return lacking
