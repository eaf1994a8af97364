"""Which shifts of one person follow each other closely? The only couples that a rule about two shifts must look at."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import cast

from scheduler.domain.places import Place, TravelMode
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Shift

A_DAY = timedelta(hours=25)
"""Shifts that start on one local day start within this time, also when the clock goes back."""
REGION_DEGREES = 10
"""Within a box of this size, twice the way between its corners is further than any way inside it."""


def couples_within(shifts: Sequence[Shift], gap: timedelta) -> Iterator[tuple[Shift, Shift]]:
    """All couples of shifts, given by start, of which the second starts less than `gap` after the first ends."""
    for at, first in enumerate(shifts):
        latest = first.span.end + gap
        for second in shifts[at + 1 :]:
            if second.span.start >= latest:
                break
            yield first, second


def longest_journey(problem: Problem) -> timedelta:
    """More than anybody needs from one venue of the problem to another."""
    whole = problem.whole
    known = whole.worked_out.get(longest_journey)
    if known is None:
        known = whole.worked_out[longest_journey] = _longest_journey(whole)
    return cast(timedelta, known)


def _longest_journey(problem: Problem) -> timedelta:
    """By way of the corners of the smallest box that holds all venues, twice over, and the table of travel times."""
    places = [v.place for v in problem.venues if v.place is not None]
    minutes = max(problem.travel.overrides.values(), default=0)
    if places:
        low = Place(min(p.latitude for p in places), min(p.longitude for p in places))
        high = Place(max(p.latitude for p in places), max(p.longitude for p in places))
        if max(high.latitude - low.latitude, high.longitude - low.longitude) > REGION_DEGREES:
            return timedelta(days=366)
        corners = (Place(low.latitude, high.longitude), Place(high.latitude, low.longitude))
        ways = [(low, high), corners, *((low, corner) for corner in corners), *((high, corner) for corner in corners)]
        minutes = max(minutes, *(2 * problem.travel.minutes(a, b, mode) for a, b in ways for mode in TravelMode))
    return timedelta(minutes=minutes + 1)
