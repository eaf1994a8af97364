"""Why does an expert come on this shift, in words to her and from what is known of her alone?"""

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.shifts import Shift
from scheduler.rules.reasons import explain_to_herself
from scheduler.services.cards import Desk
from scheduler.services.context import App
from scheduler.store import Work


def why_her(app: App, work: Work, desk: Desk, shift: Shift) -> tuple[Sentence, ...]:
    """Up to four reasons, the weightiest first, from her own shifts of that window; none once it is not hers."""
    window, expert = desk.agency.window(desk.agency.today(shift.span.start)), desk.expert
    if expert.id not in desk.booked[shift.id]:
        return ()
    booked = work.shifts.find_many(a.shift for a in work.bookings.of_expert(expert.id, window.span))
    shifts = [s for s in {**booked, shift.id: shift}.values() if s.span.start >= window.span.start]
    problem = Problem(
        window,
        experts=(expert,),
        venues=tuple(desk.names.venues.values()),
        neighbourhoods=tuple(desk.names.neighbourhoods.values()),
        activities=tuple(desk.names.activities.values()),
        shifts=tuple(shifts),
        past_visits={(expert.id, venue): count for venue, count in desk.visits.items()},
    )
    hers = Roster(frozenset(Assignment(expert.id, s.id) for s in shifts))
    found = explain_to_herself(problem, hers, Assignment(expert.id, shift.id), app.rules(window.first))
    return tuple(desk.names.say(sentence) for sentence in found)
