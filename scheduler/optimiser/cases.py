"""What does an expert's best pattern cost when groups count whole? Cases in which a group is met, or is not."""

import heapq
from dataclasses import dataclass, replace
from itertools import count

import numpy as np

from scheduler.optimiser.desk import Desk, Groups
from scheduler.optimiser.links import Weights
from scheduler.optimiser.lp import Reals
from scheduler.optimiser.master import SCALE
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.patterns import IMPOSSIBLE, Pattern
from scheduler.terms.plans import plan_worth

_PULL = 0.15
"""How far shares move towards a pattern."""

_NEAR = SCALE // 4
"""A case is not split for less than this."""

_SHUT = 1 << 20
"""What each pair of a group that is not met costs beside its price, in 1 / 64."""


@dataclass(slots=True, eq=False)
class Side:
    """One term in one case: `known` groups are met, the pairs of `shut` ones cost too much, those of `open` ones pay.

    A met open group costs at least the shares of its chosen pairs, of a part of what one more group costs.
    """

    groups: Groups
    open: Bools
    shut: Bools
    share: Reals
    left: int
    known: int = 0
    part: float = 1.0

    @property
    def sure(self) -> float:
        """The part of its price that one more group is charged: all, none, or what has been learned."""
        if self.known >= self.groups.high:
            return 1.0
        return 0.0 if self.known + self.left <= self.groups.high else self.part

    def charge(self, weights: Weights) -> tuple[Ints, int]:
        """What each pair pays, and what the term costs at least besides."""
        paid = int(self.groups.above * weights[self.groups.level - 1] * self.sure)
        toll = np.where(self.open, np.floor(paid * self.share * (1 - 1e-9)), self.shut * _SHUT)
        return ints(toll), paid * (self.known - self.groups.high)

    def learn(self, chosen: Bools) -> None:
        """Open groups that are met take their share from the pairs chosen; the part rises while too many are met."""
        met = self.groups.met(chosen)
        on = np.maximum(self.groups.slot, 0)
        moved = self.open & (met[on] > 0)
        self.share[moved] += _PULL * (np.where(chosen, 1.0 / np.maximum(met, 1)[on], 0.0) - self.share)[moved]
        self.part = min(1.0, max(0.0, self.part + _PULL / 2 * int(np.sign((met > 0).sum() - self.groups.high))))

    def unpaid(self, chosen: Bools) -> tuple[float, int]:
        """The open group of which least is paid for when these pairs are chosen, after what is missing of its price.

        Groups that are not met are worth a case of their own only while it is open whether one more costs anything.
        """
        on, sure = self.open & chosen, self.sure
        size = int(self.groups.slot.max(initial=0)) + 1
        missing = np.full(size, -1.0)
        if self.known < self.groups.high < self.known + self.left:
            missing[self.groups.slot[self.open]] = 0.0
        paid = np.bincount(self.groups.slot[on], self.share[on], size)
        met = np.bincount(self.groups.slot[on], minlength=size) > 0
        missing[met] = 1 - paid[met] * sure
        return float(missing.max()), int(missing.argmax())

    def split(self, group: int) -> tuple["Side", "Side"]:
        """The case in which the group is met, and the one in which it is not."""
        mine = self.groups.slot == group
        rest = self.open & ~mine
        met = replace(self, open=rest, left=self.left - 1, share=self.share.copy(), known=self.known + 1)
        return met, replace(self, open=rest, left=self.left - 1, shut=self.shut | mine, share=self.share.copy())


