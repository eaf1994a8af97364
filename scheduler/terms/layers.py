"""Which states can an expert be in after each day, and where in memory do their totals lie?"""

from typing import Any, NamedTuple

import numpy as np

from scheduler.terms.breaks import Breaks
from scheduler.terms.compiled import compiled
from scheduler.terms.counters import Counter
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.machines import NOWHERE, Flags, run_machine
from scheduler.terms.persons import Person
from scheduler.terms.plans import Borders, Plans

NEVER = 1 << 29
"""The price of what is forbidden, in the 32-bit numbers of the sweep."""

FORBIDDEN = 1 << 28
"""Whatever costs more than this is forbidden; lawful totals stay within half of it."""


class Dimension(NamedTuple):
    """Counters whose days do not overlap, the last one open until the end; or (bit >= 0) how often a flag was set."""

    counters: tuple[Counter, ...]
    bit: int
    size: int
    guard: int

    @property
    def full(self) -> int:
        """How many places it takes in the vector: beyond its totals there is room for one day more."""
        return self.size + self.guard


class Moves(NamedTuple):
    """What plans that are alike do to a state (run, class of yesterday, flags, rest); entries of day d: first[d]..

    `step` moves in the flat vector of totals, `main` is the part of the leading counter.
    """

    classes: int
    flags: int
    runs: Ints
    first: Ints
    work: Ints
    kind: Ints
    gate: Ints
    flag: Ints
    rest: Ints
    step: Ints
    main: Ints
    gate_first: Ints
    flag_step: Ints
    keep: Ints
    rests: int
    start: int
    rest_first: Ints
    rest_after: Ints


class Frame(NamedTuple):
    """Layer t holds, per live state, one vector of totals with room to read beyond both ends.

    what[t] is the day between layers t and t + 1, or -1 - c when counter c of the closings is closed there.
    `base` is where the band of the leading counter begins; closings are (stride, size, full, first price) each;
    `cells` and `edges` are the room that a sweep needs.
    """

    moves: Moves
    plan_entry: Ints
    what: Ints
    live_first: Ints
    live: Ints
    offset: Ints
    left: Ints
    length: Ints
    stride: Ints
    base: Ints
    closings: Ints
    dead: Any
    cells: int
    edges: int


class Amounts(NamedTuple):
    """What passing a gate, a first meeting, a day in a run, closing a counter and the end cost: level x entries."""

    gate: Ints
    flag: Ints
    run: Ints
    closing: Ints
    end: Ints


class Case(NamedTuple):
    """What is known of one expert before anything is counted."""

    person: Person
    plans: Plans
    borders: Borders
    flags: Flags
    breaks: Breaks


