"""Under which address do the planner's pages live, and which planning window is being looked at?"""

from datetime import date
from typing import Final

from flask import Blueprint, abort, request

from scheduler.domain.errors import Sentence
from web.here import services

pages = Blueprint("planner", __name__, url_prefix="/planner")

NAVIGATION: Final = (
    ("planner.today", Sentence("Today"), ("planner.today", "planner.requests", "planner.one_request")),
    ("planner.board", Sentence("Roster"), ("planner.board", "planner.shift")),
    ("planner.runs", Sentence("Optimise"), ("planner.runs", "planner.run")),
    ("planner.publishing", Sentence("Publish"), ("planner.publishing", "planner.published")),
    ("planner.people", Sentence("People"), ("planner.people", "planner.person")),
    ("planner.venues", Sentence("Houses"), ("planner.venues", "planner.venue")),
    ("planner.rules", Sentence("Rules"), ("planner.rules",)),
)
"""Endpoint, name, and the endpoints on which the entry is the current one."""


def chosen_window() -> date:
    """The first day of the window that the address names, or of the current one; the services check that it exists."""
    sent = request.values.get("window", "")
    if not sent:
        return services().window().first
    try:
        return date.fromisoformat(sent)
    except ValueError:
        abort(400)


@pages.context_processor
def _navigation() -> dict[str, object]:
    return {"navigation": NAVIGATION}
