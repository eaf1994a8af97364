"""What does each kind of term look like to CP-SAT? Only what touches a freed pair; all else is a constant."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from scheduler.domain.score import Level
from scheduler.optimiser.personal import PersonalTerms
from scheduler.optimiser.programme import Programme, negated
from scheduler.terms.cliques import Cliques
from scheduler.terms.kinds import UNLIMITED, Bools, Ints
from scheduler.terms.table import Table


class Encoding:
    """The model of the freed pairs; `roster` fixes the rest and is the complete hint.

    Among the freed, `pinned` pairs may only be chosen. A sub-model promises nothing about breaches outside its cell.
    """

    def __init__(
        self,
        table: Table,
        cliques: Cliques,
        roster: Bools,
        free: Ints,
        pinned: Bools | None = None,
    ) -> None:
        self.table, self.cliques, self.roster, self.free = table, cliques, roster, free
        self.programme = Programme()
        self.is_free = np.zeros(len(roster), np.bool_)
        self.is_free[free] = True
        self.literal = np.full(len(roster), UNLIMITED, np.int64)
        held = pinned if pinned is not None else np.zeros(len(roster), np.bool_)
        for pair in free.tolist():
            self.literal[pair] = self.programme.bool(bool(roster[pair] or held[pair]), fixed=bool(held[pair]))
        self._literals: list[int] = self.literal.tolist()
        self._costs()
        self._sums()
        for expert in np.unique(table.pairs.expert[free]).tolist():
            PersonalTerms(self, expert)
        self.programme.hint()

    def literals(self, pairs: Iterable[int]) -> list[int]:
        """The literals of freed pairs."""
        return [self._literals[pair] for pair in pairs]

    def roster_of(self, values: Sequence[int]) -> Bools:
        """The whole roster that a solution of the model stands for."""
        found = self.roster.copy()
        found[self.free] = np.asarray(values, np.int64)[self.literal[self.free]] > 0
        return found

    def _costs(self) -> None:
        for level in (Level.COVERAGE, Level.PREFERENCE):
            price = self.table.cost[level - 1, self.free]
            for at in np.flatnonzero(price).tolist():
                self.programme.pay(level, int(self.literal[self.free[at]]), int(price[at]))

    def _sums(self) -> None:
        """Every row that the freed pairs can break; fixed members are a constant, soft bounds get a slack."""
        sums, rows = self.table.sums, len(self.table.sums.low)
        row = np.repeat(np.arange(rows), np.diff(sums.start))
        loose, on = self.is_free[sums.pair], self.roster[sums.pair]
        total = _added(row[on], sums.weight[on], rows)
        base = total - _added(row[loose & on], sums.weight[loose & on], rows)
        least = base + _added(row[loose], np.minimum(sums.weight[loose], 0), rows)
        most = base + _added(row[loose], np.maximum(sums.weight[loose], 0), rows)
        priced = (sums.level == Level.HARD) | (sums.below > 0), (sums.level == Level.HARD) | (sums.above > 0)
        short, over = (least < sums.low) & priced[0], (most > sums.high) & priced[1]
        touched = _added(row[loose], np.ones(int(loose.sum()), np.int64), rows) > 0
        for r in np.flatnonzero(touched & (short | over)).tolist():
            members = slice(int(sums.start[r]), int(sums.start[r + 1]))
            use = loose[members] & (sums.weight[members] != 0)
            variables = self.literals(sums.pair[members][use].tolist())
            weights: list[int] = sums.weight[members][use].tolist()
            self._row(r, variables, weights, int(base[r]), (int(least[r]), int(total[r]), int(most[r])))

    def _row(self, r: int, variables: list[int], weights: list[int], base: int, range_: tuple[int, int, int]) -> None:
        """One Sum row; range_ is the least, the hinted and the most that its total can be."""
        sums, programme = self.table.sums, self.programme
        least, total, most = range_
        low, high, level = int(sums.low[r]), int(sums.high[r]), Level(int(sums.level[r]))
        if sums.or_zero[r] and least == 0 < low:
            self._none_or_enough(r, variables, weights, total)
            least, low = 0, 0
            if high >= most or (level != Level.HARD and not sums.above[r]):
                return
        if level == Level.HARD:
            if low > most or high < least:
                programme.any_of([])
            else:
                programme.linear(variables, weights, max(low, least) - base, min(high, most) - base)
            return
        bottom, top = least, most
        if least < low and sums.below[r]:
            bottom = low
            slack = programme.amount(low - least, max(0, low - total))
            programme.pay(level, slack, int(sums.below[r]))
            variables, weights = [*variables, slack], [*weights, 1]
        if most > high and sums.above[r]:
            top = high
            slack = programme.amount(most - high, max(0, total - high))
            programme.pay(level, slack, int(sums.above[r]))
            variables, weights = [*variables, slack], [*weights, -1]
        self._soft_bounds(variables, weights, (bottom - base, top - base), (bottom > least, top < most))

    def _none_or_enough(self, r: int, variables: list[int], weights: list[int], total: int) -> None:
        """The lower bound holds, or is paid for, as soon as any of the members is chosen."""
        sums, programme = self.table.sums, self.programme
        low, level = int(sums.low[r]), Level(int(sums.level[r]))
        some = programme.bool(total > 0)
        for variable in variables:
            programme.at_most_one([variable, negated(some)])
        if level == Level.HARD:
            programme.linear([*variables, some], [*weights, -low], 0, UNLIMITED)
        elif sums.below[r]:
            slack = programme.amount(low, max(0, low - total) if total else 0)
            programme.pay(level, slack, int(sums.below[r]))
            programme.linear([*variables, slack, some], [*weights, 1, -low], 0, UNLIMITED)

    def _soft_bounds(
        self, variables: list[int], weights: list[int], bounds: tuple[int, int], active: tuple[bool, bool]
    ) -> None:
        """A bound that has no slack of its own must not cut: the other slack may push the sum past it."""
        self.programme.linear(
            variables, weights, bounds[0] if active[0] else -UNLIMITED, bounds[1] if active[1] else UNLIMITED
        )

    def choices(self, pairs: Iterator[int]) -> list[int]:
        """Those of the pairs that are freed."""
        return [pair for pair in pairs if self.is_free[pair]]


def _added(index: Ints, amount: Ints, count: int) -> Ints:
    found = np.zeros(count, np.int64)
    np.add.at(found, index, amount)
    return found
