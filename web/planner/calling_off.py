"""How does a planner call off a day of a request, or all of it, and put a day back?"""

from collections.abc import Callable
from datetime import date

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.domain.cover import Repeat
from scheduler.domain.errors import InvalidValue, Refused, Stale
from scheduler.services import cover, days
from web import forms
from web.access import allow
from web.here import services, viewer
from web.planner.face import pages
from web.planner.requests import request_page


@pages.get("/requests/<request_id>/days/<day>")
@allow(AccountRole.PLANNER)
def day_off(request_id: str, day: str) -> ResponseReturnValue:
    """What calling off this day would mean; a request of one day is taken back instead."""
    if cover.request_detail(services(), viewer(), request_id).request.recurrence.repeat is Repeat.ONCE:
        return redirect(url_for("planner.confirm_take_back", request_id=request_id))
    off = days.day_off(services(), viewer(), request_id, _day(day))
    return render_template("planner/day_off.html", off=off)


@pages.post("/requests/<request_id>/days/<day>/call-off")
@allow(AccountRole.PLANNER)
def call_off_day(request_id: str, day: str) -> ResponseReturnValue:
    """Call the day off."""
    form, off = forms.Form(), _day(day)
    return _done(
        form,
        request_id,
        lambda: days.call_off_day(services(), viewer(), request_id, off, edition=form.edition, key=form.key),
        day,
    )


@pages.post("/requests/<request_id>/days/<day>/put-back")
@allow(AccountRole.PLANNER)
def put_back_day(request_id: str, day: str) -> ResponseReturnValue:
    """Put a day back that was called off."""
    form, back = forms.Form(), _day(day)
    return _done(
        form,
        request_id,
        lambda: days.put_back_day(services(), viewer(), request_id, back, edition=form.edition, key=form.key),
        day,
    )


@pages.get("/requests/<request_id>/take-back")
@allow(AccountRole.PLANNER)
def confirm_take_back(request_id: str) -> ResponseReturnValue:
    """What taking the whole request back would mean."""
    return render_template("planner/take_back.html", detail=cover.request_detail(services(), viewer(), request_id))


@pages.post("/requests/<request_id>/take-back")
@allow(AccountRole.PLANNER)
def take_back(request_id: str) -> ResponseReturnValue:
    """Take the whole request back."""
    form = forms.Form()
    return _done(
        form,
        request_id,
        lambda: cover.cancel_request(services(), viewer(), request_id, edition=form.edition, key=form.key),
    )


def _done(form: forms.Form, request_id: str, deed: Callable[[], object], day: str | None = None) -> ResponseReturnValue:
    """The page of the request after the deed; when it was refused, as it is now with what was refused."""
    try:
        deed()
    except (Stale, Refused, InvalidValue) as error:
        form.fault("form", error.sentence)
        return request_page(request_id, form), 409 if isinstance(error, Stale) else 422
    return redirect(url_for("planner.one_request", request_id=request_id, day=day))


def _day(text: str) -> date:
    return forms.day_of(text) or abort(404)
