"""Rule: who would love to work on a day does, and who would rather not does not."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.people import DatedWish, Expert, Wish
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.domain.shifts import Shift
from scheduler.domain.venues import ActivityId
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import Cost, Ints, Sum, ints, limit
from scheduler.terms.pairs import Pairs

REFUSED = "%(expert)s would love to work on %(day)s and does not get the shift."
UNWANTED = "%(expert)s would rather not work %(shift)s."
Asked = tuple[Expert, DatedWish, list[Shift]]


@dataclass(frozen=True)
class DatedWishes(Rule):
    """Points times the weight of a wish: once when a wished shift is not given, and for each unwanted one.

    A wish for which the venues ask nobody costs nothing: no roster could grant it.
    """

    name: ClassVar[str] = "dated_wishes"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    points_a_weight: int

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence(
            "Who would love to work on a date does, and who would rather not does not; each wish that is not granted"
            " counts %(points)s times its weight.",
            {"points": self.points_a_weight},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every wish that is not granted."""
        found = []
        for expert, wish, shifts in _asked(problem):
            mine = set(roster.by_expert.get(expert.id, []))
            amount, said = wish.weight * self.points_a_weight, {"experts": [expert.id], "expert": expert.id}
            worked = [shift.id for shift in shifts if shift.id in mine]
            if wish.wish is Wish.RATHER_NOT:
                found += [self.breach(UNWANTED, amount=amount, shifts=[s], shift=s, **said) for s in worked if amount]
            elif amount and not worked:
                found.append(self.breach(REFUSED, amount=amount, day=wish.day, **said))
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Cost | Sum]:
        """A cost per unwanted pair; a wish that one pair can grant is a bonus against a constant, else it is a row."""
        asked = list(_asked(index.problem))
        wish, pair = self._members(index, pairs, asked)
        points = ints([w.weight * self.points_a_weight for _, w, _ in asked])
        gladly = np.array([w.wish is Wish.GLADLY for _, w, _ in asked], np.bool_)
        ways = np.bincount(wish, minlength=len(asked))
        single, several = gladly & (ways <= 1), gladly & (ways > 1)
        amount = np.where(gladly, -points, points)[wish]
        priced = ~several[wish]
        if asked:
            yield Cost(self.level, pair[priced], amount[priced], int(points[single].sum()))
        if several.any():
            row = (np.cumsum(several) - 1)[wish[~priced]]
            yield limit(self.level, row, pair[~priced], rows=int(several.sum()), low=1, below=points[several])

    def _members(self, index: Index, pairs: Pairs, asked: list[Asked]) -> tuple[Ints, Ints]:
        """Each (number of the wish, pair) that is about it."""
        wish = ints([number for number, (_, _, shifts) in enumerate(asked) for _ in shifts])
        expert = ints([index.expert_at[e.id] for e, _, shifts in asked for _ in shifts])
        shift = ints([index.shift_at[s.id] for _, _, shifts in asked for s in shifts])
        at = pairs.find(expert, shift)
        return wish[at >= 0], at[at >= 0]


def _asked(problem: Problem) -> Iterator[Asked]:
    """Every wish that some shift is about, with those shifts."""
    if not any(expert.dated_wishes for expert in problem.experts):
        return
    about: dict[tuple[date, ActivityId | None], list[Shift]] = defaultdict(list)
    for shift in problem.shifts:
        day = problem.starts_on[shift.id]
        about[day, None].append(shift)
        about[day, shift.activity].append(shift)
    for expert in problem.experts:
        for wish in expert.dated_wishes:
            shifts = about.get((wish.day, wish.activity))
            if shifts:
                yield expert, wish, shifts
