"""Which open shifts of a period fit somebody, for the planner who looks at her page or has her on the phone?"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from scheduler.domain.errors import NotFound, Sentence
from scheduler.rules.recommend import Fit, which_shifts_fit
from scheduler.services.context import App, Viewer, require_planner
from scheduler.services.measures import open_places
from scheduler.services.prepared import ready_bench
from scheduler.services.scene import Scene, read_scene
from scheduler.services.views import ShiftLabel

MOST_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class FitView:
    """A shift with an open place that somebody can take, and what speaks for and against it."""

    shift: ShiftLabel
    reasons_for: tuple[Sentence, ...]
    reasons_against: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class FitsView:
    """The best of the open shifts that fit, best first, and how many places are open in the period."""

    window: date
    best: tuple[FitView, ...]
    fitting: int
    """How many shifts fit, also those that are not shown."""
    open: int
    """How many shifts miss somebody."""


def fitting_shifts(app: App, viewer: Viewer, expert: str, window_first: date) -> FitsView | None:
    """The shifts to come that miss somebody and that she can take, against the draft; planner only.

    None while a large period is being laid out for questions, which would take long to wait for.
    """
    require_planner(viewer)
    with app.database.reading() as work:
        scene = read_scene(app, work, window_first)
    problem, roster = scene.problem, scene.roster
    if expert not in problem.expert:
        raise NotFound("There is no %(noun)s %(id)s.", noun="expert", id=expert)
    people = roster.by_shift
    short = {s.id for s in problem.shifts if open_places(s, len(people.get(s.id, ())), scene.now)}
    if not short:
        return FitsView(window_first, (), 0, 0)
    bench = ready_bench(problem, roster, scene.rules)
    if bench is None:
        return None
    found = [f for f in which_shifts_fit(problem, roster, expert, scene.rules, bench) if f.shift in short]
    return FitsView(window_first, tuple(_view(scene, f) for f in found[:MOST_SHOWN]), len(found), len(short))


def _view(scene: Scene, fit: Fit) -> FitView:
    names, shifts = scene.names, scene.problem.shift
    return FitView(
        names.label(shifts[fit.shift]),
        tuple(names.say(s, shifts) for s in fit.reasons_for),
        tuple(names.say(s, shifts) for s in fit.reasons_against),
    )
