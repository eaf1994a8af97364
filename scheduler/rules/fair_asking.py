"""Rule: it is not always the same people who are asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.availability import AvailabilityLevel
from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import Term, ints, limit
from scheduler.terms.pairs import Pairs

STEPS = 4


@dataclass(frozen=True)
class FairAsking(Rule):
    """The more often somebody was asked for a time at which she wants to be asked first, the more the next time costs.

    Each time beyond the first few costs points, beyond twice as many again, and so on for four steps, those of the
    months before counted first. How often she was asked counts, never what she answered.
    """

    name: ClassVar[str] = "fair_asking"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    step_asks: int
    points: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Who wants to be asked first is not asked again and again: each time after %(step)s in some months counts"
            " %(points)s, after twice as many another %(points)s, and so on. What people answer never counts.",
            {"step": self.step_asks, "points": self.points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per person who is asked too often."""
        if not self.points:
            return []
        found, zone = [], problem.window.zone
        for who in sorted(roster.by_expert):
            when, before = problem.expert[who].availability, problem.past_asks.get(who, 0)
            shifts = problem.shifts_of(roster, who)
            asked = [s.id for s in shifts if when.level_of(s.span, zone) is AvailabilityLevel.ASK_FIRST]
            times = sum(
                number > step * self.step_asks
                for number in range(before + 1, before + len(asked) + 1)
                for step in range(1, STEPS + 1)
            )
            if times:
                text, values = "%(expert)s is asked often: %(count)s times more.", {"expert": who, "count": len(asked)}
                found.append(self.breach(text, amount=times * self.points, experts=[who], shifts=asked, **values))
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per expert and step."""
        if not self.points:
            return
        asked = index.pair_levels(pairs) == AvailabilityLevel.ASK_FIRST
        before = ints([index.problem.past_asks.get(e.id, 0) for e in index.problem.experts])
        for step in range(1, STEPS + 1):
            free = np.maximum(step * self.step_asks - before, 0)
            yield limit(
                self.level, pairs.expert[asked], pairs.every[asked], high=free, above=self.points, rows=pairs.experts
            )
