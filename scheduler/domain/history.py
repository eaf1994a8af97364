"""What do the weeks before a window tell: how familiar is somebody with a venue, and how far from her wish?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from scheduler.domain.availability import AvailabilityLevel
from scheduler.domain.limits import Period
from scheduler.domain.people import Expert, ExpertId, WorkedMinutes
from scheduler.domain.time import MINUTE, PlanningWindow, Span
from scheduler.domain.venues import VenueId

HISTORY_DAYS = 91
"""How far back worked shifts count for rests and for limits over thirteen weeks."""
VISITS_DAYS = 91
"""How far back they count for familiar faces and fairness."""


def history_days(expert: Expert, window: PlanningWindow) -> int:
    """How many days before a window an expert's work counts: more than usual for limits of a year and longer runs."""
    limits = expert.limits
    is_yearly = limits.minutes_a_year is not None or limits.cents_a_year is not None
    is_yearly |= any(graded.period is Period.YEAR for graded in limits.graded)
    this_year = (window.first - window.first.replace(month=1, day=1)).days if is_yearly else 0
    return max(HISTORY_DAYS, this_year, *(r.length_days for c in expert.contracts for r in c.rolling), 0)


def longest_history(experts: Iterable[Expert], window: PlanningWindow) -> int:
    """How many days before a window somebody's work or visits count."""
    return max([VISITS_DAYS, *(history_days(expert, window) for expert in experts)])


def worked_before(
    experts: Iterable[Expert], window: PlanningWindow, past: Iterable[tuple[WorkedMinutes, VenueId | None]]
) -> tuple[WorkedMinutes, ...]:
    """The past work that counts for limits and rests, each expert's as far back as she needs."""
    since = {expert.id: window.midnight(-history_days(expert, window)) for expert in experts}
    usual = window.midnight(-HISTORY_DAYS)
    return tuple(worked for worked, _ in past if worked.start >= since.get(worked.expert, usual))


class Visit(NamedTuple):
    """A shift worked before the window, and the venue where it was, when that is known."""

    worked: WorkedMinutes
    venue: VenueId | None = None


def visits_by_venue(past: Iterable[tuple[WorkedMinutes, VenueId | None]]) -> Mapping[tuple[ExpertId, VenueId], int]:
    """How many shifts each expert worked at each known venue."""
    return dict(Counter((worked.expert, venue) for worked, venue in past if venue is not None))


def visits_at_venues(past: Iterable[tuple[WorkedMinutes, VenueId | None]]) -> tuple[Visit, ...]:
    """The shifts worked at known venues."""
    return tuple(Visit(worked, venue) for worked, venue in past if venue is not None)


def asks(
    experts: Iterable[Expert], window: PlanningWindow, put: Iterable[tuple[ExpertId, Span]]
) -> Mapping[ExpertId, int]:
    """How many different shifts each expert was asked for at a time at which she wants to be asked first.

    `put` are shifts that she worked or gave any answer to; what she answered is not known here and never counts.
    """
    known = {e.id: e for e in experts if AvailabilityLevel.ASK_FIRST in e.availability.levels}
    found: Counter[ExpertId] = Counter()
    for who, span in {(who, span) for who, span in put if who in known}:
        level = known[who].availability.level_of(span, window.zone)
        found[who] += level is AvailabilityLevel.ASK_FIRST
    return {who: count for who, count in found.items() if count}


def balance_minutes(
    experts: Iterable[Expert], window: PlanningWindow, past: Sequence[WorkedMinutes]
) -> Mapping[ExpertId, int]:
    """Worked minus wished minutes over the whole weeks since the first work on record, while under contract."""
    if not past:
        return {}
    oldest = min(window.day_of(worked.start) for worked in past)
    mondays = [window.first + timedelta(days=day) for day in range(oldest - oldest % 7, 0, 7)]
    found: Counter[ExpertId] = Counter()
    for worked in past:
        found[worked.expert] += (worked.end - worked.start) // MINUTE
    wishes = ((e, e.wished_minutes_a_week) for e in experts)
    return {e.id: found[e.id] - wish * _weeks(e, mondays) for e, wish in wishes if wish is not None}


def _weeks(expert: Expert, mondays: Sequence[date]) -> int:
    if not expert.contracts:
        return len(mondays)
    return sum(expert.contract_on(monday) is not None for monday in mondays)
