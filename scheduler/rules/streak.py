"""How many days in a row does an expert work, history before the window included?"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import ClassVar

import numpy as np

from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import UNLIMITED, Ints, Runs, ints, spread
from scheduler.terms.pairs import Pairs


class LongestStreak(Rule):
    """A hard ceiling on work days in a row; a day counts when a shift starts on it, local time.

    The amount is the number of days of the window beyond the ceiling, per streak.
    """

    reach: ClassVar[Reach] = Reach.EXPERT
    text: ClassVar[str] = "%(expert)s works %(days)s days in a row up to %(day)s; the most is %(most)s."

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """The ceiling of one expert; None for no ceiling."""
        raise TypeError(type(self).__name__)

    def ceiling(self, index: Index) -> Ints:
        """The ceiling of every expert; UNLIMITED for no ceiling."""
        raise TypeError(type(self).__name__)

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every streak that is too long."""
        found = []
        first = problem.window.first
        for who in sorted(roster.by_expert):
            most = self.allowed(problem.expert[who], problem)
            if most is None:
                continue
            shifts = {s.id: problem.starts_on[s.id] for s in problem.shifts_of(roster, who)}
            earlier = {day for day, _ in problem.earlier.get(who, []) if day < first}
            for streak in _streaks(earlier | set(shifts.values())):
                excess = min(len(streak) - most, sum(day >= first for day in streak))
                if excess > 0:
                    members = [s for s, day in shifts.items() if day in streak]
                    values = {"expert": who, "days": len(streak), "day": streak[-1], "most": most}
                    found.append(self.breach(self.text, amount=excess, experts=[who], shifts=members, **values))
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Runs]:
        """Runs with no other bound than the longest; a streak that history has overdrawn starts at the ceiling."""
        longest = self.ceiling(index)
        one, without = spread(1, pairs.experts), spread(UNLIMITED, pairs.experts)
        yield Runs(one, longest, one, without, ints(np.minimum(days_in_a_row_before(index), longest)))


def days_in_a_row_before(index: Index) -> Ints:
    """How many days in a row, up to the last day before the window, each expert has worked."""
    history = index.history
    reach = -int(history.day.min(initial=0))
    worked = np.zeros((len(index.problem.experts), reach + 1), np.bool_)
    past = history.day < 0
    worked[history.expert[past], -1 - history.day[past]] = True
    return ints(np.argmin(worked, axis=1))


def _streaks(days: Iterable[date]) -> list[list[date]]:
    found: list[list[date]] = []
    for day in sorted(days):
        if found and found[-1][-1] + timedelta(days=1) == day:
            found[-1].append(day)
        else:
            found.append([day])
    return found
