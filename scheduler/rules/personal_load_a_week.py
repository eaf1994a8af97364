"""Rule: nobody has a heavier week than she wants at most."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.personal_load import MostLoad
from scheduler.rules.rolling import Stretch, calendar_weeks
from scheduler.rules.totals import Totals
from scheduler.terms.kinds import Bools, ints
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class PersonalLoadAWeek(MostLoad):
    """The load points a calendar week of her personal limits."""

    name: ClassVar[str] = "personal_load_a_week"
    private: ClassVar[bool] = True
    limit: ClassVar[str] = "load_points_a_week"
    text: ClassVar[str] = (
        "The week of %(period)s is too heavy for %(expert)s: %(worked)s points; their own limit is %(most)s."
    )

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody has a heavier week than their own limit. Heavy work counts more points an hour.")

    def within(self, problem: Problem) -> Iterable[Stretch]:
        """Calendar weeks."""
        return calendar_weeks(problem.window)

    def totals(self, index: Index, pairs: Pairs, concerned: Bools) -> Totals:
        """Calendar weeks; work before the window lies in none of them."""
        member = np.flatnonzero(concerned[pairs.expert])
        before = np.zeros((pairs.experts, index.weeks), np.int64)
        return Totals(ints(member), index.week[pairs.shift[member]], self.pair_loads(index, pairs)[member], before)
