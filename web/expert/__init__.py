"""What does an expert see and do? The pages of the expert face."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.services import respond
from web.access import allow
from web.here import services, viewer

pages = Blueprint("expert", __name__, url_prefix="/expert")


@pages.get("/")
@allow(AccountRole.EXPERT)
def home() -> ResponseReturnValue:
    """One card first: the next shift."""
    return render_template("expert/home.html", home=respond.expert_home(services(), viewer()))
