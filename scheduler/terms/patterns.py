"""Which pattern of one expert is best at given prices, and what does none undercut?"""

from dataclasses import dataclass
from threading import local
from typing import Any

import numpy as np

from scheduler.domain.score import Level, Score
from scheduler.terms.breaks import breaks_of
from scheduler.terms.counters import Counter, counters_of, rows_of_one_day
from scheduler.terms.kinds import Bools, Ints
from scheduler.terms.layers import (
    FORBIDDEN,
    NEVER,
    Amounts,
    Case,
    Dimension,
    Frame,
    Totals,
    dimension_of,
    first_meetings,
    frame_of,
)
from scheduler.terms.machines import flags_of
from scheduler.terms.persons import person_of, score_of
from scheduler.terms.plans import borders_of, cheapest_plans, mark_pairs, plan_worth, plans_of
from scheduler.terms.relaxed import QUICK, SLOW, Relaxed
from scheduler.terms.repair import repair
from scheduler.terms.sweep import Prices, Room, cheapest
from scheduler.terms.table import Table

SCALE = 64
"""Prices are whole multiples of 1 / 64 point."""

IMPOSSIBLE = 1 << 55
"""The bound of an expert for whom no pattern is lawful."""

MOST_WORK, MOST_CELLS, MOST_TOTALS = 40_000_000, 12_000_000, 5_000
"""Additions per sweep, numbers kept, and totals of one counter, beyond which it is priced instead of counted."""

SWEEPS, _MOST_SWEEPS, _NEAR = 4, 12, SCALE // 8
"""Sweeps per call to learn tolls, and while no lawful pattern is known; how near a pattern is near enough."""

Weights = tuple[int, int]
"""What a point of coverage and of preference counts, in 1 / 64."""

_kept = local()


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """Pairs (of the whole model, ascending) that one expert may work together, and what they cost by themselves."""

    pairs: Ints
    score: Score


@dataclass(frozen=True, slots=True)
class Priced:
    """No lawful pattern costs less than `bound` / 64; some lawful ones, cheapest first."""

    bound: int
    patterns: tuple[Pattern, ...]


class Pricer:
    """One expert's terms, compiled; `best` then answers any prices."""

    def __init__(self, table: Table, expert: int) -> None:
        self.first = int(table.pairs.first[expert])
        self.person = person_of(table, expert)
        plans, complete = plans_of(self.person, rows_of_one_day(self.person))
        flags, loose = flags_of(self.person, plans)
        breaks = breaks_of(self.person, plans)
        counted = counters_of(self.person, plans)
        self.plans = plans
        case = Case(self.person, plans, borders_of(self.person, plans), flags, breaks)
        self.frame, counters, bits = (None, [], []) if counted.impossible else _framed(case, counted.counters)
        rows = [row for counter in counters for row in counter.rows] + counted.uncounted
        self.relaxed = Relaxed(self.person, rows, loose, [(int(flags.term[bit]), bit) for bit in bits])
        self._rates: _Rates | None = None
        self.complete, self.exact = complete, complete and self.relaxed.empty and not breaks.loose

    def best(self, price: Ints, weights: Weights, count: int = 1, sweeps: int = SWEEPS) -> Priced:
        """The cheapest patterns when pair i of this expert costs price[i] / 64 beside the expert's own terms.

        After so many sweeps the call ends, once a lawful pattern is known; with one, many calls learn tolls together.
        """
        own = price + weights[0] * self.person.cost[0] + weights[1] * self.person.cost[1]
        ceiling = IMPOSSIBLE if self.complete else int(np.minimum(own, 0).sum())
        if self.frame is None:
            return Priced(ceiling, ())
        bound, least, tolls = -IMPOSSIBLE, IMPOSSIBLE, self.relaxed.tolls
        found = dict[bytes, tuple[int, Pattern]]()
        for turn in range(_MOST_SWEEPS):
            shifted, constant = self.relaxed.charged(own, weights)
            worth = plan_worth(self.plans, shifted, weights)
            value, months = self._sweep(worth, weights, count)
            if not months:
                return Priced(ceiling, ())
            if value + constant > bound:
                bound, tolls = value + constant, self.relaxed.tolls
            for month in months:
                chosen, score = self._lawful(month, worth, mend=not found)
                if score.hard == 0:
                    total = int(price[chosen].sum()) + weights[0] * score.coverage + weights[1] * score.preference
                    least = min(least, total)
                    found[chosen.tobytes()] = total, Pattern(np.flatnonzero(chosen) + self.first, score)
            if least <= bound + _NEAR or self.relaxed.empty:
                break
            self.relaxed.learn(self._chosen(months[0]), weights, QUICK if sweeps > 1 else SLOW)
            if found and turn + 1 >= sweeps:
                break
        if sweeps > 1:
            self.relaxed.settle(tolls)
        ranked = sorted(found.values(), key=lambda one: one[0])
        return Priced(min(bound, ceiling), tuple(pattern for _, pattern in ranked[:count]))

    def score(self, chosen: Bools) -> Score:
        """What these of the expert's own pairs cost by themselves, without rows shared with others and constants."""
        return score_of(self.person, chosen)

    def _sweep(self, worth: Ints, weights: Weights, count: int) -> tuple[int, list[Ints]]:
        """The least total, and the plan of each day of the cheapest months."""
        assert self.frame is not None
        frame, amounts = self.frame
        entry, plan = cheapest_plans(frame.plan_entry, worth, len(frame.moves.work))
        if self._rates is None or self._rates.weights != weights:
            self._rates = _Rates(amounts, len(frame.moves.first), weights)
        coarse, prices = self._rates.prices(entry, frame.moves.first, self.relaxed.met)
        value, picks = cheapest(frame, prices, _room_for(frame), count)
        return (int(value[0]) << coarse if len(value) else IMPOSSIBLE), [plan[line] for line in picks]

    def _lawful(self, month: Ints, worth: Ints, *, mend: bool) -> tuple[Bools, Score]:
        """The pairs of a month, mended where it breaks a limit that was not counted."""
        chosen = self._chosen(month)
        score = self.score(chosen)
        if mend and score.hard and repair(self.person, self.plans, worth, taken := month.copy()):
            chosen = self._chosen(taken)
            score = self.score(chosen)
        return chosen, score

    def _chosen(self, plans: Ints) -> Bools:
        chosen = np.zeros(len(self.person.day), np.bool_)
        mark_pairs(self.plans, plans, chosen)
        return chosen


