"""All terms of a model as flat arrays: which rows, couples, groups, runs and windows does each pair touch?"""

from collections.abc import Sequence
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms import spells
from scheduler.terms.clashing import CoupleTable, couple_table
from scheduler.terms.kinds import UNLIMITED, Bools, Cost, Distinct, Gap, Ints, Runs, Sum, cost_of_totals, ints
from scheduler.terms.pairs import Model, Pairs

_SOFT = (int(Level.COVERAGE), int(Level.PREFERENCE))
_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")


class SumTable(NamedTuple):
    """Rows of all Sum terms.

    The members of row r are start[r]..start[r + 1]; the rows of pair p are of_start[p]..of_start[p + 1].
    """

    start: Ints
    pair: Ints
    weight: Ints
    level: Ints
    low: Ints
    high: Ints
    below: Ints
    above: Ints
    or_zero: Bools
    of_start: Ints
    of_row: Ints
    of_weight: Ints

    @property
    def floor(self) -> Ints:
        """The least total that costs nothing and from which on more never costs less: no floor for none or enough."""
        return np.where(self.or_zero, -UNLIMITED, self.low)

    def cost(self, total: Ints) -> Ints:
        """What each row costs at its total."""
        return cost_of_totals(total, (self.low, self.high), (self.below, self.above), self.or_zero)


class GroupTable(NamedTuple):
    """Distinct terms k: slot[k, p] numbers each (term, expert, group) once over all terms; -1 is no group."""

    slot: Ints
    level: Ints
    high: Ints
    above: Ints


class RunTable(NamedTuple):
    """Runs terms k: limits[k] is (shortest, longest, shortest_rest, longest_rest, before) x experts."""

    limits: Ints
    level: Ints
    price: Ints


class GapTable(NamedTuple):
    """Gap rows that pairs can break, sorted by expert.

    The rows of pair p are of_row[of_start[p]]..of_row[of_start[p + 1]].
    """

    expert: Ints
    level: Ints
    price: Ints
    windows: spells.Windows
    of_start: Ints
    of_row: Ints


class _Rests(NamedTuple):
    """Gap rows as they were declared, and what each misses when everybody works everything."""

    expert: Ints
    level: Ints
    price: Ints
    windows: spells.Windows
    missing: Ints


class Arrays(NamedTuple):
    """Everything the compiled kernels read; `cost` is (coverage, preference) x pairs."""

    first: Ints
    expert: Ints
    shift: Ints
    day: Ints
    spans: tuple[Ints, Ints]
    cost: Ints
    sums: SumTable
    couples: CoupleTable
    groups: GroupTable
    runs: RunTable
    gaps: GapTable


