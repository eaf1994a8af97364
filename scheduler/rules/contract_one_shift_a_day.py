"""Rule: nobody works two shifts on a day when her contract says one."""

from collections import defaultdict
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
from scheduler.domain.shifts import ShiftId
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import Apart, Bools, Conflict, spread
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class ContractOneShiftADay(Rule):
    """Per local day on which such a contract is in force: at most one shift starts; the amount is one per couple."""

    name: ClassVar[str] = "contract_one_shift_a_day"
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works two shifts on a day when the contract says one.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every couple of shifts on one day."""
        found = []
        for who in sorted(roster.by_expert):
            on_day: dict[date, list[ShiftId]] = defaultdict(list)
            for shift in problem.shifts_of(roster, who):
                on_day[problem.starts_on[shift.id]].append(shift.id)
            for day, shifts in on_day.items():
                contract = problem.expert[who].contract_on(day)
                if contract is not None and contract.one_shift_a_day:
                    for one, other in combinations(shifts, 2):
                        text = "%(expert)s works %(shift)s and %(other)s on one day; the contract says one shift a day."
                        values = {"expert": who, "shift": one, "other": other}
                        found.append(self.breach(text, amount=1, experts=[who], shifts=[one, other], **values))
        return found

    def in_short(self, violation: Violation, shift: ShiftId) -> Sentence:
        """Which other shift there is on that day."""
        (other,) = (one for one in violation.shifts if one != shift)
        return Sentence("works that day already (%(other)s), and the contract says one shift a day", {"other": other})

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Apart | Conflict]:
        """Whole days that lie apart where it holds for all pairs, which is compact; else the couples; or nothing."""
        holds = _one_a_day(index)[pairs.expert, pairs.day]
        start, end = pairs.shifts.day, pairs.shifts.day + 1
        if not holds.any():
            return
        if holds.all():
            yield Apart(start, end)
            return
        one, other = pairs.meeting(start, end)
        both = holds[one]
        yield Conflict(self.level, one[both], other[both], spread(1, int(both.sum())))


def _one_a_day(index: Index) -> Bools:
    """Matrix experts x window days: does the contract in force say one shift a day?

    A day without a contract has number -1 in the index, which is the False at the end here.
    """
    found = np.zeros(index.contract.shape, np.bool_)
    for row, expert in enumerate(index.problem.experts):
        if any(contract.one_shift_a_day for contract in expert.contracts):
            says = np.array([*(contract.one_shift_a_day for contract in expert.contracts), False], np.bool_)
            found[row] = says[index.contract[row]]
    return found
