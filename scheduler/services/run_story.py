"""How does a run read to a planner: what happens now, what came of it, and what to mind before taking it over?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from scheduler.domain.errors import Sentence, counted
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.runs import Order, Progress, Run, RunState
from scheduler.rules.analysis import contradictions
from scheduler.rules.frozen_zone import frozen_at
from scheduler.services.compared import Beside, compared
from scheduler.services.planner_views import RunView
from scheduler.services.scene import Scene
from scheduler.services.views import Step, StepState

OPTIMAL: Final = "optimal"
IMPOSSIBLE: Final = "impossible"
UNKNOWN: Final = "unknown"
NOTHING: Final = "nothing"
"""Other than what a solver says: when the turn of the run came, nothing was left to plan."""
MINIMUM: Final = Sentence(
    "The pins and the limits that ask for a minimum cannot all be kept. Maybe take a pin off, or lower a minimum."
)


def story_of(
    scene: Scene,
    run: Run,
    result: Roster | None,
    *,
    changed: bool,
    who: str,
    before: int,
    beside: Beside | None = None,
) -> RunView:
    """The view of a run; `result` is what of its best roster may go into the draft today.

    Without a wish it is laid beside what taking it over replaces: the draft, or what people were told once it is that.
    """
    newest = run.progress[-1] if run.progress else None
    over = run.state.is_over
    can_take_over = result is not None and run.result is None and run.state is RunState.FINISHED
    is_own_draft = scene.roster != scene.live
    beside = beside or (Beside.DRAFT if is_own_draft and run.result is None else Beside.TOLD)
    other = scene.roster if beside is Beside.DRAFT else scene.live
    return RunView(
        id=run.id,
        window=run.window,
        state=run.state,
        order=run.order,
        settings=run.settings,
        requested_by=who,
        created_at=run.created_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
        seconds=_seconds(run, scene.now),
        progress=run.progress,
        status=status_of(run, scene.now, before),
        steps=_steps(run, newest),
        before=scene.before,
        best=scene.measures(result) if result is not None else None,
        proven=run.status == OPTIMAL,
        minds=(
            *_minds(scene, run, result, changed=changed),
            *(_overwritten(scene, result) if can_take_over and result is not None else ()),
        ),
        can_stop=run.state is RunState.RUNNING and run.order is Order.NONE and newest is not None,
        can_cancel=not over and run.order is not Order.CANCEL,
        can_take_over=can_take_over,
        taken_over=run.result is not None,
        queued_before=before if run.state is RunState.QUEUED else 0,
        edition=scene.edition,
        changes=compared(scene, other, result) if result is not None and (can_take_over or run.result) else None,
        beside=beside,
        can_choose_beside=is_own_draft,
    )


def _seconds(run: Run, now: datetime) -> float:
    if run.started_at is None:
        return 0.0
    return max(0.0, ((run.finished_at or now) - run.started_at).total_seconds())


def status_of(run: Run, now: datetime, before: int) -> Sentence:
    """How a run stands, in one sentence; `before` it so many others wait."""
    newest, seconds = run.progress[-1] if run.progress else None, _seconds(run, now)
    if run.state is RunState.RUNNING:
        return _running(run, newest, seconds)
    if run.state is RunState.FINISHED:
        return _finished(run, seconds)
    return {
        RunState.QUEUED: Sentence("Waiting for its turn; runs before it: %(count)s.", {"count": before})
        if before
        else Sentence("Waiting for its turn; it is next."),
        RunState.CANCELLED: Sentence("Cancelled. Nothing has changed."),
        RunState.FAILED: Sentence("This run broke off; nothing has changed. It says: %(why)s", {"why": run.error}),
    }[run.state]


def _finished(run: Run, seconds: float) -> Sentence:
    values = {"seconds": round(seconds)}
    done, proven = (
        Sentence("Done in %(seconds)s seconds."),
        Sentence("Done in %(seconds)s seconds: proven to be the best."),
    )
    if values["seconds"] == 1:
        done, proven = Sentence("Done in one second."), Sentence("Done in one second: proven to be the best.")
    return {
        OPTIMAL: Sentence(proven.text, values),
        IMPOSSIBLE: Sentence("No roster can keep every hard rule. What stands in the way is listed below."),
        NOTHING: Sentence("When this run began, nothing was left to plan in this period. Nothing has changed."),
        UNKNOWN: Sentence("No roster that keeps every hard rule was found in this time. Maybe give it more."),
    }.get(run.status, Sentence(done.text, values))


def _running(run: Run, newest: Progress | None, seconds: float) -> Sentence:
    values: dict[str, object] = {"seconds": round(seconds)}
    if run.order is Order.CANCEL:
        return Sentence("Cancelling.")
    if run.order is Order.STOP_AND_KEEP:
        return Sentence("Stopping, and keeping the best so far.")
    if newest is None:
        return Sentence("At work for %(seconds)s seconds: looking for a first roster.", values)
    values |= {"filled": newest.filled, "required": newest.required}
    return Sentence("At work for %(seconds)s seconds: %(filled)s of %(required)s places filled.", values)


def _steps(run: Run, newest: Progress | None) -> tuple[Step, ...]:
    """Checked, first roster, gaps, wishes, judged by the rules: where the run is now."""
    over = run.state.is_over
    covered = (
        newest is not None and newest.bound_coverage is not None and newest.bound_coverage >= newest.score.coverage
    )
    done = [run.started_at is not None, newest is not None, covered or over, over, run.state is RunState.FINISHED]
    names = (
        "Checked before the start",
        "A first roster",
        "Filling the gaps, the highest need first",
        "Wishes and familiar faces",
        "Judged by the rules",
    )
    current = done.index(False) if False in done and run.state is RunState.RUNNING else -1
    return tuple(
        Step(Sentence(name), StepState.DONE if is_done else StepState.NOW if n == current else StepState.LATER)
        for n, (name, is_done) in enumerate(zip(names, done, strict=True))
    )


def _minds(scene: Scene, run: Run, result: Roster | None, *, changed: bool) -> Iterable[Sentence]:
    if run.status == IMPOSSIBLE:
        frozen = frozen_at(scene.problem, scene.now, scene.call_up_term)
        clashes = scene.words(contradictions(frozen, scene.rules))
        yield from (v.sentence for v in clashes) if clashes else (MINIMUM,)
    if result is None or run.best is None:
        return
    yield from (v.sentence for v in scene.words(scene.analysis(result).hard))
    for lost in sorted((scene.problem.accepted & scene.live.assignments) - result.assignments):
        yield Sentence("%(expert)s said yes to %(shift)s and would be taken off.", _named(scene, lost))
    if changed:
        yield Sentence("Since this run began an answer, availability, a request or a pin has changed.")
    dropped = run.best.assignments - result.assignments
    for lost in sorted(dropped):
        if lost in scene.problem.declined and lost.shift in scene.problem.shift:
            yield Sentence("%(expert)s said no to %(shift)s since; that place stays open.", _named(scene, lost))
    others = len(dropped - scene.problem.declined)
    if others:
        yield counted(
            "%(num)s assignment of this run is no longer possible and falls out.",
            "%(num)s assignments of this run are no longer possible and fall out.",
            others,
        )


def _overwritten(scene: Scene, result: Roster) -> Iterable[Sentence]:
    """What somebody changed in the draft, and this result would change back."""
    told, now = scene.live.assignments, scene.roster.assignments
    on, off = sorted((now - told) - result.assignments), sorted((told - now) & result.assignments)
    for pair in on:
        yield Sentence("In the draft %(expert)s is on %(shift)s; this result takes them off.", _named(scene, pair))
    for pair in off:
        yield Sentence("In the draft %(expert)s is off %(shift)s; this result puts them back.", _named(scene, pair))


def _named(scene: Scene, pair: Assignment) -> dict[str, object]:
    label = scene.names.label(scene.problem.shift[pair.shift])
    return {"expert": scene.names.expert(pair.expert), "shift": label}
