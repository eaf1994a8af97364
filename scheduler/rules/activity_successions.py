"""Rule: after some activity types others are never done on the next day, such as an early start after a late end."""

from collections import defaultdict
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
from scheduler.domain.time import DAY
from scheduler.rules.couples import couples_in
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import Bools, Conflict, Ints, ints, spread
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class ActivitySuccessions(Rule):
    """What `never_before` of the activity types says, for shifts that start on two local days one after the other.

    The amount is one per couple of shifts.
    """

    name: ClassVar[str] = "activity_successions"
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Work that may not follow other work on the next day never does.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every couple of shifts in the wrong order."""
        found = []
        for who in sorted(roster.by_expert):
            on_day: dict[date, list[Shift]] = defaultdict(list)
            for shift in problem.shifts_of(roster, who):
                on_day[problem.starts_on[shift.id]].append(shift)
            for day, shifts in on_day.items():
                for one in shifts:
                    never = problem.activity[one.activity].never_before
                    for other in on_day.get(day + DAY, []) if never else []:
                        if other.activity in never:
                            found.append(self._breach(who, one, other))
        return found

    def _breach(self, who: str, one: Shift, other: Shift) -> Violation:
        text = "%(expert)s works %(shift)s on the day after %(other)s, and that work may not follow."
        return self.breach(text, experts=[who], shifts=[one.id, other.id], expert=who, shift=other.id, other=one.id)

    def in_short(self, violation: Violation, shift: ShiftId) -> Sentence:
        """Which other shift it is about."""
        first, second = violation.shifts
        if shift == second:
            return Sentence("does work the day before that this may not follow (%(other)s)", {"other": first})
        return Sentence("does work the day after that may not follow this (%(other)s)", {"other": second})

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Conflict]:
        """The couples of pairs; nothing when every order is allowed."""
        forbidden = _forbidden(index)
        has_any = np.any(forbidden, axis=1)
        if not has_any.any():
            return
        day, kind = index.shifts.day, index.shifts.kind
        first, end = np.searchsorted(day, day + 1), np.searchsorted(day, day + 2)

        def is_wrong(one: Ints, other: Ints) -> Bools:
            wrong: Bools = forbidden[kind[one], kind[other]]
            return wrong

        pair, later = couples_in(pairs, ints(first), ints(np.where(has_any[kind], end, first)), is_wrong)
        yield Conflict(self.level, pair, later, spread(1, len(pair)))


def _forbidden(index: Index) -> Bools:
    """Matrix activity types x activity types: may the second not follow the first on the next day?"""
    activities = index.problem.activities
    count = len(activities)
    found = [other.id in one.never_before for one in activities for other in activities]
    return np.array(found, np.bool_).reshape(count, count)
