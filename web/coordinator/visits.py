"""Who comes to this house, and how do our requests stand?"""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import Stale
from scheduler.services import cover
from web import forms
from web.access import allow
from web.coordinator.face import pages
from web.here import services, viewer


@pages.get("/")
@allow(AccountRole.COORDINATOR)
def home() -> ResponseReturnValue:
    """Who comes, and the way to ask for somebody; for the first house of the coordinator."""
    return render_template("coordinator/home.html", home=cover.coordinator_home(services(), viewer()))


@pages.get("/<venue>")
@allow(AccountRole.COORDINATOR)
def house(venue: str) -> ResponseReturnValue:
    """The same for one of several houses."""
    return render_template("coordinator/home.html", home=cover.coordinator_home(services(), viewer(), venue))


@pages.get("/<venue>/week")
@allow(AccountRole.COORDINATOR)
def week(venue: str) -> ResponseReturnValue:
    """Who comes, on one sheet of paper."""
    return render_template("coordinator/week.html", home=cover.coordinator_home(services(), viewer(), venue))


@pages.get("/<venue>/requests")
@allow(AccountRole.COORDINATOR)
def requests(venue: str) -> ResponseReturnValue:
    """Every request of the house, newest first."""
    home = cover.coordinator_home(services(), viewer(), venue)
    found = cover.requests_of_venue(services(), viewer(), venue)
    return render_template("coordinator/requests.html", home=home, requests=found)


@pages.get("/requests/<request_id>")
@allow(AccountRole.COORDINATOR)
def request_status(request_id: str) -> ResponseReturnValue:
    """One request: how it stands and who comes."""
    detail = cover.request_detail(services(), viewer(), request_id)
    return render_template("coordinator/status.html", detail=detail, is_new="sent" in request.args)


@pages.get("/requests/<request_id>/cancel")
@allow(AccountRole.COORDINATOR)
def confirm_cancel(request_id: str) -> ResponseReturnValue:
    """What taking the request back would mean."""
    detail = cover.request_detail(services(), viewer(), request_id)
    return render_template("coordinator/cancel.html", detail=detail, stale=None)


@pages.post("/requests/<request_id>/cancel")
@allow(AccountRole.COORDINATOR)
def cancel(request_id: str) -> ResponseReturnValue:
    """Take the request back; when it changed meanwhile, its new state is shown first."""
    form = forms.Form()
    try:
        cover.cancel_request(services(), viewer(), request_id, edition=form.edition, key=form.key)
    except Stale as error:
        detail = cover.request_detail(services(), viewer(), request_id)
        return render_template("coordinator/cancel.html", detail=detail, stale=error.sentence), 409
    return redirect(url_for("coordinator.request_status", request_id=request_id))
