"""How does a planner start the optimiser, watch it, stop it, and take its roster over?"""

from typing import Final

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import InvalidValue, Refused, Sentence, Stale
from scheduler.domain.runs import Order, RunSettings
from scheduler.services import optimise
from scheduler.services.compared import Beside
from scheduler.services.run_pair import run_pair
from web import forms, present
from web.access import allow
from web.here import services, viewer
from web.language import ngettext
from web.planner.chart import draw
from web.planner.face import chosen_window, pages

SECONDS: Final = (30, 60, 120, 300, 600)
LOOK_AGAIN: Final = Sentence(
    "Somebody changed the roster since you opened this page. Nothing has been taken over."
    " Read below what this result would change now, and choose again."
)
BESIDE: Final = {"": None, "draft": Beside.DRAFT, "told": Beside.TOLD}
ORDERS: Final = {"stop": Order.STOP_AND_KEEP, "cancel": Order.CANCEL}


@pages.get("/runs")
@allow(AccountRole.PLANNER)
def runs() -> ResponseReturnValue:
    """The form that starts a run, and the runs of this window so far."""
    return _start_page()


@pages.post("/runs")
@allow(AccountRole.PLANNER)
def start_run() -> ResponseReturnValue:
    """Queue a run for this window."""
    form = forms.Form()
    seconds = form.choice("seconds", {str(s): float(s) for s in SECONDS})
    if seconds is None:
        return _start_page(form), 422
    settings = RunSettings(seconds=seconds, workers=services().config.solve_workers)
    try:
        started = optimise.request_run(services(), viewer(), chosen_window(), settings, key=form.key)
    except (Refused, InvalidValue) as error:
        form.fault("form", error.sentence)
        return _start_page(form), 422
    return redirect(url_for("planner.run", run_id=started.id))


@pages.get("/runs/beside")
@allow(AccountRole.PLANNER)
def runs_beside() -> ResponseReturnValue:
    """Two results of one period side by side; without two there is something to choose first."""
    one, other = request.args.get("one", ""), request.args.get("other", "")
    if not one or not other:
        return redirect(url_for("planner.runs", window=chosen_window().isoformat()))
    return render_template("planner/beside.html", pair=run_pair(services(), viewer(), one, other))


@pages.get("/runs/<run_id>")
@allow(AccountRole.PLANNER)
def run(run_id: str) -> ResponseReturnValue:
    """One run, live or over; a script asks for the part that changes."""
    named = request.args.get("beside", "")
    if named not in BESIDE:
        abort(404)
    view = optimise.run_view(services(), viewer(), run_id, beside=BESIDE[named])
    part = "planner/run_live.html" if request.headers.get("HX-Request") else "planner/run.html"
    return render_template(part, run=view, chart=draw(view.progress), fault=None)


@pages.post("/runs/<run_id>/order")
@allow(AccountRole.PLANNER)
def order_run(run_id: str) -> ResponseReturnValue:
    """Stop and keep the best, or cancel."""
    form = forms.Form()
    order = form.choice("order", ORDERS)
    if order is not None:
        optimise.order_run(services(), viewer(), run_id, order, key=form.key)
    return redirect(url_for("planner.run", run_id=run_id))


@pages.post("/runs/<run_id>/take-over")
@allow(AccountRole.PLANNER)
def take_over_run(run_id: str) -> ResponseReturnValue:
    """Make the best roster of the run the draft."""
    form = forms.Form()
    try:
        version = optimise.take_over_run(services(), viewer(), run_id, edition=form.edition, key=form.key)
    except (Refused, Stale) as error:
        view = optimise.run_view(services(), viewer(), run_id)
        stale = isinstance(error, Stale)
        fault = LOOK_AGAIN if stale and view.can_take_over else error.sentence
        page = render_template("planner/run.html", run=view, chart=draw(view.progress), fault=fault)
        return page, 409 if stale else 422
    return redirect(url_for("planner.board", window=version.window.first.isoformat()))


def _length(seconds: int) -> str:
    if seconds < 60:
        return ngettext("%(num)s second", "%(num)s seconds", seconds)
    return ngettext("%(num)s minute", "%(num)s minutes", seconds // 60)


def _start_page(form: forms.Form | None = None) -> str:
    first = chosen_window()
    app = services()
    known = optimise.runs_of(app, viewer(), first)
    return render_template(
        "planner/runs.html",
        form=form,
        why_not=optimise.why_no_run(app, viewer(), first),
        today=app.window().first,
        window=app.window(first),
        windows=[w.first for w in app.windows()],
        runs=known,
        results=[(run.id, f"{present.when(run.created_at)}, {run.requested_by}") for run in known if run.has_result],
        seconds_options=[(str(seconds), _length(seconds)) for seconds in SECONDS],
    )
