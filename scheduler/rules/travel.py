"""Rule: people do not travel far for a shift."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.rules.shapes import priced
from scheduler.terms.kinds import Term
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class Travel(Rule):
    """Each full `minutes_a_point` of the way from home, one way and beyond the free minutes, costs a point a shift."""

    name: ClassVar[str] = "travel"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    free_minutes: int
    minutes_a_point: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Nobody travels far: from home up to %(free)s minutes is fine, each %(step)s minutes more count 1.",
            {"free": self.free_minutes, "step": self.minutes_a_point},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per assignment with a long way."""
        found = []
        for expert_id, shift in assigned(problem, roster):
            expert = problem.expert[expert_id]
            minutes = problem.travel.minutes(expert.home, problem.venue[shift.venue].place, expert.travel_mode)
            amount = max(0, minutes - self.free_minutes) // self.minutes_a_point
            if amount:
                violation = self.breach(
                    "%(expert)s travels %(minutes)s minutes to %(venue)s.",
                    amount=amount, experts=[expert_id], shifts=[shift.id],
                    expert=expert_id, minutes=minutes, venue=shift.venue, shift=shift.id,
                )  # fmt: skip
                found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """One cost per pair."""
        minutes = index.travel_home[pairs.expert, pairs.shifts.venue[pairs.shift]]
        yield priced(self.level, pairs, np.maximum(minutes - self.free_minutes, 0) // self.minutes_a_point)
