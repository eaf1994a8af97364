"""Rule: in every two weeks everybody rests long enough, in pieces that are long enough."""

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
from scheduler.terms.check import amounts
from scheduler.terms.kinds import Bools, Gap, gap, ints
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class WeeklyRest(LabourRule):
    """So much rest in each two local calendar weeks, in free stretches of at least `piece_minutes`; elapsed minutes.

    The law (Arbeidstijdenwet 5:5) asks 36 hours on end in each 7 x 24 hours, or else 72 hours in each 14 x 24 hours, in
    pieces of at least 32. Who has the one has the other too, so the other is what is asked. Sliding the window freely
    would forbid ordinary weeks, so calendar weeks are taken, as the law does for the hours of a week: each with the
    next, the first with the week before the window. Two weeks that earlier work alone breaks are not counted.
    """

    minutes: int
    piece_minutes: int

    name: ClassVar[str] = "weekly_rest"
    short: ClassVar[Sentence] = Sentence("would not get %(hours)s hours of rest in two weeks")

    def explain(self) -> Sentence:
        """The rule in words."""
        text = "In every two weeks everybody has %(hours)s hours of rest, in pieces of at least %(piece)s hours."
        return Sentence(text, {"hours": as_hours(self.minutes), "piece": as_hours(self.piece_minutes)})

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every two weeks without the rest; the amount is the minutes that are missing."""
        found = []
        for who in sorted(roster.by_expert):
            if not self.binds(problem.expert[who], problem.window):
                continue
            shifts = problem.shifts_of(roster, who)
            before = [span for _, span in problem.earlier.get(who, [])]
            for weeks in _fortnights(problem):
                missing = self._missing(weeks, before + [s.span for s in shifts])
                if missing and not self._missing(weeks, before):
                    text = (
                        "%(expert)s does not rest %(hours)s hours in the two weeks from %(period)s, in pieces of at"
                        " least %(piece)s hours."
                    )
                    members = [s.id for s in shifts if s.span.meets(weeks)]
                    hours = {"hours": as_hours(self.minutes), "piece": as_hours(self.piece_minutes)}
                    monday = problem.window.date_of(weeks.start)
                    breach = self.breach(
                        text, amount=missing, experts=[who], shifts=members, expert=who, period=monday, **hours
                    )
                    found.append(breach)
        return found

    def _missing(self, weeks: Span, busy: list[Span]) -> int:
        free = _free(weeks, busy)
        return max(0, self.minutes - max(sum(m for m in free if m >= self.piece_minutes), *free))

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Gap]:
        """One row per bound expert and two weeks, but those that earlier work breaks."""
        window, history = index.window, index.history
        edges = ints([window.minute_of(window.midnight(7 * week)) for week in range(-1, index.weeks + 1)])
        into = history.end > edges[0]
        busy = (history.expert[into], history.start[into], history.end[into])
        expert, week = np.nonzero(np.broadcast_to(self.bound(index)[:, None], (pairs.experts, index.weeks)))

        def rows(kept: Bools) -> Gap:
            who, at = ints(expert[kept]), week[kept]
            return gap(self.level, who, edges[at], edges[at + 2], self.minutes, piece=self.piece_minutes, busy=busy)

        kept = ~np.isin(expert, busy[0])
        nothing = np.zeros(len(pairs), np.bool_)
        kept[~kept] = amounts(rows(~kept), pairs, nothing) == 0
        yield rows(kept)


def _fortnights(problem: Problem) -> list[Span]:
    window = problem.window
    return [Span(window.midnight(day - 7), window.midnight(day + 7)) for day in range(0, window.days, 7)]


def _free(weeks: Span, busy: list[Span]) -> list[int]:
    """Minutes of the stretches in which none of the spans lies."""
    found, free_from = [], weeks.start
    for span in sorted(busy):
        if span.meets(weeks):
            found.append(_minutes(free_from, span.start))
            free_from = max(free_from, span.end)
    return [*found, _minutes(free_from, weeks.end)]


def _minutes(start: datetime, end: datetime) -> int:
    return max(0, (end - start) // MINUTE)
