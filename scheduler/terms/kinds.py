"""In which words does a rule speak to solvers? Seven kinds of term, each a table with one row per limit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.errors import invalid
from scheduler.domain.score import Level

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

UNLIMITED = 1 << 40
"""A bound that never binds; larger than any sum of minutes, amounts or days."""


@dataclass(frozen=True, slots=True, eq=False)
class Cost:
    """Working `pair[i]` costs `amount[i]` (negative: a bonus); `constant` is charged whatever the roster."""

    level: Level
    pair: Ints
    amount: Ints
    constant: int = 0

    def __post_init__(self) -> None:
        _same_length("Cost", self.pair, self.amount)
        _never_hard("Cost", self.level)


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """Row r: low[r] <= sum of the weights of its chosen pairs <= high[r]; each unit outside costs below[r] or above[r].

    Members are given as (row, pair, weight), sorted by row; a pair stands at most once in a row. Rules use `limit`.
    A hard row may not be broken at all; its `below` and `above` only say how the check counts a breach.
    Where or_zero[r], a total of 0 is as good as one between the bounds: none of it, or enough (weights from 0 on).
    """

    level: Level
    row: Ints
    pair: Ints
    weight: Ints
    low: Ints
    high: Ints
    below: Ints
    above: Ints
    or_zero: Bools

    def __post_init__(self) -> None:
        _same_length("Sum members", self.row, self.pair, self.weight)
        _same_length("Sum rows", self.low, self.high, self.below, self.above, self.or_zero)
        if len(self.row) and (np.any(np.diff(self.row) < 0) or self.row[0] < 0 or self.row[-1] >= len(self.low)):
            invalid("Sum: members must be sorted by row and rows must lie in 0..%(last)s.", last=len(self.low) - 1)
        if np.any(self.low > self.high) or np.any(self.below < 0) or np.any(self.above < 0):
            invalid("Sum: a row has its low bound above its high bound, or a negative price.")
        if np.any(self.or_zero & (self.high < 0)) or np.any(self.or_zero[self.row] & (self.weight < 0)):
            invalid("Sum: a row that may be zero has a negative weight, or a high bound below zero.")

    def cost(self, total: Ints) -> Ints:
        """What each row costs at its total."""
        return cost_of_totals(total, (self.low, self.high), (self.below, self.above), self.or_zero)


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """Hard: nobody works two shifts whose half-open spans [start[s], end[s]) meet (overlap, rest, one shift a day).

    One span per shift, in any unit; every span is longer than zero. The amount is the number of couples that meet.
    """

    start: Ints
    end: Ints
    level: Level = Level.HARD

    def __post_init__(self) -> None:
        _same_length("Apart", self.start, self.end)
        _only_hard("Apart", self.level)
        if np.any(self.end <= self.start):
            invalid("Apart: shift %(shift)s has an empty span.", shift=int(np.argmax(self.end <= self.start)))


@dataclass(frozen=True, slots=True, eq=False)
class Conflict:
    """Choosing both pair `first[i]` and pair `second[i]` (of one expert) is forbidden, or costs amount[i] > 0.

    Over pairs and not over shifts, because travel time depends on who travels. `Pairs.couples` lists the candidates.
    """

    level: Level
    first: Ints
    second: Ints
    amount: Ints

    def __post_init__(self) -> None:
        _same_length("Conflict", self.first, self.second, self.amount)
        if np.any(self.first == self.second) or np.any(self.amount <= 0):
            invalid("Conflict: a pair stands against itself, or an amount is not positive.")


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Per expert: shortest and longest run of work days, and of days off; each day missing or in excess costs `price`.

    A run that touches the border of the planning window is long enough. before[e] > 0: days worked in a row just before
    day 0; before[e] < 0: days off in a row; 0: unknown.
    """

    shortest: Ints
    longest: Ints
    shortest_rest: Ints
    longest_rest: Ints
    before: Ints
    level: Level = Level.HARD
    price: int = 1

    def __post_init__(self) -> None:
        _same_length("Runs", self.shortest, self.longest, self.shortest_rest, self.longest_rest, self.before)
        if self.price < 1:
            invalid("Runs: a day costs %(price)s, which is not positive.", price=self.price)
        if any(np.any(bound < 1) for bound in (self.shortest, self.longest, self.shortest_rest, self.longest_rest)):
            invalid("Runs: every bound is at least one day.")


