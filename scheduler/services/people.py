"""Who are the experts and venues, as far as a planner may know?"""

from scheduler.services.context import App, Viewer
from scheduler.services.planner_views import ExpertDetail, ExpertRow, VenueDetail, VenueRow


def experts(app: App, viewer: Viewer, search: str = "") -> list[ExpertRow]:
    """Experts by name, found by any part of it; planner only."""
    raise NotImplementedError


def expert_detail(app: App, viewer: Viewer, expert: str) -> ExpertDetail:
    """One expert; planner only."""
    raise NotImplementedError


def read_themes(app: App, viewer: Viewer, expert: str, reason: str, *, key: str = "") -> tuple[str, ...]:
    """The themes an expert offers; planner only, with a reason, and each reading is on record."""
    raise NotImplementedError


def venues(app: App, viewer: Viewer) -> list[VenueRow]:
    """Venues by name with their coverage in the current window; planner only."""
    raise NotImplementedError


def venue_detail(app: App, viewer: Viewer, venue: str) -> VenueDetail:
    """One venue; planner or coordinator of it."""
    raise NotImplementedError


def save_venue_contact(
    app: App, viewer: Viewer, venue: str, name: str, phone: str, *, edition: int, key: str = ""
) -> int:
    """Who is on duty at the venue; the new edition. Planner or coordinator of it."""
    raise NotImplementedError
