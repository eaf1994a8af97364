"""How do the two rules of load points judge and declare themselves: a ceiling per stretch of days?"""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import numpy as np

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.heavy_work import SIXTIETHS, LoadRule, as_points
from scheduler.rules.index import Index
from scheduler.rules.nightwork import merged
from scheduler.rules.rolling import Stretch, overruns
from scheduler.rules.totals import Totals, at_most
from scheduler.terms.kinds import UNLIMITED, Bools, Sum, ints
from scheduler.terms.pairs import Pairs


class MostLoad(LoadRule):
    """A hard ceiling on load points; the amount is the excess in sixtieths of a point, added up over all stretches."""

    limit: ClassVar[str]
    """The field of PersonalLimits that holds the ceiling."""
    text: ClassVar[str]

    def within(self, problem: Problem) -> Iterable[Stretch]:
        """The stretches of days that have the ceiling."""
        raise TypeError(type(self).__name__)

    def totals(self, index: Index, pairs: Pairs, concerned: Bools) -> Totals:
        """The same stretches over pairs."""
        raise TypeError(type(self).__name__)

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Everybody with too much."""
        found = []
        for who in sorted(roster.by_expert):
            most: int | None = getattr(problem.expert[who].limits, self.limit)
            if most is None:
                continue
            over = overruns(self.loads(problem, roster, who), self.within(problem), most * SIXTIETHS)
            if over:
                amount, worst, shifts = merged(over)
                values = {"expert": who, "worked": as_points(worst.total), "most": most, "period": worst.stretch[0]}
                found.append(self.breach(self.text, amount=amount, experts=[who], shifts=shifts, **values))
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """A row per stretch and expert with a ceiling that could be broken."""
        limits = index.limits(self.limit)
        concerned = limits < UNLIMITED
        if not concerned.any():
            return
        most = ints(np.where(concerned, limits * SIXTIETHS, UNLIMITED))
        found = at_most(pairs, self.totals(index, pairs, concerned), most)
        if len(found.high):
            yield found
