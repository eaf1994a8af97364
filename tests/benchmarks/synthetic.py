"""What does a realistic month look like to the optimiser? Seeded districts and cities at the level of terms."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.kinds import UNLIMITED, Apart, Bools, Conflict, Cost, Distinct, Ints, Runs, Term, gap, ints, limit
from scheduler.terms.pairs import Model, Pairs, Shifts

DAYS = 28
TEMPLATES = ((570, 180, 30), (690, 180, 15), (810, 180, 30), (900, 180, 10), (1110, 180, 10), (600, 240, 5))
"""Start and length in minutes and share in per cent; the last one is the Saturday."""


@dataclass(frozen=True)
class Size:
    """How large a region is; shifts are per week."""

    experts: int
    venues: int
    shifts: int
    extent_km: float


DISTRICT = Size(24, 9, 60, 5.0)
CITY = Size(220, 120, 600, 14.0)
REGION = Size(500, 150, 1250, 25.0)


class Month:
    """Experts, venues and shifts of one random month and the terms of the usual rules."""

    def __init__(self, size: Size, seed: int, supply: float = 1.1) -> None:
        self.size, self.random = size, np.random.default_rng(seed)
        self._draw_shifts()
        self._draw_people(supply)
        self.pairs = Pairs.of_mask(DAYS, self.shifts, self._eligible())
        self.every = self.pairs.every

    def model(self) -> Model:
        """All terms, each as if a rule of its own had declared it."""
        terms = (*self._hard(), *self._coverage(), *self._preference())
        return Model(self.pairs, terms, tuple(range(len(terms))))

    def _draw_shifts(self) -> None:
        count = self.size.shifts * 4
        share = np.array([t[2] for t in TEMPLATES]) / 100
        template = self.random.choice(len(TEMPLATES), count, p=share)
        weekday = np.where(template == 5, 5, self.random.integers(0, 5, count))
        day = np.arange(count) % 4 * 7 + weekday
        start = day * 1440 + np.array([t[0] for t in TEMPLATES])[template]
        minutes = np.array([t[1] for t in TEMPLATES])[template]
        venue = self.random.integers(0, self.size.venues, count)
        kind = self.random.choice(6, count, p=[0.45, 0.2, 0.15, 0.1, 0.07, 0.03])
        order = np.argsort(start, kind="stable")
        columns = (day, start, start + minutes, minutes, venue, kind)
        self.shifts = Shifts(*(ints(column[order]) for column in columns))
        self.template = template[order]
        self.required = self.random.choice([1, 2, 3], count, p=[0.7, 0.28, 0.02])

    def _draw_people(self, supply: float) -> None:
        experts, random = self.size.experts, self.random
        self.venue_at = random.random((self.size.venues, 2)) * self.size.extent_km
        self.home = random.random((experts, 2)) * self.size.extent_km
        self.roles = random.random((experts, 6)) < np.array([0.7, 0.4, 0.35, 0.25, 0.2, 0.15])
        half_days = random.random((experts, 7, 3))
        chance = np.array([0.55, 0.55, 0.35])[None, None, :] * np.where(np.arange(7) == 5, 0.7, 1.0)[None, :, None]
        self.free = half_days < chance
        self.disliked = random.random((experts, 7, 3)) < 0.15
        wish = np.clip(random.normal(12, 6, experts), 3, 30)
        demand = float((self.required * self.shifts.minutes).sum()) / 4 / 60
        self.wished = wish * supply * demand / wish.sum()
        self.travel = self._minutes(self.home[:, None], self.venue_at[None])
        self.between = self._minutes(self.venue_at[:, None], self.venue_at[None])
        self.known = random.random((experts, self.size.venues)) < 0.15

    def _minutes(self, one: np.ndarray, two: np.ndarray) -> Ints:
        kilometres = np.sqrt(((one - two) ** 2).sum(axis=2)) * 1.3
        return ints(np.where(kilometres > 0, kilometres / 15 * 60 + 3, 0))

    def _eligible(self) -> Bools:
        shifts = self.shifts
        part = np.where(shifts.start % 1440 < 720, 0, np.where(shifts.start % 1440 < 1080, 1, 2))
        self.part = part
        free = self.free[:, shifts.day % 7, part]
        reach = self.travel[:, shifts.venue] <= 35
        away = self.random.random((self.size.experts, DAYS)) < 0.05
        return np.asarray(free & reach & self.roles[:, shifts.kind] & ~away[:, shifts.day])

    def _hard(self) -> Iterator[Term]:
        pairs, shifts, experts = self.pairs, self.shifts, self.size.experts
        yield Apart(shifts.start, shifts.end)
        first, second = pairs.couples(120)
        venue = shifts.venue[pairs.shift]
        begin, finish = pairs.spans
        same = venue[first] == venue[second]
        room = np.where(same, 0, self.between[venue[first], venue[second]] + 15)
        clash = (begin[second] >= finish[first]) & (begin[second] - finish[first] < room)
        yield Conflict(Level.HARD, first[clash], second[clash], np.ones(int(clash.sum()), np.int64))
        yield self._windows(1, 8 * 60)
        weekly = np.minimum(40, self.wished * 1.5 + 3)
        yield self._windows(7, np.repeat(ints(weekly * 60), 4))
        yield limit(
            Level.HARD, pairs.expert, self.every, pairs.minutes, rows=experts, high=ints(self.wished * 4.6 * 60)
        )
        yield limit(Level.HARD, pairs.expert * 4 + pairs.day // 7, self.every, rows=experts * 4, high=5)
        one, many = np.ones(experts, np.int64), np.full(experts, UNLIMITED)
        yield Runs(one, one * 5, one, many, self.random.integers(-2, 4, experts))
        who = np.repeat(np.arange(experts), DAYS - 6)
        start = np.tile(np.arange(DAYS - 6), experts) * 1440
        yield gap(Level.HARD, who, start, start + 7 * 1440, 36 * 60)
        yield limit(Level.HARD, pairs.shift, self.every, rows=len(shifts), high=ints(self.required))

    def _windows(self, days: int, high: Ints | int) -> Term:
        count = DAYS // days
        row = self.pairs.expert * count + self.pairs.day // days
        return limit(Level.HARD, row, self.every, self.pairs.minutes, rows=self.size.experts * count, high=high)

    def _coverage(self) -> Iterator[Term]:
        need = self.random.integers(8, 13, self.size.venues)[self.shifts.venue]
        priority = self.random.choice([1, 2, 4], len(self.shifts), p=[0.3, 0.5, 0.2])
        rows = len(self.shifts)
        yield limit(
            Level.COVERAGE, self.pairs.shift, self.every, rows=rows, low=ints(self.required), below=need * priority
        )

    def _preference(self) -> Iterator[Term]:
        pairs, shifts, experts = self.pairs, self.shifts, self.size.experts
        venue, quarters = shifts.venue[pairs.shift], pairs.minutes // 15
        wished = ints(np.round(self.wished * 4 * 4))
        yield limit(
            Level.PREFERENCE, pairs.expert, self.every, quarters, rows=experts, low=wished, high=wished, below=2
        )
        yield limit(Level.PREFERENCE, pairs.expert, self.every, quarters, rows=experts, low=wished * 8 // 10, below=4)
        week = pairs.expert * 4 + pairs.day // 7
        weekly = np.repeat(wished // 4, 4)
        yield limit(Level.PREFERENCE, week, self.every, quarters, rows=experts * 4, low=weekly * 7 // 10,
                    high=weekly * 13 // 10)  # fmt: skip
        yield Cost(Level.PREFERENCE, self.every, self.travel[pairs.expert, venue])
        disliked = np.flatnonzero(self.disliked[pairs.expert, pairs.day % 7, self.part[pairs.shift]])
        yield Cost(Level.PREFERENCE, disliked, np.full(len(disliked), 25))
        new = np.flatnonzero(~self.known[pairs.expert, venue])
        yield Cost(Level.PREFERENCE, new, np.full(len(new), 10))
        yield Distinct(Level.PREFERENCE, ints(venue), np.full(experts, 2), np.full(experts, 20))
        first, second = pairs.couples(8 * 60)
        begin, finish = pairs.spans
        split = (pairs.day[first] == pairs.day[second]) & (begin[second] - finish[first] > 60)
        yield Conflict(Level.PREFERENCE, first[split], second[split], np.full(int(split.sum()), 15))
