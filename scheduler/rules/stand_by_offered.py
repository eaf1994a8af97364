"""Rule: nobody stands by but who offered it, for that part of the day and that neighbourhood."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.stand_by import DayPart, StandBy
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.terms.kinds import Bools

HOUR = 60 * 60 * 1_000_000


@dataclass(frozen=True)
class StandByOffered(Rule):
    """To stand by is a shift of its own kind; the part of the day is that of its local start."""

    name: ClassVar[str] = "stand_by_offered"
    reach: ClassVar[Reach] = Reach.EXPERT
    short: ClassVar[Sentence] = Sentence("has not offered to stand by then and there")

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Only who offered it stands by, in the parts of the day and the neighbourhoods they chose.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every duty that was not offered."""
        text, zone = "%(expert)s has not offered to stand by on %(shift)s.", problem.window.zone
        found = []
        for who, shift in assigned(problem, roster):
            part = DayPart.of(shift.span.start.astimezone(zone).time())
            duty = StandBy(part, problem.venue[shift.venue].neighbourhood)
            if problem.activity[shift.activity].stand_by and duty not in problem.expert[who].stand_by:
                found.append(self.breach(text, experts=[who], shifts=[shift.id], expert=who, shift=shift.id))
        return found

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Pairs with duties of parts and neighbourhoods that the expert did not name; None where there is no duty."""
        duties = duty_shifts(index)
        if not duties.any():
            return None
        experts, parts = index.problem.experts[crew], list(DayPart)
        found = np.zeros((len(experts), len(index.shifts)), np.bool_)
        opens = {part: parts.index(part) * 6 for part in parts}
        hour = np.full(len(index.shifts), -1, np.int64)
        hour[index.parts.shift[::-1]] = index.parts.since[::-1] // HOUR
        where = np.array([v.neighbourhood for v in index.problem.venues])[index.shifts.venue]
        for row, expert in enumerate(experts):
            offered = np.zeros(len(duties), np.bool_)
            for duty in expert.stand_by:
                since = opens[duty.part]
                offered |= (where == duty.neighbourhood) & (hour >= since) & (hour < since + 6)
            found[row] = duties & ~offered
        return found


def duty_shifts(index: Index) -> Bools:
    """Which shifts are to stand by."""
    stands_by = np.array([activity.stand_by for activity in index.problem.activities], np.bool_)
    found: Bools = stands_by[index.shifts.kind]
    return found
