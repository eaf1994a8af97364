"""Rule: nobody is planned at a venue, in a neighbourhood, with a colleague or on a day that she excluded privately."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import numpy as np

from scheduler.domain.availability import local_parts
from scheduler.domain.errors import Sentence
from scheduler.domain.people import Exclusion, ExclusionKind
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import Shift
from scheduler.rules.availability import NOT_AVAILABLE, Availability
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.terms.kinds import Bools, Ints, Sum, ints, limit
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class Exclusions(Rule):
    """Private: in the words of this rule others read nothing but that the expert is not available.

    A day is written as in 2027-03-28 and holds for every shift that touches it. Colleagues: not on the same shift.
    """

    name: ClassVar[str] = "exclusions"
    reach: ClassVar[Reach] = Reach.SHIFT
    private: ClassVar[bool] = True
    short: ClassVar[Sentence] = Availability.short

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Everybody can say where, with whom and on which day they do not work, without a reason.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every assignment against an exclusion: one for place and day together, one for each excluded colleague."""
        found = []
        for who, shift in assigned(problem, roster):
            wanted = problem.expert[who].exclusions
            not_here = any(self._is_about(problem, exclusion, shift) for exclusion in wanted)
            avoided = {x.subject for x in wanted if x.kind is ExclusionKind.COLLEAGUE} - {who}
            breaches = int(not_here) + len(avoided & set(roster.by_shift[shift.id]))
            for _ in range(breaches):
                found.append(self.breach(NOT_AVAILABLE, experts=[who], shifts=[shift.id], expert=who, shift=shift.id))
        return found

    def _is_about(self, problem: Problem, exclusion: Exclusion, shift: Shift) -> bool:
        if exclusion.kind is ExclusionKind.VENUE:
            return exclusion.subject == shift.venue
        if exclusion.kind is ExclusionKind.NEIGHBOURHOOD:
            return exclusion.subject == problem.venue[shift.venue].neighbourhood
        days = [day.isoformat() for day, _, _ in local_parts(shift.span, problem.window.zone)]
        return exclusion.kind is ExclusionKind.DAY and exclusion.subject in days

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Pairs at an excluded venue, in an excluded neighbourhood or on an excluded day."""
        experts, venues = index.problem.experts[crew], index.problem.venues
        if not any(expert.exclusions for expert in experts):
            return None
        neighbourhood = np.array([v.neighbourhood for v in venues])
        found = np.zeros((len(experts), len(index.shifts)), np.bool_)
        places = np.zeros((len(experts), len(venues)), np.bool_)
        for row, expert in enumerate(experts):
            for exclusion in expert.exclusions:
                if exclusion.kind is ExclusionKind.VENUE and exclusion.subject in index.venue_at:
                    places[row, index.venue_at[exclusion.subject]] = True
                elif exclusion.kind is ExclusionKind.NEIGHBOURHOOD:
                    places[row] |= neighbourhood == exclusion.subject
                elif exclusion.kind is ExclusionKind.DAY:
                    found[row, _shifts_on(index, exclusion.subject)] = True
        found |= places.take(index.shifts.venue, axis=1)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """For each excluded colleague and each shift that both can work: at most one of the two."""
        firsts, seconds = [], []
        for one, expert in enumerate(index.problem.experts):
            avoided = {x.subject for x in expert.exclusions if x.kind is ExclusionKind.COLLEAGUE} - {expert.id}
            for other in sorted(index.expert_at[subject] for subject in avoided if subject in index.expert_at):
                mine = pairs.every[pairs.of(one)]
                theirs = pairs.find(np.full(len(mine), other), pairs.shift[mine])
                firsts.append(mine[theirs >= 0])
                seconds.append(theirs[theirs >= 0])
        if firsts:
            first, second = np.concatenate(firsts), np.concatenate(seconds)
            row = np.arange(len(first))
            yield limit(self.level, ints(np.append(row, row)), ints(np.append(first, second)), rows=len(row), high=1)


def _shifts_on(index: Index, day: str) -> Ints:
    """The shifts that touch a day of the window or the day after it."""
    touched = {(index.window.first + timedelta(days=n)).isoformat(): n for n in range(index.window.days + 2)}
    return ints(index.parts.shift[index.parts.day == touched.get(day, -1)])
