"""Who is at this browser, and what stands behind this face?"""

from typing import Final, cast

from flask import abort, current_app, g, url_for

from scheduler.domain.accounts import AccountRole
from scheduler.services.context import Agency, App, Viewer
from scheduler.services.sessions import Signed

HOMES: Final = {
    AccountRole.PLANNER: "planner.today",
    AccountRole.COORDINATOR: "coordinator.home",
    AccountRole.EXPERT: "expert.home",
}


def services() -> App:
    """The use cases behind this face."""
    return cast(App, current_app.extensions["services"])


def agency() -> Agency:
    """What is set for the whole agency; read once a request."""
    if "agency" not in g:
        g.agency = current_app.extensions["agency"] = services().agency()
    return cast(Agency, g.agency)


def known_agency() -> Agency | None:
    """The same as it was when last read, without asking the database: for pages that must show when it is down."""
    return cast("Agency | None", g.get("agency") or current_app.extensions.get("agency"))


def signed() -> Signed | None:
    """Who is signed in for this request, if anybody."""
    return cast("Signed | None", g.get("signed"))


def viewer() -> Viewer:
    """The signed-in viewer; only for views that carry `allow`."""
    found = signed()
    if found is None:
        abort(401)
    return found.viewer


def home_url(role: AccountRole | None = None) -> str:
    """The first page of a role; without one, of the person at this browser."""
    found = signed()
    role = role or (found.account.role if found else None)
    return url_for(HOMES[role]) if role else url_for("auth.sign_in")
