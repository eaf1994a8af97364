"""Optimiser runs and their queue: who may work on which, until when, and with which fence."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from scheduler.domain.errors import Refused, Stale
from scheduler.domain.roster import Roster
from scheduler.domain.runs import Order, Progress, Run, RunSettings, RunState
from scheduler.domain.time import PlanningWindow
from scheduler.store.collection import Collection, Columns
from scheduler.store.shapes import pairs_to_json, progress_from_json, progress_to_json, roster_from_json
from scheduler.store.tables import RunRow

MOST_QUEUED = 3
MOST_CLAIMS = 5
MOST_PROGRESS = 200


class Runs(Collection[RunRow, Run]):
    """All runs. Whatever a worker writes names its fence; after a later claim it is refused as Stale."""

    row = RunRow
    noun = "run"

    def add(self, value: Run) -> None:
        """Put a run in the queue; Refused when three are waiting already."""
        waiting = self._session.scalar(
            select(func.count()).select_from(RunRow).where(RunRow.state == RunState.QUEUED.value)
        )
        if (waiting or 0) >= MOST_QUEUED:
            raise Refused("There are already %(count)s runs waiting. Wait until one has finished.", count=waiting)
        self.add_all([value])

    def of_window(self, window: PlanningWindow) -> list[Run]:
        """The runs of a window, newest first."""
        newest = RunRow.created_at.desc(), RunRow.id
        return [self._value(r) for r in self._rows(self._select(RunRow.window_first == window.first).order_by(*newest))]

    def active(self) -> list[Run]:
        """Runs that are queued or running, oldest first."""
        alive = self._select(RunRow.state.in_([RunState.QUEUED.value, RunState.RUNNING.value]))
        return [self._value(row) for row in self._rows(alive.order_by(RunRow.created_at, RunRow.id))]

    def claim(self, now: datetime, lease_seconds: float) -> Run | None:
        """Take the run that is next, with a new fence; None when nothing waits or one is being worked on.

        A run whose worker went silent goes first, with the best roster it had as its start.
        """
        self.recover(now)
        alive = self.active()
        if not alive or any(run.state is RunState.RUNNING for run in alive):
            return None
        chosen = alive[0]
        self._change(
            chosen.id,
            state=RunState.RUNNING.value,
            fence=chosen.fence + 1,
            lease_until=now + timedelta(seconds=lease_seconds),
            started_at=chosen.started_at or now,
        )
        return self.get(chosen.id)

    def recover(self, now: datetime) -> list[Run]:
        """End or queue again every run whose worker went silent, and say which."""
        silent = self._select(RunRow.state == RunState.RUNNING.value, RunRow.lease_until < now)
        found = [self._value(row) for row in self._rows(silent)]
        for run in found:
            self._change(run.id, lease_until=None, **_after_silence(run, now))
        return [self.get(run.id) for run in found]

    def heartbeat(self, id: str, fence: int, now: datetime, lease_seconds: float, used_seconds: float = 0.0) -> Order:
        """Stay in charge for another lease, note how long the run was worked on in all, and hear the planner's wish."""
        self._as_worker(id, fence, lease_until=now + timedelta(seconds=lease_seconds), used_seconds=used_seconds)
        return Order(self._session.scalars(select(RunRow.orders).where(RunRow.id == id)).one())

    def set_order(self, id: str, order: Order, now: datetime) -> Run:
        """Tell a running run to stop or cancel; one that still waits is cancelled at once. Refused when it is over."""
        run = self.get(id)
        if run.state.is_over:
            raise Refused("This run is already over.")
        if run.state is RunState.QUEUED:
            self._change(id, state=RunState.CANCELLED.value, orders=order.value, finished_at=now)
        else:
            self._change(id, orders=order.value)
        return self.get(id)

    def add_progress(self, id: str, fence: int, steps: Sequence[Progress]) -> None:
        """Add steps; of more than 200 the first and the newest are kept."""
        kept = list(self._session.scalars(select(RunRow.progress).where(RunRow.id == id)).one_or_none() or [])
        kept += [progress_to_json(step) for step in steps]
        if len(kept) > MOST_PROGRESS:
            kept = kept[:1] + kept[1 - MOST_PROGRESS :]
        self._as_worker(id, fence, progress=kept)

    def checkpoint(self, id: str, fence: int, best: Roster, question: str = "") -> None:
        """Keep the best roster so far, and to which model it and the newest progress belong."""
        self._as_worker(id, fence, best=pairs_to_json(best.assignments), question=question)

    def note_input(self, id: str, fence: int, input_hash: str) -> None:
        """Note what the run was computed from."""
        self._as_worker(id, fence, input_hash=input_hash)

    def finish(self, id: str, fence: int, at: datetime, status: str, best: Roster | None) -> None:
        """The run has ended with a roster, or with none at all."""
        pairs = None if best is None else pairs_to_json(best.assignments)
        self._end(id, fence, at, RunState.FINISHED, status=status, best=pairs)

    def fail(self, id: str, fence: int, at: datetime, error: str) -> None:
        """The run could not be done."""
        self._end(id, fence, at, RunState.FAILED, error=error)

    def cancel(self, id: str, fence: int, at: datetime) -> None:
        """The worker obeyed the order to cancel."""
        self._end(id, fence, at, RunState.CANCELLED)

    def take_over(self, id: str, version: str) -> None:
        """Note into which draft the result went; Refused when it was taken over already or there is none."""
        run = self.get(id)
        if run.best is None or not run.state.is_over:
            raise Refused("This run has no result to take over.")
        if run.result is not None:
            raise Refused("The result of this run was already taken over.")
        self._change(id, result=version)

    def _end(self, id: str, fence: int, at: datetime, state: RunState, **columns: Any) -> None:
        self._as_worker(id, fence, state=state.value, finished_at=at, lease_until=None, **columns)

    def _as_worker(self, id: str, fence: int, **columns: Any) -> None:
        """Change a run only while this fence is the one in charge; the condition is part of the statement."""
        mine = RunRow.id == id, RunRow.fence == fence, RunRow.state == RunState.RUNNING.value
        if not self._run(update(RunRow).where(*mine).values(columns)):
            raise Stale("Run %(id)s is no longer this worker's.", id=id)

    def _change(self, id: str, **columns: Any) -> None:
        self._run(update(RunRow).where(RunRow.id == id).values(columns))

    def _columns(self, value: Run) -> Columns:
        return {
            "id": value.id,
            "window_first": value.window.first,
            "window_days": value.window.days,
            "zone_name": value.window.zone_name,
            "seconds": value.settings.seconds,
            "workers": value.settings.workers,
            "seed": value.settings.seed,
            "state": value.state.value,
            "requested_by": value.requested_by,
            "created_at": value.created_at,
            "draft": value.draft,
            "input_hash": value.input_hash,
            "question": value.question,
            "used_seconds": value.used_seconds,
            "fence": value.fence,
            "orders": value.order.value,
            "lease_until": value.lease_until,
            "started_at": value.started_at,
            "finished_at": value.finished_at,
            "progress": [progress_to_json(step) for step in value.progress],
            "best": None if value.best is None else pairs_to_json(value.best.assignments),
            "status": value.status,
            "error": value.error,
            "result": value.result,
        }

    def _value(self, row: RunRow) -> Run:
        return Run(
            id=row.id,
            window=PlanningWindow(row.window_first, row.window_days, row.zone_name),
            settings=RunSettings(row.seconds, row.workers, row.seed),
            state=RunState(row.state),
            requested_by=row.requested_by,
            created_at=row.created_at,
            draft=row.draft,
            input_hash=row.input_hash,
            question=row.question,
            used_seconds=row.used_seconds,
            fence=row.fence,
            order=Order(row.orders),
            lease_until=row.lease_until,
            started_at=row.started_at,
            finished_at=row.finished_at,
            progress=tuple(progress_from_json(step) for step in row.progress),
            best=roster_from_json(row.best),
            status=row.status,
            error=row.error,
            result=row.result,
        )


def _after_silence(run: Run, now: datetime) -> dict[str, Any]:
    """What becomes of a run whose worker is gone: what the planner ordered, or another try, but not for ever."""
    if run.order is Order.CANCEL:
        return {"state": RunState.CANCELLED.value, "finished_at": now}
    if run.order is Order.STOP_AND_KEEP and run.best is not None:
        return {"state": RunState.FINISHED.value, "finished_at": now, "status": "stopped"}
    if run.fence >= MOST_CLAIMS:
        return {"state": RunState.FAILED.value, "finished_at": now, "error": "The run broke off too often."}
    return {"state": RunState.QUEUED.value}
