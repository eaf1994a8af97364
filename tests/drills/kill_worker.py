"""Does a run finish, once and rightly, when its worker is killed or frozen anywhere in it? (P07)"""

import random
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from scheduler.domain.errors import Stale
from scheduler.domain.roster import Roster
from scheduler.domain.runs import Run, RunSettings, RunState
from scheduler.rules.analysis import analyse
from scheduler.services.context import App, Viewer
from scheduler.services.optimise import request_run
from scheduler.store import engines, load_problem, sqlite
from tests.drills.report import Count
from tests.drills.seeded import DEATHS
from tests.drills.town import LEASE_SECONDS, Town, Yard, kill

RUN_SECONDS = 3.0
STUCK_SECONDS = 120.0
"""Twice what is promised, for a busy machine starves workers; the figures tell the true times."""
PLANTED_STUCK_SECONDS = LEASE_SECONDS + 6
SWIFT_SECONDS = LEASE_SECONDS + 7
LATE_SECONDS = 4.0


def run_kills(yard: Yard, rounds: int, rng: random.Random, fault: str = "") -> Count:
    """Kill the worker at each named point in turn and at random moments in between; another one takes over."""
    found = Count()
    points = [point for name in DEATHS for point in (name, "")]
    with yard.town() as town:
        for number in range(rounds):
            _kill_once(town, points[number % len(points)], rng, found, fault)
            if fault and found.lost:
                break
    return found


def _kill_once(town: Town, point: str, rng: random.Random, found: Count, fault: str) -> None:
    run = _ask(town.app)
    before = _untouched(town.app)
    victim = town.start("scheduler", "work", fault=f"die={point}" if point else "")
    heir, gate = _waiting_worker(town, fault)
    _until(town.app, run, lambda r: r.state is not RunState.QUEUED)
    if point:
        victim.wait(STUCK_SECONDS)
    else:
        time.sleep(rng.uniform(0, RUN_SECONDS + 1))
        kill(victim)
    died = time.monotonic()
    gate.touch()
    found.attempts += 1
    where = point or "a random moment"
    left = _now(town.app, run)
    try:
        if not left.state.is_over:
            _until(town.app, run, lambda r: r.fence > left.fence or r.state.is_over, _patience(fault))
            found.worst("worst take-over s", time.monotonic() - died)
        _until(town.app, run, lambda r: r.state.is_over, _patience(fault))
    except TimeoutError as stuck:
        found.faults.append(f"killed at {where}: {stuck}")
    else:
        _judge(town.app, run, where, found)
        _try_old_fence(town.app, left, where, found)
    if found.figures.get("worst take-over s", 0) > SWIFT_SECONDS:
        found.note("a take-over took longer than the lease and a few seconds; was the machine busy?")
    if _untouched(town.app) != before:
        found.faults.append(f"killed at {where}: bookings or draft changed")
    kill(heir)


def run_freezes(yard: Yard, rounds: int, rng: random.Random, fault: str = "") -> Count:
    """Freeze the worker for longer than its lease; what it does when it wakes up must not count."""
    found = Count()
    with yard.town() as town:
        for _ in range(rounds):
            _freeze_once(town, rng, found, fault)
            if fault and found.lost:
                break
    return found


def _freeze_once(town: Town, rng: random.Random, found: Count, fault: str) -> None:
    run = _ask(town.app)
    sleeper = town.start("scheduler", "work", fault=fault)
    heir, gate = _waiting_worker(town, fault)
    _until(town.app, run, lambda r: r.best is not None)
    time.sleep(rng.uniform(0, 0.5))
    _freeze(town, sleeper)
    gate.touch()
    found.attempts += 1
    try:
        _until(town.app, run, lambda r: r.state.is_over, STUCK_SECONDS)
    except TimeoutError as stuck:
        found.faults.append(f"frozen: {stuck}")
    over = _now(town.app, run)
    sleeper.send_signal(signal.SIGCONT)
    time.sleep(LATE_SECONDS)
    if _now(town.app, run) != over:
        found.faults.append("frozen: the late worker changed a run that was over")
    if sleeper.poll() is not None:
        found.faults.append("frozen: the late worker broke when it was refused")
    _judge(town.app, run, "frozen", found)
    _try_old_fence(town.app, replace(over, fence=over.fence - 1), "frozen", found)
    kill(sleeper)
    kill(heir)