def _framed(case: Case, counters: list[Counter]) -> tuple[tuple[Frame, Amounts] | None, list[Counter], list[int]]:
    """The frame with as much counted as the limits allow; the counters and the bits of flags that are left over."""
    large = [counter for counter in counters if counter.size > MOST_TOTALS]
    counters = [counter for counter in counters if counter.size <= MOST_TOTALS]
    lead = max(counters, key=lambda counter: counter.size, default=None)
    packs = sorted(_packed([one for one in counters if one is not lead]), key=lambda dim: dim.full)
    dims, bits = _flag_dimensions(case), list[int]()
    while (frame := frame_of(case, Totals(lead, dims))) and frame[0].cells > MOST_CELLS and dims:
        dims.sort(key=lambda dim: dim.full)
        bits.append(dims.pop().bit)
    if frame is None:
        return None, [], []
    cells, work = frame[0].cells, _work(frame[0])
    while packs and max(cells / MOST_CELLS, work / MOST_WORK) * packs[0].full <= 1:
        cells, work = cells * packs[0].full, work * packs[0].full
        dims.append(packs.pop(0))
    return frame_of(case, Totals(lead, dims)), [*large, *(counter for dim in packs for counter in dim.counters)], bits


def _flag_dimensions(case: Case) -> list[Dimension]:
    """How many groups were met, for each flag that must be counted."""
    person, plans, flags, found = case.person, case.plans, case.flags, []
    for bit, k in enumerate(flags.term.tolist()):
        if flags.counted[bit]:
            groups, high = person.groups, int(person.groups.high[k])
            hard = groups.level[k] == Level.HARD
            size = high + 1 if hard else int(groups.slot[k].max()) + 2
            amount = np.zeros((3, size), np.int64)
            if not hard:
                amount[groups.level[k]] = np.maximum(np.arange(size) - high, 0) * groups.above[k]
            found.append(
                Dimension((Counter((), np.zeros(len(plans.last), np.int64), 0, person.days - 1, amount),), bit, size, 1)
            )
    return found


def _packed(counters: list[Counter]) -> list[Dimension]:
    """As few dimensions as possible: counters whose days do not overlap share one."""
    packs: list[list[Counter]] = []
    for counter in sorted(counters, key=lambda one: one.first):
        pack = next((pack for pack in packs if pack[-1].last < counter.first), None)
        if pack is None:
            packs.append([counter])
        else:
            pack.append(counter)
    return [dimension_of(pack) for pack in packs]


def _work(frame: Frame) -> int:
    """About how many additions a sweep takes."""
    day = np.maximum(frame.what, 0)
    entries = np.diff(frame.moves.first)[day]
    return int((entries * np.diff(frame.live_first)[:-1] * frame.length[:-1]).sum())


class _Rates:
    """The amounts of a frame as prices, at some weights."""

    def __init__(self, amounts: Amounts, days: int, weights: Weights) -> None:
        self.weights, self._amounts, self._days = weights, amounts, days
        times = (days, days, days, days, 1)
        self._most = sum(n * int(self._soft(part).max(initial=0)) for n, part in zip(times, amounts, strict=True))
        self._coarse, self._parts = -1, tuple[Any, ...]()

    def prices(self, entry: Ints, first: Ints, met: dict[int, int]) -> tuple[int, Prices]:
        """All prices without so many bits that no sum overflows; they are rounded down, so a bound stays a bound.

        A first meeting of the groups of a bit costs met[bit] more.
        """
        largest = self._most + int(np.maximum.reduceat(np.abs(entry), first[:-1]).sum())
        largest += self._days * sum(map(abs, met.values()))
        coarse = (largest * 2 // FORBIDDEN).bit_length()
        if coarse != self._coarse:
            rounded = [np.where(part[0] > 0, NEVER, self._soft(part) >> coarse) for part in self._amounts]
            self._coarse, self._parts = coarse, tuple(part.astype(np.int32) for part in rounded)
        gate, flag, run, closing, end = self._parts
        for bit, toll in met.items():
            flag = flag + first_meetings(len(flag), bit) * np.int32(toll >> coarse)
        return coarse, Prices((entry >> coarse).astype(np.int32), gate, flag, run, closing, end)

    def _soft(self, amount: Ints) -> Ints:
        return np.where(amount[0] > 0, 0, self.weights[0] * amount[1] + self.weights[1] * amount[2])


def _room_for(frame: Frame) -> Room:
    """Room that each thread keeps for its sweeps."""
    room: Room | None = getattr(_kept, "room", None)
    if room is None or len(room.numbers) < frame.cells or room.edges.shape[1] < frame.edges:
        cells, most = (0, 0) if room is None else (len(room.numbers), room.edges.shape[1])
        room = Room(np.zeros(max(cells, frame.cells), np.int32), np.zeros((5, max(most, frame.edges)), np.int32))
        _kept.room = room
    return room
