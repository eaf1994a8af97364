"""Rule: who likes regular times starts about as early as the day before."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.domain.shifts import Shift
from scheduler.domain.time import DAY
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import UNLIMITED, Conflict, Ints, Term, ints, spread
from scheduler.terms.pairs import Pairs

MINUTE_OF_CLOCK = 60_000_000


@dataclass(frozen=True)
class PersonalRegularStarts(Rule):
    """Each two shifts on two days in a row whose local clock times differ by more than the expert likes cost points."""

    points: int

    name: ClassVar[str] = "personal_regular_starts"
    private: ClassVar[bool] = True
    level: ClassVar[Level] = Level.PREFERENCE
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Who likes regular times starts about as early as the day before: a larger difference counts %(points)s.",
            {"points": self.points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per couple of shifts."""
        found = []
        for who in sorted(roster.by_expert):
            most = problem.expert[who].limits.start_difference_minutes
            if most is None or not self.points:
                continue
            shifts = problem.shifts_of(roster, who)
            for early, late in product(shifts, shifts):
                next_day = problem.starts_on[late.id] - problem.starts_on[early.id] == DAY
                if next_day and abs(_clock(problem, late) - _clock(problem, early)) > most:
                    text = "%(expert)s starts at quite another time on %(shift)s than on %(other)s."
                    values = {"expert": who, "shift": late.id, "other": early.id}
                    found.append(
                        self.breach(text, amount=self.points, experts=[who], shifts=[early.id, late.id], **values)
                    )
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A priced couple of pairs each."""
        most = index.limits("start_difference_minutes")
        parts = index.parts
        clock = parts.since[np.flatnonzero(np.diff(parts.shift, prepend=-1))] // MINUTE_OF_CLOCK
        couples = [self._of_expert(pairs, clock, int(who), int(most[who])) for who in np.flatnonzero(most < UNLIMITED)]
        if couples and self.points:
            first, second = (np.concatenate(side) for side in zip(*couples, strict=True))
            yield Conflict(self.level, first, second, spread(self.points, len(first)))

    def _of_expert(self, pairs: Pairs, clock: Ints, who: int, most: int) -> tuple[Ints, Ints]:
        own = pairs.every[pairs.of(who)]
        day, start = pairs.day[own], clock[pairs.shift[own]]
        irregular = (day == day[:, None] + 1) & (np.abs(start - start[:, None]) > most)
        first, second = np.nonzero(irregular)
        return ints(own[first]), ints(own[second])


def _clock(problem: Problem, shift: Shift) -> int:
    local = shift.span.start.astimezone(problem.window.zone)
    return local.hour * 60 + local.minute
