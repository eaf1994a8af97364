"""What must a planner do first today?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.services import dashboard
from web.access import allow
from web.here import services, viewer
from web.planner.face import pages


@pages.get("/")
@allow(AccountRole.PLANNER)
def today() -> ResponseReturnValue:
    """Everything that asks for attention, the most urgent first."""
    return render_template("planner/today.html", home=dashboard.dashboard(services(), viewer()))
