"""Small random models with terms of every kind at every level, for the agreement tests."""

import numpy as np
from hypothesis import strategies as st

from scheduler.domain.score import Level
from scheduler.terms.kinds import (
    UNLIMITED,
    Apart,
    Conflict,
    Cost,
    Distinct,
    Ints,
    Runs,
    Term,
    gap,
    ints,
    limit,
)
from scheduler.terms.pairs import Model, Pairs, Shifts

SOFT = st.sampled_from([Level.COVERAGE, Level.PREFERENCE])
ANY = st.sampled_from(list(Level))
KINDS = (
    "Cost",
    "Sum",
    "OrZero",
    "Linking",
    "Coverage",
    "TwoOrNone",
    "Apart",
    "Conflict",
    "Runs",
    "SoftRuns",
    "Distinct",
    "Gap",
)


class Draw:
    """Numbers and arrays from one seeded source: hypothesis picks the seed and the sizes, numpy the many values."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.of = draw
        self.random = np.random.default_rng(draw(st.integers(0, 1 << 30)))

    def number(self, low: int, high: int) -> int:
        return int(self.random.integers(low, high + 1))

    def array(self, low: int, high: int, count: int) -> Ints:
        return self.random.integers(low, high + 1, count).astype(np.int64)

    def level(self, *levels: Level) -> Level:
        return Level(self.random.choice([int(level) for level in levels or list(Level)]))


def draw_pairs(draw: Draw, experts: int, most_shifts: int) -> Pairs:
    """Shifts on a few days, some through the night, and who may work them."""
    days, count = draw.number(3, 8), draw.number(2, most_shifts)
    start = np.sort(draw.array(0, days - 1, count) * 1440 + 60 * draw.array(5, 22, count))
    minutes = 60 * draw.array(2, 7, count)
    shifts = Shifts(
        start // 1440, start, start + minutes, minutes, draw.array(0, 2, count), draw.array(0, 1, count)
    )  # fmt: skip
    return Pairs.of_mask(days, shifts, draw.random.random((experts, count)) < draw.random.choice([0.5, 0.8, 1.0]))


def draw_term(kind: str, draw: Draw, pairs: Pairs) -> Term:
    """One term of this kind with random limits, prices and level."""
    size, experts = len(pairs), pairs.experts
    soft = (Level.COVERAGE, Level.PREFERENCE)
    match kind:
        case "Cost":
            return Cost(draw.level(*soft), pairs.every, draw.array(-5, 9, size), draw.number(0, 9))
        case "Sum":
            days = draw.number(2, 5)
            windows = -(-pairs.days // days)
            low = draw.array(0, 3, experts * windows)
            return limit(
                draw.level(), pairs.expert * windows + pairs.day // days, pairs.every, pairs.minutes // 60,
                rows=experts * windows, low=low, high=low + draw.array(1, 11, experts * windows),
                below=draw.number(1, 4), above=draw.number(1, 4),
            )  # fmt: skip
        case "OrZero":
            days = draw.number(1, 4)
            windows = -(-pairs.days // days)
            low = draw.array(1, 9, experts * windows)
            return limit(
                draw.level(), pairs.expert * windows + pairs.day // days, pairs.every, pairs.minutes // 60,
                rows=experts * windows, low=low, high=low + draw.array(1, 30, experts * windows),
                below=draw.number(1, 4), above=draw.number(1, 4), or_zero=True,
            )  # fmt: skip
        case "Linking":
            weight = np.where(pairs.expert == 0, 1, -1)
            return limit(draw.level(), ints(pairs.shifts.venue[pairs.shift]), pairs.every, weight, rows=3,
                         high=draw.array(0, 2, 3))  # fmt: skip
        case "Coverage":
            shifts = len(pairs.shifts)
            return limit(draw.level(*soft), pairs.shift, pairs.every, rows=shifts, low=draw.array(0, 2, shifts), high=2,
                         below=draw.array(1, 9, shifts), above=3)  # fmt: skip
        case "TwoOrNone":
            most = 2 if draw.number(0, 1) else UNLIMITED
            return limit(draw.level(), pairs.shift, pairs.every, rows=len(pairs.shifts), low=2, high=most,
                         below=draw.number(1, 9), or_zero=True)  # fmt: skip
        case "Apart":
            start, end = pairs.shifts.start, pairs.shifts.end
            if draw.number(0, 2) == 0:
                return Apart(pairs.shifts.day, pairs.shifts.day + 1)
            return Apart(start, end + 60 * draw.number(0, 12))
        case "Conflict":
            first, second = pairs.couples(60 * draw.number(0, 20))
            keep = draw.random.random(len(first)) < 0.5
            return Conflict(draw.level(), first[keep], second[keep], draw.array(1, 5, int(keep.sum())))
        case "Runs" | "SoftRuns":
            level, price = (draw.level(*soft), draw.number(1, 4)) if kind == "SoftRuns" else (Level.HARD, 1)
            shortest, shortest_rest = draw.array(1, 3, experts), draw.array(1, 2, experts)
            longest_rest = draw.array(3, 4, experts) if draw.number(0, 1) else np.full(experts, UNLIMITED)
            return Runs(shortest, shortest + draw.array(0, 2, experts), shortest_rest, longest_rest,
                        draw.array(-3, 3, experts), level, price)  # fmt: skip
        case "Distinct":
            venue = pairs.shifts.venue[pairs.shift]
            weekend = np.where(pairs.day % 7 >= 5, pairs.day // 7, -1)
            group = [venue, weekend, pairs.day // 2, pairs.day][draw.number(0, 3)]
            return Distinct(draw.level(), ints(group), draw.array(0, 2, experts), draw.array(1, 5, experts))
        case _:
            return draw_gap(draw, pairs)


def draw_gap(draw: Draw, pairs: Pairs) -> Term:
    """Windows of a few days for some experts, with work before and between; a hard rest may be split."""
    rows, busy = draw.number(1, 5), draw.number(0, 3)
    days = draw.number(1, 4)
    start = 1440 * draw.array(-1, pairs.days - 2, rows)
    since = 60 * draw.array(-20, 24 * pairs.days - 8, busy)
    history = (draw.array(0, pairs.experts - 1, busy), since, since + 60 * draw.array(1, 9, busy))
    level, rest = draw.level(), 60 * draw.array(4, 24 * days, rows)
    piece = rest * draw.array(1, 5, rows) // 300 * 60 if level == Level.HARD else rest
    return gap(level, draw.array(0, pairs.experts - 1, rows), start, start + 1440 * days,
               rest, piece=piece, price=draw.number(1, 3), busy=history)  # fmt: skip


@st.composite
def models(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS, experts: int = 3, most_shifts: int = 12) -> Model:
    """A few experts and shifts, and up to one term of each of these kinds."""
    source = Draw(draw)
    pairs = draw_pairs(source, experts, most_shifts)
    kept = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=len(kinds) + 1))
    terms = tuple(draw_term(kind, source, pairs) for kind in kept)
    return Model(pairs, terms, tuple(range(len(terms))))


@st.composite
def rosters(draw: st.DrawFn, model: Model) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """A random roster, from nearly empty to nearly full."""
    random = np.random.default_rng(draw(st.integers(0, 1 << 30)))
    return random.random(len(model.pairs)) < draw(st.sampled_from([0.05, 0.2, 0.4, 0.8]))
