"""Rule: of the few people who can do a shift, somebody stays free at that time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.domain.shifts import Shift
from scheduler.rules.capable import able, can_do
from scheduler.rules.couples import couples_of_shifts
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import Ints, Term, ints, limit
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class LastBackUp(Rule):
    """A shift that at most `few_people` can do costs points when all of them are at work at that time.

    Each shift that they work then counts: who works two short ones within a long one counts twice. Where no more people
    can do it than it asks for, there is no back-up to keep.
    """

    name: ClassVar[str] = "last_back_up"
    reach: ClassVar[Reach] = Reach.ROSTER
    level: ClassVar[Level] = Level.PREFERENCE

    few_people: int
    points: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Of a shift that at most %(few)s people can do, one of them stays free at that time, in case somebody falls"
            " out; otherwise it counts %(points)s.",
            {"few": self.few_people, "points": self.points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per shift without a back-up."""
        if not self.points:
            return []
        found = []
        for shift in problem.shifts:
            people = [e.id for e in problem.experts if can_do(problem, e, shift)]
            if not 0 < len(people) <= self.few_people:
                continue
            meeting = [s for s in problem.shifts if s.span.start < shift.span.end and shift.span.start < s.span.end]
            busy = [who for s in meeting for who in roster.by_shift.get(s.id, []) if who in people]
            many = len(busy) - _free_of(len(people), shift)
            if many > 0:
                found.append(
                    self.breach(
                        "Nobody is left who could step in on %(shift)s; %(count)s people can do it.",
                        amount=many * self.points, experts=sorted(set(busy)), shifts=[shift.id],
                        shift=shift.id, count=len(people),
                    )
                )  # fmt: skip
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per such shift over all that those people could do at the time."""
        if not self.points:
            return
        fit = able(index, index.everybody)
        count = fit.sum(axis=0)
        rows = np.flatnonzero((count > 0) & (count <= self.few_people))
        row, shift = _meeting(pairs, ints(rows))
        place, who = np.nonzero(fit[:, rows[row]].T)
        pair = pairs.find(who, shift[place])
        there = pair >= 0
        high = ints([_free_of(int(count[n]), index.problem.shifts[n]) for n in rows])
        yield limit(self.level, row[place[there]], ints(pair[there]), high=high, above=self.points, rows=len(rows))


def _free_of(people: int, shift: Shift) -> int:
    """How many of the people who can do a shift may be at work then."""
    return max(people - 1, min(people, shift.demand.required))


def _meeting(pairs: Pairs, of: Ints) -> tuple[Ints, Ints]:
    """(position in `of`, shift) of all shifts that meet those; shifts are sorted by start."""
    start, end = pairs.shifts.start, pairs.shifts.end
    longest = int((end - start).max(initial=0))
    low = ints(np.searchsorted(start, start[of] - longest))
    row, shift = couples_of_shifts(low, ints(np.searchsorted(start, end[of])))
    meets = end[shift] > start[of[row]]
    return ints(row[meets]), ints(shift[meets])
