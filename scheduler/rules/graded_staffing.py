"""Rule: a shift that says what each person too few or too many counts has neither."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import Sum, ints, limit
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class GradedStaffing(Rule):
    """The points of `Demand`, beside what an open place costs anyway; a shift without such points is left out."""

    name: ClassVar[str] = "graded_staffing"
    reach: ClassVar[Reach] = Reach.SHIFT
    level: ClassVar[Level] = Level.PREFERENCE

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence(
            "A shift can say what each person too few or too many counts; then it may have more than asked."
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every such shift with too few or too many."""
        found = []
        for shift in problem.shifts:
            demand, people = shift.demand, roster.by_shift.get(shift.id, [])
            missing, extra = max(0, demand.required - len(people)), max(0, len(people) - demand.most)
            few, many = missing * (demand.missing_points or 0), extra * (demand.extra_points or 0)
            if few:
                text = "%(shift)s misses %(missing)s of %(required)s people."
                said = {"shift": shift.id, "missing": missing, "required": demand.required}
                found.append(self.breach(text, amount=few, experts=(), shifts=[shift.id], **said))
            if many:
                text = "%(shift)s has %(people)s people, more than the %(places)s asked."
                said = {"shift": shift.id, "people": len(people), "places": demand.most}
                found.append(self.breach(text, amount=many, experts=people, shifts=[shift.id], **said))
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """A row per such shift; nothing when there is none."""
        demands = [shift.demand for shift in index.problem.shifts]
        below, above = ([d.missing_points or 0 for d in demands], [d.extra_points or 0 for d in demands])
        graded = np.array([d.missing_points is not None or d.extra_points is not None for d in demands], np.bool_)
        if not graded.any():
            return
        row = np.where(graded, np.cumsum(graded) - 1, -1)[pairs.shift]
        member = row >= 0
        yield limit(
            self.level, row[member], pairs.every[member], rows=int(graded.sum()),
            low=ints([d.required for d in demands])[graded], below=ints(below)[graded],
            high=ints([d.most for d in demands])[graded], above=ints(above)[graded],
        )  # fmt: skip
