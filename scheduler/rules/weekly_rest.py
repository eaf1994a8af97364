"""Rule: in every calendar week everybody has one long unbroken rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.time import MINUTE, Span
from scheduler.rules.index import Index
from scheduler.rules.labour import LabourRule
from scheduler.rules.rule import as_hours
from scheduler.terms.kinds import Bools, Gap, Ints, gap, ints
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class WeeklyRest(LabourRule):
    """So much unbroken rest in each local calendar week, Monday 00:00 to Sunday 24:00, in elapsed minutes.

    The law (Arbeidstijdenwet 5:5) asks it in each 7 x 24 hours. Sliding that window freely would forbid an ordinary
    week from Monday to Friday, so the calendar week is taken, as the law does for the hours of a week; the rest lies
    wholly inside it. A rest early in one week and late in the next is held together by the rule on days in a row.
    Work before the window that runs into its first week counts. A week that such work alone breaks is not counted.
    """

    minutes: int

    name: ClassVar[str] = "weekly_rest"
    short: ClassVar[Sentence] = Sentence("would not get %(hours)s hours of rest on end this week")

    def explain(self) -> Sentence:
        """The rule in words."""
        text = "Everybody has %(hours)s hours of unbroken rest in every week."
        return Sentence(text, {"hours": as_hours(self.minutes)})

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every week without the rest; the amount is the minutes that the longest free stretch misses."""
        found = []
        for who in sorted(roster.by_expert):
            if not self.binds(problem.expert[who], problem.window):
                continue
            shifts = problem.shifts_of(roster, who)
            before = [span for _, span in problem.earlier.get(who, [])]
            for week in _weeks(problem):
                missing = self.minutes - _longest_free(week, before + [s.span for s in shifts])
                if missing > 0 and _longest_free(week, before) >= self.minutes:
                    text = "%(expert)s does not rest %(hours)s hours on end in the week of %(period)s."
                    members = [s.id for s in shifts if s.span.meets(week)]
                    monday = problem.window.date_of(week.start)
                    values = {"expert": who, "hours": as_hours(self.minutes), "period": monday}
                    found.append(self.breach(text, amount=missing, experts=[who], shifts=members, **values))
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Gap]:
        """One row per bound expert and week."""
        window, history = index.window, index.history
        edges = ints([window.minute_of(window.midnight(7 * week)) for week in range(index.weeks + 1)])
        into = history.end > 0
        expert, week = np.nonzero(np.broadcast_to(self.bound(index)[:, None], (pairs.experts, index.weeks)))
        kept = ~np.isin(expert, history.expert[into]) | self._has_rest(
            index, ints(expert), edges[week], edges[week + 1]
        )
        expert, week = ints(expert[kept]), week[kept]
        busy = (history.expert[into], history.start[into], history.end[into])
        yield gap(self.level, expert, edges[week], edges[week + 1], self.minutes, busy=busy)

    def _has_rest(self, index: Index, expert: Ints, start: Ints, end: Ints) -> Bools:
        """Whether the last work before the window leaves room for the rest in each week."""
        last = np.full(len(index.problem.experts), np.iinfo(np.int64).min)
        np.maximum.at(last, index.history.expert, index.history.end)
        found: Bools = end - np.maximum(start, last[expert]) >= self.minutes
        return found


def _weeks(problem: Problem) -> list[Span]:
    window = problem.window
    return [Span(window.midnight(day), window.midnight(day + 7)) for day in range(0, window.days, 7)]


def _longest_free(week: Span, busy: list[Span]) -> int:
    """Minutes of the longest stretch of the week in which none of the spans lies."""
    longest, free_from = 0, week.start
    for span in sorted(busy):
        if span.meets(week):
            longest = max(longest, _minutes(free_from, span.start))
            free_from = max(free_from, span.end)
    return max(longest, _minutes(free_from, week.end))


def _minutes(start: datetime, end: datetime) -> int:
    return max(0, (end - start) // MINUTE)
