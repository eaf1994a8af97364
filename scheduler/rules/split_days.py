"""Rule: two shifts on one day follow each other closely."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.domain.time import MINUTE
from scheduler.rules.couples import couples_in
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule, as_hours
from scheduler.terms.kinds import Conflict, Term, ints, spread
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class SplitDays(Rule):
    """Each two shifts that start on the same local day, with more than `gap_minutes` between them, cost points."""

    name: ClassVar[str] = "split_days"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    gap_minutes: int
    points: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Nobody waits long between two shifts of one day: more than %(gap)s minutes counts %(points)s.",
            {"gap": self.gap_minutes, "points": self.points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per couple of shifts."""
        found = []
        for expert in sorted(roster.by_expert):
            for early, late in combinations(problem.shifts_of(roster, expert), 2):
                if problem.starts_on[early.id] != problem.starts_on[late.id]:
                    continue
                minutes = (late.span.start - early.span.end) // MINUTE
                if minutes > self.gap_minutes and self.points:
                    violation = self.breach(
                        "%(expert)s waits %(hours)s hours between %(shift)s and %(other)s.",
                        amount=self.points, experts=[expert], shifts=[early.id, late.id],
                        expert=expert, hours=as_hours(minutes), shift=early.id, other=late.id,
                    )  # fmt: skip
                    found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A priced couple of pairs each."""
        if not self.points:
            return
        start, end, day = index.shifts.start, index.shifts.end, index.shifts.day
        after = np.searchsorted(start, end + self.gap_minutes, side="right")
        first, second = couples_in(pairs, ints(after), ints(np.searchsorted(day, day, side="right")))
        yield Conflict(self.level, first, second, spread(self.points, len(first)))
