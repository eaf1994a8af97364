"""What does a venue see and do? The pages of the coordinator face."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.services import cover
from web.access import allow
from web.here import services, viewer

pages = Blueprint("coordinator", __name__, url_prefix="/venue")


@pages.get("/")
@allow(AccountRole.COORDINATOR)
def home() -> ResponseReturnValue:
    """Who comes, and the way to ask for somebody."""
    return render_template("coordinator/home.html", home=cover.coordinator_home(services(), viewer()))
