"""Who is too new at a place to be there without company, and who can be that company?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import Shift
from scheduler.domain.venues import Venue
from scheduler.rules.couples import couples_of_shifts
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach
from scheduler.rules.urgency import CoverageRule
from scheduler.terms.kinds import Ints, Term, ints, limit
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class Accompanied(CoverageRule):
    """Each of somebody's first shifts at a place costs when nobody who can accompany her is on it.

    The price is a percentage of an open place, once for each of the first shifts that is still ahead of her: she
    graduates by the shifts before the window together with the earlier ones of the roster. Company is who could be it
    when the window began. A price and not a ban, as where two must be present: somebody who falls out must not make the
    roster of the other impossible; from 100 percent on nobody is planned so.
    """

    reach: ClassVar[Reach] = Reach.ROSTER
    text: ClassVar[str]

    percent_of_a_place: int

    @property
    def enough(self) -> int:
        """How many shifts are somebody's first."""
        raise TypeError(type(self).__name__)

    @property
    def company(self) -> int:
        """How many shifts she who accompanies has behind her."""
        raise TypeError(type(self).__name__)

    def alike(self, venue: Venue) -> str:
        """Shifts count together at venues for which this is the same."""
        raise TypeError(type(self).__name__)

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per shift of somebody new without company."""
        if not self.percent_of_a_place:
            return []
        found, visits = [], self._visits(problem)
        for who in sorted(roster.by_expert):
            here: Counter[str] = Counter()
            for shift in problem.shifts_of(roster, who):
                place = self.alike(problem.venue[shift.venue])
                ahead = self.enough - visits[who, place] - here[place]
                here[place] += 1
                others = [c for c in roster.by_shift[shift.id] if c != who and visits[c, place] >= self.company]
                if ahead > 0 and not others:
                    amount, values = ahead * self._price(problem, shift), {"venue": shift.venue, "shift": shift.id}
                    found.append(
                        self.breach(self.text, amount=amount, experts=[who], shifts=[shift.id], expert=who, **values)
                    )
        return found

    def _visits(self, problem: Problem) -> Counter[tuple[ExpertId, str]]:
        found: Counter[tuple[ExpertId, str]] = Counter()
        for (who, venue), count in problem.past_visits.items():
            if venue in problem.venue:
                found[who, self.alike(problem.venue[venue])] += count
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per pair of somebody new: what she lacks, less her earlier shifts, less enough for any company."""
        if not self.percent_of_a_place:
            return
        names = [self.alike(venue) for venue in index.problem.venues]
        group_of_venue = np.unique(names, return_inverse=True)[1]
        visits = visits_at(index, group_of_venue)
        group = group_of_venue[pairs.shifts.venue[pairs.shift]]
        known = visits[pairs.expert, group]
        new = np.flatnonzero(known < self.enough)
        new = new[np.lexsort((pairs.shift[new], group[new], pairs.expert[new]))]
        lacks = self.enough - known[new]
        here = pairs.expert[new] * (len(names) + 1) + group[new]
        first = ints(np.searchsorted(here, here))
        later, earlier = couples_of_shifts(first, ints(np.arange(len(new))))
        row, other = self._company(pairs, new, known)
        price = ints([self._price(index.problem, shift) for shift in index.problem.shifts])
        yield limit(
            self.level,
            ints(np.concatenate([np.arange(len(new)), later, row])),
            ints(np.concatenate([new, new[earlier], other])),
            ints(np.concatenate([lacks, np.full(len(later), -1), -lacks[row]])),
            high=0, above=price[pairs.shift[new]], rows=len(new),
        )  # fmt: skip

    def _company(self, pairs: Pairs, new: Ints, known: Ints) -> tuple[Ints, Ints]:
        """(position in `new`, pair) of everybody who can accompany the pair on its shift."""
        able = pairs.every[known >= self.company]
        able = able[np.argsort(pairs.shift[able], kind="stable")]
        shift = pairs.shift[able]
        low, end = (ints(np.searchsorted(shift, pairs.shift[new] + step)) for step in (0, 1))
        row, at = couples_of_shifts(low, end)
        apart = pairs.expert[new[row]] != pairs.expert[able[at]]
        return ints(row[apart]), ints(able[at[apart]])

    def _price(self, problem: Problem, shift: Shift) -> int:
        return max(1, self.points(problem, shift) * self.percent_of_a_place // 100)


def visits_at(index: Index, group_of_venue: Ints) -> Ints:
    """Matrix experts x groups of venues: shifts in the months before the window."""
    found = np.zeros((len(index.problem.experts), int(group_of_venue.max(initial=0)) + 1), np.int64)
    for (expert, venue), count in index.problem.past_visits.items():
        if expert in index.expert_at and venue in index.venue_at:
            found[index.expert_at[expert], group_of_venue[index.venue_at[venue]]] += count
    return found
