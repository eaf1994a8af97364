"""Which days does a request still have, and how is one of them called off or put back?"""

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import InvalidValue, Refused, Sentence, Stale
from scheduler.services import days
from web import forms
from web.access import allow
from web.coordinator.face import pages
from web.here import services, viewer


@pages.get("/requests/<request_id>/days")
@allow(AccountRole.COORDINATOR)
def request_days(request_id: str) -> ResponseReturnValue:
    """The coming days of a request, each with a way to call it off or put it back."""
    return _page(request_id, moved=forms.day_of(request.args.get("day", "")))


@pages.get("/requests/<request_id>/days/<day>")
@allow(AccountRole.COORDINATOR)
def day_off(request_id: str, day: str) -> ResponseReturnValue:
    """What calling off this day would mean."""
    return render_template("coordinator/day_off.html", off=days.day_off(services(), viewer(), request_id, _day(day)))


@pages.post("/requests/<request_id>/days/<day>/call-off")
@allow(AccountRole.COORDINATOR)
def call_off_day(request_id: str, day: str) -> ResponseReturnValue:
    """Call the day off; when the request changed meanwhile, its days are shown as they are now."""
    form = forms.Form()
    try:
        days.call_off_day(services(), viewer(), request_id, _day(day), edition=form.edition, key=form.key)
    except (Stale, Refused) as error:
        return _page(request_id, fault=error.sentence), 409 if isinstance(error, Stale) else 422
    return redirect(url_for("coordinator.request_days", request_id=request_id, day=day))


@pages.post("/requests/<request_id>/days/<day>/put-back")
@allow(AccountRole.COORDINATOR)
def put_back_day(request_id: str, day: str) -> ResponseReturnValue:
    """Put a day back that was called off."""
    form = forms.Form()
    try:
        days.put_back_day(services(), viewer(), request_id, _day(day), edition=form.edition, key=form.key)
    except (Stale, Refused, InvalidValue) as error:
        return _page(request_id, fault=error.sentence), 409 if isinstance(error, Stale) else 422
    return redirect(url_for("coordinator.request_days", request_id=request_id, day=day))


def _day(text: str) -> date:
    return forms.day_of(text) or abort(404)


def _page(request_id: str, *, moved: date | None = None, fault: Sentence | None = None) -> str:
    view = days.request_days(services(), viewer(), request_id)
    row = next((r for r in view.days if r.day == moved), None)
    return render_template("coordinator/days.html", view=view, moved=row, fault=fault)
