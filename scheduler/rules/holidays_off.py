"""Rule: official holidays are for who said to be glad to work then."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.limits import OnHolidays
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.rules.index import Index
from scheduler.rules.official_days import HolidayRule
from scheduler.rules.rule import assigned
from scheduler.rules.shapes import priced
from scheduler.terms.kinds import Term
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class HolidaysOff(HolidayRule):
    """A shift on an official holiday costs points, except of experts who said that they gladly work then."""

    points: int

    name: ClassVar[str] = "holidays_off"
    level: ClassVar[Level] = Level.PREFERENCE

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Official holidays are for who said to be glad to work then: a shift of anybody else counts %(points)s.",
            {"points": self.points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per shift on a holiday of somebody who did not say so."""
        official = self.official_days(problem.window)
        text = "%(expert)s works %(shift)s on an official holiday."
        return [
            self.breach(text, amount=self.points, experts=[who], shifts=[shift.id], expert=who, shift=shift.id)
            for who, shift in (assigned(problem, roster) if official and self.points else ())
            if problem.starts_on[shift.id] in official and problem.expert[who].limits.holidays is not OnHolidays.GLADLY
        ]

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """One cost per such pair."""
        official = self.is_official(index)[pairs.shift]
        if official.any():
            glad = np.array([e.limits.holidays is OnHolidays.GLADLY for e in index.problem.experts], np.bool_)
            yield priced(self.level, pairs, (official & ~glad[pairs.expert]) * np.int64(self.points))
