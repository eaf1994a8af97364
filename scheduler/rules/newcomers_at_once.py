"""Rule: nobody has to look after many newcomers at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.rules.accompanied import visits_at
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import Term, limit
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class NewcomersAtOnce(Rule):
    """Each newcomer on a shift beyond so many for each experienced person on it costs points.

    Who had fewer than the first shifts at venues of that kind behind her when the window began is a newcomer.
    """

    name: ClassVar[str] = "newcomers_at_once"
    reach: ClassVar[Reach] = Reach.SHIFT
    level: ClassVar[Level] = Level.PREFERENCE

    first_shifts: int
    newcomers_each: int
    points: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "On a shift there are at most %(each)s newcomers for each person who had %(shifts)s shifts at such a place;"
            " each newcomer more counts %(points)s.",
            {"each": self.newcomers_each, "shifts": self.first_shifts, "points": self.points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per shift with too many newcomers."""
        if not self.points:
            return []
        found = []
        for shift in problem.shifts:
            people, kind = roster.by_shift.get(shift.id, []), problem.venue[shift.venue].kind
            alike = [venue.id for venue in problem.venues if venue.kind == kind]
            seen = [sum(problem.past_visits.get((who, venue), 0) for venue in alike) for who in people]
            new = [who for who, count in zip(people, seen, strict=True) if count < self.first_shifts]
            many = len(new) - self.newcomers_each * (len(people) - len(new))
            if many > 0:
                text, values = "%(shift)s has %(count)s newcomers.", {"shift": shift.id, "count": len(new)}
                found.append(self.breach(text, amount=many * self.points, experts=people, shifts=[shift.id], **values))
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per shift: newcomers count for, experienced people against."""
        if not self.points:
            return
        kind_of_venue = np.unique([venue.kind for venue in index.problem.venues], return_inverse=True)[1]
        kind = kind_of_venue[pairs.shifts.venue[pairs.shift]]
        new = visits_at(index, kind_of_venue)[pairs.expert, kind] < self.first_shifts
        weight = np.where(new, 1, -self.newcomers_each)
        yield limit(self.level, pairs.shift, pairs.every, weight, high=0, above=self.points, rows=len(pairs.shifts))
