"""How does a planner ask for a run, steer it, read it, and take its roster over?"""

import secrets
from dataclasses import replace
from datetime import date
from typing import Final

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import Refused, Sentence, invalid
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster, RosterVersion
from scheduler.domain.runs import Order, Run, RunSettings, RunState
from scheduler.rules import eligible
from scheduler.rules.availability import Availability
from scheduler.rules.frozen_zone import frozen_at
from scheduler.rules.index import Index
from scheduler.services.compared import Beside
from scheduler.services.context import App, Viewer, agency_of, require_planner
from scheduler.services.plannable import nothing_to_plan, require_something_to_plan
from scheduler.services.planner_views import RunLine, RunView
from scheduler.services.run_story import status_of, story_of
from scheduler.services.scene import Scene, draft_for_edit, new_draft, read_scene, window_at
from scheduler.services.unit import Result, Unit, change_once, digest_of
from scheduler.store import load_problem

LONGEST_SECONDS: Final = 3600.0


def input_hash(problem: Problem) -> str:
    """What a result belongs to: everything but the moving edge of the frozen zone."""
    return digest_of(replace(problem, frozen_until=None))


def request_run(app: App, viewer: Viewer, window_first: date, settings: RunSettings, *, key: str = "") -> Run:
    """Queue a run; Refused when one for this window is active, three are waiting, or nothing is left to plan."""
    require_planner(viewer)
    if not 1 <= settings.seconds <= LONGEST_SECONDS:
        invalid("A run takes 1 to %(most)s seconds, not %(seconds)s.", most=3600, seconds=settings.seconds)
    if settings.workers < 1:
        invalid("At least 1 worker is needed, not %(workers)s.", workers=settings.workers)
    asked = replace(settings, workers=min(settings.workers, app.config.solve_workers))

    def deed(unit: Unit) -> Result:
        window = window_at(unit.agency, window_first)
        if any(run.window.first == window.first for run in unit.work.runs.active()):
            raise Refused("A run for this window is already under way.")
        problem = frozen_at(load_problem(unit.work, window), unit.at, app.call_up_term(window))
        require_something_to_plan(problem, unit.at)
        draft = unit.work.rosters.draft_of(window) or new_draft(unit, window)
        run = Run(
            id=secrets.token_hex(8),
            window=window,
            settings=asked,
            state=RunState.QUEUED,
            requested_by=viewer.account,
            created_at=unit.at,
            draft=draft.id,
        )
        unit.work.runs.add(run)
        unit.record(run.id, "run")
        return {"run": run.id}

    body = {"window": window_first, "settings": settings}
    found = change_once(app, viewer, "request_run", deed, key=key, body=body)
    with app.database.reading() as work:
        return work.runs.get(str(found["run"]))


def why_no_run(app: App, viewer: Viewer, window_first: date) -> Sentence | None:
    """Why a run has nothing to plan in this window; None when it has; planner only."""
    require_planner(viewer)
    with app.database.reading() as work:
        scene = read_scene(app, work, window_first)
    return nothing_to_plan(frozen_at(scene.problem, scene.now, scene.call_up_term), scene.now)


def order_run(app: App, viewer: Viewer, run: str, order: Order, *, key: str = "") -> Run:
    """Stop and keep the best, or cancel; a queued run is cancelled at once."""
    require_planner(viewer)
    if order is Order.NONE:
        invalid("Say whether the run must stop or be cancelled.")

    def deed(unit: Unit) -> Result:
        unit.work.runs.set_order(run, order, unit.at)
        unit.record(run, "order")
        return {}

    change_once(app, viewer, "order_run", deed, key=key, body={"run": run, "order": order})
    with app.database.reading() as work:
        return work.runs.get(run)


