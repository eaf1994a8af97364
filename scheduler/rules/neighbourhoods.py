"""How much does it count that a neighbourhood is left with little while others have nearly everything?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.domain.venues import NeighbourhoodId
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach
from scheduler.rules.tally import monday_of
from scheduler.rules.urgency import CoverageRule
from scheduler.terms.kinds import Sum, ints, limit
from scheduler.terms.pairs import Pairs

AVERAGE_NEED = 100
Week = tuple[NeighbourhoodId, date]
Asked = tuple[int, list[ShiftId]]


@dataclass(frozen=True)
class Neighbourhoods(CoverageRule):
    """Each place that a neighbourhood misses below a share of what it asks in a week counts extra; below half, twice.

    It comes after priority and need: what it adds is a percentage of a place of medium priority at the average need.
    A desirable extra person in the neighbourhood counts as one who came.
    """

    name: ClassVar[str] = "neighbourhoods"
    reach: ClassVar[Reach] = Reach.ROSTER

    share_percent: int
    percent_of_a_place: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "No neighbourhood is left with little while another has everything: each place below %(share)s percent of"
            " what a neighbourhood asks in a week counts %(points)s extra, below half of that twice as much.",
            {"share": self.share_percent, "points": self._points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per neighbourhood and week with too little."""
        found = []
        present = {shift: len(people) for shift, people in roster.by_shift.items()}
        for (neighbourhood, monday), (asked, shifts) in _weeks(problem).items():
            people = sum(present.get(shift, 0) for shift in shifts)
            amount = self._points * sum(max(0, low - people) for low in self._lows(asked))
            if amount:
                known = problem.neighbourhood.get(neighbourhood)
                violation = self.breach(
                    "%(neighbourhood)s has %(people)s of %(asked)s people in the week of %(week)s.",
                    amount=amount, shifts=shifts,
                    neighbourhood=known.name if known else neighbourhood, people=people, asked=asked, week=monday,
                )  # fmt: skip
                found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """A row per neighbourhood, week and share."""
        problem = index.problem
        number = {n: at for at, n in enumerate(sorted({v.neighbourhood for v in problem.venues}))}
        place = ints([number[problem.venue[s.venue].neighbourhood] for s in problem.shifts])
        key = place * index.weeks + index.week
        asked = np.zeros(len(number) * index.weeks, np.int64)
        np.add.at(asked, key, [s.demand.required for s in problem.shifts])
        for low in ints([self._lows(int(count)) for count in asked]).T:
            asking = np.flatnonzero(low)
            row_at = np.full(len(low), -1, np.int64)
            row_at[asking] = np.arange(len(asking))
            row = row_at[key[pairs.shift]]
            if len(asking) and self._points:
                yield limit(
                    self.level, row[row >= 0], pairs.every[row >= 0],
                    low=low[asking], below=self._points, rows=len(asking),
                )  # fmt: skip

    @property
    def _points(self) -> int:
        return self.medium * AVERAGE_NEED * self.percent_of_a_place // 1000

    def _lows(self, asked: int) -> tuple[int, int]:
        """How many people are enough, and half as many; a neighbourhood that asks for one is not left with nobody."""
        return -(-asked * self.share_percent // 100), asked * self.share_percent // 200


def _weeks(problem: Problem) -> dict[Week, Asked]:
    """Per neighbourhood and week, in order: how many people are asked, and on which shifts."""
    known = problem.whole.worked_out.get(_weeks)
    if known is None:
        found: dict[Week, list[Shift]] = {}
        for shift in problem.shifts:
            key = problem.venue[shift.venue].neighbourhood, monday_of(problem.starts_on[shift.id])
            found.setdefault(key, []).append(shift)
        weeks = ((key, found[key]) for key in sorted(found))
        known = {key: (sum(s.demand.required for s in shifts), [s.id for s in shifts]) for key, shifts in weeks}
        problem.whole.worked_out[_weeks] = known
    assert isinstance(known, dict)
    return known
