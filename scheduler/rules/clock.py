"""How available is every expert for every shift? By tables of local days and clock edges instead of one call a pair."""

from datetime import time, timedelta
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.availability import MIDNIGHT, Availability, AvailabilityLevel, local_parts
from scheduler.domain.problem import Problem
from scheduler.domain.time import PlanningWindow
from scheduler.terms.kinds import Ints, ints

WHOLE_DAY = 24 * 60 * 60 * 1_000_000
"""Microseconds on a clock of 24 hours, whatever the clock changes do to the day."""


class ShiftParts(NamedTuple):
    """One entry per local day that a shift touches, in order of shift: local day number and microseconds of its clock.

    `until` may lie at or before `since` when the clock goes back inside the part.
    """

    shift: Ints
    day: Ints
    since: Ints
    until: Ints


def shift_parts(problem: Problem) -> ShiftParts:
    """The parts of all shifts."""
    zone, first = problem.window.zone, problem.window.first
    rows = [
        (number, (day - first).days, clock_of(start), clock_of(end) or WHOLE_DAY)
        for number, shift in enumerate(problem.shifts)
        for day, start, end in local_parts(shift.span, zone)
    ]
    return ShiftParts(*ints(rows).reshape(len(rows), 4).T)


def availability_levels(problem: Problem, crew: slice) -> NDArray[np.int8]:
    """Matrix crew x shifts of AvailabilityLevel numbers, equal to `Availability.level_of` of each."""
    parts = shift_parts(problem)
    start_of_shift = np.flatnonzero(np.diff(parts.shift, prepend=-1))
    experts = problem.experts[crew]
    found = np.zeros((len(experts), len(problem.shifts)), np.int8)
    days = int(parts.day.max(initial=0)) + 1
    for row, expert in enumerate(experts):
        edges = _edges(expert.availability)
        table = _table(expert.availability, problem.window, days, edges)
        lowest = _lowest(table, edges, parts)
        if len(lowest):
            found[row] = np.minimum.reduceat(lowest, start_of_shift)
    return found


def clock_of(at: time) -> int:
    """Microseconds on the clock since midnight."""
    return ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond


def _edges(availability: Availability) -> list[int]:
    """The clock instants at which the level may change on some day, with both ends of the day."""
    clocks = [(s.start, s.end) for s in availability.weekly] + [(s.start, s.end) for s in availability.exceptions]
    return sorted({0, WHOLE_DAY, *(clock_of(at) for slot in clocks for at in slot)})


def _table(availability: Availability, window: PlanningWindow, days: int, edges: list[int]) -> NDArray[np.int8]:
    """Matrix local days x stretches between edges of the level that holds there."""
    at = {edge: n for n, edge in enumerate(edges)}

    def columns(start: time, end: time) -> slice:
        return slice(at[clock_of(start)], len(edges) - 1 if end == MIDNIGHT else at[clock_of(end)])

    unsaid = int(max(AvailabilityLevel)) + 1
    week = np.full((7, len(edges) - 1), unsaid, np.int8)
    for weekly in availability.weekly:
        part = week[weekly.weekday, columns(weekly.start, weekly.end)]
        np.minimum(part, int(weekly.level), out=part)
    week[week == unsaid] = int(availability.otherwise)
    table = week[(np.arange(days) + window.first.weekday()) % 7]
    for special in availability.exceptions:
        first = max(0, (special.first - window.first).days)
        end = (special.last + timedelta(days=1) - window.first).days
        table[first : max(first, end), columns(special.start, special.end)] = int(special.level)
    return table


def _lowest(table: NDArray[np.int8], edges: list[int], parts: ShiftParts) -> NDArray[np.int8]:
    """The lowest level of the table over each part."""
    found = np.full(len(parts.shift), max(AvailabilityLevel), np.int8)
    for column, (since, until) in enumerate(pairwise(edges)):
        begins = (since <= parts.since) & (parts.since < until)
        touches = begins | ((parts.since < since) & (since < parts.until))
        np.minimum(found, table[parts.day, column], out=found, where=touches)
    return found
