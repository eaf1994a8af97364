"""What must a planner do now?"""

from scheduler.services.context import App, Viewer
from scheduler.services.planner_views import DashboardView


def dashboard(app: App, viewer: Viewer) -> DashboardView:
    """The planner's first page."""
    raise NotImplementedError
