"""Rule: nobody has heavier four weeks than she wants at most, from whatever day they are counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.rules.index import Index
from scheduler.rules.personal_load import MostLoad
from scheduler.rules.rolling import Items, Stretch, rolling_totals, stretches
from scheduler.rules.totals import Totals
from scheduler.terms.kinds import Bools, ints
from scheduler.terms.pairs import Pairs

DAYS = 28


@dataclass(frozen=True)
class PersonalLoadInFourWeeks(MostLoad):
    """The load points in any 28 days of her personal limits, history included."""

    name: ClassVar[str] = "personal_load_in_four_weeks"
    private: ClassVar[bool] = True
    limit: ClassVar[str] = "load_points_in_four_weeks"
    text: ClassVar[str] = (
        "The four weeks from %(period)s are too heavy for %(expert)s: %(worked)s points; their own limit is %(most)s."
    )

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody has heavier four weeks than their own limit, from whatever day they are counted.")

    def within(self, problem: Problem) -> Iterable[Stretch]:
        """Every run of 28 days that ends in the window."""
        return stretches(problem.window, DAYS)

    def totals(self, index: Index, pairs: Pairs, concerned: Bools) -> Totals:
        """The same, with earlier work."""
        member = ints(np.flatnonzero(concerned[pairs.expert]))
        weight = self.pair_loads(index, pairs)[member]
        return rolling_totals(pairs, Items(member, pairs.day[member], weight), self.past_loads(index, concerned), DAYS)
