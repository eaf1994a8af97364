"""What does an expert see of the own shifts, and what happens with an answer?"""

from datetime import timedelta
from typing import Final

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import NotFound, Refused, Sentence
from scheduler.domain.people import ExpertId
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Assignment
from scheduler.domain.shifts import Shift
from scheduler.domain.time import Span
from scheduler.services.cards import desk_of, month_of
from scheduler.services.context import App, Viewer, require_expert, require_planner
from scheduler.services.expert_views import AnswerResult, CardState, ExpertHome, ShiftCard
from scheduler.services.places import lane_of, put_in_draft
from scheduler.services.unit import Result, Unit, change_once
from scheduler.services.why import why_her
from scheduler.services.written import is_by_planner, tell_her
from scheduler.store import Work
from scheduler.store.steps import Change

AHEAD: Final = timedelta(days=120)
TOLD: Final = timedelta(days=14)
"""How long the first page says that a shift is no longer hers."""
GONE: Final = frozenset({CardState.CALLED_OFF, CardState.TAKEN_OFF})
ANSWERED: Final = frozenset({CardState.YES, CardState.NO, CardState.TALK})
KIND_WORDS: Final = {
    CardState.YES: Sentence("Thank you. You are expected."),
    CardState.NO: Sentence("Thank you. You need not give a reason. We are looking for somebody else."),
    CardState.TALK: Sentence("Thank you. We will call you. The shift stays yours until we have talked."),
    CardState.ASKED: Sentence("Your answer has been taken back. The shift is yours again."),
}


def expert_home(app: App, viewer: Viewer) -> ExpertHome:
    """The first page of an expert."""
    expert = require_expert(viewer)
    now = app.clock()
    with app.database.reading() as work:
        booked = [a.shift for a in work.bookings.of_expert(expert, Span(now, now + AHEAD))]
        newest = work.responses.newest_of_expert(expert)
        refused = [id for id, r in newest.items() if r.answer is Answer.NO]
        recent = [id for id, w in work.withdrawals.of_expert(expert).items() if now - TOLD < w.at]
        noted = [id for id, r in newest.items() if is_by_planner(r) and now - TOLD < r.at]
        desk = desk_of(app, work, expert, dict.fromkeys([*booked, *refused, *recent, *noted]))
        month = month_of(app, work, desk.expert, desk.agency.today(now))
        shifts = [desk.shifts[id] for id in booked]
        back = [s for id in refused if (s := desk.shifts.get(id)) and desk.undo_until(s)]
        given = [s for id in refused if (s := desk.shifts.get(id)) and desk.just_refused(s) and desk.undo_over(s)]
        coming = tuple(desk.card(s) for s in shifts)
        noted_too = [s for id in noted if (s := desk.shifts.get(id)) and s.span.end > now and s not in back + given]
        said = [s for s in noted_too if desk.state(s) in ANSWERED and s.id not in desk.called_off]
        gone = [s for id in recent if desk.state(s := desk.shifts[id]) in GONE and s.span.end > now]
        return ExpertHome(
            first_name=desk.names.first(expert),
            next=desk.card(shifts[0], month) if shifts else None,
            questions=tuple(card for card in coming if card.state is CardState.ASKED and card.can_answer),
            coming=coming,
            undoable=desk.cards(back),
            given_away=desk.cards(given),
            gone=desk.cards(gone),
            written_down=desk.cards(said),
            month=month,
            on_duty=desk.agency.on_duty,
        )


def shift_card(app: App, viewer: Viewer, shift: str) -> ShiftCard:
    """One own shift with everything about it; NotFound for any other."""
    expert = require_expert(viewer)
    with app.database.reading() as work:
        return _card(app, work, expert, shift)


def _card(app: App, work: Work, expert: ExpertId, shift: str) -> ShiftCard:
    _require_own(work, expert, shift)
    desk = desk_of(app, work, expert, [shift])
    found = desk.shifts[shift]
    month = month_of(app, work, desk.expert, desk.agency.today(found.span.start))
    return desk.card(found, month, why_her(app, work, desk, found))


def _require_own(work: Work, expert: ExpertId, shift: str) -> None:
    """NotFound unless the expert is booked on it, was once, or answered it; drafts are nobody's yet."""
    if (
        not work.bookings.has(Assignment(expert, shift))
        and not work.responses.of(expert, shift)
        and shift not in work.withdrawals.of_expert(expert)
    ):
        raise NotFound("There is no %(noun)s %(id)s.", noun="shift", id=shift)


def answer(app: App, viewer: Viewer, shift: str, answer: Answer, *, key: str = "") -> AnswerResult:
    """YES, NO or TALK to an own published shift; a NO takes effect at once. Refused after the start."""
    expert = require_expert(viewer)
    body = {"shift": shift, "answer": answer}
    change_once(app, viewer, "answer", lambda unit: _take(unit, expert, shift, answer), key=key, body=body)
    card = shift_card(app, viewer, shift)
    return AnswerResult(card, KIND_WORDS[card.state])


def answer_for(app: App, viewer: Viewer, shift: str, expert: str, answer: Answer, *, key: str = "") -> None:
    """The same on behalf of an expert, marked so; planner only."""
    require_planner(viewer)
    body = {"shift": shift, "expert": expert, "answer": answer}
    change_once(app, viewer, "answer_for", lambda unit: _take(unit, expert, shift, answer), key=key, body=body)


