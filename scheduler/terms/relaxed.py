"""What does it cost to break the limits that a sweep does not count? Prices that move towards the patterns it finds."""

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.persons import Person

_FIRST_STEP, _LARGEST = 256, 1 << 36
QUICK, SLOW = 0.5, 0.08
"""How far shares move towards a pattern: when one call must learn what it can, and when many calls learn together."""


class _Row:
    """A limit on weight x pairs: a unit costs `toll`, which the row pays back at the total that suits it best."""

    def __init__(self, members: tuple[Ints, Ints], level: int, bounds: tuple[int, int], dues: tuple[int, int]) -> None:
        self.pair, self.weight = members
        least, most = int(np.minimum(self.weight, 0).sum()), int(np.maximum(self.weight, 0).sum())
        self._limit((least, most), level, bounds, dues)

    def _limit(self, span: tuple[int, int], level: int, bounds: tuple[int, int], dues: tuple[int, int]) -> None:
        """What totals there are, and which of them the row likes."""
        self.level, (self.low, self.high), (self.below, self.above) = level, bounds, dues
        (least, most), (low, high) = span, bounds
        low, high = max(low, least), min(high, most)
        self.corners = [low, high] if level == Level.HARD else [least, min(low, most), max(high, least), most]
        self.toll, self.step, self.sign = 0, _FIRST_STEP, 0

    def least(self, weights: tuple[int, int]) -> tuple[int, int]:
        """What the row costs at least at its toll, and the total where it does."""
        return min((self._cost(total, weights) - self.toll * total, total) for total in self.corners)

    def total(self, chosen: Bools) -> int:
        """What a pattern takes."""
        return int(self.weight[chosen[self.pair]].sum())

    def learn(self, total: int, weights: tuple[int, int]) -> None:
        """Dearer when the pattern takes more than the row would like, cheaper when less; steps learn."""
        wanted = self.least(weights)[1]
        sign = int(np.sign(total - wanted))
        if (
            self.toll == 0
            and self._cost(total, weights) == 0
            and (self.level != Level.HARD or self.low <= total <= self.high)
        ):
            sign = 0
        if sign == 0:
            return
        if self.sign:
            self.step = min(_LARGEST, self.step * 2) if sign == self.sign else max(1, self.step // 3)
        self.sign = sign
        before, self.toll = self.toll, max(-_LARGEST, min(_LARGEST, self.toll + sign * self.step))
        if before * self.toll < 0:
            self.toll = 0

    def _cost(self, total: int, weights: tuple[int, int]) -> int:
        if self.level == Level.HARD:
            return 0
        points = max(0, self.low - total) * self.below + max(0, total - self.high) * self.above
        return weights[self.level - 1] * points


class _Meetings(_Row):
    """A Distinct term whose groups follow each other: the sweep charges `toll` whenever a group is met first."""

    def __init__(self, person: Person, k: int, bit: int) -> None:
        groups, none = person.groups, np.zeros(0, np.int64)
        self.pair, self.weight, self.bit, self._slot = none, none, bit, groups.slot[k]
        span, bounds = (0, int(self._slot.max()) + 1), (0, int(groups.high[k]))
        self._limit(span, int(groups.level[k]), bounds, (0, int(groups.above[k])))

    def total(self, chosen: Bools) -> int:
        """How many groups a pattern meets."""
        return len(np.unique(self._slot[chosen & (self._slot >= 0)]))


class Relaxed:
    """The tolls of rows, of couples that lie days apart, and of groups; kept from call to call.

    `meetings` are the Distinct terms (number, bit) that a sweep prices and cannot count, `groups` the interleaved ones.
    """

    def __init__(self, person: Person, rows: list[int], groups: list[int], meetings: list[tuple[int, int]]) -> None:
        self._meetings = [_Meetings(person, k, bit) for k, bit in meetings]
        self.rows, self.couples = [*(_row(person, row) for row in rows), *self._meetings], _FarCouples(person)
        self.groups = [_Groups(person, k) for k in groups]
        self.empty = not self.rows and not self.groups and not len(self.couples.one)

    @property
    def met(self) -> dict[int, int]:
        """What a first meeting costs, per bit of a group, in 1 / 64."""
        return {meeting.bit: meeting.toll for meeting in self._meetings}

    def charged(self, own: Ints, weights: tuple[int, int]) -> tuple[Ints, int]:
        """The prices of the pairs with all tolls, and what the limits themselves cost at least."""
        found, constant = own.copy(), 0
        for row in self.rows:
            found[row.pair] += row.toll * row.weight
            constant += row.least(weights)[0]
        if len(self.couples.one):
            constant -= self.couples.charge(found, weights)
        for group in self.groups:
            found += group.tolls(weights)
            constant -= group.paid * group.high
        return found, constant

    @property
    def tolls(self) -> list[int]:
        """The tolls of the rows, to go back to."""
        return [row.toll for row in self.rows]

    def settle(self, tolls: list[int]) -> None:
        """Go back to these tolls."""
        for row, toll in zip(self.rows, tolls, strict=True):
            row.toll = toll

    def learn(self, chosen: Bools, weights: tuple[int, int], pull: float = QUICK) -> None:
        """Move the tolls after a pattern that was cheapest under them."""
        for row in self.rows:
            row.learn(row.total(chosen), weights)
        if len(self.couples.one):
            self.couples.learn(chosen, weights)
        for group in self.groups:
            group.learn(chosen, pull)


class _Groups:
    """A Distinct term: a group that is met costs at least the sum of the shares of its pairs that are chosen."""

    def __init__(self, person: Person, k: int) -> None:
        groups = person.groups
        self.slot, self.level, self.high = groups.slot[k], int(groups.level[k]), int(groups.high[k])
        self.above = int(groups.above[k])
        self.counts = self.slot >= 0
        size = np.bincount(self.slot[self.counts])
        self.share = np.where(self.counts, 1.0 / size[np.maximum(self.slot, 0)], 0.0)
        self.part, self.paid = 1.0, 0

    def tolls(self, weights: tuple[int, int]) -> Ints:
        """What each pair pays."""
        dearest = _FIRST_STEP * 64 if self.level == Level.HARD else self.above * weights[self.level - 1]
        self.paid = int(dearest * self.part)
        return ints(np.floor(self.paid * self.share * (1 - 1e-9)))

    def learn(self, chosen: Bools, pull: float) -> None:
        """Groups met take their share from the pairs chosen; the whole rises while too many are met."""
        met = np.bincount(self.slot[self.counts & chosen], minlength=int(self.slot.max()) + 1)
        own = np.where(self.counts & chosen, 1.0 / np.maximum(met, 1)[np.maximum(self.slot, 0)], 0.0)
        moved = self.counts & (met[np.maximum(self.slot, 0)] > 0)
        self.share[moved] += pull * (own - self.share)[moved]
        more = int((met > 0).sum()) - self.high
        self.part = min(1.0, max(0.0, self.part + pull / 2 * int(np.sign(more))))


def _row(person: Person, row: int) -> _Row:
    rows = person.rows
    members = slice(int(rows.start[row]), int(rows.start[row + 1]))
    low = 0 if rows.or_zero[row] else int(rows.low[row])
    return _Row(
        (rows.pair[members], rows.weight[members]), int(rows.level[row]),
        (low, int(rows.high[row])), (int(rows.below[row]), int(rows.above[row])),
    )  # fmt: skip


class _FarCouples:
    """Couples more than a day apart: each member pays the toll of the couple, which pays it back once."""

    def __init__(self, person: Person) -> None:
        couples = person.couples
        far = person.day[couples.two] - person.day[couples.one] > 1
        self.one, self.two = couples.one[far], couples.two[far]
        self.level, self.amount = couples.level[far], couples.amount[far]
        self.toll, self.step = np.zeros(len(self.one), np.int64), np.full(len(self.one), _FIRST_STEP)

    def charge(self, price: Ints, weights: tuple[int, int]) -> int:
        """Add the tolls to the prices of the pairs; gives what is paid back at most."""
        np.add.at(price, self.one, self.toll)
        np.add.at(price, self.two, self.toll)
        return int(np.maximum(self.toll, 2 * self.toll - self._dearest(weights)).sum())

    def learn(self, chosen: Bools, weights: tuple[int, int]) -> None:
        """Dearer where both are chosen, cheaper where none is."""
        taken = chosen[self.one].astype(np.int64) + chosen[self.two]
        self.step = np.where((taken == 0) & (self.toll > 0), np.maximum(1, self.step // 2), self.step)
        self.toll = np.clip(self.toll + (taken - 1) * self.step, 0, self._dearest(weights))

    def _dearest(self, weights: tuple[int, int]) -> Ints:
        """What choosing both costs; more than any toll where that is forbidden."""
        return np.where(self.level == Level.HARD, 2 * _LARGEST, self.amount * ints([0, *weights])[self.level])
