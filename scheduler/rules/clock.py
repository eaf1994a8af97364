"""How available is every expert for every shift? By tables of local days and clock edges instead of one call a pair."""

from collections.abc import Iterator, Sequence
from datetime import time, timedelta
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.availability import MIDNIGHT, Availability, AvailabilityLevel, local_parts
from scheduler.domain.people import Expert
from scheduler.domain.time import PlanningWindow, Span
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


def parts_of(spans: Sequence[Span], window: PlanningWindow) -> ShiftParts:
    """The parts of shifts with these spans."""
    known = {span: list(_parts(span, window)) for span in set(spans)}
    rows = [(number, *part) for number, span in enumerate(spans) for part in known[span]]
    return ShiftParts(*ints(rows).reshape(len(rows), 4).T)


def _parts(span: Span, window: PlanningWindow) -> Iterator[tuple[int, int, int]]:
    for day, start, end in local_parts(span, window.zone):
        yield (day - window.first).days, clock_of(start), clock_of(end) or WHOLE_DAY


def availability_levels(experts: Sequence[Expert], spans: Sequence[Span], window: PlanningWindow) -> NDArray[np.int8]:
    """Matrix experts x spans of AvailabilityLevel numbers, equal to `Availability.level_of` of each."""
    parts = parts_of(spans, window)
    first_part = np.flatnonzero(np.diff(parts.shift, prepend=-1))
    found = np.zeros((len(experts), len(spans)), np.int8)
    days = int(parts.day.max(initial=0)) + 1
    for row, expert in enumerate(experts if spans else ()):
        edges = _edges(expert.availability)
        table = _table(expert.availability, window, days, edges)
        np.minimum.reduceat(_lowest(table, edges, parts), first_part, out=found[row])
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
