"""By which rules does the roster come to be, in plain words?"""

from scheduler.services.context import App, Viewer
from scheduler.services.planner_views import RuleView


def rules_view(app: App, viewer: Viewer) -> list[RuleView]:
    """Every rule in order with its words and current parameters; for everybody who is signed in."""
    raise NotImplementedError
