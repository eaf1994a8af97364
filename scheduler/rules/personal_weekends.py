"""Rule: nobody works in more weekends of a planning window than she wants at most."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import ShiftId
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.rules.tally import monday_of
from scheduler.terms.kinds import UNLIMITED, Distinct, ints, spread
from scheduler.terms.pairs import Pairs

SATURDAY = 5


@dataclass(frozen=True)
class PersonalWeekends(Rule):
    """A weekend counts once when a shift starts on its Saturday or Sunday, local time; the amount is how many more."""

    name: ClassVar[str] = "personal_weekends"
    private: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works in more weekends of a planning window than their own limit.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Everybody with too many weekends."""
        found = []
        for who in sorted(roster.by_expert):
            most = problem.expert[who].limits.weekends_a_window
            weekends: dict[date, list[ShiftId]] = {}
            for shift in problem.shifts_of(roster, who):
                day = problem.starts_on[shift.id]
                if day.weekday() >= SATURDAY:
                    weekends.setdefault(monday_of(day), []).append(shift.id)
            if most is not None and len(weekends) > most:
                text = "%(expert)s works in %(worked)s weekends; their own limit is %(most)s."
                shifts = [shift for ids in weekends.values() for shift in ids]
                values = {"expert": who, "worked": len(weekends), "most": most}
                found.append(self.breach(text, amount=len(weekends) - most, experts=[who], shifts=shifts, **values))
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Distinct]:
        """The weekend of each pair as its group; nothing when nobody has a limit."""
        most = index.limits("weekends_a_window")
        if np.all(most == UNLIMITED):
            return
        weekend = ints(np.where(pairs.day % 7 >= SATURDAY, pairs.day // 7, -1))
        yield Distinct(self.level, weekend, np.minimum(most, index.weeks), spread(1, pairs.experts))
