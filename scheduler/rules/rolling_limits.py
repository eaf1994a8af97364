"""Rule: nobody works more in any run of days than the contract allows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from scheduler.domain.contracts import Contract
from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import ShiftId
from scheduler.rules.index import Index
from scheduler.rules.rolling import Items, Stretch, Work, rolling_totals, stretches, work_of
from scheduler.rules.rule import Reach
from scheduler.rules.totals import at_most
from scheduler.rules.working import CountsWork
from scheduler.terms.kinds import UNLIMITED, Bools, Distinct, Ints, Sum, ints, spread
from scheduler.terms.pairs import Pairs

UNITS = ("minutes", "shifts", "work_days")


class Bound(NamedTuple):
    """At most so much of a unit in the stretch that ends on a day of the window."""

    unit: str
    length_days: int
    most: int


@dataclass(frozen=True)
class RollingLimits(CountsWork):
    """Minutes, shifts or days with work in any run of so many days that ends on a day on which the contract holds.

    All work counts, history and work under other contracts included. The amount adds up the excess of all such runs.
    """

    name: ClassVar[str] = "rolling_limits"
    short: ClassVar[Sentence] = Sentence("would go over what the contract allows in %(days)s days")
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works more in any run of days than the contract allows.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every contract and length of run that is not kept."""
        found = []
        for who in sorted(roster.by_expert):
            expert = problem.expert[who]
            work = work_of(problem, roster, who) if any(c.rolling for c in expert.contracts) else []
            for contract in dict.fromkeys(expert.contracts):
                for bound in _bounds(contract):
                    over = [
                        (stretch, excess, shifts)
                        for stretch in stretches(problem.window, bound.length_days)
                        if expert.contract_on(stretch[1]) == contract
                        for excess, shifts in [self._excess(work, stretch, bound)]
                        if excess
                    ]
                    if over:
                        text = "%(expert)s works more in the %(days)s days up to %(day)s than the contract allows."
                        worst = max(over, key=lambda found: found[1])[0][1]
                        shifts = dict.fromkeys(shift for _, _, ids in over for shift in ids)
                        amount = sum(excess for _, excess, _ in over)
                        values = {"expert": who, "days": bound.length_days, "day": worst}
                        found.append(self.breach(text, amount=amount, experts=[who], shifts=shifts, **values))
        return found

    def _excess(self, work: list[Work], stretch: Stretch, bound: Bound) -> tuple[int, list[ShiftId]]:
        inside = [w for w in work if stretch[0] <= w.day <= stretch[1]]
        here = [w for w in inside if w.shift is not None]
        amount, total = self._amount(here, bound.unit), self._amount(inside, bound.unit)
        return min(amount, max(0, total - bound.most)), [w.shift for w in here if w.shift is not None]

    def _amount(self, work: list[Work], unit: str) -> int:
        if unit == "minutes":
            return sum(self.working(w.minutes) for w in work)
        return len(work) if unit == "shifts" else len({w.day for w in work})

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum | Distinct]:
        """Rows per unit and length of run; days with work have a term for each run that could break it."""
        most = _most(index)
        for (unit, length), bound in most.items():
            concerned: Bools = np.any(bound < UNLIMITED, axis=1)
            if unit == "work_days":
                yield from self._work_days(index, pairs, length, bound)
                continue
            history = index.history
            member, mine = (ints(np.flatnonzero(concerned[who])) for who in (pairs.expert, history.expert))
            members = Items(member, pairs.day[member], self._weight(unit, pairs.minutes[member]))
            past = Items(history.expert[mine], history.day[mine], self._weight(unit, history.minutes[mine]))
            found = at_most(pairs, rolling_totals(pairs, members, past, length), bound)
            if len(found.high):
                yield found

    def _weight(self, unit: str, minutes: Ints) -> Ints:
        return self.working_of(minutes) if unit == "minutes" else spread(1, len(minutes))

    def _work_days(self, index: Index, pairs: Pairs, length: int, bound: Ints) -> Iterator[Distinct]:
        """Days before the window are never days of it, so they only lower the limit."""
        before = index.history.day
        for last in range(index.window.days):
            first = last - length + 1
            inside = (first <= pairs.day) & (pairs.day <= last) & (bound[pairs.expert, last] < UNLIMITED)
            recent = np.unique(index.history.expert[before >= first] * length + before[before >= first] - first)
            past = np.bincount(recent // length, minlength=pairs.experts)
            high = ints(np.maximum(bound[:, last] - past, 0))
            possible = np.unique(pairs.expert[inside] * (last + 1) + pairs.day[inside]) // (last + 1)
            if (np.bincount(possible, minlength=pairs.experts) > high).any():
                group = ints(np.where(inside, pairs.day, -1))
                yield Distinct(self.level, group, np.minimum(high, length), spread(1, pairs.experts))


def _bounds(contract: Contract) -> Iterator[Bound]:
    for rolling in contract.rolling:
        for unit in UNITS:
            most: int | None = getattr(rolling, unit)
            if most is not None:
                yield Bound(unit, rolling.length_days, most)


def _most(index: Index) -> dict[tuple[str, int], Ints]:
    """Per unit and length: matrix experts x window days of the most; UNLIMITED where the contract says nothing."""
    found: dict[tuple[str, int], Ints] = {}
    experts: tuple[Expert, ...] = index.problem.experts
    for who, expert in enumerate(experts):
        for number, contract in enumerate(expert.contracts):
            holds = index.contract[who] == number
            for bound in _bounds(contract):
                key = (bound.unit, bound.length_days)
                table = found.setdefault(key, np.full(index.contract.shape, UNLIMITED, np.int64))
                table[who, holds] = np.minimum(table[who, holds], bound.most)
    return found
