"""Which limits depend only on how long one expert works in a day, a week or the weeks so far? As prices per total."""

from typing import NamedTuple

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.table import Table

NEVER = 1 << 55
"""The price of what is forbidden; a sum of some of them still fits into 64 bits."""


class Hours(NamedTuple):
    """Time in units: per pair, and the most per cell (expert x days + day).

    week[level, e, w, u] is what u units in week w cost, month[level, e, w, u] what u units in weeks 0..w cost together;
    level 0 is the law (NEVER or nothing), 1 coverage, 2 preference.
    """

    units: Ints
    day_most: Ints
    week: Ints
    month: Ints


class _Rows(NamedTuple):
    """Candidates: the row, its expert, first and last day, number of pairs, and weight : units of all of them."""

    row: Ints
    expert: Ints
    first: Ints
    last: Ints
    size: Ints
    weight: Ints
    units: Ints

    def only(self, keep: Bools) -> "_Rows":
        """Those that are kept."""
        return _Rows(*(part[keep] for part in self))


def hours_of(table: Table) -> tuple[Hours, Bools]:
    """The hours of a model, and which of its Sum rows they express completely."""
    pairs = table.pairs
    unit = max(1, int(np.gcd.reduce(pairs.minutes)))
    units, weeks = ints(pairs.minutes // unit), -(-pairs.days // 7)
    rows = _candidates(table, units)
    known = np.zeros((pairs.experts, pairs.days + 1), np.int64)
    np.add.at(known, (pairs.expert, pairs.day + 1), 1)
    known = np.cumsum(known, axis=1)
    week_ends = np.minimum(np.arange(weeks + 1) * 7, pairs.days)
    first_week, last_week = rows.first // 7, rows.last // 7
    whole_day = (rows.first == rows.last) & (rows.size == _between(known, rows.expert, rows.first, rows.last + 1))
    whole_week = rows.size == _between(known, rows.expert, week_ends[first_week], week_ends[first_week + 1])
    whole_day &= (table.sums.level[rows.row] == Level.HARD) & (table.sums.low[rows.row] <= 0)
    whole_week &= (first_week == last_week) & ~whole_day
    whole_start = (rows.size == known[rows.expert, week_ends[last_week + 1]]) & ~whole_week & ~whole_day

    day_most = ints(np.bincount(pairs.expert * pairs.days + pairs.day, units, pairs.experts * pairs.days))
    of_day = rows.only(whole_day)
    np.minimum.at(day_most, of_day.expert * pairs.days + of_day.first, _most(table, of_day))
    ends = np.append(0, np.cumsum(day_most.reshape(pairs.experts, pairs.days), axis=1)[:, week_ends[1:] - 1])
    reach = np.diff(ends[1:].reshape(pairs.experts, weeks), axis=1, prepend=0)
    of_week, of_start = rows.only(whole_week), rows.only(whole_start)
    _lower(table, of_week, reach)
    week = _priced(table, of_week, reach)
    so_far = np.cumsum(reach, axis=1)
    _lower(table, of_start, so_far)
    month = _priced(table, of_start, so_far)
    expressed = np.zeros(len(table.sums.low), np.bool_)
    expressed[rows.row[whole_day | whole_week | whole_start]] = True
    return Hours(units, day_most, week, month), expressed


def _candidates(table: Table, units: Ints) -> _Rows:
    """Rows of one expert with positive weights in proportion to time."""
    sums, pairs = table.sums, table.pairs
    filled = np.flatnonzero(np.diff(sums.start) > 0)
    if not len(filled):
        return _Rows(*(np.zeros(0, np.int64) for _ in range(7)))
    size, start = np.diff(sums.start)[filled], sums.start[filled]
    expert, head_units, weight = pairs.expert[sums.pair[start]], units[sums.pair[start]], sums.weight[start]
    number = np.repeat(np.arange(len(filled)), size)
    alike = (pairs.expert[sums.pair] == expert[number]) & (sums.weight > 0)
    alike &= sums.weight * head_units[number] == units[sums.pair] * weight[number]
    wrong = np.bincount(number[~alike], minlength=len(filled)) > 0
    day = pairs.day[sums.pair]
    first, last = np.minimum.reduceat(day, start), np.maximum.reduceat(day, start)
    return _Rows(ints(filled), expert, first, last, size, weight, head_units).only(~wrong)


def _between(known: Ints, expert: Ints, first: Ints, end: Ints) -> Ints:
    """How many pairs each expert has on days first..end - 1."""
    return ints(known[expert, end] - known[expert, first])


def _most(table: Table, rows: _Rows) -> Ints:
    """The units at which each row's total reaches its high bound."""
    return ints(table.sums.high[rows.row] * rows.units // rows.weight)


def _lower(table: Table, rows: _Rows, reach: Ints) -> None:
    """What can be worked at most per (expert, week), now that the law is known."""
    hard = rows.only(table.sums.level[rows.row] == Level.HARD)
    np.minimum.at(reach, (hard.expert, hard.last // 7), np.maximum(0, _most(table, hard)))


def _priced(table: Table, rows: _Rows, reach: Ints) -> Ints:
    """What each number of units costs: levels x experts x weeks x units."""
    sums = table.sums
    total = np.arange(int(reach.max(initial=0)) + 1)
    found = np.zeros((3, *reach.shape, len(total)), np.int64)
    found[0][total > reach[:, :, None]] = NEVER
    for n, row in enumerate(rows.row.tolist()):
        amount = total * rows.weight[n] // rows.units[n]
        short, over = np.maximum(sums.low[row] - amount, 0), np.maximum(amount - sums.high[row], 0)
        place = found[sums.level[row], rows.expert[n], rows.last[n] // 7]
        if sums.level[row] == Level.HARD:
            place[(short > 0) | (over > 0)] = NEVER
        else:
            place += short * sums.below[row] + over * sums.above[row]
    return found