def _take(unit: Unit, expert: ExpertId, shift_id: str, answer: Answer) -> Result:
    work, pair = unit.work, Assignment(expert, shift_id)
    _require_own(work, expert, shift_id)
    if answer is Answer.UNDONE:
        raise Refused("An answer is taken back by its own button.")
    shift = work.shifts.get(shift_id)
    _require_before_start(unit, shift)
    newest = work.responses.of(expert, shift_id)[-1:]
    if answer is Answer.NO and newest and newest[0].answer is Answer.NO and not work.bookings.has(pair):
        unit.record(shift_id, on_behalf_of=_behalf(unit, expert))
        return {}
    if shift_id in work.shifts.called_off([shift_id]):
        raise Refused("Your answer is no longer needed: this shift does not take place.")
    if not work.bookings.has(pair):
        raise Refused("This shift is no longer yours. Maybe call us.")
    work.responses.add(_response(unit, pair, answer))
    unit.record(shift_id, "response", on_behalf_of=_behalf(unit, expert))
    if _behalf(unit, expert):
        tell_her(unit, pair, shift, answer)
    if answer is Answer.NO:
        _free(unit, pair, shift)
    elif answer is Answer.TALK:
        unit.tell("shift_talk", {"shifts": [shift_id]}, accounts=_planners(unit), lane=lane_of(unit, shift))
    return {}


def _require_before_start(unit: Unit, shift: Shift) -> None:
    if shift.span.start <= unit.at:
        duty = unit.agency.on_duty
        raise Refused(
            "This shift has begun. Please call us: %(name)s %(phone)s.", name=duty.name, phone=duty.phone or "-"
        )


def _behalf(unit: Unit, expert: ExpertId) -> str:
    return "" if unit.viewer.expert == expert else expert


def _response(unit: Unit, pair: Assignment, answer: Answer) -> Response:
    by = unit.viewer.account if _behalf(unit, pair.expert) else None
    return Response(pair.expert, pair.shift, answer, unit.at, by)


def _free(unit: Unit, pair: Assignment, shift: Shift) -> None:
    """A no: the place is free, live and in the draft, and those who must act hear of it."""
    unit.work.bookings.discard(pair)
    draft = unit.work.rosters.draft_of(unit.agency.window(unit.agency.today(shift.span.start)))
    if draft is not None and pair in draft.roster.assignments:
        unit.work.rosters.follow(draft.id, draft.edition, Change.of(removed=[pair], unpinned=[pair]))
    payload = {"shifts": [shift.id]}
    unit.tell("shift_declined", payload, accounts=_planners(unit), lane=lane_of(unit, shift))
    unit.tell("visits_changed", payload, accounts=_coordinators(unit, shift.venue), lane=lane_of(unit, shift))


def _planners(unit: Unit) -> list[str]:
    return [a.id for a in unit.work.accounts.in_role(AccountRole.PLANNER) if a.active]


def _coordinators(unit: Unit, venue: str) -> list[str]:
    return [a.id for a in unit.work.accounts.in_role(AccountRole.COORDINATOR) if a.active and venue in a.venues]


def undo_answer(app: App, viewer: Viewer, shift: str, *, key: str = "") -> AnswerResult:
    """Take back a NO within 30 minutes while the place is free; Refused with why not otherwise."""
    expert = require_expert(viewer)
    change_once(app, viewer, "undo_answer", lambda unit: _undo(unit, expert, shift), key=key, body={"shift": shift})
    return AnswerResult(shift_card(app, viewer, shift), KIND_WORDS[CardState.ASKED])


def undo_answer_for(app: App, viewer: Viewer, shift: str, expert: str, *, key: str = "") -> None:
    """Take back a NO that was written down on her behalf, within the same 30 minutes; planner only."""
    require_planner(viewer)

    def deed(unit: Unit) -> Result:
        newest = unit.work.responses.of(expert, shift)[-1:]
        desk = desk_of(app, unit.work, expert, [shift])
        is_written_down = is_by_planner(newest[0] if newest else None)
        if shift not in desk.shifts or not is_written_down or desk.undo_until(desk.shifts[shift]) is None:
            raise Refused("This no can no longer be taken back here.")
        return _undo(unit, expert, shift)

    change_once(app, viewer, "undo_answer_for", deed, key=key, body={"shift": shift, "expert": expert})


def _undo(unit: Unit, expert: ExpertId, shift_id: str) -> Result:
    work, pair = unit.work, Assignment(expert, shift_id)
    _require_own(work, expert, shift_id)
    desk = desk_of(unit.app, work, expert, [shift_id])
    shift = desk.shifts[shift_id]
    if desk.undo_until(shift) is None:
        over = desk.undo_over(shift)
        raise Refused(over.text if over else "There is no answer here that can be taken back.")
    before = [r.answer for r in work.responses.of(expert, shift_id)]
    work.responses.add(_response(unit, pair, Answer.UNDONE))
    if before[-2:-1] in ([Answer.YES], [Answer.TALK]):
        work.responses.add(_response(unit, pair, before[-2]))
    work.bookings.add(pair)
    put_in_draft(unit, pair, shift)
    unit.record(shift_id, "response", on_behalf_of=_behalf(unit, expert))
    if _behalf(unit, expert):
        tell_her(unit, pair, shift, Answer.UNDONE)
    unit.tell("place_taken_again", {"shifts": [shift_id]}, accounts=_planners(unit), lane=lane_of(unit, shift))
    return {}
