"""Rule: a venue sees familiar faces, and nobody has to learn many venues at once."""

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
from scheduler.terms.kinds import Distinct, Term, spread
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class FamiliarFaces(Rule):
    """A shift of somebody new at the venue costs points, of somebody hardly known there fewer, of a regular none.

    Somebody is a regular from `regular_visits` visits on, counted over the months before the window. Apart from that,
    each venue beyond `venues_each` in one window costs its expert points, whoever is known where.
    """

    name: ClassVar[str] = "familiar_faces"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    regular_visits: int
    new_face: int
    hardly_known: int
    venues_each: int
    venue_more: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Venues see familiar faces. A shift of somebody who has never been there counts %(new_face)s, of somebody"
            " who was there fewer than %(regular_visits)s times %(hardly_known)s. Each venue of one person beyond the"
            " first %(venues)s in a period counts %(venue_more)s.",
            {
                "new_face": self.new_face,
                "regular_visits": self.regular_visits,
                "hardly_known": self.hardly_known,
                "venues": self.venues_each,
                "venue_more": self.venue_more,
            },
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per shift of a new face, and one per expert with too many venues."""
        found = []
        for expert, shift in assigned(problem, roster):
            visits = problem.past_visits.get((expert, shift.venue), 0)
            amount = self._points(visits)
            if amount:
                text = (
                    "%(expert)s was at %(venue)s %(count)s times before."
                    if visits
                    else "%(expert)s is new at %(venue)s."
                )
                violation = self.breach(
                    text, amount=amount, experts=[expert], shifts=[shift.id],
                    expert=expert, venue=shift.venue, shift=shift.id, count=visits,
                )  # fmt: skip
                found.append(violation)
        for expert in sorted(roster.by_expert):
            shifts = problem.shifts_of(roster, expert)
            venues = {s.venue for s in shifts}
            amount = max(0, len(venues) - self.venues_each) * self.venue_more
            if amount:
                violation = self.breach(
                    "%(expert)s works at %(count)s venues in this period.",
                    amount=amount, experts=[expert], shifts=[s.id for s in shifts],
                    expert=expert, count=len(venues),
                )  # fmt: skip
                found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A cost per pair by past visits, and the distinct venues of each expert."""
        visits = np.zeros((pairs.experts, len(index.problem.venues)), np.int64)
        for (expert, venue), count in index.problem.past_visits.items():
            if expert in index.expert_at and venue in index.venue_at:
                visits[index.expert_at[expert], index.venue_at[venue]] = count
        venue_of_pair = pairs.shifts.venue[pairs.shift]
        known = visits[pairs.expert, venue_of_pair]
        amount = np.where(known == 0, self.new_face, self.hardly_known)
        amount[known >= self.regular_visits] = 0
        yield priced(self.level, pairs, amount)
        yield Distinct(
            self.level, venue_of_pair, spread(self.venues_each, pairs.experts), spread(self.venue_more, pairs.experts)
        )

    def _points(self, visits: int) -> int:
        if visits >= self.regular_visits:
            return 0
        return self.hardly_known if visits else self.new_face
