"""Rule: two people who both want it work on the same shifts."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.rules.capable import able, can_do
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import Term, ints, limit
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class WantedColleagues(Rule):
    """Private. A shift with one of the two costs points where there is room for two and the other could do it too.

    What only one of them wants does not count: nobody's wish may tell her what the other did not say.
    """

    name: ClassVar[str] = "wanted_colleagues"
    reach: ClassVar[Reach] = Reach.SHIFT
    level: ClassVar[Level] = Level.PREFERENCE
    private: ClassVar[bool] = True

    points: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Two people who both like to work together do so where they can; a shift of one of them without the other"
            " counts %(points)s. Others do not read who wants this.",
            {"points": self.points},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per shift and couple of whom only one is there."""
        found = []
        for shift in problem.shifts:
            for who in roster.by_shift.get(shift.id, []) if shift.demand.most > 1 else []:
                for other in sorted(problem.expert[who].wanted_colleagues):
                    wanted = problem.expert.get(other)
                    mutual = wanted is not None and other != who and who in wanted.wanted_colleagues
                    if not mutual or other in roster.by_shift[shift.id]:
                        continue
                    if all(can_do(problem, problem.expert[one], shift) for one in (who, other)):
                        text = "%(expert)s would like to be on %(shift)s with %(colleague)s."
                        values = {"expert": who, "shift": shift.id, "colleague": other}
                        found.append(self.breach(text, amount=self.points, experts=[who], shifts=[shift.id], **values))
        return found if self.points else []

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per couple and shift that both can do: one less the other is zero, whichever way round."""
        everybody, crew = index.problem.experts, index.everybody
        wishing = [n for n, e in enumerate(everybody) if e.wanted_colleagues]
        couples = [
            (a, b)
            for a, b in combinations(wishing, 2)
            if everybody[b].id in everybody[a].wanted_colleagues and everybody[a].id in everybody[b].wanted_colleagues
        ]
        if not couples or not self.points:
            return
        fit = able(index, crew) & np.array([shift.demand.most > 1 for shift in index.problem.shifts], np.bool_)
        one, other = np.array(couples).T
        couple, shift = np.nonzero(fit[one] & fit[other])
        rows = np.arange(len(couple))
        first, second = pairs.find(one[couple], shift), pairs.find(other[couple], shift)
        row, pair = np.append(rows, rows), np.append(first, second)
        weight = np.repeat([1, -1], len(rows))
        there = pair >= 0
        yield limit(
            self.level, ints(row[there]), ints(pair[there]), ints(weight[there]),
            low=0, high=0, below=self.points, above=self.points, rows=len(rows),
        )  # fmt: skip
