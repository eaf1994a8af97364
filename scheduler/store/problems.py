"""What is the question of one planning window, read in one go: everything the rules may know, and no name?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from scheduler.domain.people import Expert, ExpertId, WorkedMinutes
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment
from scheduler.domain.time import MINUTE, PlanningWindow, Span, require_utc
from scheduler.store.history import Visit

if TYPE_CHECKING:
    from scheduler.store.database import Work

HISTORY_DAYS = 28
VISITS_DAYS = 91


def load_problem(work: "Work", window: PlanningWindow, now: datetime, frozen_days: int) -> Problem:
    """The problem of a window: shifts starting before `now` plus `frozen_days` keep their booked people.

    History reaches back 4 weeks, visits and balance 13. Pins are the draft's, or the published version's while there
    is no draft.
    """
    experts = work.experts.all()
    shifts = work.shifts.in_window(window)
    known = {s.id for s in shifts}
    past = work.history.within(_before(window, VISITS_DAYS))
    published = work.rosters.published_of(window)
    booked = work.bookings.in_window(window)
    source = work.rosters.draft_of(window) or published
    pinned = source.pinned if source else frozenset()
    if source is published:
        pinned &= booked.assignments
    recent = window.midnight(-HISTORY_DAYS)
    return Problem(
        window=window,
        experts=tuple(experts),
        venues=tuple(work.venues.all()),
        neighbourhoods=tuple(work.neighbourhoods.all()),
        activities=tuple(work.activities.all()),
        shifts=tuple(shifts),
        travel=work.travel.load(),
        pinned=_known(pinned, known),
        declined=_known(work.responses.declined_in_window(window), known),
        published=booked if published or booked.assignments else None,
        frozen_until=require_utc(now, "now") + timedelta(days=frozen_days),
        history=tuple(worked for worked, _ in past if worked.start >= recent),
        past_visits=_visits(past),
        balance_minutes=_balance(experts, window, [worked for worked, _ in past]),
    )


def _before(window: PlanningWindow, days: int) -> Span:
    return Span(window.midnight(-days), window.midnight(0))


def _known(pairs: Iterable[Assignment], shifts: set[str]) -> frozenset[Assignment]:
    return frozenset(a for a in pairs if a.shift in shifts)


def _visits(past: Sequence[Visit]) -> Mapping[tuple[ExpertId, str], int]:
    return dict(Counter((worked.expert, venue) for worked, venue in past if venue is not None))


def _balance(
    experts: Sequence[Expert], window: PlanningWindow, past: Sequence[WorkedMinutes]
) -> Mapping[ExpertId, int]:
    """Planned minus wished minutes over the whole weeks since the first work on record, while under contract."""
    if not past:
        return {}
    oldest = min(window.day_of(worked.start) for worked in past)
    mondays = [window.first + timedelta(days=day) for day in range(oldest - oldest % 7, 0, 7)]
    planned: Counter[ExpertId] = Counter()
    for worked in past:
        planned[worked.expert] += (worked.end - worked.start) // MINUTE
    wishes = ((e, e.wished_minutes_a_week) for e in experts)
    return {e.id: planned[e.id] - wish * _weeks(e, mondays) for e, wish in wishes if wish is not None}


def _weeks(expert: Expert, mondays: Sequence[date]) -> int:
    if not expert.contracts:
        return len(mondays)
    return sum(expert.contract_on(monday) is not None for monday in mondays)
