"""What does an expert see of the own shifts, and what happens with an answer?"""

from scheduler.domain.responses import Answer
from scheduler.services.context import App, Viewer
from scheduler.services.views import AnswerResult, ExpertHome, ShiftCard


def expert_home(app: App, viewer: Viewer) -> ExpertHome:
    """The first page of an expert."""
    raise NotImplementedError


def shift_card(app: App, viewer: Viewer, shift: str) -> ShiftCard:
    """One own shift with everything about it; NotFound for any other."""
    raise NotImplementedError


def answer(app: App, viewer: Viewer, shift: str, answer: Answer, *, key: str = "") -> AnswerResult:
    """YES, NO or TALK to an own published shift; a NO takes effect at once. Refused after the start."""
    raise NotImplementedError


def undo_answer(app: App, viewer: Viewer, shift: str, *, key: str = "") -> AnswerResult:
    """Take back a NO within 30 minutes while the place is free."""
    raise NotImplementedError


def answer_for(app: App, viewer: Viewer, shift: str, expert: str, answer: Answer, *, key: str = "") -> None:
    """The same on behalf of an expert, marked so; planner only."""
    raise NotImplementedError
