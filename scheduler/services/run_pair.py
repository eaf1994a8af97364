"""How do the results of two runs of one period stand side by side, and beside what people know?"""

from dataclasses import dataclass

from scheduler.domain.errors import NotFound
from scheduler.domain.runs import Run, RunState
from scheduler.domain.time import PlanningWindow
from scheduler.services.board_views import Measures
from scheduler.services.compared import ComparedView, compared
from scheduler.services.context import App, Viewer, require_planner
from scheduler.services.optimise import allowed_now, runs_of
from scheduler.services.planner_views import RunLine
from scheduler.services.scene import read_scene


@dataclass(frozen=True, slots=True)
class RunPairView:
    """Two runs with the numbers of what may be taken over of each today, and what the second changes beside the first.

    `told` is the roster that people know, the ground on which both stand.
    """

    window: PlanningWindow
    runs: tuple[RunLine, RunLine]
    told: Measures
    measures: tuple[Measures, Measures]
    changes: ComparedView


def run_pair(app: App, viewer: Viewer, one: str, other: str) -> RunPairView:
    """Two runs side by side; NotFound when they are of two periods, or one has no result. Planner only."""
    require_planner(viewer)
    with app.database.reading() as work:
        first, second = work.runs.get(one), work.runs.get(other)
        if first.window != second.window:
            raise _not_there(second)
        scene = read_scene(app, work, first.window.first)
    lines = {line.id: line for line in runs_of(app, viewer, first.window.first)}
    results = []
    for run in (first, second):
        if run.best is None or run.state is not RunState.FINISHED:
            raise _not_there(run)
        results.append(allowed_now(scene, run.best))
    return RunPairView(
        window=first.window,
        runs=(lines[one], lines[other]),
        told=scene.before,
        measures=(scene.measures(results[0]), scene.measures(results[1])),
        changes=compared(scene, results[0], results[1]),
    )


def _not_there(run: Run) -> NotFound:
    return NotFound("There is no %(noun)s %(id)s.", noun="run", id=run.id)
