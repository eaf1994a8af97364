"""Which weekly rests can be followed from day to day? A memory of how late work must begin again to have rested."""

from typing import Any, NamedTuple

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.compiled import compiled
from scheduler.terms.kinds import Ints, ints
from scheduler.terms.persons import Person
from scheduler.terms.plans import Plans

RESTED = 0
"""The state of who has rested in this window, or is in none."""

_NEVER, _LONG_AGO = -1, -(1 << 40)


class Breaks(NamedTuple):
    """States 0..states - 1, `start` is the first; in state n > 0 the n-th moment of the window is the next to do.

    After plan p of day d: after[first[d] + symbol[p] * states + state], negative where no rest can follow any more.
    `loose` are the rows that are not followed.
    """

    states: int
    start: int
    symbol: Ints
    first: Ints
    after: Ints
    loose: list[int]


class _Window(NamedTuple):
    """One row: the days first..last whose shifts begin in it, its moments (starts of shifts, then its own end)."""

    row: int
    first: int
    last: int
    rest: int
    moments: Ints
    free_from: int
    rested: bool


def breaks_of(person: Person, plans: Plans) -> Breaks:
    """The machine for as many rows as follow each other; windows must open and close between two days."""
    windows: list[_Window] = []
    loose = []
    for row in np.lexsort((person.rests.windows.end, person.rests.windows.start)).tolist():
        window = _window(person, row)
        if window is None or (windows and window.first <= windows[-1].last):
            loose.append(row)
        else:
            windows.append(window)
    if not windows:
        days = person.days + 1
        return Breaks(1, RESTED, np.zeros(len(plans.last), np.int64), np.zeros(days, np.int64), ints([RESTED]), loose)
    count = 1 + max(len(window.moments) for window in windows)
    ends = _ends(plans, *person.spans)
    symbol = np.zeros(len(plans.last), np.int64)
    tables: list[Ints] = []
    for day in range(person.days):
        today = slice(int(plans.first[day]), int(plans.first[day + 1]))
        now = next((window for window in windows if window.first <= day <= window.last), None)
        then = next((window for window in windows if window.first == day + 1), None)
        table = _after(count, now, ends[:, today])
        if now is not None and now.last == day:
            table = np.where(table >= 0, RESTED, table)
        if then is not None:
            table = np.where(table >= 0, _opened(then, ends[1, today])[:, None], table)
        lines, symbol[today] = np.unique(table, axis=0, return_inverse=True)
        tables.append(lines)
    start = int(_opened(windows[0], ends[1, :1])[0]) if windows[0].first == 0 else RESTED
    first = ints(np.append(0, np.cumsum([table.size for table in tables])))
    return Breaks(count, start, symbol, first, ints(np.concatenate([table.ravel() for table in tables])), loose)


def _window(person: Person, row: int) -> _Window | None:
    """A row as days and moments; None where it cannot be followed from day to day: a rest in pieces needs a sum too."""
    rests, (begin, finish) = person.rests, person.spans
    start, end, rest = (int(part[row]) for part in rests.windows[:3])
    inside = np.flatnonzero((begin >= start) & (begin < end))
    whole = rests.windows.piece[row] >= rest
    if rests.level[row] != Level.HARD or not rests.price[row] or not len(inside) or not whole:
        return None
    first, last = int(person.day[inside[0]]), int(person.day[inside[-1]])
    outside = np.delete(person.day, inside)
    longer = finish[(person.day < first - 1) & (finish > start)]
    if np.any((outside >= first) & (outside <= last)) or len(longer):
        return None
    free_from, rested = start, False
    for at in range(int(rests.windows.busy_low[row]), int(rests.windows.busy_high[row])):
        since, until = int(rests.windows.busy_start[at]), int(rests.windows.busy_end[at])
        if until > begin[inside[0]] and until > start:
            return None
        rested |= min(since, end) - free_from >= rest
        free_from = max(free_from, until)
    moments = ints(np.append(np.unique(begin[inside]), end))
    return _Window(row, first, last, rest, moments, free_from, rested)


def _opened(window: _Window, until: Ints) -> Ints:
    """The state in which a window begins when the work before it lasts until these moments."""
    if window.rested:
        return np.full(len(until), RESTED, np.int64)
    due = np.searchsorted(window.moments, np.maximum(until, window.free_from) + window.rest)
    return np.where(due < len(window.moments), due + 1, _NEVER)


def _after(count: int, now: _Window | None, ends: Ints) -> Ints:
    """The state after each plan (rows) and each state before (columns) within a window."""
    begin, finish, pause = (part[:, None] for part in ends)
    state = np.repeat(np.arange(count)[None, :], len(begin), axis=0)
    if now is None:
        return state
    rested = (np.searchsorted(now.moments, begin) >= state - 1) | (pause >= now.rest)
    due = np.maximum(np.searchsorted(now.moments, finish + now.rest) + 1, state)
    after = np.where((finish > _LONG_AGO) & (state > RESTED), np.where(rested, RESTED, due), state)
    return np.where(after > len(now.moments), _NEVER, after)


@compiled
def _ends(plans: Plans, begin: Ints, finish: Ints) -> Any:
    """The first start, the last end and the longest pause of each plan; long ago for a day off."""
    found = np.full((3, len(plans.last)), _LONG_AGO, np.int64)
    for plan in range(len(plans.last)):
        before, pair = plans.parent[plan], plans.last[plan]
        if before >= 0:
            first = plans.parent[before] < 0
            found[0, plan] = begin[pair] if first else found[0, before]
            found[1, plan] = max(found[1, before], finish[pair])
            found[2, plan] = 0 if first else max(found[2, before], begin[pair] - found[1, before])
    return found
