"""Rule: between two heavy shifts lie as many days as she wants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import Shift
from scheduler.rules.couples import couples_in
from scheduler.rules.heavy_work import points_of
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import UNLIMITED, Bools, Conflict, Ints, ints, spread
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class PersonalDaysBetweenHeavy(Rule):
    """Heavy is an activity with so many points of intensity or more; the days between have no heavy shift.

    A heavy shift before the window counts too. The amount is the number of couples of shifts that are too near.
    """

    heavy_points: int

    name: ClassVar[str] = "personal_days_between_heavy"
    private: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Between two heavy shifts lie as many days as somebody wants.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every couple that is too near."""
        found = []
        for who in sorted(roster.by_expert):
            days = problem.expert[who].limits.days_between_heavy
            if not days:
                continue
            heavy = [s for s in problem.shifts_of(roster, who) if self._is_heavy(problem, s.activity)]
            for one, other in combinations(heavy, 2):
                if (problem.starts_on[other.id] - problem.starts_on[one.id]).days <= days:
                    found.append(self._too_near(who, days, one, other))
            past = self._past_days(problem, who)
            for shift in heavy:
                if any((problem.starts_on[shift.id] - day).days <= days for day in past):
                    found.append(self._too_near(who, days, shift))
        return found

    def _too_near(self, who: str, days: int, *shifts: Shift) -> Violation:
        text = "%(expert)s wants %(days)s days between two heavy shifts; %(shift)s comes too soon."
        ids = [shift.id for shift in shifts]
        return self.breach(text, experts=[who], shifts=ids, expert=who, days=days, shift=ids[-1])

    def _is_heavy(self, problem: Problem, activity: str | None) -> bool:
        return activity is not None and points_of(problem, activity) >= self.heavy_points

    def _past_days(self, problem: Problem, who: str) -> list[date]:
        return [day for day, _, activity in problem.whole.past_work.get(who, ()) if self._is_heavy(problem, activity)]

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Heavy shifts too soon after earlier heavy work."""
        wanted, heavy = self._wanted(index), self._heavy(index)
        if not wanted[crew].any():
            return None
        last = np.full(len(wanted), -UNLIMITED, np.int64)
        for who in np.flatnonzero(wanted):
            past = self._past_days(index.problem, index.problem.experts[who].id)
            last[who] = max(((day - index.window.first).days for day in past), default=-UNLIMITED)
        until = np.where(wanted > 0, last + wanted, -UNLIMITED)[crew]
        found: Bools = heavy & (index.shifts.day <= until[:, None])
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Conflict]:
        """Couples of pairs."""
        wanted, heavy = self._wanted(index), self._heavy(index)
        if not wanted.any() or not heavy.any():
            return
        day = index.shifts.day
        after = np.arange(len(day)) + 1

        def both(one: Ints, other: Ints) -> Bools:
            return heavy[one] & heavy[other]

        last = np.searchsorted(day, day + wanted.max(), side="right")
        first, second = couples_in(pairs, ints(after), ints(last), both)
        near = pairs.day[second] - pairs.day[first] <= wanted[pairs.expert[first]]
        near &= wanted[pairs.expert[first]] > 0
        if near.any():
            yield Conflict(self.level, first[near], second[near], spread(1, int(near.sum())))

    def _wanted(self, index: Index) -> Ints:
        days = index.limits("days_between_heavy")
        return ints(np.where(days < UNLIMITED, days, 0))

    def _heavy(self, index: Index) -> Bools:
        heavy = np.array([self._is_heavy(index.problem, a.id) for a in index.problem.activities], np.bool_)
        found: Bools = heavy[index.shifts.kind]
        return found
