"""How much does somebody work or earn in a period, in steps, and which steps would she like at least or at most?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

import numpy as np

from scheduler.domain.limits import GradedLimit, Period
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.domain.time import DAY, PlanningWindow
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach
from scheduler.rules.tally import monday_of
from scheduler.rules.working import CountsWork
from scheduler.terms.kinds import UNLIMITED, Sum, ints, limit
from scheduler.terms.pairs import Pairs

MEASURES = ("minutes", "cents")
Stretch = tuple[date, date]
"""The first day of a period, and the first after it."""


class Band(NamedTuple):
    """What one expert likes to have of one measure in one period, in steps; None: no wish."""

    expert: Expert
    measure: str
    period: Stretch
    least: int | None
    most: int | None


@dataclass(frozen=True, kw_only=True)
class GradedRule(CountsWork):
    """A rule over graded limits: each step of minutes or cents outside costs points.

    A shift and a piece of earlier work each count their working time or pay in steps, rounded up. Of a period that
    goes on after the window only the days up to the window's end count for what is liked at least.
    """

    step_minutes: int
    step_cents: int
    points_a_step: int

    level: ClassVar[Level] = Level.PREFERENCE
    reach: ClassVar[Reach] = Reach.EXPERT

    def wished(self, graded: GradedLimit, measure: str) -> tuple[int | None, int | None]:
        """What this rule looks at: the least and the most of a measure."""
        raise TypeError(type(self).__name__)

    def steps(self, expert: Expert, measure: str, minutes: int) -> int:
        """One shift of this length in steps."""
        worked = self.working(minutes)
        if measure == "minutes":
            return -(-worked // self.step_minutes)
        return -(-worked * (expert.hour_cents or 0) // (60 * self.step_cents))

    def bands(self, problem: Problem) -> Iterator[Band]:
        """Everybody's wishes in every period that the window touches."""
        for expert in problem.experts:
            for graded in expert.limits.graded:
                for measure in MEASURES:
                    least, most = self.wished(graded, measure)
                    if least is not None or most is not None:
                        for period in _periods(graded.period, problem.window):
                            yield Band(expert, measure, period, self._due(least, measure, period, problem.window),
                                       None if most is None else -(-most // self._step(measure)))  # fmt: skip

    def _due(self, least: int | None, measure: str, period: Stretch, window: PlanningWindow) -> int | None:
        first, end = period
        return least and least * (min(end, window.end) - first).days // (end - first).days // self._step(measure)

    def _step(self, measure: str) -> int:
        return self.step_minutes if measure == "minutes" else self.step_cents

    def outside(self, problem: Problem, roster: Roster, text: str) -> list[Violation]:
        """One violation per band that is not kept; the words name neither an amount nor a measure."""
        found = []
        for band in self.bands(problem):
            (first, end), who = band.period, band.expert.id
            shifts = [s for s in problem.shifts_of(roster, who) if first <= problem.starts_on[s.id] < end]
            past = [span.minutes for day, span in problem.earlier.get(who, ()) if first <= day < end]
            here = sum(self.steps(band.expert, band.measure, s.span.minutes) for s in shifts)
            total = here + sum(self.steps(band.expert, band.measure, minutes) for minutes in past)
            above = 0 if band.most is None else min(here, max(0, total - band.most))
            steps = above + max(0, (band.least or 0) - total)
            if steps * self.points_a_step:
                ids = [shift.id for shift in shifts]
                found.append(
                    self.breach(
                        text, amount=steps * self.points_a_step, experts=[who], shifts=ids, expert=who, period=first
                    )
                )
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """A row per band."""
        rows, members, weights = [], [], []
        low, high = [], []
        hourly = ints([expert.hour_cents or 0 for expert in index.problem.experts])
        for row, band in enumerate(self.bands(index.problem)):
            who = index.expert_at[band.expert.id]
            first, end = ((day - index.window.first).days for day in band.period)
            own = pairs.every[pairs.of(who)]
            own = own[(first <= pairs.day[own]) & (pairs.day[own] < end)]
            worked = self.working_of(pairs.minutes[own])
            pay = -(-worked * hourly[who] // (60 * self.step_cents))
            past = self._past_steps(index, who, band, first, end)
            rows.append(np.full(len(own), row))
            members.append(own)
            weights.append(-(-worked // self.step_minutes) if band.measure == "minutes" else pay)
            low.append(-UNLIMITED if band.least is None else band.least - past)
            high.append(UNLIMITED if band.most is None else max(0, band.most - past))
        if low:
            yield limit(
                self.level, ints(np.concatenate(rows)), ints(np.concatenate(members)), ints(np.concatenate(weights)),
                low=ints(low), high=ints(high), below=self.points_a_step, above=self.points_a_step, rows=len(low),
            )  # fmt: skip

    def _past_steps(self, index: Index, who: int, band: Band, first: int, end: int) -> int:
        history = index.history
        mine = (history.expert == who) & (history.day >= first) & (history.day < end)
        return sum(self.steps(band.expert, band.measure, minutes) for minutes in history.minutes[mine].tolist())


def _periods(period: Period, window: PlanningWindow) -> list[Stretch]:
    """The periods of a kind that the window touches."""
    found: list[Stretch] = []
    day = window.first
    while day < window.end:
        first, end = _around(period, day)
        found.append((first, end))
        day = end
    return found


def _around(period: Period, day: date) -> Stretch:
    if period is Period.WEEK:
        return monday_of(day), monday_of(day) + 7 * DAY
    first = day.replace(day=1) if period is Period.MONTH else day.replace(month=1, day=1)
    next_month = (first.replace(day=28) + 4 * DAY).replace(day=1)
    return first, next_month if period is Period.MONTH else first.replace(year=first.year + 1)
