"""How does a planner see the whole roster, and change it by hand?"""

from datetime import date, timedelta
from typing import Final, TypedDict

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import SchedulerError, Stale
from scheduler.domain.responses import Answer
from scheduler.services import board as board_services
from scheduler.services import candidates, roster
from scheduler.services.board_views import BoardFilters, BoardView, EditResult
from scheduler.services.chains import take_chain
from scheduler.services.phone import write_down
from scheduler.services.repair import propose_repair, take_over_repair
from web import days, errors, forms, present
from web.access import allow
from web.here import services, viewer
from web.language import gettext
from web.planner import chips
from web.planner.face import chosen_window, pages

CHANGES: Final = {"assign": roster.assign, "unassign": roster.unassign, "pin": roster.pin, "unpin": roster.unpin}
STEPS: Final = {"undo": roster.undo, "redo": roster.redo}
VIEWS: Final = ("venue", "expert", "list")
LONGEST_SEARCH: Final = 80
LONGEST_SEEN: Final = 64


class Looked(TypedDict):
    """As the services take it."""

    edition: int
    seen: str


@pages.get("/board")
@allow(AccountRole.PLANNER)
def board() -> ResponseReturnValue:
    """The board as a page; its grid asks for the data below, the list needs no script."""
    return _board_page(request.args.get("by", "venue"))


@pages.get("/board.json")
@allow(AccountRole.PLANNER)
def board_data() -> ResponseReturnValue:
    """What the grid draws: days, rows and chips in finished words."""
    return jsonify(chips.grid_of(_view(request.args.get("by", "venue"))))


@pages.get("/shifts/<shift_id>")
@allow(AccountRole.PLANNER)
def shift(shift_id: str) -> ResponseReturnValue:
    """Who can take this shift, as a page or as the panel beside the board."""
    return _shift_page(shift_id)


@pages.post("/shifts/<shift_id>/<change>")
@allow(AccountRole.PLANNER)
def change_shift(shift_id: str, change: str) -> ResponseReturnValue:
    """Assign, unassign, pin or unpin one person."""
    form, first = forms.Form(), chosen_window()
    act = CHANGES.get(change)
    if act is None:
        return errors.error_page(404)
    expert = form.text("expert", 100, required=True)
    try:
        result = act(services(), viewer(), first, shift_id, expert, **_looked(form), key=form.key)
    except SchedulerError as error:
        return _not_done(error, shift_id)
    return _done(result, shift_id)


@pages.post("/board/<step>")
@allow(AccountRole.PLANNER)
def step_back(step: str) -> ResponseReturnValue:
    """Undo or redo the last edit of the draft."""
    form, first = forms.Form(), chosen_window()
    act = STEPS.get(step)
    if act is None:
        return errors.error_page(404)
    try:
        result = act(services(), viewer(), first, **_looked(form), key=form.key)
    except SchedulerError as error:
        return _not_done(error, None)
    return _done(result, None)


@pages.post("/shifts/<shift_id>/answer")
@allow(AccountRole.PLANNER)
def write_answer(shift_id: str) -> ResponseReturnValue:
    """What somebody said by telephone."""
    form, first = forms.Form(), chosen_window()
    expert, said = form.text("expert", 100, required=True), form.text("answer", 10, required=True)
    if said not in list(Answer):
        return errors.error_page(404)
    try:
        result = write_down(services(), viewer(), first, shift_id, expert, answer=Answer(said), key=form.key)
    except SchedulerError as error:
        return _not_done(error, shift_id)
    return _done(result, shift_id)


@pages.post("/shifts/<shift_id>/exchange")
@allow(AccountRole.PLANNER)
def exchange(shift_id: str) -> ResponseReturnValue:
    """Both moves of an exchange that was shown, as one step."""
    form, first = forms.Form(), chosen_window()
    chosen = {name: form.text(name, 100, required=True) for name in ("expert", "leaves", "successor")}
    try:
        result = take_chain(services(), viewer(), first, shift_id, **chosen, **_looked(form), key=form.key)
    except SchedulerError as error:
        return _not_done(error, shift_id)
    return _done(result, shift_id)


@pages.get("/shifts/<shift_id>/repair")
@allow(AccountRole.PLANNER)
def repair(shift_id: str) -> ResponseReturnValue:
    """What a repair of this shift would change; nothing is taken over yet."""
    return _repair_page(shift_id)


