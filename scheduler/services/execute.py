"""How does a worker carry out one run: claim it, solve with a heartbeat beside it, and hand the result in once?"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import Busy, SchedulerError, Stale
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.runs import Order, Progress, Run, RunState
from scheduler.optimiser import limits as optimiser_limits
from scheduler.optimiser import progress as optimiser_progress
from scheduler.optimiser.result import Outcome, Status
from scheduler.optimiser.solve import solve
from scheduler.rules import declare
from scheduler.rules.analysis import analyse, coverage_of
from scheduler.rules.fixed import given, settled
from scheduler.rules.frozen_zone import frozen_at
from scheduler.rules.index import chosen_of, roster_of
from scheduler.rules.rule import Rule
from scheduler.services.context import App
from scheduler.services.optimise import input_hash
from scheduler.services.plannable import nothing_to_plan
from scheduler.services.run_story import NOTHING
from scheduler.store import Work, load_problem
from scheduler.terms.fingerprint import fingerprint
from scheduler.terms.pairs import Model

TICK_SECONDS: Final = 0.3
BEAT_SECONDS: Final = 1.0
NO_MEMORY_LIMIT_MB: Final = 8000


class WrongScore(SchedulerError):
    """The optimiser and the judge disagree about a roster; a fault in this program, so nothing is handed in."""


def execute_next(app: App, worker: str) -> bool:
    """Claim and execute one run; False when there is none.

    A worker that loses its claim (it slept longer than its lease) ends without a trace: the run is another's. So does
    one whose database stays busy: the claim lapses and the run goes on from its checkpoint.
    """
    if not _may_claim(app):
        return False
    run = app.database.write(lambda work: work.runs.claim(app.clock(), app.config.lease_seconds))
    if run is None:
        return False
    pulse = Pulse(app, run)
    try:
        with pulse:
            best, status = _solved(app, run, pulse)
        _hand_in(app, run, worker, best, status, cancelled=pulse.cancelled.is_set())
    except (Stale, Busy):
        return True
    except SchedulerError as error:
        words = str(error)
        app.database.write(lambda work: work.runs.fail(run.id, run.fence, app.clock(), words))
    return True


def _may_claim(app: App) -> bool:
    """Whether a run waits or a worker went silent; a look that locks nobody out."""
    now = app.clock()
    with app.database.reading() as work:
        active = work.runs.active()
    held = any(run.state is RunState.RUNNING and run.lease_until and run.lease_until >= now for run in active)
    return bool(active) and not held


def _solved(app: App, run: Run, pulse: "Pulse") -> tuple[Roster | None, str]:
    """The best roster, judged, and how the solve ended; no transaction is open meanwhile."""
    problem, start = app.database.write(lambda work: _read(app, run, work))
    if nothing_to_plan(problem, app.clock()):
        return None, NOTHING
    rules = app.rules(run.window.first)
    model = declare(problem, rules)
    pinned, told = (chosen_of(problem, model.pairs, part) for part in (settled(problem), given(problem)))
    question = fingerprint(model, pinned, told)
    pulse.watch(problem, model, question)
    outcome = solve(
        model,
        start=chosen_of(problem, model.pairs, start),
        pinned=pinned,
        given=told,
        bound=_proven_before(run, question),
        limits=optimiser_limits.Limits(
            seconds=max(0.5, run.settings.seconds - pulse.used_seconds),
            workers=run.settings.workers,
            seed=run.settings.seed,
            memory_mb=app.config.solve_memory_mb or NO_MEMORY_LIMIT_MB,
        ),
        progress=pulse.hear,
        stop=pulse.stopped,
        cancel=pulse.cancelled,
    )
    if outcome.status in {Status.IMPOSSIBLE, Status.UNKNOWN}:
        return None, outcome.status.value
    best = roster_of(problem, model.pairs, outcome.roster)
    _require_same_score(problem, best, rules, outcome)
    return best, outcome.status.value


def _read(app: App, run: Run, work: Work) -> tuple[Problem, Roster]:
    """The question and where to start from: the checkpoint of a broken-off run, or the draft."""
    problem = frozen_at(load_problem(work, run.window), app.clock(), app.call_up_term(run.window))
    work.runs.note_input(run.id, run.fence, input_hash(problem))
    draft = work.rosters.find(run.draft)
    return problem, run.best or (draft.roster if draft else Roster())


def _proven_before(run: Run, question: str) -> optimiser_progress.Bound | None:
    """What an earlier try proved beside the checkpoint, if it was asked the very same."""
    if run.best is None or run.question != question or not run.progress:
        return None
    coverage, preference = run.progress[-1].bound_coverage, run.progress[-1].bound_preference
    return optimiser_progress.Bound(
        None if coverage is None else round(coverage), None if preference is None else round(preference)
    )


def _require_same_score(problem: Problem, best: Roster, rules: Sequence[Rule], outcome: Outcome) -> None:
    judged = analyse(problem, best, rules).score
    if judged != outcome.score:
        raise WrongScore(
            "The optimiser counts %(claimed)s, the judge counts %(judged)s.",
            claimed=str(outcome.score),
            judged=str(judged),
        )


def _hand_in(app: App, run: Run, worker: str, best: Roster | None, status: str, *, cancelled: bool) -> None:
    """The end of the run, in one transaction that only the newest fence may write."""

    def deed(work: Work) -> None:
        now = app.clock()
        if cancelled:
            work.runs.cancel(run.id, run.fence, now)
        else:
            work.runs.finish(run.id, run.fence, now, status, best)
        result = "cancelled" if cancelled else status
        work.audit.add(AuditEntry(now, worker, "system", "execute_run", run.id, origin="worker", result=result))

    app.database.write(deed)


@dataclass
class Pulse:
    """A thread beside the solve: keeps the lease, hears orders, and writes progress and the best roster so far."""

    app: App
    run: Run
    stopped: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)
    _ended: threading.Event = field(default_factory=threading.Event)
    _lost: threading.Event = field(default_factory=threading.Event)
    _news: list[optimiser_progress.Progress] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _question: tuple[Problem, Model, str] | None = None
    _thread: threading.Thread | None = None
    _began: float = field(default_factory=time.monotonic)

    @property
    def used_seconds(self) -> float:
        """How long this try and those before it have been at work."""
        return self.run.used_seconds + time.monotonic() - self._began

    def __enter__(self) -> "Pulse":
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End the thread; Stale when the claim was lost meanwhile."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        if self._lost.is_set():
            raise Stale("Run %(id)s is no longer this worker's.", id=self.run.id)

    def watch(self, problem: Problem, model: Model, question: str) -> None:
        """From now on rosters can be read; `question` is the fingerprint of the model."""
        self._question = (problem, model, question)

    def hear(self, step: optimiser_progress.Progress) -> None:
        """News of the solve, from any of its threads; only the newest is kept until the next tick."""
        with self._lock:
            self._news = [step]

    def _beat(self) -> None:
        last_beat = 0.0
        while not self._lost.is_set():
            ended = self._ended.wait(TICK_SECONDS)
            step = self._newest()
            due = time.monotonic() - last_beat >= BEAT_SECONDS
            if step is not None or due:
                try:
                    order = self.app.database.write(partial(self._write, step))
                except Stale:
                    self._lose()
                    return
                except Busy:
                    self._keep(step)
                else:
                    last_beat = time.monotonic()
                    self._obey(order)
            if ended:
                return

    def _newest(self) -> optimiser_progress.Progress | None:
        with self._lock:
            found, self._news = self._news, []
        return found[0] if found else None

    def _keep(self, step: optimiser_progress.Progress | None) -> None:
        """Put news back that could not be written, unless there is newer."""
        with self._lock:
            if step is not None and not self._news:
                self._news = [step]

    def _write(self, step: optimiser_progress.Progress | None, work: Work) -> Order:
        run, now = self.run, self.app.clock()
        order = work.runs.heartbeat(run.id, run.fence, now, self.app.config.lease_seconds, self.used_seconds)
        if step is not None and step.roster is not None and self._question is not None:
            problem, model, question = self._question
            best = roster_of(problem, model.pairs, step.roster)
            work.runs.add_progress(run.id, run.fence, [_told(step, problem, best, run.used_seconds)])
            work.runs.checkpoint(run.id, run.fence, best, question)
        return order

    def _obey(self, order: Order) -> None:
        if order is Order.CANCEL:
            self.cancelled.set()
        elif order is Order.STOP_AND_KEEP:
            self.stopped.set()

    def _lose(self) -> None:
        self._lost.set()
        self.cancelled.set()


def _told(step: optimiser_progress.Progress, problem: Problem, best: Roster, before: float) -> Progress:
    coverage = coverage_of(problem, best)
    return Progress(
        seconds=round(before + step.seconds, 2),
        phase=step.phase,
        score=step.score,
        bound_coverage=step.bound.coverage,
        bound_preference=step.bound.preference,
        required=coverage.required,
        filled=coverage.filled,
    )
