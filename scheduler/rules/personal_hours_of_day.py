"""Rule: nobody starts earlier or ends later than she wants."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import ClassVar

import numpy as np

from scheduler.domain.availability import MIDNIGHT
from scheduler.domain.errors import Sentence
from scheduler.domain.people import PersonalLimits
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import Shift
from scheduler.domain.time import DAY
from scheduler.rules.clock import WHOLE_DAY, clock_of
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.terms.kinds import UNLIMITED, Bools, Ints, ints


@dataclass(frozen=True)
class PersonalHoursOfDay(Rule):
    """The earliest start and the latest end of her personal limits, on the local clock.

    The latest end holds on the day on which the shift starts, so a shift past midnight is always too late; a latest
    end of 00:00 is midnight after.
    """

    name: ClassVar[str] = "personal_hours_of_day"
    private: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody starts earlier or ends later than they want.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every assignment that starts too early or ends too late."""
        text = "%(shift)s lies outside the hours of the day at which %(expert)s wants to work."
        return [
            self.breach(text, experts=[who], shifts=[shift.id], shift=shift.id, expert=who)
            for who, shift in assigned(problem, roster)
            if self._is_outside(problem, problem.expert[who].limits, shift)
        ]

    def _is_outside(self, problem: Problem, limits: PersonalLimits, shift: Shift) -> bool:
        zone = problem.window.zone
        start, end = (instant.astimezone(zone).replace(tzinfo=None) for instant in (shift.span.start, shift.span.end))
        if limits.earliest_start is not None and start.time() < limits.earliest_start:
            return True
        if limits.latest_end is None:
            return False
        day = start.date() + DAY if limits.latest_end == MIDNIGHT else start.date()
        return end > datetime.combine(day, limits.latest_end)

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Pairs outside the hours."""
        parts, last = index.parts, np.flatnonzero(np.diff(index.parts.shift, append=-1))
        first = np.flatnonzero(np.diff(parts.shift, prepend=-1))
        starts, ends = parts.since[first], (parts.day[last] - parts.day[first]) * WHOLE_DAY + parts.until[last]
        limits = [e.limits for e in index.problem.experts[crew]]
        earliest = ints([-1 if x.earliest_start is None else clock_of(x.earliest_start) for x in limits])
        latest = _latest([x.latest_end for x in limits])
        choosy = np.flatnonzero((earliest >= 0) | (latest < UNLIMITED))
        if not len(choosy):
            return None
        found = np.zeros((len(limits), len(index.shifts)), np.bool_)
        found[choosy] = (starts < earliest[choosy, None]) | (ends > latest[choosy, None])
        return found


def _latest(clocks: list[time | None]) -> Ints:
    return ints([UNLIMITED if at is None else clock_of(at) or WHOLE_DAY for at in clocks])
