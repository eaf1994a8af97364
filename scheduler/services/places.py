"""What happens to people when a shift is called off, or comes back?"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from scheduler.domain.accounts import AccountRole
from scheduler.domain.cover import CoverRequest
from scheduler.domain.messages import Lane
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Assignment
from scheduler.domain.shifts import Shift
from scheduler.domain.time import DAY
from scheduler.services.unit import Unit
from scheduler.store.steps import Change

UNDO: Final = timedelta(minutes=30)
"""How long an answer or a called-off day can be taken back with everybody where they were."""
SOON: Final = 2 * DAY


def lane_of(unit: Unit, shift: Shift) -> Lane:
    """Messages about what starts within two days go first."""
    return Lane.URGENT if shift.span.start < unit.at + SOON else Lane.NORMAL


def call_off(unit: Unit, shifts: Iterable[Shift]) -> list[Shift]:
    """These shifts leave the bookings and the draft, and those people are told; what has begun stays."""
    coming = [s for s in shifts if s.span.start > unit.at]
    for shift in coming:
        experts = unit.work.bookings.clear_shift(shift.id, unit.at)
        unit.work.shifts.remove(shift.id)
        unit.tell("shift_cancelled", {"shifts": [shift.id]}, experts=experts, lane=lane_of(unit, shift))
    return coming


def bring_back(unit: Unit, shifts: Iterable[Shift]) -> None:
    """These shifts take place after all, shortly after they were called off with the same people.

    Whoever works elsewhere by now does not come. A yes to a shift that one was told is off does not count any more;
    whoever did not hear of it keeps the answer and hears nothing.
    """
    coming = [s for s in shifts if s.span.start > unit.at]
    unit.work.shifts.restore(s.id for s in coming)
    for shift in coming:
        for expert in _shortly_taken_off(unit, shift):
            pair = Assignment(expert, shift.id)
            unit.work.bookings.add(pair)
            put_in_draft(unit, pair, shift)
            if not unit.work.outbox.take_back("shift_cancelled", expert, [shift.id]):
                _ask_again(unit, pair, shift)


def _shortly_taken_off(unit: Unit, shift: Shift) -> list[str]:
    taken = [w for w in unit.work.withdrawals.of_shift(shift.id) if w.called_off and unit.at < w.at + UNDO]
    last = max((w.at for w in taken), default=unit.at)
    return [w.expert for w in taken if w.at == last and not unit.work.bookings.of_expert(w.expert, shift.span)]


def _ask_again(unit: Unit, pair: Assignment, shift: Shift) -> None:
    newest = unit.work.responses.of(pair.expert, shift.id)[-1:]
    if newest and newest[0].answer in {Answer.YES, Answer.TALK}:
        unit.work.responses.add(Response(pair.expert, shift.id, Answer.UNDONE, unit.at, unit.viewer.account))
    unit.tell("shift_again", {"shifts": [shift.id]}, experts=[pair.expert], lane=lane_of(unit, shift))


def put_in_draft(unit: Unit, pair: Assignment, shift: Shift) -> None:
    """The draft holds the person again, unless the planner filled the place or gave her other work then."""
    work = unit.work
    draft = work.rosters.draft_of(unit.agency.window(unit.agency.today(shift.span.start)))
    if draft is None or len(draft.roster.by_shift.get(shift.id, ())) >= shift.demand.most:
        return
    others = work.shifts.find_many(draft.roster.by_expert.get(pair.expert, ())).values()
    if not any(other.span.meets(shift.span) for other in others):
        work.rosters.follow(draft.id, draft.edition, Change.of(added=[pair]))


def tell_the_others(unit: Unit, kind: str, request: CoverRequest, shifts: Iterable[Shift] = ()) -> None:
    """A message about a request to the planners and to its venue, except to whoever does this."""
    told = list(shifts)
    accounts = {a.id for a in unit.work.accounts.in_role(AccountRole.PLANNER) if a.active}
    accounts |= {
        a.id for a in unit.work.accounts.in_role(AccountRole.COORDINATOR) if a.active and request.venue in a.venues
    }
    lane = min((lane_of(unit, s) for s in told), default=Lane.NORMAL)
    payload = {"request": request.id, "reference": request.reference, "shifts": [s.id for s in told]}
    unit.tell(kind, payload, accounts=accounts - {unit.viewer.account}, lane=lane)
