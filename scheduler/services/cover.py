"""What do venues ask, what becomes of it, and who comes?"""

from scheduler.domain.cover import CoverRequest
from scheduler.services.context import App, Viewer
from scheduler.services.views import CoordinatorHome, RequestChoices, RequestDetail, RequestOrder, RequestView


def request_choices(app: App, viewer: Viewer, venue: str) -> RequestChoices:
    """What the form for this venue offers; coordinator of the venue or planner."""
    raise NotImplementedError


def submit_request(app: App, viewer: Viewer, order: RequestOrder, *, key: str = "") -> CoverRequest:
    """Ask for cover; InvalidValue for what cannot be, with the sentence for the form."""
    raise NotImplementedError


def requests_of_venue(app: App, viewer: Viewer, venue: str) -> list[RequestView]:
    """Every request of a venue, newest first."""
    raise NotImplementedError


def request_detail(app: App, viewer: Viewer, request: str) -> RequestDetail:
    """One request with its story; NotFound for another venue."""
    raise NotImplementedError


def cancel_request(app: App, viewer: Viewer, request: str, *, edition: int, key: str = "") -> CoverRequest:
    """Take a request back: its coming shifts leave the draft and the bookings, and those people are told."""
    raise NotImplementedError


def open_requests(app: App, viewer: Viewer) -> list[RequestView]:
    """Requests that wait for an answer, the earliest due first; planner only."""
    raise NotImplementedError


def answer_request(
    app: App, viewer: Viewer, request: str, accept: bool, answer: str, *, edition: int, key: str = ""
) -> CoverRequest:
    """Accept (its shifts appear in every opened window) or refuse with a sentence for the venue; planner only."""
    raise NotImplementedError


def last_request(app: App, viewer: Viewer, venue: str) -> RequestOrder | None:
    """The newest request of the venue moved to the first same weekday from tomorrow, for same as last time."""
    raise NotImplementedError


def coordinator_home(app: App, viewer: Viewer, venue: str | None = None) -> CoordinatorHome:
    """The first page of a venue; without a venue the first one of the coordinator."""
    raise NotImplementedError
