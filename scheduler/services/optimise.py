"""How does a run come to be, go on in the worker, and end in the draft?"""

from datetime import date

from scheduler.domain.roster import RosterVersion
from scheduler.domain.runs import Order, Run, RunSettings
from scheduler.services.context import App, Viewer
from scheduler.services.planner_views import RunView


def request_run(app: App, viewer: Viewer, window_first: date, settings: RunSettings, *, key: str = "") -> Run:
    """Queue a run; Refused when one for this window is active or four are waiting."""
    raise NotImplementedError


def run_view(app: App, viewer: Viewer, run: str) -> RunView:
    """One run, live or over; planner only."""
    raise NotImplementedError


def runs_of(app: App, viewer: Viewer, window_first: date) -> list[RunView]:
    """The runs of a window, newest first, without their progress lists."""
    raise NotImplementedError


def order_run(app: App, viewer: Viewer, run: str, order: Order, *, key: str = "") -> Run:
    """Stop and keep the best, or cancel; a queued run is cancelled at once."""
    raise NotImplementedError


def take_over_run(app: App, viewer: Viewer, run: str, *, key: str = "") -> RosterVersion:
    """Copy the best roster of a finished run into the draft; manual pins stay, declined pairs fall out."""
    raise NotImplementedError
