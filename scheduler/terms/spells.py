"""How long do work, days off and free stretches last? The compiled sweeps that the check and the delta share."""

from typing import Any, NamedTuple

import numpy as np

from scheduler.terms.compiled import bare, compiled
from scheduler.terms.kinds import Bools, Ints, ints

NOWHERE = -1
"""A day or pair index that flips nothing."""


class Windows(NamedTuple):
    """Row r: one expert's window [start, end) that wants `rest` free minutes, in pieces of `piece` at least.

    The expert's pairs low[r]..high[r] - 1 and busy spans busy_low[r]..busy_high[r] - 1 may lie in it, by start.
    """

    start: Ints
    end: Ints
    rest: Ints
    piece: Ints
    low: Ints
    high: Ints
    busy_low: Ints
    busy_high: Ints
    busy_start: Ints
    busy_end: Ints

    def rows(self, kept: Ints) -> "Windows":
        """These rows alone."""
        start, end, rest, piece, low, high, busy_low, busy_high = (ints(part[kept]) for part in self[:-2])
        return Windows(start, end, rest, piece, low, high, busy_low, busy_high, self.busy_start, self.busy_end)


@bare
def run_amount(shifts_per_day: Any, limits: Any, expert: int) -> int:
    """Days missing or in excess over all runs of one expert.

    limits is (shortest, longest, shortest_rest, longest_rest, before) x experts.
    """
    return _amount_between(shifts_per_day, NOWHERE, limits, expert, (0, len(shifts_per_day) - 1))


@bare
def run_change(shifts_per_day: Any, day: int, limits: Any, expert: int) -> int:
    """How `run_amount` changes when the state of a day is flipped: only runs that hold the day, or touch it, differ."""
    first, last = max(day - 1, 0), min(day + 1, len(shifts_per_day) - 1)
    while first > 0 and (shifts_per_day[first - 1] > 0) == (shifts_per_day[first] > 0):
        first -= 1
    while last < len(shifts_per_day) - 1 and (shifts_per_day[last + 1] > 0) == (shifts_per_day[last] > 0):
        last += 1
    after: int = _amount_between(shifts_per_day, day, limits, expert, (first, last))
    return after - _amount_between(shifts_per_day, NOWHERE, limits, expert, (first, last))


@bare
def _amount_between(shifts_per_day: Any, flipped_day: int, limits: Any, expert: int, days: Any) -> int:
    """`run_amount` from the first to the last of two days, between which runs lie whole; one day flipped or NOWHERE."""
    first, last = days
    before = limits[4, expert] if first == 0 else 0
    amount: int = 0
    length, works = abs(before), (before > 0 if first == 0 else shifts_per_day[first] > 0)
    known_start = before != 0 or first > 0
    for day in range(first, last + 1):
        today = (shifts_per_day[day] > 0) != (day == flipped_day)
        if today != works and (day > 0 or before != 0):
            if known_start:
                amount += max(0, limits[0 if works else 2, expert] - length)
            amount += max(0, length - limits[1 if works else 3, expert])
            known_start, length = True, 0
        works = today
        length += 1
    if last < len(shifts_per_day) - 1 and known_start:
        amount += max(0, limits[0 if works else 2, expert] - length)
    amount += max(0, length - limits[1 if works else 3, expert])
    return amount


@bare
def missing_rest(pair_spans: Any, chosen: Any, flipped_pair: int, windows: Any, row: int) -> int:
    """Minutes that the longest free stretch of a window, or all its pieces, miss; one pair flipped (or NOWHERE)."""
    start, end, rest, piece = windows.start[row], windows.end[row], windows.rest[row], windows.piece[row]
    pair, busy = windows.low[row], windows.busy_low[row]
    last_pair, last_busy = windows.high[row], windows.busy_high[row]
    rested, longest, free_from = 0, 0, start
    while pair < last_pair or busy < last_busy:
        if pair < last_pair and (busy >= last_busy or pair_spans[0][pair] <= windows.busy_start[busy]):
            works = chosen[pair] != (pair == flipped_pair)
            since, until = pair_spans[0][pair], pair_spans[1][pair]
            pair += 1
        else:
            works = True
            since, until = windows.busy_start[busy], windows.busy_end[busy]
            busy += 1
        if not works or until <= start:
            continue
        if since >= end:
            break
        free = since - free_from
        longest = max(longest, free)
        if free >= piece:
            rested += max(0, free)
        if max(longest, rested) >= rest:
            return 0
        free_from = max(free_from, until)
    free = end - free_from
    if free >= piece:
        rested += max(0, free)
    missing: int = max(0, rest - max(longest, free, rested))
    return missing


@compiled
def run_amounts(shifts_per_day: Ints, limits: Ints) -> Ints:
    """`run_amount` of every expert."""
    found = np.zeros(len(shifts_per_day), np.int64)
    for expert in range(len(found)):
        found[expert] = run_amount(shifts_per_day[expert], limits, expert)
    return found


@compiled
def missing_rests(pair_spans: tuple[Ints, Ints], chosen: Bools, windows: Windows) -> Ints:
    """`missing_rest` of every row."""
    found = np.zeros(len(windows.start), np.int64)
    for row in range(len(found)):
        found[row] = missing_rest(pair_spans, chosen, NOWHERE, windows, row)
    return found
