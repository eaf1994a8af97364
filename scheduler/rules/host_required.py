"""Is there a host where an activity needs one?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import Shift
from scheduler.rules.index import Index
from scheduler.rules.shapes import somebody
from scheduler.rules.urgency import CoverageRule
from scheduler.terms.kinds import Bools, Term, ints
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class HostRequired(CoverageRule):
    """A shift of an activity that needs a host has at least one person with that role, valid on the day.

    Costs a percentage of a missing place, also while nobody is there. Activities whose own role is host are left to
    the shortfall: whoever comes is a host.
    """

    name: ClassVar[str] = "host_required"

    host_role: str
    percent_of_a_place: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Where an activity needs a host, at least one of the people on the shift is one."
            " A missing host counts %(percent)s percent of an open place.",
            {"percent": self.percent_of_a_place},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per shift without a host."""
        found = []
        for shift in problem.shifts:
            day = problem.starts_on[shift.id]
            people = [problem.expert[e] for e in roster.by_shift.get(shift.id, [])]
            if self._asks(problem, shift) and not any(e.may_act_as(self.host_role, day) for e in people):
                text, amount = "There is no host on %(shift)s yet.", self._price(problem, shift)
                found.append(self.breach(text, amount=amount, shifts=[shift.id], shift=shift.id))
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per shift that needs a host, over the pairs of hosts."""
        problem = index.problem
        asking = [(n, s) for n, s in enumerate(problem.shifts) if self._asks(problem, s)]
        shifts = ints([n for n, _ in asking])
        price = ints([self._price(problem, s) for _, s in asking])
        yield somebody(self.level, pairs, shifts, self._hosts(index, pairs), price)

    def _hosts(self, index: Index, pairs: Pairs) -> Bools:
        """Which pairs are of an expert who is a host on that day."""
        has_role = np.array([self.host_role in e.roles for e in index.problem.experts], np.bool_)
        recorded, valid = index.valid_days(self.host_role)
        found: Bools = has_role[pairs.expert] & (~recorded[pairs.expert] | valid[pairs.expert, pairs.day])
        return found

    def _asks(self, problem: Problem, shift: Shift) -> bool:
        activity = problem.activity[shift.activity]
        return activity.host_needed and activity.role != self.host_role

    def _price(self, problem: Problem, shift: Shift) -> int:
        return max(1, self.points(problem, shift) * self.percent_of_a_place // 100)
