"""Which short memories does a month need? Runs of work and days off, and whether a group has been met already."""

from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.kinds import UNLIMITED, Ints, ints
from scheduler.terms.persons import Person
from scheduler.terms.plans import Plans, added

NOWHERE = -1
"""The state after what is forbidden."""

_Limits = tuple[int, int, int, int, int]
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


def run_machine(runs: Ints) -> Ints:
    """next[state, works] over all Runs terms together; state 0 is the start; empty when history forbids everything."""
    return _run_table(tuple(tuple(int(bound) for bound in line) for line in runs))


@cache
def _run_table(limits: tuple[_Limits, ...]) -> Ints:
    start = tuple(_first(line) for line in limits)
    for line, run in zip(limits, start, strict=True):
        if run is not None and run[1] > _bounds(line, run[0])[1]:
            return np.zeros((0, 2), np.int64)
    number, states, table = {start: 0}, [start], []
    for state in states:
        line_of_state = []
        for works in (False, True):
            after = [_follow(line, run, works) for line, run in zip(limits, state, strict=True)]
            lawful = tuple(run for run in after if run is not None)
            if len(lawful) < len(after):
                line_of_state.append(NOWHERE)
                continue
            if lawful not in number:
                number[lawful] = len(states)
                states.append(lawful)
            line_of_state.append(number[lawful])
        table.append(line_of_state)
    return ints(table)


def _first(limits: _Limits) -> _Run | None:
    before = limits[4]
    if before == 0:
        return None
    return before > 0, abs(before), abs(before) >= _bounds(limits, before > 0)[0]


def _bounds(limits: _Limits, works: bool) -> tuple[int, int]:
    return (limits[0], limits[1]) if works else (limits[2], limits[3])


def _follow(limits: _Limits, state: _Run | None, works: bool) -> _Run | None:
    """One more day, None when that is forbidden; days are no longer counted once they cannot matter."""
    low, high = _bounds(limits, works)
    if state is None:
        length, enough = 1, True
    elif state[0] == works:
        length, enough = state[1] + 1, state[2]
    elif not state[2]:
        return None
    else:
        length, enough = 1, False
    if length > high:
        return None
    enough = enough or length >= low
    if high >= UNLIMITED:
        length = min(length, low)
        length = low if enough else length
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
