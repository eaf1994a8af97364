"""How much does it count that a shift has fewer people than it asks for?"""

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
from scheduler.terms.kinds import Term, ints, limit
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class Shortfall(CoverageRule):
    """Each required person missing costs priority x need, each desirable one a little: never more than a required one.

    Within one need index a place of one priority goes before nine places of the next lower priority; between
    neighbourhoods the needs are compared as well, so the order is strict only while needs differ less than ten times.
    """

    name: ClassVar[str] = "shortfall"

    missing_desirable: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Every place that a venue asks for should be filled. An open place counts by its priority (mandatory"
            " %(mandatory)s, high %(high)s, medium %(medium)s, low %(low)s) times the need of the neighbourhood."
            " A desirable extra person counts %(desirable)s.",
            {
                "mandatory": self.mandatory,
                "high": self.high,
                "medium": self.medium,
                "low": self.low,
                "desirable": self.missing_desirable,
            },
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per shift that misses somebody."""
        found = []
        for shift in problem.shifts:
            required, most = shift.demand.required, shift.demand.most
            present = len(roster.by_shift.get(shift.id, []))
            missing, welcome = max(0, required - present), max(0, most - max(present, required))
            amount = missing * self._price(problem, shift) + welcome * self.missing_desirable
            if missing:
                text, count = "%(shift)s still misses %(missing)s of %(required)s people.", missing
            else:
                text, count = (
                    "%(missing)s more would be welcome on %(shift)s, beside the %(required)s required.",
                    welcome,
                )
            if amount:
                violation = self.breach(
                    text, amount=amount, shifts=[shift.id], shift=shift.id, missing=count, required=required
                )
                found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per shift up to the required people, and one up to all of them where more are desirable."""
        problem = index.problem
        required = index.required
        desirable = ints([s.demand.desirable for s in problem.shifts])
        price = ints([self._price(problem, s) for s in problem.shifts])
        below = np.where(desirable > 0, price - self.missing_desirable, price)
        yield limit(self.level, pairs.shift, pairs.every, low=required, below=below, rows=len(required))
        extra = np.flatnonzero(desirable)
        row_of_shift = np.full(len(required), -1, np.int64)
        row_of_shift[extra] = np.arange(len(extra))
        row = row_of_shift[pairs.shift]
        yield limit(
            self.level,
            row[row >= 0],
            pairs.every[row >= 0],
            low=(required + desirable)[extra],
            below=self.missing_desirable,
            rows=len(extra),
        )

    def _price(self, problem: Problem, shift: Shift) -> int:
        return max(self.points(problem, shift), self.missing_desirable)
