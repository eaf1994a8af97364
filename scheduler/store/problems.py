"""What is the question of one planning window, read in one go: everything the rules may know, and no name?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from scheduler.domain.history import HISTORY_DAYS, VISITS_DAYS, balance_minutes, visits_by_venue
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment
from scheduler.domain.time import PlanningWindow, Span

if TYPE_CHECKING:
    from scheduler.store.database import Work


def load_problem(work: "Work", window: PlanningWindow) -> Problem:
    """The problem of a window, with nothing frozen yet.

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
        history=tuple(worked for worked, _ in past if worked.start >= recent),
        past_visits=visits_by_venue(past),
        balance_minutes=balance_minutes(experts, window, [worked for worked, _ in past]),
    )


def _before(window: PlanningWindow, days: int) -> Span:
    return Span(window.midnight(-days), window.midnight(0))


def _known(pairs: Iterable[Assignment], shifts: set[str]) -> frozenset[Assignment]:
    return frozenset(a for a in pairs if a.shift in shifts)
