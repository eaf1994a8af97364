"""What do the weeks before a window tell: how familiar is somebody with a venue, and how far from her wish?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from scheduler.domain.people import Expert, ExpertId, WorkedMinutes
from scheduler.domain.time import MINUTE, PlanningWindow
from scheduler.domain.venues import VenueId

HISTORY_DAYS = 28
"""How far back worked shifts count for rests and rolling limits."""
VISITS_DAYS = 91
"""How far back they count for familiar faces and fairness."""


class Visit(NamedTuple):
    """A shift worked before the window, and the venue where it was, when that is known."""

    worked: WorkedMinutes
    venue: VenueId | None = None


def visits_by_venue(past: Iterable[tuple[WorkedMinutes, VenueId | None]]) -> Mapping[tuple[ExpertId, VenueId], int]:
    """How many shifts each expert worked at each known venue."""
    return dict(Counter((worked.expert, venue) for worked, venue in past if venue is not None))


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
