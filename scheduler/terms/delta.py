"""What does one more, or one less, pair in the roster cost? Compiled, in microseconds, level by level."""

from copy import copy
from typing import Any, NamedTuple

import numpy as np

from scheduler.domain.score import Score
from scheduler.terms.compiled import bare
from scheduler.terms.kinds import Bools, Ints
from scheduler.terms.spells import NOWHERE, missing_rest, run_change
from scheduler.terms.table import Table


class State(NamedTuple):
    """A roster and its running totals.

    Weight per Sum row, shifts per expert and day, choices per slot of a Distinct, groups met per Distinct and expert.
    """

    chosen: Bools
    total: Ints
    worked: Ints
    visits: Ints
    met: Ints


class Ledger:
    """A roster whose totals are kept in step; deltas come as Score differences."""

    def __init__(self, table: Table, chosen: Bools) -> None:
        arrays, pairs = table.arrays, table.pairs
        self.table, self.arrays = table, arrays
        slots = int(arrays.groups.slot.max(initial=-1)) + 1
        self.state = State(
            np.zeros(len(pairs), np.bool_),
            np.zeros(len(arrays.sums.low), np.int64),
            np.zeros((pairs.experts, pairs.days), np.int64),
            np.zeros(slots, np.int64),
            np.zeros((len(arrays.groups.slot), pairs.experts), np.int64),
        )
        toggle_all(arrays, self.state, np.flatnonzero(chosen))

    @property
    def chosen(self) -> Bools:
        """The roster as it stands; a view, not a copy."""
        return self.state.chosen

    def delta(self, pair: int) -> Score:
        """How the score changes when the pair is toggled."""
        return Score(*(int(amount) for amount in delta(self.arrays, self.state, pair)))

    def deltas(self, pairs: Ints) -> Ints:
        """How the score changes when each of these pairs is toggled by itself: pairs x (hard, coverage, preference)."""
        found = np.zeros((len(pairs), 3), np.int64)
        deltas(self.arrays, self.state, pairs, found)
        return found

    def toggle(self, pair: int) -> None:
        """Choose the pair, or drop it when it is chosen."""
        toggle(self.arrays, self.state, pair)

    def moved(self, pairs: Ints) -> "Ledger":
        """A ledger of its own, with each of these pairs toggled."""
        found, old = copy(self), self.state
        found.state = State(old.chosen.copy(), old.total.copy(), old.worked.copy(), old.visits.copy(), old.met.copy())
        toggle_all(self.arrays, found.state, pairs)
        return found


@bare
def toggle(arrays: Any, state: Any, pair: int) -> None:
    """Choose or drop a pair and keep every total."""
    chosen, total, worked, visits, met = state
    sign = -1 if chosen[pair] else 1
    chosen[pair] = not chosen[pair]
    sums, slot, expert = arrays.sums, arrays.groups.slot, arrays.expert[pair]
    for at in range(sums.of_start[pair], sums.of_start[pair + 1]):
        total[sums.of_row[at]] += sign * sums.of_weight[at]
    worked[expert, arrays.day[pair]] += sign
    for k in range(len(slot)):
        mine = slot[k, pair]
        if mine >= 0:
            visits[mine] += sign
            if visits[mine] == (1 if sign > 0 else 0):
                met[k, expert] += sign


@bare
def toggle_all(arrays: Any, state: Any, pairs: Ints) -> None:
    """Toggle each of these pairs once."""
    for pair in pairs:
        toggle(arrays, state, pair)


@bare
def delta(arrays: Any, state: Any, pair: int) -> tuple[int, int, int]:
    """Change of (hard, coverage, preference) when the pair is toggled: the sum over all kinds."""
    sign = -1 if state.chosen[pair] else 1
    hard, coverage, preference = _sums(arrays.sums, state.total, pair, sign)
    coverage += sign * arrays.cost[0, pair]
    preference += sign * arrays.cost[1, pair]
    couples = arrays.couples
    for at in range(couples.start[pair], couples.start[pair + 1]):
        if state.chosen[couples.other[at]]:
            hard, coverage, preference = _added(
                hard, coverage, preference, couples.level[at], sign * couples.amount[at]
            )
    groups, expert = arrays.groups, arrays.expert[pair]
    for k in range(len(groups.slot)):
        mine = groups.slot[k, pair]
        if mine >= 0 and state.visits[mine] == (0 if sign > 0 else 1):
            count = state.met[k, expert] if sign > 0 else state.met[k, expert] - 1
            if count >= groups.high[k, expert]:
                hard, coverage, preference = _added(
                    hard, coverage, preference, groups.level[k], sign * groups.above[k, expert]
                )
    runs, worked, day = arrays.runs, state.worked[expert], arrays.day[pair]
    if len(runs.limits) > 0 and worked[day] == (0 if sign > 0 else 1):
        for k in range(len(runs.limits)):
            change = run_change(worked, day, runs.limits[k], expert)
            if change != 0:
                hard, coverage, preference = _added(hard, coverage, preference, runs.level[k], change * runs.price[k])
    gaps = arrays.gaps
    for at in range(gaps.of_start[pair], gaps.of_start[pair + 1]):
        row = gaps.of_row[at]
        change = missing_rest(arrays.spans, state.chosen, pair, gaps.windows, row)
        change -= missing_rest(arrays.spans, state.chosen, NOWHERE, gaps.windows, row)
        if change != 0:
            hard, coverage, preference = _added(hard, coverage, preference, gaps.level[row], change * gaps.price[row])
    return hard, coverage, preference


@bare
def deltas(arrays: Any, state: Any, pairs: Ints, found: Ints) -> None:
    """The change of each pair by itself, written to the rows of `found`."""
    for at in range(len(pairs)):
        found[at, 0], found[at, 1], found[at, 2] = delta(arrays, state, pairs[at])


@bare
def _added(hard: int, coverage: int, preference: int, level: int, amount: int) -> tuple[int, int, int]:
    if level == 0:
        return hard + amount, coverage, preference
    if level == 1:
        return hard, coverage + amount, preference
    return hard, coverage, preference + amount


@bare
def _sums(sums: Any, total: Any, pair: int, sign: int) -> tuple[int, int, int]:
    hard, coverage, preference = 0, 0, 0
    for at in range(sums.of_start[pair], sums.of_start[pair + 1]):
        row = sums.of_row[at]
        old = total[row]
        new = old + sign * sums.of_weight[at]
        low, high = sums.low[row], sums.high[row]
        if low <= old <= high and low <= new <= high:
            continue
        none_is_enough = sums.or_zero[row]
        short = 0 if none_is_enough and new == 0 else max(0, low - new)
        short -= 0 if none_is_enough and old == 0 else max(0, low - old)
        change = short * sums.below[row]
        change += (max(0, new - high) - max(0, old - high)) * sums.above[row]
        hard, coverage, preference = _added(hard, coverage, preference, sums.level[row], change)
    return hard, coverage, preference
