"""Is anything left in a period that a run could plan, and if not, what is the case?"""

from datetime import datetime

from scheduler.domain.errors import Refused, Sentence
from scheduler.domain.problem import Problem


def nothing_to_plan(problem: Problem, now: datetime | None = None) -> Sentence | None:
    """Why a run would find nothing in this problem, frozen as it is; None when there is something to plan."""
    window, edge = problem.window, problem.frozen_until
    if now is not None and window.span.end <= now:
        return Sentence("This period is over: its last day was %(day)s.", {"day": list(window.dates())[-1]})
    if not problem.shifts:
        return Sentence("There are no shifts in this period, so there is nothing to plan.")
    if edge is None or any(shift.span.start >= edge for shift in problem.shifts):
        return None
    if now is not None and all(shift.span.start <= now for shift in problem.shifts):
        return Sentence("Every shift of this period has begun, so there is nothing left to plan.")
    return Sentence("What is still to come in this period starts so soon that people keep what they were told.")


def require_something_to_plan(problem: Problem, now: datetime | None = None) -> None:
    """Refused when a run would find nothing: an empty roster that is called the best would mislead."""
    why = nothing_to_plan(problem, now)
    if why is not None:
        raise Refused(why.text, **why.values)