def take_over_run(app: App, viewer: Viewer, run: str, *, edition: int, key: str = "") -> RosterVersion:
    """Copy the best roster of a finished run into the draft; manual pins stay, declined pairs fall out.

    `edition` is that of the draft beside which the planner saw the run; Stale when it has changed since.
    """
    require_planner(viewer)

    def deed(unit: Unit) -> Result:
        known = unit.work.runs.get(run)
        if known.best is None:
            raise Refused("This run has no result to take over.")
        draft = draft_for_edit(unit, known.window, edition)
        scene = read_scene(app, unit.work, known.window.first)
        roster = allowed_now(scene, known.best)
        unit.work.rosters.replace(draft.id, draft.edition, roster, draft.pinned & roster.assignments)
        unit.work.runs.take_over(run, draft.id)
        unit.record(draft.id, "assignments")
        return {"draft": draft.id}

    found = change_once(app, viewer, "take_over_run", deed, key=key, body={"run": run, "edition": edition})
    with app.database.reading() as work:
        return work.rosters.get(str(found["draft"]))


def allowed_now(scene: Scene, best: Roster) -> Roster:
    """What of a run's roster may go into the draft today.

    Frozen shifts keep their people of now and pins stay; an assignment that is no longer possible, or meets one that
    stays, falls out. So does one that a limit of somebody's own over several shifts has come to forbid, for it must
    read like unavailability here as everywhere.
    """
    problem = frozen_at(scene.problem, scene.now, scene.call_up_term)
    edge = problem.frozen_until
    frozen = {s.id for s in problem.shifts if edge is not None and s.span.start < edge}
    kept = {a for a in scene.roster.assignments if a.shift in frozen} | set(problem.pinned)
    index = Index(problem)
    possible = eligible(index, scene.rules)

    def may_be(wanted: Assignment) -> bool:
        if wanted.shift in frozen or wanted.shift not in problem.shift or wanted.expert not in problem.expert:
            return False
        return bool(possible[index.expert_at[wanted.expert], index.shift_at[wanted.shift]])

    found = Roster(frozenset(kept | {a for a in best.assignments if may_be(a) and not _meets(problem, a, kept)}))
    while away := _unavailable(scene, found) - kept:
        found = found.moved_to(found.assignments - away)
    return found


def _unavailable(scene: Scene, roster: Roster) -> set[Assignment]:
    """Who is on a shift for which others read that she is not available."""
    said = (v for v in scene.analysis(roster).hard if v.rule == Availability.name)
    return {Assignment(v.experts[0], v.shifts[0]) for v in said}


def _meets(problem: Problem, wanted: Assignment, kept: set[Assignment]) -> bool:
    span = problem.shift[wanted.shift].span
    return any(
        a.expert == wanted.expert and a.shift != wanted.shift and problem.shift[a.shift].span.meets(span) for a in kept
    )


def run_view(app: App, viewer: Viewer, run: str, *, beside: Beside | None = None) -> RunView:
    """One run, live or over, beside the draft or what people were told; planner only."""
    require_planner(viewer)
    with app.database.reading() as work:
        known = work.runs.get(run)
        scene = read_scene(app, work, known.window.first)
        queue = [r.id for r in work.runs.active()]
        account = work.accounts.find(known.requested_by)
    result = None
    if known.best is not None and known.state.is_over:
        result = allowed_now(scene, known.best)
    changed = bool(known.input_hash) and known.state.is_over and known.input_hash != input_hash(scene.problem)
    who = account.display_name if account else known.requested_by
    turn = queue.index(run) if run in queue else 0
    return story_of(scene, known, result, changed=changed, who=who, before=turn, beside=beside)


def runs_of(app: App, viewer: Viewer, window_first: date) -> list[RunLine]:
    """The runs of a window, newest first; planner only."""
    require_planner(viewer)
    with app.database.reading() as work:
        runs = work.runs.of_window(window_at(agency_of(work), window_first))
        queue = [run.id for run in work.runs.active()]
        names = {account.id: account.display_name for account in work.accounts.in_role(AccountRole.PLANNER)}
    now = app.clock()
    return [
        RunLine(
            id=run.id,
            requested_by=names.get(run.requested_by, run.requested_by),
            created_at=run.created_at,
            status=status_of(run, now, queue.index(run.id) if run.id in queue else 0),
            taken_over=run.result is not None,
            has_result=run.best is not None and run.state is RunState.FINISHED,
        )
        for run in runs
    ]
