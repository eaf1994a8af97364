"""Rule: nobody carries a venue alone."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import Term, ints, limit
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class CarriedAlone(Rule):
    """Each shift of one person at a venue beyond a percentage of the places that it asks for costs points.

    One shift is always fine. Places, not shifts that are filled: who stays when others fall out did nothing wrong.
    """

    name: ClassVar[str] = "carried_alone"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    most_percent: int
    points: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Nobody carries a venue alone: each shift of one person beyond %(percent)s percent of the places there in a"
            " period counts %(points)s.",
            {"percent": self.most_percent, "points": self.points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per person and venue."""
        if not self.points:
            return []
        places: Counter[str] = Counter()
        for shift in problem.shifts:
            places[shift.venue] += shift.demand.required
        found = []
        for who in sorted(roster.by_expert):
            shifts = problem.shifts_of(roster, who)
            for venue in sorted({s.venue for s in shifts}):
                here = [s.id for s in shifts if s.venue == venue]
                many = len(here) - max(1, places[venue] * self.most_percent // 100)
                if many > 0:
                    text = "%(expert)s works %(count)s shifts at %(venue)s, which asks for %(places)s."
                    said = {"expert": who, "count": len(here), "venue": venue, "places": places[venue]}
                    found.append(self.breach(text, amount=many * self.points, experts=[who], shifts=here, **said))
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per expert and venue where she could have that many."""
        if not self.points:
            return
        places = np.zeros(len(index.problem.venues), np.int64)
        np.add.at(places, pairs.shifts.venue, index.required)
        most = np.maximum(places * self.most_percent // 100, 1)
        key = pairs.expert * len(most) + pairs.shifts.venue[pairs.shift]
        rows, row, size = np.unique(key, return_inverse=True, return_counts=True)
        high = most[rows % len(most)]
        kept = size > high
        at = np.where(kept, np.cumsum(kept) - 1, -1)[row]
        member = at >= 0
        yield limit(
            self.level, ints(at[member]), pairs.every[member], high=high[kept], above=self.points, rows=int(kept.sum())
        )
