"""Rule: who comes to work on a day comes for more than a moment."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.domain.shifts import Shift
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule, as_hours
from scheduler.terms.kinds import Term, ints, limit
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class ShortDays(Rule):
    """Each step that all shifts of somebody's local day together miss costs points; a day off costs nothing.

    A call is paid as three hours however short it is (Burgerlijk Wetboek 7:628a), and the way there is as long. Shifts
    count in whole steps, rounded up, on the day on which they start. Work before the window is done and not counted.
    """

    name: ClassVar[str] = "short_days"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    least_minutes: int
    step_minutes: int
    points_a_step: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Who comes on a day works %(hours)s hours or more. Each %(step)s minutes less count %(points)s.",
            {"hours": as_hours(self.least_minutes), "step": self.step_minutes, "points": self.points_a_step},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per person and day."""
        found = []
        for who in sorted(roster.by_expert) if self.points_a_step else ():
            days: dict[date, list[Shift]] = defaultdict(list)
            for shift in problem.shifts_of(roster, who):
                days[problem.starts_on[shift.id]].append(shift)
            for day, shifts in days.items():
                steps = sum(-(-shift.span.minutes // self.step_minutes) for shift in shifts)
                missing = self.least_minutes // self.step_minutes - steps
                if missing > 0:
                    worked = as_hours(sum(shift.span.minutes for shift in shifts))
                    violation = self.breach(
                        "%(expert)s comes for only %(hours)s hours on %(day)s.",
                        amount=missing * self.points_a_step, experts=[who], shifts=[shift.id for shift in shifts],
                        expert=who, hours=worked, day=day,
                    )  # fmt: skip
                    found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per expert and day: none of it, or enough."""
        if self.points_a_step:
            steps = -(-pairs.minutes // self.step_minutes)
            yield limit(
                self.level, ints(pairs.expert * pairs.days + pairs.day), pairs.every, ints(steps),
                low=self.least_minutes // self.step_minutes, below=self.points_a_step,
                rows=pairs.experts * pairs.days, or_zero=True,
            )  # fmt: skip