class Totals(NamedTuple):
    """What is counted: a leading counter in a narrow band, and dimensions, the first of them the slowest."""

    lead: Counter | None
    dims: list[Dimension]

    @property
    def strides(self) -> list[int]:
        """How far apart neighbouring totals of each dimension lie in the vector."""
        found, width = [], 1
        for dim in reversed(self.dims):
            found.append(width)
            width *= dim.full
        return found[::-1]

    @property
    def width(self) -> int:
        """How far apart neighbouring totals of the leading counter lie."""
        return self.strides[0] * self.dims[0].full if self.dims else 1

    def digits(self, cell: Ints) -> list[Ints]:
        """The total of each dimension in these cells of the vector."""
        return [cell // stride % dim.full for stride, dim in zip(self.strides, self.dims, strict=True)]


@compiled
def ways(moves: Moves, tolls: Any, day: int, states: Any, found: Any) -> int:
    """All ways through a day: found[:, n] = index of the state, entry, state after, step in the vector, price.

    `tolls` are the prices of gates, of first meetings and of days in runs; where they are NEVER there is no way.
    """
    gate_toll, flag_toll, run_toll = tolls
    work, kind, gate, flag, step = moves.work, moves.kind, moves.gate, moves.flag, moves.step
    runs, flag_step, classes, flags = moves.runs, moves.flag_step, moves.classes, moves.flags
    keep, first, stop, gates, used = moves.keep[day], moves.first[day], moves.first[day + 1], moves.gate_first[day], 0
    rest, rests, rest_first, rest_after = moves.rest, moves.rests, moves.rest_first[day], moves.rest_after
    for index in range(len(states)):
        due, more = states[index] % rests, states[index] // rests
        met, more = more % flags, more // flags
        before, run = more % classes, more // classes
        for entry in range(first, stop):
            after, toll = runs[run, work[entry]], gate_toll[gates + gate[entry] * classes + before]
            then = rest_after[rest_first + rest[entry] * rests + due]
            if after >= 0 and then >= 0 and toll < FORBIDDEN:
                found[0, used], found[1, used] = index, entry
                kept = (met | flag[entry]) & keep
                found[2, used] = ((after * classes + kind[entry]) * flags + kept) * rests + then
                found[3, used] = step[entry] + flag_step[met, flag[entry]]
                found[4, used] = toll + flag_toll[met, flag[entry]] + run_toll[run, work[entry]]
                used += 1
    return used


def dimension_of(counters: list[Counter]) -> Dimension:
    """One dimension for counters whose days do not overlap, in their order in time."""
    size = max(counter.size for counter in counters)
    return Dimension(tuple(counters), NOWHERE, size, max(int(counter.step.max()) for counter in counters))


def moves_of(case: Case, totals: Totals) -> tuple[Moves, Ints]:
    """The entries, and which one each plan belongs to (-1: none, because it is forbidden)."""
    (person, plans, borders, flags, breaks), strides = case, totals.strides
    main = totals.lead.step if totals.lead else np.zeros(len(plans.last), np.int64)
    step = main * totals.width
    for stride, dim in zip(strides, totals.dims, strict=True):
        for counter in dim.counters:
            step = step + counter.step * stride
    day = np.repeat(np.arange(person.days), np.diff(plans.first))
    lines = [day, plans.parent >= 0, main, step, borders.kind, borders.gate, flags.symbol, breaks.symbol]
    table = np.stack(lines)[:, plans.legal]
    key = np.zeros(table.shape[1], np.int64)
    for line in table:
        key = key * (int(line.max(initial=0)) + 1) + line
    _, sample, place = np.unique(key, return_index=True, return_inverse=True)
    entry = np.full(len(plans.last), NOWHERE, np.int64)
    entry[plans.legal] = place
    day, work, main, step, kind, gate, symbol, rest = (ints(line[sample]) for line in table)
    stride_of = {dim.bit: stride for stride, dim in zip(strides, totals.dims, strict=True)}
    flag_step = _per_symbol([stride_of.get(bit, 0) for bit in range(len(flags.term))])
    first = ints(np.searchsorted(day, np.arange(person.days + 1)))
    return Moves(
        borders.classes, len(flag_step), run_machine(person.runs).after, first, work, kind, gate, symbol, rest, step,
        main, borders.first, flag_step, flags.keep, breaks.states, breaks.start, breaks.first, breaks.after,
    ), entry  # fmt: skip


def _per_symbol(of_bit: list[int]) -> Ints:
    """For each state of the flags and each symbol: the sum over the bits that are met for the first time."""
    found = np.zeros((1 << len(of_bit), 1 << len(of_bit)), np.int64)
    for bit, value in enumerate(of_bit):
        found += value * first_meetings(len(found), bit)
    return found


def first_meetings(states: int, bit: int) -> Any:
    """For each state of the flags and each symbol, in 32-bit numbers: does the symbol set this bit of the state?"""
    state, symbol = np.meshgrid(np.arange(states), np.arange(states), indexing="ij")
    return ((symbol & ~state) >> bit & 1).astype(np.int32)


def frame_of(case: Case, totals: Totals) -> tuple[Frame, Amounts] | None:
    """The layers for these totals; None when no month is lawful."""
    moves, plan_entry = moves_of(case, totals)
    gate = np.where(case.borders.price[0] > 0, NEVER, 0).astype(np.int32)
    lead = totals.lead
    bounds = (int(np.argmin(lead.amount[0])), lead.size - 1) if lead else (0, 0)
    free = (np.zeros_like(moves.flag_step, np.int32), np.zeros_like(moves.runs, np.int32))
    low, high = reach(moves, (gate, *free), bounds)
    if not np.any(low[-1] <= high[-1]):
        return None
    what, closings, closing = _steps(case.person, totals)
    layers = _layers(moves, what, (low, high), totals.width)
    live_first, _, offset, _, length, stride, base = layers
    cells = int(offset[-1] + stride[-1] * (live_first[-1] - live_first[-2]))
    days = np.flatnonzero(what >= 0)
    edges = int((np.diff(moves.first) * np.diff(live_first)[days]).sum())
    frame = Frame(moves, plan_entry, what, *layers, closings, _dead(totals, int(length.max())), cells, edges)
    meeting = np.stack([np.zeros_like(moves.flag_step), *(_per_symbol(line.tolist()) for line in case.flags.toll)])
    runs, end = run_machine(case.person.runs), _end(totals, int(length[-1]), int(base[-1]))
    return frame, Amounts(case.borders.price, meeting, runs.toll, closing, end + runs.settled[:, None])


@compiled
def reach(moves: Moves, tolls: Any, bounds: tuple[int, int]) -> Any:
    """Hull of the leading counter per day and state: reachable, and still good for an end between the bounds."""
    days, states = len(moves.first) - 1, len(moves.runs) * moves.classes * moves.flags * moves.rests
    low, high = np.full((days + 1, states), 1 << 30), np.full((days + 1, states), -1)
    if states and moves.start >= 0:
        low[0, moves.start], high[0, moves.start] = 0, 0
    found = np.zeros((5, states * int(np.diff(moves.first).max())), np.int64)
    for day in range(days):
        live = np.flatnonzero(low[day] <= high[day])
        for n in range(ways(moves, tolls, day, live, found)):
            state, after, step = live[found[0, n]], found[2, n], moves.main[found[1, n]]
            if low[day, state] + step <= bounds[1]:
                low[day + 1, after] = min(low[day + 1, after], low[day, state] + step)
                high[day + 1, after] = max(high[day + 1, after], min(bounds[1], high[day, state] + step))
    low[days], high[days] = np.maximum(low[days], bounds[0]), np.minimum(high[days], bounds[1])
    for day in range(days - 1, -1, -1):
        live = np.flatnonzero(low[day] <= high[day])
        least, most = np.full(states, 1 << 30), np.full(states, -1)
        for n in range(ways(moves, tolls, day, live, found)):
            state, after, step = live[found[0, n]], found[2, n], moves.main[found[1, n]]
            if low[day + 1, after] <= high[day + 1, after]:
                least[state] = min(least[state], low[day + 1, after] - step)
                most[state] = max(most[state], high[day + 1, after] - step)
        low[day], high[day] = np.maximum(low[day], least), np.minimum(high[day], most)
    return low, high


def _steps(person: Person, totals: Totals) -> tuple[Ints, Ints, Ints]:
    """Days and closings in their order in time, where each closing lies in the vector, and what it costs."""
    due: dict[int, list[tuple[int, Dimension, Counter]]] = {}
    for stride, dim in zip(totals.strides, totals.dims, strict=True):
        for counter in dim.counters[:-1]:
            due.setdefault(counter.last, []).append((stride, dim, counter))
    what: list[int] = []
    lines: list[tuple[int, int, int, int]] = []
    amounts, used = [np.zeros((3, 0), np.int64)], 0
    for day in range(person.days):
        what.append(day)
        for stride, dim, counter in due.get(day, []):
            what.append(-1 - len(lines))
            lines.append((stride, dim.size, dim.full, used))
            amounts.append(_padded(counter, dim.size))
            used += dim.size
    return ints(what), ints(lines).reshape(-1, 4), ints(np.concatenate(amounts, axis=1))


def _padded(counter: Counter, size: int) -> Ints:
    """The amounts of a counter, with totals beyond its own that are forbidden."""
    found = np.zeros((3, size), np.int64)
    found[0, counter.size :] = 1
    found[:, : counter.size] = counter.amount
    return found


def _layers(
    moves: Moves, what: Ints, hull: tuple[Ints, Ints], width: int
) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints]:
    """live_first, live, offset, left, length, stride and base of each layer."""
    day_of = np.maximum.accumulate(np.append(0, what + 1))
    alive: Bools = hull[0] <= hull[1]
    start = np.where(alive, hull[0], 1 << 30).min(axis=1)[day_of]
    stop = np.where(alive, hull[1], -1).max(axis=1)[day_of] + 1
    live = [np.flatnonzero(alive[day]) for day in day_of]
    base, length = start * width, (stop - start) * width
    left, right = np.zeros(len(day_of), np.int64), np.zeros(len(day_of), np.int64)
    t = np.flatnonzero(what >= 0)
    most, least = (ends.reduceat(moves.step, moves.first[:-1]) for ends in (np.maximum, np.minimum))
    shift = base[t] - base[t + 1]
    left[t] = np.maximum(0, most + moves.flag_step.max() + shift)
    right[t] = np.maximum(0, length[t + 1] - length[t] - least - shift)
    stride, count = left + length + right, np.array([len(states) for states in live])
    offset, first = np.append(0, np.cumsum(stride * count))[:-1], np.append(0, np.cumsum(count))
    return ints(first), ints(np.concatenate(live)), ints(offset), left, ints(length), ints(stride), ints(base)


def _end(totals: Totals, length: int, base: int) -> Ints:
    """What each total costs in the end: level x cells of the last vector."""
    cell = np.arange(length)
    found = np.zeros((3, length), np.int64)
    if totals.lead:
        found += totals.lead.amount[:, (cell + base) // totals.width]
    for digit, dim in zip(totals.digits(cell), totals.dims, strict=True):
        found += _padded(dim.counters[-1], dim.full)[:, digit]
    return found


def _dead(totals: Totals, longest: int) -> Any:
    """NEVER where a total has passed its limit, and the least number elsewhere, over the longest vector."""
    cell = np.arange(longest)
    over = np.zeros(longest, np.bool_)
    for digit, dim in zip(totals.digits(cell), totals.dims, strict=True):
        over |= digit >= dim.size
    return np.where(over, NEVER, -NEVER).astype(np.int32)
