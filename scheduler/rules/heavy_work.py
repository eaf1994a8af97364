"""How heavy is what somebody works? Points of the activity times working hours, in sixtieths."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.rules.index import Index
from scheduler.rules.rolling import Items, Piece, work_of
from scheduler.rules.rule import Reach
from scheduler.rules.working import CountsWork
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.pairs import Pairs

UNKNOWN_POINTS = 1
"""What an hour counts of earlier work of which nobody knows what it was."""
SIXTIETHS = 60


@dataclass(frozen=True, kw_only=True)
class LoadRule(CountsWork):
    """A rule over load points: a point is an hour of an activity with one point of intensity."""

    reach: ClassVar[Reach] = Reach.EXPERT

    def loads(self, problem: Problem, roster: Roster, who: str) -> list[Piece]:
        """What each shift and each piece of earlier work weighs, in sixtieths of a point."""
        return [
            Piece(work.day, self.working(work.minutes) * points_of(problem, work.activity), work.shift)
            for work in work_of(problem, roster, who)
        ]

    def pair_loads(self, index: Index, pairs: Pairs) -> Ints:
        """What each pair weighs, in sixtieths of a point."""
        points = ints([activity.intensity_points for activity in index.problem.activities])
        return self.working_of(pairs.minutes) * points[pairs.shifts.kind[pairs.shift]]

    def past_loads(self, index: Index, concerned: Bools) -> Items:
        """Earlier work of the experts concerned."""
        problem, first = index.problem, index.window.first
        rows = [
            (who, (day - first).days, minutes, points_of(problem, activity))
            for who in np.flatnonzero(concerned)
            for day, minutes, activity in problem.whole.past_work.get(problem.experts[who].id, ())
        ]
        expert, day, minutes, points = ints(rows).reshape(-1, 4).T
        return Items(ints(expert), ints(day), self.working_of(ints(minutes)) * points)


def points_of(problem: Problem, activity: str | None) -> int:
    """The intensity of an activity type by its id."""
    known = problem.activity.get(activity) if activity else None
    return known.intensity_points if known else UNKNOWN_POINTS


def as_points(sixtieths: int) -> int | float:
    """A load as it stands in a sentence."""
    return round(sixtieths / SIXTIETHS, 2) if sixtieths % SIXTIETHS else sixtieths // SIXTIETHS
