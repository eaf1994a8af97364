"""How does a person get the own shifts into a calendar, without signing in?"""

from scheduler.services.context import App, Viewer
from scheduler.services.views import FeedAddress


def calendar_url_token(app: App, viewer: Viewer) -> FeedAddress:
    """Whether a feed exists, without its secret; looking makes none, because a GET page asks this."""
    raise NotImplementedError


def rotate_calendar_token(app: App, viewer: Viewer, *, key: str = "") -> FeedAddress:
    """A new secret, also the first one, with the token in the answer; an old address stops working at once."""
    raise NotImplementedError


def revoke_calendar_token(app: App, viewer: Viewer, *, key: str = "") -> None:
    """No feed any more."""
    raise NotImplementedError


def feed(app: App, token: str) -> tuple[bytes, str]:
    """The calendar file and its ETag; NotFound for an unknown secret."""
    raise NotImplementedError
