"""Which coming shifts of an expert no longer fit what she says of her own time, limits and places?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from scheduler.domain.errors import Sentence
from scheduler.domain.history import longest_history, worked_before
from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Level, Violation
from scheduler.domain.shifts import Shift
from scheduler.domain.time import PlanningWindow, Span
from scheduler.rules.availability import Availability
from scheduler.services.cards import desk_of
from scheduler.services.context import App, Viewer, agency_of, require_expert
from scheduler.services.expert_views import ShiftCard
from scheduler.services.respond import AHEAD
from scheduler.store import Work

NOT_THEN: Final = Sentence("You say that you cannot at this time.")
NOT_WITHIN: Final = Sentence("This does not fit your own limits.")


@dataclass(frozen=True, slots=True)
class OutgrownShift:
    """A coming shift that is still hers, and why it does not fit any more; only she ever gets to see this."""

    card: ShiftCard
    why: Sentence


def outgrown_shifts(app: App, viewer: Viewer) -> tuple[OutgrownShift, ...]:
    """The coming shifts of the viewer that fall outside what she says now, by start; nothing changes by itself."""
    expert = require_expert(viewer)
    now = app.clock()
    with app.database.reading() as work:
        booked = work.bookings.of_expert(expert, Span(now, now + AHEAD))
        known = work.shifts.find_many(a.shift for a in booked).values()
        coming = {s.id: s for s in known if s.span.start > now}
        found: dict[str, Sentence] = {}
        for violation in _violations(app, work, expert, list(coming.values())):
            why = NOT_THEN if violation.rule == Availability.name else NOT_WITHIN
            found |= {id: found.get(id, why) for id in violation.shifts if id in coming}
        desk = desk_of(app, work, expert, found)
        ordered = sorted(found, key=lambda id: (coming[id].span.start, id))
        return tuple(OutgrownShift(desk.card(coming[id]), found[id]) for id in ordered)


def _violations(app: App, work: Work, expert: ExpertId, coming: list[Shift]) -> Iterator[Violation]:
    """What is broken of what she said herself, in every planning window in which she has a coming shift."""
    agency = agency_of(work)
    firsts = {agency.window(agency.today(s.span.start)).first for s in coming}
    for window in sorted((agency.window(first) for first in firsts), key=lambda w: w.first):
        problem, roster = _problem(work, expert, window)
        for rule in app.rules(window.first):
            if rule.level is Level.HARD and (rule.private or rule.name == Availability.name):
                yield from (v for v in rule.violations(problem, roster) if v.experts[:1] == (expert,))


def _problem(work: Work, expert: ExpertId, window: PlanningWindow) -> tuple[Problem, Roster]:
    """The window as far as she has to do with it: her shifts there, and who is on them."""
    booked = work.bookings.of_expert(expert, window.span)
    shifts = [s for s in work.shifts.find_many(a.shift for a in booked).values() if window.span.start <= s.span.start]
    pairs = frozenset(Assignment(e, s.id) for s in shifts for e in work.bookings.of_shift(s.id))
    people = work.experts.find_many({a.expert for a in pairs} | {expert})
    own = [people[expert]]
    past = Span(window.midnight(-longest_history(own, window)), window.midnight(0))
    problem = Problem(
        window=window,
        experts=tuple(people.values()),
        venues=tuple(work.venues.all()),
        neighbourhoods=tuple(work.neighbourhoods.all()),
        activities=tuple(work.activities.all()),
        shifts=tuple(shifts),
        travel=work.travel.load(),
        history=worked_before(own, window, [v for v in work.history.within(past) if v[0].expert == expert]),
    )
    return problem, Roster(pairs)
