"""Rule: nobody is in two places at once, and between two venues there is time to travel."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.rules.couples import couples_in
from scheduler.rules.index import Index
from scheduler.rules.near import couples_within, longest_journey
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.terms.kinds import Apart, Bools, Conflict, Ints, ints, spread
from scheduler.terms.pairs import Pairs

AT_ONCE = "%(expert)s has %(shift)s and %(other)s at the same time."


@dataclass(frozen=True)
class Overlap(Rule):
    """Two shifts of one expert never share an instant; between different venues lie travel time and a buffer.

    Travel goes by the expert's own mode. At one venue a shift may start when another ends. What she worked before the
    window may run into it; where that was is not known, so only the overlap counts there.
    """

    buffer_minutes: int

    name: ClassVar[str] = "overlap"
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in words."""
        text = "Nobody works two shifts at once; between two venues there is travel time and %(minutes)s minutes more."
        return Sentence(text, {"minutes": self.buffer_minutes})

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every couple of shifts that overlap or leave too little time to travel; every overlap with history."""
        found, near = [], longest_journey(problem) + timedelta(minutes=self.buffer_minutes)
        for who in sorted(roster.by_expert):
            expert = problem.expert[who]
            for first, second in couples_within(problem.shifts_of(roster, who), near):
                if first.span.meets(second.span):
                    text = AT_ONCE
                elif self._is_too_tight(problem, expert, first, second):
                    text = "%(expert)s has too little time to travel from %(shift)s to %(other)s."
                else:
                    continue
                both = [first.id, second.id]
                found.append(self.breach(text, experts=[who], shifts=both, expert=who, shift=first.id, other=second.id))
        for who, shift in assigned(problem, roster):
            if any(span.meets(shift.span) for _, span in problem.earlier.get(who, [])):
                text = "%(expert)s still works an earlier shift when %(shift)s starts."
                found.append(self.breach(text, experts=[who], shifts=[shift.id], expert=who, shift=shift.id))
        return found

    def in_short(self, violation: Violation, shift: ShiftId) -> Sentence:
        """Which other shift is in the way; one before the window has no name."""
        if len(violation.shifts) < 2:
            return Sentence("already works then")
        first, second = violation.shifts
        other = {"other": first if shift == second else second}
        if violation.sentence.text == AT_ONCE:
            return Sentence("already works then (%(other)s)", other)
        if shift == second:
            return Sentence("has too little time to travel from an earlier shift (%(other)s)", other)
        return Sentence("has too little time to travel to a later shift (%(other)s)", other)

    def _is_too_tight(self, problem: Problem, expert: Expert, first: Shift, second: Shift) -> bool:
        if first.venue == second.venue:
            return False
        one, other = problem.venue[first.venue], problem.venue[second.venue]
        travel = problem.travel.between_venues((one.id, one.place), (other.id, other.place), expert.travel_mode)
        return second.span.start - first.span.end < timedelta(minutes=travel + self.buffer_minutes)

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Pairs that meet what the expert worked before the window."""
        first, last, _ = crew.indices(len(index.problem.experts))
        history = index.history
        late = np.flatnonzero((history.end > 0) & (first <= history.expert) & (history.expert < last))
        if not len(late):
            return None
        found = np.zeros((last - first, len(index.shifts)), np.bool_)
        for expert, start, end in zip(history.expert[late], history.start[late], history.end[late], strict=True):
            found[expert - first] |= (index.shifts.start < end) & (start < index.shifts.end)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Apart | Conflict]:
        """Overlap holds for everybody alike; travel depends on the couple of pairs."""
        yield Apart(index.shifts.start, index.shifts.end)
        start, end, venue = index.shifts.start, index.shifts.end, index.shifts.venue

        def near(one: Ints, other: Ints) -> Bools:
            found: Bools = venue[one] != venue[other]
            a, b = one[found], other[found]
            found[found] = start[b] - end[a] < index.longest_between(venue[a], venue[b]) + self.buffer_minutes
            return found

        after = ints(np.searchsorted(start, end))
        reach = ints(np.searchsorted(start, end + index.longest_journey + self.buffer_minutes))
        first, second = couples_in(pairs, after, reach, near)
        one, other = pairs.shift[first], pairs.shift[second]
        minutes = index.minutes_between(index.mode[pairs.expert[first]], venue[one], venue[other])
        tight = start[other] - end[one] < minutes + self.buffer_minutes
        yield Conflict(self.level, first[tight], second[tight], spread(1, int(tight.sum())))
