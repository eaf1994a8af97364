"""Rule: between the work of one day and that of the next lies the daily rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.rules.couples import couples_in
from scheduler.rules.index import Index
from scheduler.rules.labour import LabourRule
from scheduler.rules.near import A_DAY, couples_within
from scheduler.rules.rule import as_hours, assigned
from scheduler.terms.kinds import Bools, Conflict, Ints, ints, spread
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
        found, near = [], max(A_DAY, timedelta(minutes=self.minutes))
        for who in sorted(roster.by_expert):
            if not self.binds(problem.expert[who], problem.window):
                continue
            for first, second in couples_within(problem.shifts_of(roster, who), near):
                if self._is_short(problem, first, second):
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

    def in_short(self, violation: Violation, shift: ShiftId) -> Sentence:
        """Which other shift is too near; one before the window has no name."""
        hours = violation.sentence.values["hours"]
        for other in violation.shifts:
            if other != shift:
                values = {"hours": hours, "other": other}
                return Sentence("would not get %(hours)s hours of rest (%(other)s)", values)
        return Sentence("would not get %(hours)s hours of rest", {"hours": hours})

    def _is_short(self, problem: Problem, first: Shift, second: Shift) -> bool:
        rest = timedelta(minutes=self.minutes)
        if problem.starts_on[first.id] == problem.starts_on[second.id]:
            return max(first.span.end, second.span.end) - first.span.start > timedelta(hours=24) - rest
        return second.span.start - first.span.end < rest

    def _too_soon_after_history(self, problem: Problem, roster: Roster) -> list[Violation]:
        found = []
        rest = timedelta(minutes=self.minutes)
        last = {who: max(span.end for _, span in spans) for who, spans in problem.earlier.items()}
        for who, shift in assigned(problem, roster):
            bound = who in last and self.binds(problem.expert[who], problem.window)
            if bound and shift.span.start - last[who] < rest:
                text = "%(expert)s does not rest %(hours)s hours between an earlier shift and %(shift)s."
                hours = as_hours(self.minutes)
                violation = self.breach(text, experts=[who], shifts=[shift.id], expert=who, shift=shift.id, hours=hours)
                found.append(violation)
        return found

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Pairs too soon after what the expert worked before the window."""
        history = index.history
        free_from = np.full(len(index.problem.experts), np.iinfo(np.int64).min)
        np.maximum.at(free_from, history.expert, history.end + self.minutes)
        free_from[~self.bound(index)] = np.iinfo(np.int64).min
        too_soon = np.searchsorted(index.shifts.start, free_from[crew])
        if not too_soon.any():
            return None
        found: Bools = np.arange(len(index.shifts)) < too_soon[:, None]
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Conflict]:
        """The same couples of shifts for everybody whom the rule binds."""
        start, end, day = index.shifts.start, index.shifts.end, index.shifts.day
        next_day = ints(np.searchsorted(day, day, side="right"))

        def is_long(one: Ints, other: Ints) -> Bools:
            long: Bools = np.maximum(end[one], end[other]) - start[one] > A_DAY_IN_MINUTES - self.minutes
            return long

        apart = couples_in(pairs, next_day, ints(np.searchsorted(start, end + self.minutes)))
        on_one_day = couples_in(pairs, ints(np.arange(len(day)) + 1), next_day, is_long)
        first, second = (np.append(one, other) for one, other in zip(apart, on_one_day, strict=True))
        bound = self.bound(index)[pairs.expert[first]]
        yield Conflict(self.level, first[bound], second[bound], spread(1, int(bound.sum())))
