"""What stands on the board of a window, and how good is it?"""

from datetime import date

from scheduler.services.board_views import AnalysisView, BoardFilters, BoardView
from scheduler.services.context import App, Viewer

NO_FILTERS = BoardFilters()


def board(
    app: App,
    viewer: Viewer,
    window_first: date,
    *,
    by: str = "venue",
    week: int | None = None,
    filters: BoardFilters = NO_FILTERS,
) -> BoardView:
    """The board by "venue" or "expert"; `week` counts from 0 inside the window, None is all of it."""
    raise NotImplementedError


def analysis_of(app: App, viewer: Viewer, window_first: date) -> AnalysisView:
    """Every broken rule of the draft (or of what is live) in words."""
    raise NotImplementedError
