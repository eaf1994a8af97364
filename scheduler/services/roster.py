"""How does a planner change the draft by hand?"""

from datetime import date

from scheduler.services.board_views import EditResult
from scheduler.services.context import App, Viewer


def assign(
    app: App, viewer: Viewer, window_first: date, shift: str, expert: str, *, edition: int, key: str = ""
) -> EditResult:
    """Put somebody on a shift in the draft; broken rules are told, not forbidden. Stale when the edition is old."""
    raise NotImplementedError


def unassign(
    app: App, viewer: Viewer, window_first: date, shift: str, expert: str, *, edition: int, key: str = ""
) -> EditResult:
    """Take somebody off a shift in the draft."""
    raise NotImplementedError


def pin(
    app: App, viewer: Viewer, window_first: date, shift: str, expert: str, *, edition: int, key: str = ""
) -> EditResult:
    """Fix somebody on a shift, so that no run moves them; assigns when needed."""
    raise NotImplementedError


def unpin(
    app: App, viewer: Viewer, window_first: date, shift: str, expert: str, *, edition: int, key: str = ""
) -> EditResult:
    """Let a run decide about this person and shift again."""
    raise NotImplementedError


def undo(app: App, viewer: Viewer, window_first: date, *, edition: int, key: str = "") -> EditResult:
    """Take back the last edit of the draft, whoever made it; Refused when there is none."""
    raise NotImplementedError


def redo(app: App, viewer: Viewer, window_first: date, *, edition: int, key: str = "") -> EditResult:
    """Do again what was taken back."""
    raise NotImplementedError
