"""How many minutes does an expert wish to work in each week of the window, and how do minutes become steps?"""

from collections.abc import Iterable
from datetime import date

from scheduler.domain.availability import MIDNIGHT, AvailabilityLevel
from scheduler.domain.people import ExclusionKind, Expert
from scheduler.domain.problem import Problem
from scheduler.domain.time import DAY


def wished_minutes(problem: Problem, expert: Expert) -> list[int]:
    """Minutes per local week; a week with fewer days open than the usual week counts pro rata, a week away is 0.

    A day that the expert keeps free in private counts like any other day on which she is not available.
    """
    known = problem.whole.worked_out.get((wished_minutes, expert.id))
    if known is None:
        known = problem.whole.worked_out[wished_minutes, expert.id] = _wished_minutes(problem, expert)
    assert isinstance(known, list)
    return known


def _wished_minutes(problem: Problem, expert: Expert) -> list[int]:
    wish, first = expert.wished_minutes_a_week or 0, problem.window.first
    weeks = -(-problem.window.days // 7)
    usual = max(1, sum(_is_open_usually(expert, first + n * DAY) for n in range(7)))
    found = []
    for week in range(weeks):
        days = (first + n * DAY for n in range(7 * week, min(7 * week + 7, problem.window.days)))
        found.append(wish * min(usual, _open_days(expert, days)) // usual)
    return found


def steps_of(minutes: int, step_minutes: int) -> int:
    """A length in steps, rounded up: how wishes count a shift."""
    return -(-minutes // step_minutes)


def outside(total: int, low: int, high: int) -> int:
    """How far a total lies outside [low, high]."""
    return max(0, low - total) + max(0, total - high)


def _open_days(expert: Expert, days: Iterable[date]) -> int:
    return sum(_is_open(expert, day) for day in days)


def _is_open(expert: Expert, day: date) -> bool:
    """Whether the expert could work at some moment of the day."""
    if any(e.kind is ExclusionKind.DAY and e.subject == day.isoformat() for e in expert.exclusions):
        return False
    slots = [s for s in expert.availability.exceptions if s.first <= day <= s.last]
    if not slots:
        return _is_open_usually(expert, day)
    weekly = [s for s in expert.availability.weekly if s.weekday == day.weekday()]
    edges = {MIDNIGHT, *(t for s in slots for t in (s.start, s.end)), *(t for s in weekly for t in (s.start, s.end))}
    return any(expert.availability.level_at(day, at) > AvailabilityLevel.UNAVAILABLE for at in edges)


def _is_open_usually(expert: Expert, day: date) -> bool:
    """The same by the weekly pattern alone."""
    pattern = expert.availability
    weekly = [s for s in pattern.weekly if s.weekday == day.weekday()]
    if pattern.otherwise > AvailabilityLevel.UNAVAILABLE and not weekly:
        return True
    if all(s.level > AvailabilityLevel.UNAVAILABLE for s in weekly):
        return bool(weekly)
    usual = type(pattern)(pattern.weekly, (), pattern.otherwise)
    edges = {MIDNIGHT, *(t for s in weekly for t in (s.start, s.end))}
    return any(usual.level_at(day, at) > AvailabilityLevel.UNAVAILABLE for at in edges)
