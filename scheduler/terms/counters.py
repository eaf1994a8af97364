"""Which totals of one expert must be counted? Rows over the same pairs share a counter; a counter has a price list."""

from typing import NamedTuple

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.kinds import Ints, ints
from scheduler.terms.persons import Person
from scheduler.terms.plans import Plans, added


class Counter(NamedTuple):
    """Counts the units of its rows' pairs from day `first` to day `last`; amount[level, units] is what a total costs.

    Level 0 is 1 where the law forbids the total; there is an amount for every total that can be of use. step[plan].
    """

    rows: tuple[int, ...]
    step: Ints
    first: int
    last: int
    amount: Ints

    @property
    def size(self) -> int:
        """How many totals are told apart."""
        return len(self.amount[0])


class Counted(NamedTuple):
    """All counters; rows that no counter can carry; whether some row can never be kept."""

    counters: list[Counter]
    uncounted: list[int]
    impossible: bool


def rows_of_one_day(person: Person) -> Ints:
    """The rows whose members all lie on one day."""
    first, last = _spans(person)
    return ints(np.flatnonzero(first == last))


def counters_of(person: Person, plans: Plans) -> Counted:
    """Counters of all rows that can cost something and that reach over more than one day."""
    rows, (first, last) = person.rows, _spans(person)
    alike: dict[bytes, list[int]] = {}
    uncounted = []
    for row in np.flatnonzero(first < last).tolist():
        members = slice(int(rows.start[row]), int(rows.start[row + 1]))
        weight = rows.weight[members]
        if weight.min() < 0:
            uncounted.append(row)
        elif weight.max() > 0:
            unit = int(np.gcd.reduce(weight))
            alike.setdefault(rows.pair[members].tobytes() + (weight // unit).tobytes(), []).append(row)
    counters, impossible = [], False
    for same in alike.values():
        counter, most = _counter(person, plans, same, int(first[same[0]]), int(last[same[0]]))
        impossible |= counter.size == 0
        if counter.size <= most or counter.amount.any():
            counters.append(counter)
    return Counted(counters, uncounted, impossible)


def _spans(person: Person) -> tuple[Ints, Ints]:
    """The first and last day of each row's members."""
    rows = person.rows
    if not len(rows.low):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    day = person.day[rows.pair]
    return np.minimum.reduceat(day, rows.start[:-1]), np.maximum.reduceat(day, rows.start[:-1])


def _counter(person: Person, plans: Plans, same: list[int], first: int, last: int) -> tuple[Counter, int]:
    """The counter of rows with the same members, of size 0 when no total is lawful; and the most there can be."""
    rows = person.rows
    members = slice(int(rows.start[same[0]]), int(rows.start[same[0] + 1]))
    weight = np.zeros(len(person.day), np.int64)
    weight[rows.pair[members]] = rows.weight[members] // int(np.gcd.reduce(rows.weight[members]))
    step = added(plans, weight)
    most = int(np.maximum.reduceat(np.where(plans.legal, step, 0), plans.first[:-1]).sum())
    amount = np.zeros((3, most + 1), np.int64)
    for row in same:
        unit = int(np.gcd.reduce(rows.weight[int(rows.start[row]) : int(rows.start[row + 1])]))
        total = np.arange(most + 1) * unit
        short, over = np.maximum(rows.low[row] - total, 0), np.maximum(total - rows.high[row], 0)
        if rows.level[row] == Level.HARD:
            amount[0] |= (short > 0) | (over > 0)
        else:
            amount[rows.level[row]] += short * rows.below[row] + over * rows.above[row]
    lawful = np.flatnonzero(amount[0] == 0)
    size = int(lawful[-1]) + 1 if len(lawful) else 0
    return Counter(tuple(same), step, first, last, np.ascontiguousarray(amount[:, :size])), most