def _freeze(town: Town, process: subprocess.Popen[bytes]) -> None:
    """Stop a process in its tracks, but not while it has the writer's turn: that would stop everybody."""
    while True:
        process.send_signal(signal.SIGSTOP)
        time.sleep(0.1)
        if _can_write(town):
            return
        process.send_signal(signal.SIGCONT)
        time.sleep(0.05)


def _can_write(town: Town) -> bool:
    """Whether nobody has the writer's turn right now; does not wait for it."""
    if town.app.database.engine_name == "postgresql":
        with town.app.database.reading() as work:
            taken = text("SELECT pg_try_advisory_xact_lock(:lock)")
            return bool(work.settings._session.scalar(taken, {"lock": engines.WRITER_LOCK}))
    driver = sqlite.choose_driver()
    line = driver.connect(town.url.removeprefix("sqlite:///"), timeout=0.3, isolation_level=None)
    try:
        line.execute("BEGIN IMMEDIATE")
        return True
    except driver.OperationalError:
        return False
    finally:
        line.close()


def _ask(app: App) -> str:
    return request_run(app, Viewer.system(), app.window().first, RunSettings(RUN_SECONDS, 1, 1)).id


def _waiting_worker(town: Town, fault: str) -> tuple[subprocess.Popen[bytes], Path]:
    """A second worker that has everything in memory already and starts to work when the file is there."""
    gate = town.folder / f"gate{time.monotonic_ns()}"
    heir = town.start("scheduler", "work", fault=f"wait={gate}" + (f",{fault}" if fault else ""))
    return heir, gate


def _now(app: App, run: str) -> Run:
    with app.database.reading() as work:
        return work.runs.get(run)


def _until(app: App, run: str, condition: Callable[[Run], bool], seconds: float = STUCK_SECONDS) -> None:
    end = time.monotonic() + seconds
    while not condition(found := _now(app, run)):
        if time.monotonic() > end:
            raise TimeoutError(f"after {seconds:g} s the run is {found.state} under fence {found.fence}")
        time.sleep(0.05)


def _patience(fault: str) -> float:
    return PLANTED_STUCK_SECONDS if fault else STUCK_SECONDS


def _judge(app: App, run: str, where: str, found: Count) -> None:
    """A run that is over has a legal roster of the score that it names, and one line in the book of deeds."""
    with app.database.reading() as work:
        known = work.runs.get(run)
        lines = [entry for entry in work.audit.about(run) if entry.action == "execute_run"]
        problem = load_problem(work, known.window)
    if known.state is not RunState.FINISHED or known.best is None:
        found.faults.append(f"killed at {where}: the run is {known.state} {known.error}")
    elif broken := analyse(problem, known.best, app.rules(known.window.first)).hard:
        found.faults.append(f"killed at {where}: the roster breaks {broken[0].rule}")
    if len(lines) != 1:
        found.faults.append(f"killed at {where}: the end of the run is told {len(lines)} times")
    found.worst("most claims", known.fence)


def _try_old_fence(app: App, left: Run, where: str, found: Count) -> None:
    """What the dead worker would still have written is refused."""
    try:
        with app.database.writing() as work:
            work.runs.finish(left.id, left.fence, app.clock(), "late", Roster())
    except Stale:
        found.add("old fences refused")
    else:
        found.faults.append(f"killed at {where}: an old fence was let in")


def _untouched(app: App) -> object:
    """What no run may change by itself: who comes, and the draft."""
    with app.database.reading() as work:
        draft = work.rosters.draft_of(app.window())
        return work.bookings.in_window(app.window()), draft and (draft.roster, draft.edition)
