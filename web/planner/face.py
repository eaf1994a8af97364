"""Under which address do the planner's pages live, and which planning window is being looked at?"""

from datetime import date, datetime, timedelta
from typing import Final

from flask import Blueprint, abort, request

from scheduler.domain.errors import Sentence
from web import days, forms
from web.here import services

pages = Blueprint("planner", __name__, url_prefix="/planner")

NAVIGATION: Final = (
    (
        "planner.today",
        Sentence("Today"),
        ("planner.today", "planner.letters", "planner.requests", "planner.one_request"),
    ),
    ("planner.board", Sentence("Roster"), ("planner.board", "planner.shift", "planner.repair")),
    (
        "planner.runs",
        Sentence("Optimise"),
        ("planner.runs", "planner.run", "planner.runs_beside", "planner.what_if_page"),
    ),
    ("planner.publishing", Sentence("Publish"), ("planner.publishing", "planner.published", "planner.broken")),
    ("planner.people", Sentence("People"), ("planner.people", "planner.person")),
    ("planner.venues", Sentence("Houses"), ("planner.venues", "planner.venue")),
    ("planner.rules", Sentence("Rules"), ("planner.rules",)),
)
"""Endpoint, name, and the endpoints on which the entry is the current one."""


def chosen_window() -> date:
    """The first day of the window that the address names or whose day it names, or of the current one.

    The services check that there is such a window.
    """
    sent, day = request.values.get("window", ""), request.args.get("day", "")
    if not sent and not day:
        return services().window().first
    named = forms.day_of(sent or day)
    if named is None:
        abort(400)
    return named if sent else services().window(named).first


def local_day(instant: datetime) -> str:
    """The local day of an instant, for an address."""
    return instant.astimezone(days.zone()).date().isoformat()


def week_number(first: date, week: int) -> int:
    """The number in the calendar of a week of a window, counted from 0."""
    return (first + timedelta(weeks=week)).isocalendar().week


@pages.context_processor
def _navigation() -> dict[str, object]:
    return {"navigation": NAVIGATION, "local_day": local_day, "week_number": week_number}
