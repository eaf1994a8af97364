"""Which totals of one expert must be counted? Rows over the same pairs share a counter; a counter has a price list."""

from typing import NamedTuple

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.compiled import compiled
from scheduler.terms.kinds import Ints, ints
from scheduler.terms.persons import Person
from scheduler.terms.plans import Plans, added

_PASSES = 2
"""How often the counters are held against each other."""


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
    counters = [_counter(person, plans, same) for same in alike.values()]
    if not all(counter.size for counter in counters):
        return Counted([], uncounted, impossible=True)
    counters = _needed(plans, counters)
    for _ in range(_PASSES):
        counters = [_cut(counter, _most(plans, counter, counters)) for counter in counters]
    return Counted(counters, uncounted, impossible=False)


def _needed(plans: Plans, counters: list[Counter]) -> list[Counter]:
    """Those that can cost or forbid something that the others allow."""
    kept = list(counters)
    for counter in counters:
        others = [one for one in kept if one is not counter]
        most = _most(plans, counter, others)
        if most < counter.size and not counter.amount[:, : most + 1].any():
            kept = others
    return kept


def _spans(person: Person) -> tuple[Ints, Ints]:
    """The first and last day of each row's members."""
    rows = person.rows
    if not len(rows.low):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    day = person.day[rows.pair]
    return np.minimum.reduceat(day, rows.start[:-1]), np.maximum.reduceat(day, rows.start[:-1])


def _counter(person: Person, plans: Plans, same: list[int]) -> Counter:
    """The counter of rows with the same members, of size 0 when no total is lawful."""
    rows = person.rows
    members = slice(int(rows.start[same[0]]), int(rows.start[same[0] + 1]))
    weight = np.zeros(len(person.day), np.int64)
    weight[rows.pair[members]] = rows.weight[members] // int(np.gcd.reduce(rows.weight[members]))
    step = added(plans, weight)
    day = person.day[rows.pair[members]]
    most = int(np.maximum.reduceat(np.where(plans.legal, step, 0), plans.first[:-1]).sum())
    amount = np.zeros((3, most + 1), np.int64)
    for row in same:
        unit = int(np.gcd.reduce(rows.weight[int(rows.start[row]) : int(rows.start[row + 1])]))
        total = np.arange(most + 1) * unit
        short, over = np.maximum(rows.low[row] - total, 0), np.maximum(total - rows.high[row], 0)
        short[0] *= not rows.or_zero[row]
        if rows.level[row] == Level.HARD:
            amount[0] |= (short > 0) | (over > 0)
        else:
            amount[rows.level[row]] += short * rows.below[row] + over * rows.above[row]
    return _cut(Counter(tuple(same), step, int(day.min()), int(day.max()), amount), most)


def _cut(counter: Counter, most: int) -> Counter:
    """Without the totals above the last lawful one, or above the most there can be."""
    lawful = np.flatnonzero(counter.amount[0, : most + 1] == 0)
    size = int(lawful[-1]) + 1 if len(lawful) else 0
    return counter._replace(amount=np.ascontiguousarray(counter.amount[:, :size]))


def _most(plans: Plans, counter: Counter, counters: list[Counter]) -> int:
    """The most that a counter can reach: day by day, or by what the others allow over their days."""
    others = [one for one in counters if one is not counter]
    steps = np.array([one.step for one in others], np.int64).reshape(len(others), len(counter.step))
    spans = ints([(one.first, one.last, one.size - 1) for one in others]).reshape(-1, 3)
    return int(_most_beside(plans, counter.step, steps, spans))


@compiled
def _most_beside(plans: Plans, step: Ints, others: Ints, spans: Ints) -> int:
    """`spans` are the first day, the last day and the largest total of the other counters."""
    days = len(plans.first) - 1
    best, allowed = np.zeros(days + 1, np.int64), np.full(len(spans), -1, np.int64)
    for n in range(len(spans)):
        for plan in range(plans.first[spans[n, 0]], plans.first[spans[n, 1] + 1]):
            if plans.legal[plan] and step[plan] > 0:
                if others[n, plan] == 0:
                    allowed[n] = -1
                    break
                allowed[n] = max(allowed[n], spans[n, 2] * step[plan] // others[n, plan])
    for day in range(days):
        most = 0
        for plan in range(plans.first[day], plans.first[day + 1]):
            if plans.legal[plan]:
                most = max(most, step[plan])
        best[day + 1] = best[day] + most
        for n in range(len(spans)):
            if spans[n, 1] == day and allowed[n] >= 0:
                best[day + 1] = min(best[day + 1], best[spans[n, 0]] + allowed[n])
    return int(best[days])