@pages.post("/shifts/<shift_id>/repair")
@allow(AccountRole.PLANNER)
def take_repair(shift_id: str) -> ResponseReturnValue:
    """Write the repair that was shown into the draft."""
    form, first = forms.Form(), chosen_window()
    chosen = {"out": form.text("out", 100), "proposal": form.text("proposal", 100, required=True)}
    try:
        take_over_repair(services(), viewer(), first, shift_id, **chosen, edition=form.edition, key=form.key)
    except SchedulerError as error:
        status = errors.status_of(error)
        if status not in {409, 422}:
            raise
        return _repair_page(shift_id, error), status
    return redirect(url_for("planner.shift", shift_id=shift_id, window=first.isoformat()))


def _repair_page(shift_id: str, error: SchedulerError | None = None) -> str:
    first = chosen_window()
    out = forms.clean_text(request.values.get("out", ""))[:LONGEST_SEARCH]
    view = propose_repair(services(), viewer(), first, shift_id, out=out)
    return render_template(
        "planner/repair.html",
        view=view,
        window=first.isoformat(),
        chip=chips.chip_of(view.shift),
        fault=error.sentence if error else None,
    )


def _board_page(by: str, said: str = "") -> str:
    view = _view(by)
    page = "planner/list.html" if by == "list" else "planner/board.html"
    shifts = sorted(view.shifts.values(), key=lambda s: (s.start, s.id))
    shown = by if by in VIEWS else "venue"
    return render_template(page, view=view, by=shown, shifts=shifts, chip=chips.chip_of, said=said)


def _view(by: str) -> BoardView:
    first, week_now = _opened()
    week = request.args.get("week", str(week_now))
    filters = BoardFilters(
        neighbourhood=request.args.get("neighbourhood", ""),
        role=request.args.get("role", ""),
        gaps_only="gaps" in request.args,
        search=forms.clean_text(request.args.get("search", ""))[:LONGEST_SEARCH],
    )
    return board_services.board(
        services(),
        viewer(),
        first,
        by="expert" if by == "expert" else "venue",
        week=int(week) if week.isascii() and week.isdigit() and len(week) < 3 else None,
        filters=filters,
    )


def _opened() -> tuple[date, int]:
    """The window to show and its week with the next shift; the window after this one when nobody asked for this."""
    first = chosen_window()
    week = board_services.next_week(services(), viewer(), first)
    if week is None and not request.args.keys() & {"window", "day", "week"}:
        following = first + timedelta(days=services().window(first).days)
        later = board_services.next_week(services(), viewer(), following)
        if later is not None:
            return following, later
    return first, _week_now(first) if week is None else week


def _week_now(first: date) -> int:
    """The week of a window in which today lies, counted from 0; the first when it lies elsewhere."""
    passed = (days.today() - first).days
    return passed // 7 if 0 <= passed < services().window(first).days else 0


def _looked(form: forms.Form) -> Looked:
    """What was before the planner: the edition of the draft, and what stands for the part that the form is about."""
    return {"edition": form.edition, "seen": form.text("seen", LONGEST_SEEN)}


def _is_script() -> bool:
    return request.headers.get("X-Board") == "1"


def _shift_page(shift_id: str, error: SchedulerError | None = None) -> str:
    first = chosen_window()
    view = candidates.candidates(services(), viewer(), first, shift_id)
    page = "planner/panel.html" if _is_script() else "planner/shift.html"
    return render_template(
        page,
        view=view,
        window=first.isoformat(),
        fault=error.sentence if error else None,
        chip=chips.chip_of(view.shift),
        rivals=[chips.chip_of(shift) for shift in view.rivals.shifts] if view.rivals else [],
        is_beside=_is_script(),
    )


def _done(result: EditResult, shift_id: str | None) -> ResponseReturnValue:
    said = " ".join(present.say(sentence) for sentence in (result.sentence, *result.more))
    if not _is_script():
        if shift_id is None:
            return _board_page("list", said)
        return redirect(url_for("planner.shift", shift_id=shift_id, window=chosen_window().isoformat()))
    return jsonify(
        edition=result.edition,
        shifts={shift.id: chips.chip_of(shift) for shift in result.shifts},
        dock=render_template("planner/dock.html", before=result.before, after=result.after),
        said=said,
        standing=gettext("draft %(number)s", number=result.draft_number) if result.draft_number else "",
        meanwhile=result.meanwhile,
        broken=[present.say(violation.sentence) for violation in result.violations],
        undo=result.undo,
        redo=result.redo,
    )


def _not_done(error: SchedulerError, shift_id: str | None) -> ResponseReturnValue:
    status = errors.status_of(error)
    if _is_script():
        return jsonify(said=present.say(error.sentence), stale=isinstance(error, Stale)), status
    if shift_id is None or status not in {409, 422}:
        raise error
    return _shift_page(shift_id, error), status
