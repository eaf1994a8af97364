"""Rule: days off come together, for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.domain.time import DAY
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.rules.short_runs import runs_inside
from scheduler.terms.kinds import UNLIMITED, Runs, spread
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class LoneDaysOff(Rule):
    """Each day that days off between two work days miss costs points; who asks for more has a limit of her own.

    A day is worked when a shift starts on it, local time. Days off at the border of the planning window are enough.
    """

    name: ClassVar[str] = "lone_days_off"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    days_off_together: int
    points: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Days off come together, %(days)s or more. Each day less between two work days counts %(points)s.",
            {"days": self.days_off_together, "points": self.points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per stretch of days off that is too short."""
        found, first = [], problem.window.first
        for who in sorted(roster.by_expert) if self.points else ():
            shifts = {s.id: (problem.starts_on[s.id] - first).days for s in problem.shifts_of(roster, who)}
            for days in runs_inside(set(shifts.values()), False, problem.window.days):
                missing = self.days_off_together - len(days)
                if missing > 0:
                    around = [shift for shift, day in shifts.items() if day in (days[0] - 1, days[-1] + 1)]
                    text = "%(expert)s has only %(days)s days off on end from %(day)s."
                    values = {"expert": who, "days": len(days), "day": first + days[0] * DAY}
                    found.append(
                        self.breach(text, amount=missing * self.points, experts=[who], shifts=around, **values)
                    )
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Runs]:
        """Runs with no other bound than the shortest rest, at a price."""
        if self.points:
            one, free, unknown = (spread(value, pairs.experts) for value in (1, UNLIMITED, 0))
            rest = np.full(pairs.experts, self.days_off_together, np.int64)
            yield Runs(one, free, rest, free, unknown, self.level, self.points)
