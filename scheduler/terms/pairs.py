"""What may be decided? Experts, shifts and the sparse list of eligible (expert, shift) pairs, as index arrays."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.errors import invalid
from scheduler.terms.kinds import Bools, Ints, Term, ints

SMALL = 5_000_000
"""So many experts times shifts have a matrix of their own, of 4 bytes each, to look pairs up in."""


@dataclass(frozen=True, slots=True, eq=False)
class Shifts:
    """One entry per shift, sorted by start; `day` is the local day index of its start in the planning window.

    `start` and `end` are elapsed (UTC) minutes since local midnight of day 0, so a night of a clock change has its true
    length; `minutes` is that length. `venue` and `kind` (activity type) are indices that the caller gives out.
    """

    day: Ints
    start: Ints
    end: Ints
    minutes: Ints
    venue: Ints
    kind: Ints

    def __post_init__(self) -> None:
        if len({len(a) for a in (self.day, self.start, self.end, self.minutes, self.venue, self.kind)}) > 1:
            invalid("Shifts: the arrays have different lengths.")
        if np.any(np.diff(self.start) < 0):
            invalid("Shifts: sort them by start.")
        if np.any(self.end <= self.start):
            invalid("Shifts: shift %(shift)s ends before it starts.", shift=int(np.argmax(self.end <= self.start)))

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True, eq=False)
class Pairs:
    """The eligible pairs, sorted by expert and then by shift; a roster is one boolean per pair."""

    experts: int
    days: int
    shifts: Shifts
    expert: Ints
    shift: Ints

    def __post_init__(self) -> None:
        if np.any(np.diff(self.key) <= 0):
            invalid("Pairs: sort them by expert and shift, each once.")
        if len(self) and (self.expert[-1] >= self.experts or self.shift.max() >= len(self.shifts)):
            invalid("Pairs: an expert or shift index is out of range.")

    @classmethod
    def of_mask(cls, days: int, shifts: Shifts, eligible: Bools) -> "Pairs":
        """The pairs where `eligible` (experts x shifts) is true."""
        return cls.of_crews(days, shifts, [eligible])

    @classmethod
    def of_crews(cls, days: int, shifts: Shifts, eligible: Iterable[Bools]) -> "Pairs":
        """The same for a matrix that comes crew by crew and never is in memory as a whole."""
        experts, expert, shift = 0, [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for crew in eligible:
            row, column = np.nonzero(crew)
            expert.append(ints(experts + row))
            shift.append(ints(column))
            experts += len(crew)
        return cls(experts, days, shifts, np.concatenate(expert), np.concatenate(shift))

    def __len__(self) -> int:
        return len(self.expert)

    @cached_property
    def every(self) -> Ints:
        """The index of each pair: 0, 1, 2 and so on."""
        return np.arange(len(self), dtype=np.int64)

    @cached_property
    def key(self) -> Ints:
        """One ascending number per pair: expert x shifts + shift."""
        return self.expert * len(self.shifts) + self.shift

    @cached_property
    def first(self) -> Ints:
        """The pairs of expert e are the range first[e] .. first[e + 1]."""
        return ints(np.searchsorted(self.expert, np.arange(self.experts + 1)))

    @cached_property
    def day(self) -> Ints:
        """The local day of each pair."""
        return self.shifts.day[self.shift]

    @cached_property
    def minutes(self) -> Ints:
        """The length of each pair's shift."""
        return self.shifts.minutes[self.shift]

    @cached_property
    def spans(self) -> tuple[Ints, Ints]:
        """The start and end of each pair's shift."""
        return ints(self.shifts.start[self.shift]), ints(self.shifts.end[self.shift])

    @cached_property
    def by_shift(self) -> tuple[Ints, Ints]:
        """Pair indices grouped by shift, and where each shift's group starts (one more entry than shifts)."""
        order = ints(np.argsort(self.shift, kind="stable"))
        return order, ints(np.searchsorted(self.shift[order], np.arange(len(self.shifts) + 1)))

    def of(self, expert: int) -> slice:
        """The pairs of one expert."""
        return slice(int(self.first[expert]), int(self.first[expert + 1]))

    def at(self, shift: int) -> Ints:
        """The pairs of one shift."""
        order, start = self.by_shift
        return order[start[shift] : start[shift + 1]]

    def find(self, expert: Ints, shift: Ints) -> Ints:
        """The pair index of each given (expert, shift); -1 where it is not eligible."""
        if self._at is not None:
            return ints(self._at[expert, shift])
        wanted = ints(expert) * len(self.shifts) + ints(shift)
        if not len(self):
            return np.full(len(wanted), -1, np.int64)
        at = np.minimum(np.searchsorted(self.key, wanted), len(self) - 1)
        return np.where(self.key[at] == wanted, at, -1)

    @cached_property
    def _at(self) -> NDArray[np.int32] | None:
        """Matrix experts x shifts of pair indices, -1 where there is none; only where it is small."""
        if self.experts * len(self.shifts) > SMALL:
            return None
        found = np.full((self.experts, len(self.shifts)), -1, np.int32)
        found[self.expert, self.shift] = np.arange(len(self), dtype=np.int32)
        return found

    def couples(self, minutes: int) -> tuple[Ints, Ints]:
        """All (first, second) pairs of one expert where second starts no later than first's end + minutes.

        First starts no later than second; couples that overlap are among them.
        """
        return self.meeting(self.shifts.start, self.shifts.end + (minutes + 1))

    def meeting(self, start: Ints, end: Ints, among: slice | None = None) -> tuple[Ints, Ints]:
        """All couples of pairs of one expert whose half-open spans [start[shift], end[shift]) meet, earliest first.

        Spans must not be empty. The two sweeps are array operations: time and memory follow the number of couples.
        `among` is the range of all pairs of some experts; without it all pairs are looked at.
        """
        inside = among or slice(0, len(self))
        shift, expert = self.shift[inside], self.expert[inside]
        begin, finish = start[shift], end[shift]
        order = np.lexsort((begin, expert))
        lowest = int(begin.min(initial=0))
        width = int(finish.max(initial=0)) - lowest + 1
        base = expert[order] * width - lowest
        until = np.searchsorted(base + begin[order], base + finish[order])
        after = np.arange(len(shift)) + 1
        count = np.maximum(until - after, 0)
        first = np.repeat(np.arange(len(shift)), count)
        second = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count) + after[first]
        return ints(order[first] + inside.start), ints(order[second] + inside.start)

    def worked(self, chosen: Bools) -> Bools:
        """Matrix experts x days: does the expert work that day?"""
        grid = np.zeros((self.experts, self.days), np.bool_)
        grid[self.expert[chosen], self.day[chosen]] = True
        return grid


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Eligible pairs and the terms that the rules declared; source[t] is the index of the rule that declared term t."""

    pairs: Pairs
    terms: tuple[Term, ...]
    source: tuple[int, ...]


def assemble(pairs: Pairs, declared: Iterable[Iterable[Term]]) -> Model:
    """The model of the terms that each rule declared, rules in the caller's order."""
    found: list[tuple[int, Term]] = list(_numbered(declared))
    return Model(pairs, tuple(term for _, term in found), tuple(rule for rule, _ in found))


def _numbered(declared: Iterable[Iterable[Term]]) -> Iterator[tuple[int, Term]]:
    for rule, terms in enumerate(declared):
        for term in terms:
            yield rule, term