class Table:
    """The flat form of a model; parts are built when first asked for."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.pairs: Pairs = model.pairs

    @cached_property
    def for_coverage(self) -> "Table":
        """The same pairs without the terms of preference: all that coverage depends on, and much smaller."""
        kept = [(t, s) for t, s in zip(self.model.terms, self.model.source, strict=True) if t.level < Level.PREFERENCE]
        return Table(Model(self.pairs, tuple(t for t, _ in kept), tuple(s for _, s in kept)))

    @cached_property
    def arrays(self) -> Arrays:
        """What the kernels of `delta` and `moves` read."""
        pairs = self.pairs
        return Arrays(
            pairs.first, pairs.expert, pairs.shift, ints(pairs.day), pairs.spans,
            self.cost, self.sums, self.couples, self.groups, self.runs, self.gaps,
        )  # fmt: skip

    @cached_property
    def cost(self) -> Ints:
        """What each pair costs by itself: (coverage, preference) x pairs."""
        found = np.zeros((2, len(self.pairs)), np.int64)
        for term in self.model.terms:
            if isinstance(term, Cost):
                np.add.at(found[term.level - 1], term.pair, term.amount)
        return found

    @cached_property
    def constant(self) -> tuple[int, int]:
        """What every roster costs: (coverage, preference), by itself, and by runs and rests that nobody can mend."""
        found = [0, 0]
        for term in self.model.terms:
            if isinstance(term, Cost):
                found[term.level - 1] += term.constant
        rests = self._rests
        settled = np.where(rests.windows.high > rests.windows.low, 0, rests.missing * rests.price)
        coverage, preference = (int(settled[rests.level == level].sum()) for level in _SOFT)
        runs, idle = self.runs, np.zeros((self.pairs.experts, self.pairs.days), np.int64)
        for k in np.flatnonzero(runs.level != Level.HARD).tolist():
            cost = spells.run_amounts(idle, runs.limits[k])[np.diff(self.pairs.first) == 0].sum()
            found[int(runs.level[k]) - 1] += int(cost * runs.price[k])
        return found[0] + coverage, found[1] + preference

    @cached_property
    def sums(self) -> SumTable:
        """All rows of all Sum terms, numbered through."""
        terms = [t for t in self.model.terms if isinstance(t, Sum)]
        offset = np.cumsum([0] + [len(t.low) for t in terms])
        row = _joined([t.row + at for t, at in zip(terms, offset, strict=False)])
        pair, weight = _joined([t.pair for t in terms]), _joined([t.weight for t in terms])
        order = np.argsort(pair, kind="stable")
        return SumTable(
            ints(np.searchsorted(row, np.arange(offset[-1] + 1))), pair, weight,
            _joined([np.full(len(t.low), int(t.level)) for t in terms]),
            _joined([t.low for t in terms]), _joined([t.high for t in terms]),
            _joined([t.below for t in terms]), _joined([t.above for t in terms]),
            _joined([t.or_zero for t in terms]) > 0,
            _starts(pair[order], len(self.pairs)), ints(row[order]), ints(weight[order]),
        )  # fmt: skip

    @cached_property
    def owner(self) -> Ints:
        """The expert whose pairs are all members of a Sum row; -1 where several share it, or where it has none."""
        sums = self.sums
        filled = np.diff(sums.start) > 0
        found, expert = np.full(len(filled), -1, np.int64), self.pairs.expert[sums.pair]
        if filled.any():
            at = sums.start[:-1][filled]
            least, most = np.minimum.reduceat(expert, at), np.maximum.reduceat(expert, at)
            found[filled] = np.where(least == most, least, -1)
        return found

    @cached_property
    def couples(self) -> CoupleTable:
        """Couples that may not, or not freely, be chosen together."""
        return couple_table(self.model)

    @cached_property
    def groups(self) -> GroupTable:
        """Distinct terms with one slot per expert and group."""
        terms = [t for t in self.model.terms if isinstance(t, Distinct)]
        slot = np.full((len(terms), len(self.pairs)), -1, np.int64)
        used = 0
        for k, term in enumerate(terms):
            counted = term.group >= 0
            key = self.pairs.expert[counted] * (int(term.group.max(initial=0)) + 1) + term.group[counted]
            unique, place = np.unique(key, return_inverse=True)
            slot[k, counted] = place + used
            used += len(unique)
        shape = (len(terms), self.pairs.experts)
        return GroupTable(
            slot, ints([int(t.level) for t in terms]),
            ints([t.high for t in terms]).reshape(shape), ints([t.above for t in terms]).reshape(shape),
        )  # fmt: skip

    @cached_property
    def runs(self) -> RunTable:
        """The limits of the Runs terms, clipped to what a kernel can add without overflow; as few terms as can be."""
        alike: dict[tuple[int, int], list[list[Ints]]] = {}
        for t in self.model.terms:
            if isinstance(t, Runs):
                limits = [t.shortest, t.longest, t.shortest_rest, t.longest_rest, t.before]
                alike.setdefault((int(t.level), t.price), []).append(limits)
        shape = (-1, 5, self.pairs.experts)
        found = [_merged_runs(np.minimum(ints(same).reshape(shape), UNLIMITED)) for same in alike.values()]
        dues = np.repeat(ints(list(alike)).reshape(-1, 2), [len(same) for same in found], axis=0)
        every = np.concatenate([np.zeros((0, 5, self.pairs.experts), np.int64), *found])
        return RunTable(ints(every), ints(dues[:, 0]), ints(dues[:, 1]))

    @cached_property
    def gaps(self) -> GapTable:
        """The Gap rows that somebody who works everything would break."""
        pairs, (expert, level, price, all_windows, missing) = self.pairs, self._rests
        broken = np.flatnonzero((missing > 0) & (all_windows.high > all_windows.low))
        keep = broken[np.argsort(expert[broken], kind="stable")]
        windows = all_windows.rows(keep)
        length = windows.high - windows.low
        row = np.repeat(np.arange(len(length)), length)
        pair = np.arange(len(row)) + np.repeat(windows.high - np.cumsum(length), length)
        inside = pairs.spans[1][pair] > windows.start[row]
        row, pair = row[inside], pair[inside]
        order = np.argsort(pair, kind="stable")
        starts = _starts(pair[order], len(pairs))
        return GapTable(ints(expert[keep]), ints(level[keep]), ints(price[keep]), windows, starts, ints(row[order]))

    @cached_property
    def _rests(self) -> _Rests:
        """Every row of every Gap term."""
        terms = [t for t in self.model.terms if isinstance(t, Gap)]
        expert, price = _joined([t.expert for t in terms]), _joined([t.price for t in terms])
        level = _joined([np.full(len(t.expert), int(t.level)) for t in terms])
        windows, everything = self._windows(terms, expert), np.ones(len(self.pairs), np.bool_)
        return _Rests(expert, level, price, windows, spells.missing_rests(self.pairs.spans, everything, windows))

    def _windows(self, terms: list[Gap], expert: Ints) -> spells.Windows:
        """The rows of all Gap terms, each with the range of its expert's pairs and busy spans."""
        start, end = _joined([t.start for t in terms]), _joined([t.end for t in terms])
        low, high = self._pairs_in_reach(expert, start, end)
        busy_key = _joined([t.busy_expert * len(terms) + k for k, t in enumerate(terms)])
        busy_start, busy_end = _joined([t.busy_start for t in terms]), _joined([t.busy_end for t in terms])
        order = np.lexsort((busy_start, busy_key))
        row_key = _joined([t.expert * len(terms) + k for k, t in enumerate(terms)])
        busy_low, busy_high = (ints(np.searchsorted(busy_key[order], row_key, side)) for side in _SIDES)
        rest, piece = _joined([t.rest for t in terms]), _joined([t.piece for t in terms])
        return spells.Windows(
            start, end, rest, piece, low, high, busy_low, busy_high, ints(busy_start[order]), ints(busy_end[order])
        )

    def _pairs_in_reach(self, expert: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """The range of each row's pairs that may meet its window [start, end)."""
        pairs = self.pairs
        begin = pairs.shifts.start[pairs.shift]
        longest = int((pairs.shifts.end - pairs.shifts.start).max(initial=0))
        lowest, highest = int(begin.min(initial=0)), int(begin.max(initial=0))
        width = highest - lowest + 2
        key = pairs.expert * width + begin - lowest
        low = np.searchsorted(key, expert * width + np.clip(start - longest - lowest, 0, width - 1))
        high = np.searchsorted(key, expert * width + np.clip(end - lowest, 0, width - 1))
        return ints(low), ints(np.maximum(high, low))


def _merged_runs(limits: Ints) -> Ints:
    """The same limits in fewer terms: two become one for an expert when they bind different things, so amounts stay.

    One term with a shortest and a longest run is much tighter for solvers than two with one of them each.
    """
    nothing = ints([1, UNLIMITED, 1, UNLIMITED])[:, None]
    found = limits.copy()
    for later in range(1, len(found)):
        for earlier in range(later):
            one, two = found[earlier], found[later]
            both = ((one[:4] != nothing) & (two[:4] != nothing)).any(axis=0)
            idle = (one[:4] == nothing).all(axis=0)
            fits = ~both & ((one[4] == two[4]) | idle)
            one[:4, fits] = np.where(two[:4] != nothing, two[:4], one[:4])[:, fits]
            one[4, fits] = two[4, fits]
            two[:4, fits] = nothing
            two[4, fits] = 0
    return ints(found[(found[:, :4] != nothing).any(axis=(1, 2))])


def _joined(parts: Sequence[Ints | Bools]) -> Ints:
    return ints(np.concatenate([np.zeros(0, np.int64), *parts]))


def _starts(sorted_keys: Ints, count: int) -> Ints:
    """Where each of `count` keys starts in the sorted keys (one entry more)."""
    return ints(np.searchsorted(sorted_keys, np.arange(count + 1)))
