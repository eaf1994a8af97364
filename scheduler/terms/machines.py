"""Which short memories does a month need? Runs of work and days off, and whether a group has been met already."""

from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.kinds import UNLIMITED, Ints, ints
from scheduler.terms.persons import Person, Runs
from scheduler.terms.plans import Plans, added

NOWHERE = -1
"""The state after what is forbidden."""

_Limits = tuple[int, int, int, int, int, int, int]
"""Shortest, longest, shortest rest, longest rest, before, level, price of a day."""

_Run = tuple[bool, int, bool]
"""Work?, days, long enough?"""


class Flags(NamedTuple):
    """Distinct terms whose groups follow each other: bit k of a state tells that the present group of term k was met.

    symbol[plan] has the bits of the groups that a plan meets, keep[day] those that stay met after the day; `count` and
    `toll` (coverage, preference) say, per bit, how much a first meeting adds to counter k and what it costs.
    """

    term: Ints
    symbol: Ints
    keep: Ints
    counted: Ints
    toll: Ints


class RunMachine(NamedTuple):
    """All Runs terms together: after[state, works], and what that day costs at each level: toll[level, state, works].

    State 0 is the start; there is none when history forbids everything. History by itself costs settled[level].
    """

    after: Ints
    toll: Ints
    settled: Ints


def run_machine(runs: Runs) -> RunMachine:
    """The machine of these limits."""
    dues = zip(runs.limits.tolist(), runs.level.tolist(), runs.price.tolist(), strict=True)
    return _run_machine(tuple((*line, level, price) for line, level, price in dues))


@cache
def _run_machine(limits: tuple[_Limits, ...]) -> RunMachine:
    start, settled = tuple(_first(line) for line in limits), np.zeros(3, np.int64)
    for line in limits:
        excess = abs(line[4]) - _bounds(line, line[4] > 0)[1]
        if excess > 0 and line[5] == Level.HARD:
            return RunMachine(np.zeros((0, 2), np.int64), np.zeros((3, 0, 2), np.int64), settled)
        settled[line[5]] += max(0, excess) * line[6]
    number, states = {start: 0}, [start]
    table, tolls = list[list[int]](), list[Ints]()
    for state in states:
        after_state, toll = [NOWHERE, NOWHERE], np.zeros((3, 2), np.int64)
        for works in (False, True):
            after = [_follow(line, run, works) for line, run in zip(limits, state, strict=True)]
            if any(days and line[5] == Level.HARD for line, (_, days) in zip(limits, after, strict=True)):
                continue
            for line, (_, days) in zip(limits, after, strict=True):
                toll[line[5], int(works)] += days * line[6]
            runs = tuple(run for run, _ in after)
            if runs not in number:
                number[runs] = len(states)
                states.append(runs)
            after_state[works] = number[runs]
        table.append(after_state)
        tolls.append(toll)
    return RunMachine(ints(table), ints(np.stack(tolls, axis=1)), settled)


def _first(limits: _Limits) -> _Run | None:
    before = limits[4]
    if before == 0:
        return None
    low, high = _bounds(limits, before > 0)
    return _short(before > 0, abs(before), abs(before) >= low, high)


def _bounds(limits: _Limits, works: bool) -> tuple[int, int]:
    return (limits[0], limits[1]) if works else (limits[2], limits[3])


def _follow(limits: _Limits, state: _Run | None, works: bool) -> tuple[_Run, int]:
    """One more day, and how many days are now missing from the run before, or are too many in this one."""
    low, high = _bounds(limits, works)
    missing = 0
    if state is None:
        length, enough = 1, True
    elif state[0] == works:
        length, enough = state[1] + 1, state[2]
    else:
        length, enough = 1, False
        missing = 0 if state[2] else _bounds(limits, state[0])[0] - state[1]
    return _short(works, length, enough or length >= low, high), missing + (length > high)


def _short(works: bool, length: int, enough: bool, high: int) -> _Run:
    """A run whose days are no longer counted once they cannot matter."""
    if enough:
        length = 1 if high >= UNLIMITED else min(length, high + 1)
    return works, length, enough


def flags_of(person: Person, plans: Plans) -> tuple[Flags, list[int]]:
    """The Distinct terms that bits can carry, and the numbers of those that count but interleave."""
    groups = person.groups
    terms: list[int] = []
    loose: list[int] = []
    for k in range(len(groups.level)):
        met = int(groups.slot[k].max(initial=-1)) + 1
        if met > groups.high[k] and (groups.above[k] > 0 or groups.level[k] == Level.HARD):
            (terms if _in_turn(person, groups.slot[k]) else loose).append(k)
    symbol, keep = np.zeros(len(plans.last), np.int64), np.full(person.days, (1 << len(terms)) - 1, np.int64)
    counted, toll = np.zeros(len(terms), np.int64), np.zeros((2, len(terms)), np.int64)
    for bit, k in enumerate(terms):
        slot = groups.slot[k]
        symbol |= (added(plans, ints(slot >= 0)) > 0).astype(np.int64) << bit
        last = [int(person.day[slot == group].max()) for group in range(int(slot.max()) + 1)]
        keep[last] &= ~(1 << bit)
        counted[bit] = groups.high[k] > 0 or groups.level[k] == Level.HARD
        if not counted[bit]:
            toll[groups.level[k] - 1, bit] = groups.above[k]
    return Flags(ints(terms), symbol, keep, counted, toll), loose


def _in_turn(person: Person, slot: Ints) -> bool:
    """Does each group end before the next begins?"""
    spans = sorted(
        (int(days.min()), int(days.max()))
        for days in (person.day[slot == group] for group in range(int(slot.max()) + 1))
    )
    return all(two[0] > one[1] for one, two in pairwise(spans))
