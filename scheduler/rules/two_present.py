"""Is anybody alone on a shift where two must be present?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import Shift
from scheduler.rules.index import Index
from scheduler.rules.urgency import CoverageRule
from scheduler.terms.kinds import Term, ints, limit, spread
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class TwoPresent(CoverageRule):
    """Exactly one person on a shift of an activity where two must be present costs a percentage of a missing place.

    Below 100 percent the choice is: two people together rather than one alone at each of two venues, yet one person
    named rather than none, because weeks ahead one open place is easier to fill than two; from 100 percent on nobody is
    planned alone. A shift that asks for one person only cannot be helped and is left out.
    """

    name: ClassVar[str] = "two_present"

    percent_of_a_place: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Where two must be present, nobody is alone. A shift with one person counts %(percent)s percent of"
            " an open place on top of the place that is open.",
            {"percent": self.percent_of_a_place},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per person who is alone."""
        found = []
        for shift in problem.shifts:
            people = roster.by_shift.get(shift.id, [])
            if self._asks(problem, shift) and len(people) == 1:
                violation = self.breach(
                    "%(expert)s would be alone on %(shift)s, where two must be present.",
                    amount=self._price(problem, shift),
                    experts=people,
                    shifts=[shift.id],
                    expert=people[0],
                    shift=shift.id,
                )
                found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per shift: nobody, or two."""
        problem = index.problem
        asking = [number for number, shift in enumerate(problem.shifts) if self._asks(problem, shift)]
        row_of_shift = spread(-1, len(pairs.shifts))
        row_of_shift[asking] = np.arange(len(asking))
        row = row_of_shift[pairs.shift]
        price = ints([self._price(problem, problem.shifts[number]) for number in asking])
        yield limit(
            self.level, row[row >= 0], pairs.every[row >= 0], low=2, below=price, rows=len(asking), or_zero=True
        )

    def _asks(self, problem: Problem, shift: Shift) -> bool:
        return problem.activity[shift.activity].two_present and shift.demand.most > 1

    def _price(self, problem: Problem, shift: Shift) -> int:
        return max(1, self.points(problem, shift) * self.percent_of_a_place // 100)
