"""Who can take this shift, and why is it empty?"""

from datetime import date

from scheduler.services.board_views import CandidatesView
from scheduler.services.context import App, Viewer


def candidates(app: App, viewer: Viewer, window_first: date, shift: str) -> CandidatesView:
    """Everybody for one shift, best first, against the draft."""
    raise NotImplementedError