@dataclass(slots=True, eq=False)
class Case:
    """A side per term; the pattern that was cheapest when it was last priced, in which call that was."""

    sides: tuple[Side, ...]
    chosen: Bools | None = None
    pattern: Pattern | None = None
    call: int = -1
    missing: int = 0

    def split(self) -> tuple["Case", "Case"] | None:
        """Two cases by the group of which least is paid for; None where every group is paid for."""
        chosen = self.chosen
        if chosen is None or self.missing <= _NEAR:
            return None
        unpaid, group, at = max(
            ((*side.unpaid(chosen), k) for k, side in enumerate(self.sides)), default=(-1.0, -1, -1)
        )
        if unpaid < 0:
            return None
        one, two = (self._with(at, half) for half in self.sides[at].split(group))
        return one, two

    def _with(self, at: int, half: Side) -> "Case":
        kept = [replace(side, share=side.share.copy()) for side in self.sides]
        kept[at] = half
        return Case(tuple(kept))


class Cases:
    """One expert's cases. No pattern undercuts all of them, so the least of them is a bound; only that one is priced.

    Others are known from earlier calls: since then none can have become cheaper than all prices that fell allow.
    """

    def __init__(self, desk: Desk, expert: int) -> None:
        self.desk, self.expert, self.pricer = desk, expert, desk.pricer(expert)
        self.terms = desk.released(expert)
        self._call, self._number = 0, count()
        self._lost = 0
        self._toll: Ints | None = None
        self._weights: Weights = (0, 0)
        self._heap: list[tuple[int, int, Case]] = []

    def ask(self, toll: Ints, weights: Weights, splits: int = 0) -> tuple[int, Pattern | None]:
        """The bound in 1 / 64 at these tolls, and the pattern of the least case; it may be split so often."""
        self._move(toll, weights)
        self._call += 1
        while True:
            key, _, case = self._heap[0]
            if case.call != self._call:
                value = self._price(case, toll, weights)
                if value >= IMPOSSIBLE:
                    return value, None
                heapq.heapreplace(self._heap, (max(key, value + self._lost), next(self._number), case))
                continue
            halves = case.split() if splits else None
            if halves is None:
                return key - self._lost, case.pattern
            splits -= 1
            heapq.heappop(self._heap)
            for half in halves:
                heapq.heappush(self._heap, (key, next(self._number), half))

    def _move(self, toll: Ints, weights: Weights) -> None:
        """Note by how much a pattern may have become cheaper; other weights are a new start."""
        if self._toll is None or self._weights != weights or not self.pricer.complete:
            self._heap = [(-IMPOSSIBLE, next(self._number), self._whole())]
            self._lost = 0
        else:
            plans = self.pricer.plans
            fallen = plan_worth(plans, self._toll - toll, (0, 0))
            self._lost += int(np.maximum.reduceat(fallen, plans.first[:-1]).sum())
        self._toll, self._weights = toll, weights

    def _whole(self) -> Case:
        """The case in which nothing is known."""
        return Case(tuple(_side(groups) for groups in self.terms))

    def _price(self, case: Case, toll: Ints, weights: Weights) -> int:
        charged, constant = toll, 0
        for side in case.sides:
            own, least = side.charge(weights)
            charged, constant = charged + own, constant + least
        priced = self.desk.priced(self.expert, charged, weights, sweeps=1)
        case.call, case.chosen, case.pattern, case.missing = self._call, None, None, 0
        if priced.bound >= IMPOSSIBLE:
            return priced.bound
        value = priced.bound + constant
        for pattern in priced.patterns[:1]:
            chosen = np.zeros(len(toll), np.bool_)
            chosen[pattern.pairs - self.pricer.first] = True
            cost = int(toll[chosen].sum()) + weights[0] * pattern.score.coverage + weights[1] * pattern.score.preference
            case.chosen, case.pattern, case.missing = chosen, pattern, cost - value
            for side in case.sides:
                side.learn(chosen)
        return value


def _side(groups: Groups) -> Side:
    mine = groups.slot >= 0
    size = np.bincount(groups.slot[mine], minlength=1)
    share = np.where(mine, 1.0 / np.maximum(size, 1)[np.maximum(groups.slot, 0)], 0.0)
    return Side(groups, mine, np.zeros(len(mine), np.bool_), share, int((size > 0).sum()))
