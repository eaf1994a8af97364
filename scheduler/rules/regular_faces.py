"""Rule: each venue sees the same two or three faces."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.domain.time import MINUTE
from scheduler.domain.venues import VenueId
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import Bools, Distinct, Term, spread
from scheduler.terms.pairs import Pairs

WEEK_MINUTES = 7 * 24 * 60
FRESH = 1_000_000
"""What a shift of the last week weighs."""


@dataclass(frozen=True)
class RegularFaces(Rule):
    """Each face at a venue in a period that is none of its regulars costs points, once, however often it comes.

    The regulars of a venue are the few who were there most in the months before; each week that has passed since takes
    a percentage of a shift's weight away. Not how many faces a venue sees beyond so many: that no kind of term can say.
    """

    name: ClassVar[str] = "regular_faces"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    regulars: int
    fades_percent_a_week: int
    points: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "A venue sees its %(regulars)s regulars: who was there most lately, where each week ago weighs %(percent)s"
            " percent less. Each other face in a period counts %(points)s.",
            {"regulars": self.regulars, "percent": self.fades_percent_a_week, "points": self.points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per venue and face that is none of its regulars."""
        if not self.points:
            return []
        found, regulars = [], self._known(problem)
        for who in sorted(roster.by_expert):
            shifts = problem.shifts_of(roster, who)
            for venue in sorted({s.venue for s in shifts}):
                if who not in regulars.get(venue, ()):
                    here = [s.id for s in shifts if s.venue == venue]
                    text, values = (
                        "%(expert)s is not one of the regulars of %(venue)s.",
                        {"expert": who, "venue": venue},
                    )
                    found.append(self.breach(text, amount=self.points, experts=[who], shifts=here, **values))
        return found

    def _known(self, problem: Problem) -> dict[VenueId, list[ExpertId]]:
        known = problem.whole.worked_out.get(self)
        if known is None:
            known = problem.whole.worked_out[self] = self._regulars(problem.whole)
        return known  # type: ignore[return-value]

    def _regulars(self, problem: Problem) -> dict[VenueId, list[ExpertId]]:
        weights: dict[VenueId, Counter[ExpertId]] = defaultdict(Counter)
        people, begin = {e.id for e in problem.experts}, problem.window.midnight(0)
        for worked, venue in problem.visits:
            if venue is not None and worked.expert in people:
                weeks = (begin - worked.start) // MINUTE // WEEK_MINUTES
                weights[venue][worked.expert] += self._weight(weeks)
        most = {venue: sorted(found, key=lambda who: (-found[who], who)) for venue, found in weights.items()}
        return {venue: [who for who in best if weights[venue][who]][: self.regulars] for venue, best in most.items()}

    def _weight(self, weeks: int) -> int:
        kept = int(max(0, 100 - self.fades_percent_a_week) ** weeks)
        return FRESH * kept // int(100**weeks)

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """The distinct venues of each expert, without those of which she is a regular."""
        if not self.points:
            return
        venue = pairs.shifts.venue[pairs.shift]
        group = np.where(self._is_regular(index)[pairs.expert, venue], -1, venue)
        yield Distinct(self.level, group, spread(0, pairs.experts), spread(self.points, pairs.experts))

    def _is_regular(self, index: Index) -> Bools:
        """Matrix experts x venues."""
        visits = [(w, v) for w, v in index.problem.visits if v in index.venue_at and w.expert in index.expert_at]
        weight = np.zeros((len(index.problem.experts), len(index.venue_at)), np.int64)
        start = np.array([index.window.minute_of(worked.start) for worked, _ in visits], np.int64)
        weeks = -start // WEEK_MINUTES
        table = np.array([self._weight(week) for week in range(int(weeks.max(initial=0)) + 1)], np.int64)
        who = np.array([index.expert_at[worked.expert] for worked, _ in visits], np.int64)
        where = np.array([index.venue_at[str(venue)] for _, venue in visits], np.int64)
        np.add.at(weight, (who, where), table[weeks])
        place = np.argsort(np.argsort(-weight, axis=0, kind="stable"), axis=0)
        found: Bools = (weight > 0) & (place < self.regulars)
        return found
