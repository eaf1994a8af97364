"""Does anybody open or close a venue alone who did not choose to?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.domain.venues import KEYS, VenueId
from scheduler.rules.couples import couples_of_shifts
from scheduler.rules.index import Index
from scheduler.rules.urgency import CoverageRule
from scheduler.terms.kinds import Bools, Term, ints, limit
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class AloneAtTheDoor(CoverageRule):
    """At venues with the attribute `keys` the first shift of a day opens and the last one closes.

    One person alone on such a shift who did not choose it costs a percentage of an open place: a price and not a ban,
    as where two must be present; from 100 percent on nobody is planned so.
    """

    name: ClassVar[str] = "alone_at_the_door"

    percent_of_a_place: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Where our people have the keys, nobody opens or closes alone who did not choose that. Such a shift counts"
            " %(percent)s percent of an open place.",
            {"percent": self.percent_of_a_place},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per person who is alone at the door."""
        if not self.percent_of_a_place:
            return []
        opening, closing = self._doors(problem.whole)
        found = []
        for shift in problem.shifts:
            people = roster.by_shift.get(shift.id, [])
            if len(people) != 1:
                continue
            chosen = problem.expert[people[0]].limits
            if (shift.id in opening and not chosen.opens_alone) or (shift.id in closing and not chosen.closes_alone):
                text, values = "%(expert)s would be alone to open or close on %(shift)s.", {"expert": people[0]}
                amount = self._price(problem, shift)
                found.append(
                    self.breach(text, amount=amount, experts=people, shifts=[shift.id], shift=shift.id, **values)
                )
        return found

    def _doors(self, problem: Problem) -> tuple[set[ShiftId], set[ShiftId]]:
        """The shifts that open a venue, and those that close one."""
        known = problem.worked_out.get(AloneAtTheDoor)
        if known is None:
            days: dict[tuple[VenueId, date], list[Shift]] = {}
            for shift in problem.shifts:
                if KEYS in problem.venue[shift.venue].attributes:
                    days.setdefault((shift.venue, problem.starts_on[shift.id]), []).append(shift)
            opening = {s.id for day in days.values() for s in day if s.span.start == min(o.span.start for o in day)}
            closing = {s.id for day in days.values() for s in day if s.span.end == max(o.span.end for o in day)}
            known = problem.worked_out[AloneAtTheDoor] = (opening, closing)
        return known  # type: ignore[return-value]

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per pair that may not be alone: this one less all others of the shift."""
        if not self.percent_of_a_place:
            return
        opens, closes = _doors(index)
        alone = ~index.wants("opens_alone")[pairs.expert] & opens[pairs.shift]
        alone |= ~index.wants("closes_alone")[pairs.expert] & closes[pairs.shift]
        own = pairs.every[alone]
        if not len(own):
            return
        by_shift, start = pairs.by_shift
        row, at = couples_of_shifts(start[pairs.shift[own]], start[pairs.shift[own] + 1])
        member = by_shift[at]
        price = ints([self._price(index.problem, shift) for shift in index.problem.shifts])
        weight = np.where(member == own[row], 1, -1)
        yield limit(self.level, row, ints(member), ints(weight), high=0, above=price[pairs.shift[own]], rows=len(own))

    def _price(self, problem: Problem, shift: Shift) -> int:
        return max(1, self.points(problem, shift) * self.percent_of_a_place // 100)


def _doors(index: Index) -> tuple[Bools, Bools]:
    """Which shifts open a venue, and which close one."""
    shifts, days = index.shifts, index.window.days
    keys = np.array([KEYS in venue.attributes for venue in index.problem.venues], np.bool_)[shifts.venue]
    key = shifts.venue * days + shifts.day
    first, last = np.full(len(keys) and int(key.max()) + 1, 1 << 40), np.full(len(keys) and int(key.max()) + 1, -1)
    np.minimum.at(first, key, shifts.start)
    np.maximum.at(last, key, shifts.end)
    return keys & (shifts.start == first[key]), keys & (shifts.end == last[key])
