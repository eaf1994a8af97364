"""Rule: between the work of one day and that of the next lies the daily rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.time import Span
from scheduler.rules.index import Index
from scheduler.rules.labour import LabourRule
from scheduler.rules.rule import as_hours, assigned
from scheduler.rules.tally import history_of
from scheduler.terms.kinds import Bools, Conflict, ints, spread
from scheduler.terms.pairs import Pairs

A_DAY_IN_MINUTES = 24 * 60


@dataclass(frozen=True)
class DailyRest(LabourRule):
    """So much unbroken rest in each 24 hours (Arbeidstijdenwet 5:3), in elapsed minutes, also when the clock changes.

    The law counts 24 hours from the start of the work. A day may be split, so two demands together make it true:
    shifts that start on different local days lie at least the rest apart, and the shifts that start on one local day
    leave the rest free in the 24 hours from the start of the first. The amount is the number of couples that break it.
    Work before the window counts.
    """

    minutes: int

    name: ClassVar[str] = "daily_rest"

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("After a day of work everybody rests %(hours)s hours.", {"hours": as_hours(self.minutes)})

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every couple of shifts without the rest, and every shift too soon after work before the window."""
        found = []
        for who in sorted(roster.by_expert):
            if not self.binds(problem.expert[who], problem.window):
                continue
            for first, second in combinations(problem.shifts_of(roster, who), 2):
                if self._is_short(problem, first.span, second.span):
                    text = "%(expert)s does not rest %(hours)s hours between %(shift)s and %(other)s."
                    found.append(
                        self.breach(
                            text,
                            experts=[who],
                            shifts=[first.id, second.id],
                            expert=who,
                            shift=first.id,
                            other=second.id,
                            hours=as_hours(self.minutes),
                        )
                    )
        return found + self._too_soon_after_history(problem, roster)

    def _is_short(self, problem: Problem, first: Span, second: Span) -> bool:
        rest = timedelta(minutes=self.minutes)
        if problem.window.date_of(first.start) == problem.window.date_of(second.start):
            return max(first.end, second.end) - first.start > timedelta(hours=24) - rest
        return second.start - first.end < rest

    def _too_soon_after_history(self, problem: Problem, roster: Roster) -> list[Violation]:
        found = []
        rest = timedelta(minutes=self.minutes)
        last = {who: max(span.end for span in spans) for who, spans in history_of(problem).items()}
        for who, shift in assigned(problem, roster):
            bound = who in last and self.binds(problem.expert[who], problem.window)
            if bound and shift.span.start - last[who] < rest:
                text = "%(expert)s does not rest %(hours)s hours between an earlier shift and %(shift)s."
                hours = as_hours(self.minutes)
                violation = self.breach(text, experts=[who], shifts=[shift.id], expert=who, shift=shift.id, hours=hours)
                found.append(violation)
        return found

    def forbids(self, index: Index, crew: slice) -> Bools:
        """Pairs too soon after what the expert worked before the window."""
        history = index.history
        free_from = np.full(len(index.problem.experts), np.iinfo(np.int64).min)
        np.maximum.at(free_from, history.expert, history.end + self.minutes)
        too_soon: Bools = self.bound(index)[crew][:, None] & (index.shifts.start < free_from[crew][:, None])
        return too_soon

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Conflict]:
        """Couples of different days by the gap, couples of one day by the whole length of the day."""
        start, end, day = index.shifts.start, index.shifts.end, index.shifts.day
        first, second = pairs.couples(self.minutes)
        one, other = pairs.shift[first], pairs.shift[second]
        near = (day[one] != day[other]) & (start[other] - end[one] < self.minutes)
        early, late = pairs.meeting(day, day + 1)
        one, other = pairs.shift[early], pairs.shift[late]
        length = np.maximum(end[one], end[other]) - np.minimum(start[one], start[other])
        long = length > A_DAY_IN_MINUTES - self.minutes
        first, second = ints(np.append(first[near], early[long])), ints(np.append(second[near], late[long]))
        bound = self.bound(index)[pairs.expert[first]]
        yield Conflict(self.level, first[bound], second[bound], spread(1, int(bound.sum())))
