"""How much falls in stretches of days that slide over the window, history included: naively, and as arrays?"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import ShiftId
from scheduler.domain.time import DAY, PlanningWindow
from scheduler.rules.totals import Totals
from scheduler.terms.kinds import Ints, ints
from scheduler.terms.pairs import Pairs

Stretch = tuple[date, date]
"""The first and the last day."""


class Piece(NamedTuple):
    """An amount on a local day, of a shift of the roster or (without a shift) of work before the window."""

    day: date
    amount: int
    shift: ShiftId | None


class Overrun(NamedTuple):
    """A stretch with more than the most: what falls in it, and how much of the excess is of this roster."""

    stretch: Stretch
    total: int
    excess: int
    shifts: tuple[ShiftId, ...]


class Work(NamedTuple):
    """One shift worked, in the roster or (without a shift) before the window."""

    day: date
    minutes: int
    activity: str | None
    shift: ShiftId | None


def work_of(problem: Problem, roster: Roster, who: ExpertId) -> list[Work]:
    """Everything that an expert works, earlier work first."""
    past = [Work(*worked, None) for worked in problem.whole.past_work.get(who, ())]
    shifts = problem.shifts_of(roster, who)
    return past + [Work(problem.starts_on[s.id], s.span.minutes, s.activity, s.id) for s in shifts]


def stretches(window: PlanningWindow, days: int) -> Iterator[Stretch]:
    """Every run of so many days that ends inside the window."""
    return ((last - (days - 1) * DAY, last) for last in window.dates())


def calendar_weeks(window: PlanningWindow) -> Iterator[Stretch]:
    """Every calendar week that begins in the window."""
    return ((monday, monday + 6 * DAY) for monday in window.dates() if monday.weekday() == 0)


def overruns(pieces: list[Piece], within: Iterable[Stretch], most: int) -> list[Overrun]:
    """The stretches with more than the most; what history alone exceeds is nobody's fault now."""
    if sum(piece.amount for piece in pieces) <= most:
        return []
    found = []
    for first, last in within:
        inside = [piece for piece in pieces if first <= piece.day <= last]
        total, of_roster = sum(p.amount for p in inside), sum(p.amount for p in inside if p.shift is not None)
        excess = min(of_roster, max(0, total - most))
        if excess:
            shifts = tuple(p.shift for p in inside if p.shift is not None)
            found.append(Overrun((first, last), total, excess, shifts))
    return found


class Items(NamedTuple):
    """Amounts on days (0 is the first of the window), each of a pair or, before the window, of an expert."""

    of: Ints
    day: Ints
    weight: Ints


def rolling_totals(pairs: Pairs, members: Items, past: Items, days: int) -> Totals:
    """What falls in every stretch of so many days that ends in the window; a stretch is numbered by its last day."""
    item, period = _in_stretches(members.day, days, pairs.days)
    before = np.zeros((pairs.experts, pairs.days), np.int64)
    piece, place = _in_stretches(past.day, days, pairs.days)
    np.add.at(before, (past.of[piece], place), past.weight[piece])
    return Totals(members.of[item], period, members.weight[item], before)


def _in_stretches(day: Ints, days: int, periods: int) -> tuple[Ints, Ints]:
    """(item, stretch) for every stretch of so many days in which an item lies."""
    first, end = np.clip(day, 0, periods), np.clip(day + days, 0, periods)
    count = np.maximum(end - first, 0)
    item = np.repeat(np.arange(len(day)), count)
    return ints(item), ints(np.arange(len(item)) - np.repeat(np.cumsum(count) - count, count) + first[item])
