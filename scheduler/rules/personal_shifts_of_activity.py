"""Rule: nobody does more shifts of an activity type in a planning window than she wants at most."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import UNLIMITED, Bools, Ints, Sum, limit
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class PersonalShiftsOfActivity(Rule):
    """A limit of 0 forbids each shift of that type; the amount is how many shifts too many."""

    name: ClassVar[str] = "personal_shifts_of_activity"
    private: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody does more shifts of a kind in a planning window than their own limit.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every expert and activity type over the limit."""
        found = []
        for who in sorted(roster.by_expert):
            shifts = problem.shifts_of(roster, who)
            for activity, most in problem.expert[who].limits.shifts_of_activity:
                mine = [shift.id for shift in shifts if shift.activity == activity]
                if len(mine) > most:
                    text = "%(expert)s works %(worked)s shifts of one kind; their own limit is %(most)s."
                    values = {"expert": who, "worked": len(mine), "most": most}
                    found.append(self.breach(text, amount=len(mine) - most, experts=[who], shifts=mine, **values))
        return found

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """The shifts of the types of which she wants none."""
        never = self._most(index)[crew] == 0
        return never[:, index.shifts.kind] if never.any() else None

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """A row per expert and activity type with a limit above 0."""
        most = self._most(index)
        bounded = (most > 0) & (most < UNLIMITED)
        if not bounded.any():
            return
        row_at = np.where(bounded, np.cumsum(bounded).reshape(bounded.shape) - 1, -1)
        row = row_at[pairs.expert, pairs.shifts.kind[pairs.shift]]
        counts = row >= 0
        yield limit(self.level, row[counts], pairs.every[counts], rows=int(bounded.sum()), high=most[bounded])

    def _most(self, index: Index) -> Ints:
        """Matrix experts x activity types; UNLIMITED for no limit."""
        kinds = {activity.id: n for n, activity in enumerate(index.problem.activities)}
        found = np.full((len(index.problem.experts), len(kinds)), UNLIMITED, np.int64)
        for row, expert in enumerate(index.problem.experts):
            for activity, most in expert.limits.shifts_of_activity:
                if activity in kinds:
                    found[row, kinds[activity]] = most
        return found
