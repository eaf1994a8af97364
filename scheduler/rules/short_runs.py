"""Which runs of work days, or of days off, inside the planning window are too short?"""

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

import numpy as np

from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import ShiftId
from scheduler.domain.time import DAY
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import UNLIMITED, Runs, ints, spread
from scheduler.terms.pairs import Pairs


class ShortestRuns(Rule):
    """A hard floor under runs of days; a day is worked when a shift starts on it, local time.

    A run that touches the border of the planning window is long enough, because nobody knows yet how it goes on. The
    amount is the number of days missing, per run.
    """

    reach: ClassVar[Reach] = Reach.EXPERT
    limit: ClassVar[str]
    """The field of PersonalLimits that holds the floor."""
    of_work: ClassVar[bool]
    text: ClassVar[str]

    @property
    def asks_for_work(self) -> bool:
        """One day more can make a run long enough."""
        return True

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every run that is too short."""
        found: list[Violation] = []
        for who in sorted(roster.by_expert):
            least: int | None = getattr(problem.expert[who].limits, self.limit)
            if least is not None:
                found += self._of_expert(problem, roster, problem.expert[who], least)
        return found

    def _of_expert(self, problem: Problem, roster: Roster, expert: Expert, least: int) -> Iterator[Violation]:
        first = problem.window.first
        on_day: dict[int, list[ShiftId]] = {}
        for shift in problem.shifts_of(roster, expert.id):
            on_day.setdefault((problem.starts_on[shift.id] - first).days, []).append(shift.id)
        for days in runs_inside(set(on_day), self.of_work, problem.window.days):
            if len(days) < least:
                around = days if self.of_work else (days[0] - 1, days[-1] + 1)
                shifts = [shift for day in around for shift in on_day[day]]
                values = {"expert": expert.id, "days": len(days), "least": least, "day": first + days[0] * DAY}
                yield self.breach(self.text, amount=least - len(days), experts=[expert.id], shifts=shifts, **values)

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Runs]:
        """Runs with no other bound than this floor; nothing when nobody has one."""
        limits = index.limits(self.limit)
        if np.all(limits == UNLIMITED):
            return
        least = ints(np.where(limits == UNLIMITED, 1, limits))
        one, free, unknown = (spread(value, pairs.experts) for value in (1, UNLIMITED, 0))
        work, rest = (least, one) if self.of_work else (one, least)
        yield Runs(work, free, rest, free, unknown)


def runs_inside(worked: set[int], of_work: bool, days: int) -> Iterator[list[int]]:
    """The runs of work days, or of days off, that touch neither border of the window."""
    for is_worked, group in groupby(range(days), key=worked.__contains__):
        run = list(group)
        if is_worked is of_work and run[0] > 0 and run[-1] < days - 1:
            yield run
