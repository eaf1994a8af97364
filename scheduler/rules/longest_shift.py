"""Rule: no shift lasts longer than the labour limit."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.index import Index
from scheduler.rules.labour import LabourRule
from scheduler.rules.rule import as_hours, assigned
from scheduler.rules.shapes import everybody_of
from scheduler.rules.working import CountsWork
from scheduler.terms.kinds import Bools


@dataclass(frozen=True)
class LongestShift(CountsWork, LabourRule):
    """Elapsed minutes of one shift."""

    minutes: int

    name: ClassVar[str] = "longest_shift"
    short: ClassVar[Sentence] = Sentence("works at most %(most)s hours in one shift; this one lasts %(hours)s")

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("A shift lasts at most %(hours)s hours.", {"hours": as_hours(self.minutes)})

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every assignment to a shift that is too long."""
        found = []
        for who, shift in assigned(problem, roster):
            if self.working(shift.span.minutes) > self.minutes and self.binds(problem.expert[who], problem.window):
                text = "%(shift)s of %(expert)s lasts %(hours)s hours; the most is %(most)s."
                hours, most = as_hours(self.working(shift.span.minutes)), as_hours(self.minutes)
                violation = self.breach(
                    text, experts=[who], shifts=[shift.id], shift=shift.id, expert=who, hours=hours, most=most
                )
                found.append(violation)
        return found

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """All pairs of shifts that are too long, of experts whom the rule binds."""
        return everybody_of(self.bound(index)[crew], self.working_of(index.shifts.minutes) > self.minutes)