@dataclass(frozen=True, slots=True, eq=False)
class Distinct:
    """Per expert e: at most high[e] different groups among the chosen pairs; each group more costs above[e].

    group[i] is the group of pair i (a venue, a weekend, a day); -1 means that the pair does not count.
    """

    level: Level
    group: Ints
    high: Ints
    above: Ints

    def __post_init__(self) -> None:
        _same_length("Distinct", self.high, self.above)
        if np.any(self.group < -1) or np.any(self.above < 0) or np.any(self.high < 0):
            invalid("Distinct: a group below -1, a negative limit, or a negative price.")


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """Row r: within [start[r], end[r]) expert[r] has one free stretch of at least rest[r] minutes (weekly rest).

    Where piece[r] < rest[r] the rest may be split: all free stretches of at least piece[r] minutes add up to rest[r].
    Such a row is hard, and so are all rows of its term.
    Instants are minutes as in `Shifts.start`; the rule decides which windows there are. Each minute that the longest
    free stretch misses, or the pieces together if they have more, costs price[r]. `busy_*` are spans worked outside
    this roster: history before the first day.
    """

    level: Level
    expert: Ints
    start: Ints
    end: Ints
    rest: Ints
    piece: Ints
    price: Ints
    busy_expert: Ints
    busy_start: Ints
    busy_end: Ints

    def __post_init__(self) -> None:
        _same_length("Gap rows", self.expert, self.start, self.end, self.rest, self.piece, self.price)
        _same_length("Gap history", self.busy_expert, self.busy_start, self.busy_end)
        if np.any(self.end - self.start < self.rest) or np.any(self.rest < 0) or np.any(self.price < 0):
            invalid("Gap: a window is shorter than its rest, or a rest or price is negative.")
        if np.any(self.piece < 0) or (np.any(self.piece < self.rest) and self.level != Level.HARD):
            invalid("Gap: a piece of a rest is negative, or a rest that may be split is not hard.")


Term = Cost | Sum | Apart | Conflict | Runs | Distinct | Gap


def limit(
    level: Level,
    row: Ints,
    pair: Ints,
    weight: Ints | int = 1,
    *,
    rows: int | None = None,
    low: Ints | int = -UNLIMITED,
    high: Ints | int = UNLIMITED,
    below: Ints | int = 1,
    above: Ints | int = 1,
    or_zero: bool = False,
) -> Sum:
    """A Sum whose members may come unsorted and whose bounds, prices and weights may be one number for all.

    `rows` is the number of rows; give it whenever the last rows can be empty.
    """
    count = rows if rows is not None else (int(row.max()) + 1 if len(row) else 0)
    order = np.argsort(row, kind="stable")
    return Sum(
        level,
        ints(row)[order],
        ints(pair)[order],
        spread(weight, len(row))[order],
        spread(low, count),
        spread(high, count),
        spread(below, count),
        spread(above, count),
        np.full(count, or_zero),
    )


def cost_of_totals(total: Ints, bounds: tuple[Ints, Ints], prices: tuple[Ints, Ints], or_zero: Bools) -> Ints:
    """What rows of Sum terms cost at these totals."""
    short = np.where(or_zero & (total == 0), 0, np.maximum(bounds[0] - total, 0))
    return ints(short * prices[0] + np.maximum(total - bounds[1], 0) * prices[1])


def gap(
    level: Level,
    expert: Ints,
    start: Ints,
    end: Ints,
    rest: Ints | int,
    *,
    piece: Ints | int | None = None,
    price: Ints | int = 1,
    busy: tuple[Ints, Ints, Ints] | None = None,
) -> Gap:
    """A Gap; rest, piece and price may be one number for all; without `piece` no rest may be split.

    `busy` is (expert, start, end) of work outside this roster.
    """
    none = np.zeros(0, np.int64)
    who, since, until = busy if busy is not None else (none, none, none)
    count = len(expert)
    return Gap(
        level, ints(expert), ints(start), ints(end), spread(rest, count),
        spread(rest if piece is None else piece, count), spread(price, count), ints(who), ints(since), ints(until),
    )  # fmt: skip


def ints(values: object) -> Ints:
    """The values as a contiguous array of 64-bit integers."""
    return np.ascontiguousarray(values, dtype=np.int64)


def spread(value: Ints | int, count: int) -> Ints:
    """One number repeated `count` times, or the array itself when it has that length."""
    return np.broadcast_to(np.asarray(value, np.int64), count).copy()


def _same_length(what: str, *arrays: Ints | Bools) -> None:
    lengths = [len(array) for array in arrays]
    if len(set(lengths)) > 1:
        invalid("%(what)s: the arrays have different lengths: %(lengths)s.", what=what, lengths=lengths)


def _only_hard(what: str, level: Level) -> None:
    if level != Level.HARD:
        invalid("%(what)s can only be hard, not %(level)s.", what=what, level=level.name)


def _never_hard(what: str, level: Level) -> None:
    if level == Level.HARD:
        invalid("%(what)s cannot be hard. Maybe leave the pair out of the eligible pairs.", what=what)
