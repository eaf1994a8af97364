"""Rule: everybody works about as much in a week as she wishes."""

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
from scheduler.rules.rule import Reach, as_hours
from scheduler.rules.wishes import outside, steps_of, wished_minutes
from scheduler.rules.working import CountsWork
from scheduler.terms.kinds import Term, ints, limit
from scheduler.terms.pairs import Pairs

SHORT = "%(expert)s works %(hours)s hours in the week of %(week)s, fewer than the %(wished)s wished."
LONG = "%(expert)s works %(hours)s hours in the week of %(week)s, more than the %(wished)s wished."


@dataclass(frozen=True)
class WishedHours(CountsWork):
    """Each step of a week below or above the wish costs points beyond a free band, and more beyond a far one.

    A shift counts its length in steps, rounded up; both bands reach outward to whole steps. Coarse steps and a free
    band keep the shifts of different lengths from becoming a puzzle that proves nothing to anybody.
    """

    name: ClassVar[str] = "wished_hours"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    step_minutes: int
    free_minutes: int
    far_minutes: int
    points_a_step: int
    extra_points_a_far_step: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Everybody works about as much as they wish. Up to %(free)s hours more or less in a week is fine;"
            " each %(step)s minutes beyond that count %(points)s, and beyond %(far)s hours another %(extra)s."
            " Weeks away count pro rata.",
            {
                "free": as_hours(self.free_minutes),
                "step": self.step_minutes,
                "points": self.points_a_step,
                "far": as_hours(self.far_minutes),
                "extra": self.extra_points_a_far_step,
            },
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per expert and week that is too far from the wish."""
        found, first = [], problem.window.first
        for expert in problem.experts:
            if expert.wished_minutes_a_week is None:
                continue
            shifts = problem.shifts_of(roster, expert.id)
            for week, wish in enumerate(wished_minutes(problem, expert)):
                mine = [s for s in shifts if (problem.starts_on[s.id] - first).days // 7 == week]
                total = sum(steps_of(self.working(s.span.minutes), self.step_minutes) for s in mine)
                amount = sum(points * outside(total, *self._band(wish, free)) for free, points in self._bands())
                if amount:
                    violation = self.breach(
                        SHORT if total * self.step_minutes < wish else LONG,
                        amount=amount,
                        experts=[expert.id],
                        shifts=[s.id for s in mine],
                        expert=expert.id,
                        hours=as_hours(sum(self.working(s.span.minutes) for s in mine)),
                        wished=as_hours(wish),
                        week=first + 7 * week * DAY,
                    )
                    found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per expert and week, for each band."""
        experts = index.problem.experts
        wishing = ints([n for n, e in enumerate(experts) if e.wished_minutes_a_week is not None])
        row_of_expert = np.full(len(experts), -1, np.int64)
        row_of_expert[wishing] = np.arange(len(wishing)) * index.weeks
        member = row_of_expert[pairs.expert] >= 0
        row = (row_of_expert[pairs.expert] + index.week[pairs.shift])[member]
        weight = -(-self.working_of(pairs.minutes[member]) // self.step_minutes)
        wish = ints([wished_minutes(index.problem, experts[n]) for n in wishing]).ravel()
        for free, points in self._bands():
            low, high = (wish - free) // self.step_minutes, -(-(wish + free) // self.step_minutes)
            yield limit(
                self.level, row, pairs.every[member], weight,
                low=low, high=high, below=points, above=points, rows=len(wish),
            )  # fmt: skip

    def _bands(self) -> tuple[tuple[int, int], ...]:
        return (self.free_minutes, self.points_a_step), (self.far_minutes, self.extra_points_a_far_step)

    def _band(self, wish: int, free: int) -> tuple[int, int]:
        return (wish - free) // self.step_minutes, steps_of(wish + free, self.step_minutes)
