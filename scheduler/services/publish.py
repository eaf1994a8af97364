"""May this draft be published, who will be told, and what happens then?"""

from datetime import date

from scheduler.domain.roster import RosterVersion
from scheduler.services.context import App, Viewer
from scheduler.services.planner_views import PublishView, VersionRow


def publish_preview(app: App, viewer: Viewer, window_first: date) -> PublishView:
    """Everything a planner reads before deciding."""
    raise NotImplementedError


def publish(app: App, viewer: Viewer, window_first: date, *, edition: int, key: str = "") -> RosterVersion:
    """Make the draft the truth and queue the messages, in one transaction.

    Refused on a hard violation, Stale on an old edition.
    """
    raise NotImplementedError


def versions_of(app: App, viewer: Viewer, window_first: date) -> list[VersionRow]:
    """The history of a window, newest first; planner only."""
    raise NotImplementedError
