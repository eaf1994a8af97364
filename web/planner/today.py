"""What must a planner do first today?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.services import dashboard, unreached
from web.access import allow
from web.here import services, viewer
from web.planner.face import pages


@pages.get("/")
@allow(AccountRole.PLANNER)
def today() -> ResponseReturnValue:
    """Everything that asks for attention, the most urgent first."""
    home, lost = dashboard.dashboard(services(), viewer()), unreached.lost_letters(services(), viewer())
    return render_template("planner/today.html", home=home, lost_letters=lost)


@pages.get("/letters")
@allow(AccountRole.PLANNER)
def letters() -> ResponseReturnValue:
    """Whom no letter reached, so that somebody calls them."""
    return render_template("planner/letters.html", letters=unreached.letters(services(), viewer()))
