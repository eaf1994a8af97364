"""What is the question of one planning window, read in one go: everything the rules may know, and no name?"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.domain.history import (
    VISITS_DAYS,
    asks,
    balance_minutes,
    longest_history,
    visits_at_venues,
    visits_by_venue,
    worked_before,
)
from scheduler.domain.people import ExpertId, WorkedMinutes
from scheduler.domain.problem import Problem
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Assignment, Roster, RosterVersion
from scheduler.domain.time import PlanningWindow, Span
from scheduler.domain.venues import VenueId

if TYPE_CHECKING:
    from scheduler.store.database import Work

PEOPLE = ("expert", "contract", "qualification", "exclusion")
PAST = ("worked", "booking", "shift")
PROBLEM = (*PEOPLE, *PAST, "venue", "neighbourhood", "activity", "travel", "response")
"""The tables that a problem is read from, but for its pins."""


def load_problem(work: "Work", window: PlanningWindow) -> Problem:
    """The problem of a window, with nothing frozen yet.

    History and visits reach back 13 weeks, the history of who has a limit over a year further. Pins are the draft's, or
    the published version's while there is no draft.
    """
    published, draft = published_of(work, window), draft_of(work, window)
    found = work.recall.of(
        ("problem", window, published is None), PROBLEM, lambda: _problem(work, window, published is not None)
    )
    pinned: frozenset[Assignment] = frozenset()
    if draft is not None:
        pinned = draft.pinned
    elif published is not None:
        pinned = published.pinned & booked_in(work, window).assignments
    return found.with_pins(_known(pinned, found.shift))


def draft_of(work: "Work", window: PlanningWindow) -> RosterVersion | None:
    """The draft of a window, remembered until a draft changes."""

    def read(before: RosterVersion | None) -> RosterVersion | None:
        found = work.rosters.draft_of(window)
        if found is None or before is None:
            return found
        return replace(found, roster=before.roster.moved_to(found.roster.assignments))

    return work.recall.like(("draft", window), ("roster_version", "assignment"), read)


def published_of(work: "Work", window: PlanningWindow) -> RosterVersion | None:
    """The published version of a window; what it says never changes, so it is known by its digest."""
    told = work.rosters.told_in(window)
    return None if told is None else work.recall.of(("published", *told), (), lambda: work.rosters.get(told[0]))


def booked_in(work: "Work", window: PlanningWindow) -> Roster:
    """Who comes where in a window, remembered until a booking changes."""

    def read(before: Roster | None) -> Roster:
        found = work.bookings.in_window(window)
        return found if before is None else before.moved_to(found.assignments)

    return work.recall.like(("booked", window), ("booking",), read)


def _problem(work: "Work", window: PlanningWindow, is_published: bool) -> Problem:
    recall = work.recall.of
    experts = recall("experts", PEOPLE, lambda: tuple(work.experts.all()))
    shifts = recall(("shifts", window), ("shift",), lambda: tuple(work.shifts.in_window(window)))
    days = longest_history(experts, window)
    earlier = recall(("past", window, days), PAST, lambda: tuple(work.history.within(_before(window, days))))
    past = [visit for visit in earlier if visit[0].start >= window.midnight(-VISITS_DAYS)]
    answers = work.responses.newest_in_window(window)
    booked, known = booked_in(work, window), {s.id for s in shifts}
    return Problem(
        window=window,
        experts=experts,
        venues=tuple(work.venues.all()),
        neighbourhoods=tuple(work.neighbourhoods.all()),
        activities=tuple(work.activities.all()),
        shifts=shifts,
        travel=work.travel.load(),
        declined=_known(_answered(answers, Answer.NO), known),
        accepted=_known(_answered(answers, Answer.YES), known),
        published=booked if is_published or booked.assignments else None,
        history=worked_before(experts, window, earlier),
        past_visits=visits_by_venue(past),
        visits=visits_at_venues(past),
        past_asks=asks(experts, window, _put(work, window, past)),
        balance_minutes=balance_minutes(experts, window, [worked for worked, _ in past]),
    )


def _put(
    work: "Work", window: PlanningWindow, past: Iterable[tuple[WorkedMinutes, VenueId | None]]
) -> Iterator[tuple[ExpertId, Span]]:
    """Shifts of the months before that somebody worked or answered."""
    yield from ((worked.expert, Span(worked.start, worked.end)) for worked, _ in past)
    yield from work.responses.asked_within(_before(window, VISITS_DAYS))


def _before(window: PlanningWindow, days: int) -> Span:
    return Span(window.midnight(-days), window.midnight(0))


def _answered(answers: Mapping[Assignment, Response], answer: Answer) -> Iterator[Assignment]:
    return (pair for pair, newest in answers.items() if newest.answer is answer)


def _known(pairs: Iterable[Assignment], shifts: Collection[str]) -> frozenset[Assignment]:
    return frozenset(a for a in pairs if a.shift in shifts)
