"""Rule: who has set no limit of her own travels no longer from home to a venue than is usual."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.terms.kinds import UNLIMITED, Bools


@dataclass(frozen=True)
class HomeDistance(Rule):
    """Minutes one way by the expert's own mode. A home or venue whose place is unknown is never too far."""

    usual_minutes: int

    name: ClassVar[str] = "home_distance"
    reach: ClassVar[Reach] = Reach.EXPERT
    short: ClassVar[Sentence] = Sentence("lives too far away: %(minutes)s minutes to travel, the limit is %(most)s")

    def explain(self) -> Sentence:
        """The rule in words."""
        text = "Who has no limit of their own travels at most %(minutes)s minutes to a venue."
        return Sentence(text, {"minutes": self.usual_minutes})

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every assignment too far from home."""
        found = []
        for who, shift in assigned(problem, roster):
            expert, venue = problem.expert[who], problem.venue[shift.venue]
            minutes = problem.travel.minutes(expert.home, venue.place, expert.travel_mode)
            if expert.limits.travel_minutes is None and minutes > self.usual_minutes:
                text = "%(expert)s would travel %(minutes)s minutes to %(venue)s; the most is %(most)s."
                breach = self.breach(
                    text,
                    experts=[who],
                    shifts=[shift.id],
                    expert=who,
                    minutes=minutes,
                    venue=venue.id,
                    most=self.usual_minutes,
                )
                found.append(breach)
        return found

    def forbids(self, index: Index, crew: slice) -> Bools:
        """Pairs farther than usual."""
        most = np.where(index.limits("travel_minutes")[crew] == UNLIMITED, self.usual_minutes, UNLIMITED)
        too_far: Bools = index.travel_home[crew] > most[:, None]
        return too_far[:, index.shifts.venue]
