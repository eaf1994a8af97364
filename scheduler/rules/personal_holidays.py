"""Rule: who does not want to work on official holidays does not."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.limits import OnHolidays
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.index import Index
from scheduler.rules.official_days import HolidayRule
from scheduler.rules.rule import assigned
from scheduler.rules.shapes import everybody_of
from scheduler.terms.kinds import Bools


@dataclass(frozen=True)
class PersonalHolidays(HolidayRule):
    """What experts said who are never to be asked for such a day."""

    name: ClassVar[str] = "personal_holidays"
    private: ClassVar[bool] = True

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Who does not want to work on official holidays does not.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every shift on a holiday of somebody who said never."""
        official = self.official_days(problem.window)
        text = "%(shift)s is on an official holiday, on which %(expert)s does not work."
        return [
            self.breach(text, experts=[who], shifts=[shift.id], shift=shift.id, expert=who)
            for who, shift in (assigned(problem, roster) if official else ())
            if problem.starts_on[shift.id] in official and problem.expert[who].limits.holidays is OnHolidays.NEVER
        ]

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Pairs of such experts with shifts on a holiday."""
        never = np.array([e.limits.holidays is OnHolidays.NEVER for e in index.problem.experts[crew]], np.bool_)
        return everybody_of(never, self.is_official(index)) if never.any() else None
