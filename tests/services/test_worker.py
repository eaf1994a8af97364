"""Tests of the worker as a real process: niced, killed in mid-run, taken over, and ended when asked."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.domain.runs import RunSettings, RunState
from scheduler.services import optimise
from scheduler.services.context import App
from tests.builders import expert, shift
from tests.services.world import RunningClock, World, build_world

PROGRAM = """
import sys
from pathlib import Path
from scheduler.config import Config
from scheduler.services.context import create_app_context
from scheduler.services.worker import work
from tests.services.world import RunningClock
config = Config(database_url=sys.argv[1], secret="s" * 40, instance=Path("."), lease_seconds=4)
app = create_app_context(config, RunningClock(began=float(sys.argv[2])))
print("ready", flush=True)
work(app)
"""
ROOT = Path(__file__).parents[2]
DAYS = ("mon", "tue", "wed", "thu", "fri")


@pytest.fixture
def crowd(database_url: str, tmp_path: Path) -> Iterator[World]:
    """A window with enough to do for a run of a minute, with a clock that runs."""
    world = build_world(
        database_url,
        tmp_path,
        experts=[expert(f"e{n}", wished_minutes_a_week=600 + 30 * n) for n in range(14)],
        shifts=[
            shift(f"w{week} {day} {clock}", venue=venue, required=2)
            for week in (1, 2, 3, 4)
            for day in DAYS
            for clock in ("09:30-12:30", "13:30-16:30")
            for venue in ("lydia", "pinto")
        ],
    )
    yield World(App(world.app.config, world.app.database, RunningClock()), world.clock)
    world.database.close()


@pytest.fixture
def workers() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Workers that a test starts with `start`; whatever still lives at its end is killed."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in started:
        process.kill()
        process.communicate()


def start(workers: list[subprocess.Popen[bytes]], world: World) -> subprocess.Popen[bytes]:
    """One more worker with the clock of the world, once it is ready to claim."""
    clock = world.app.clock
    assert isinstance(clock, RunningClock)
    given = [world.app.config.database_url, str(clock.began)]
    workers.append(subprocess.Popen([sys.executable, "-c", PROGRAM, *given], cwd=ROOT, stdout=subprocess.PIPE))
    pipe = workers[-1].stdout
    assert pipe is not None
    assert pipe.readline() == b"ready\n"
    return workers[-1]


def wait_until_claimed(world: World, run: str) -> None:
    """Until somebody works on the run."""
    for _ in range(600):
        with world.database.reading() as work:
            if work.runs.get(run).state is RunState.RUNNING:
                return
        time.sleep(0.1)
    raise AssertionError("nobody claimed the run")


def wait_until(world: World, run: str, wanted: RunState, fence: int, seconds: float = 60) -> float:
    """Seconds until the run is in this state under this fence with progress on record."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        with world.database.reading() as work:
            found = work.runs.get(run)
        if found.state is wanted and found.fence >= fence and (found.best is not None or wanted is RunState.QUEUED):
            return time.monotonic() - began
        time.sleep(0.1)
    raise AssertionError(f"after {seconds} s the run is {found.state} under fence {found.fence}")


@pytest.mark.slow
def test_a_run_whose_worker_is_killed_is_taken_over_and_finished(
    crowd: World, workers: list[subprocess.Popen[bytes]]
) -> None:
    run = optimise.request_run(crowd.app, crowd.planner, crowd.window.first, RunSettings(seconds=40, workers=1)).id
    first = start(workers, crowd)
    wait_until_claimed(crowd, run)
    second = start(workers, crowd)
    second.send_signal(signal.SIGSTOP)  # on a busy machine a living but starved first may lose its run
    wait_until(crowd, run, RunState.RUNNING, fence=1)
    assert os.getpriority(os.PRIO_PROCESS, first.pid) == 19
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    with crowd.database.reading() as work:
        checkpoint = work.runs.get(run)
    assert checkpoint.fence == 1
    assert checkpoint.best is not None
    assert checkpoint.question
    time.sleep(2)
    second.send_signal(signal.SIGCONT)
    assert wait_until(crowd, run, RunState.RUNNING, fence=2, seconds=15) < 10
    wait_until(crowd, run, RunState.FINISHED, fence=2)
    with crowd.database.reading() as work:
        finished = work.runs.get(run)
    assert finished.progress[-1].score <= checkpoint.progress[-1].score
    assert finished.question == checkpoint.question
    known = len(checkpoint.progress)
    for step in finished.progress[known:]:
        assert step.score <= checkpoint.progress[-1].score
        assert (step.bound_coverage or 0) >= (checkpoint.progress[-1].bound_coverage or 0)
        assert step.seconds >= checkpoint.used_seconds
    assert checkpoint.used_seconds <= finished.used_seconds < 40 + 10
    second.send_signal(signal.SIGTERM)
    assert second.wait(10) == 0


@pytest.mark.slow
def test_a_worker_ends_at_once_when_asked_even_in_mid_run(crowd: World, workers: list[subprocess.Popen[bytes]]) -> None:
    run = optimise.request_run(crowd.app, crowd.planner, crowd.window.first, RunSettings(seconds=60, workers=1)).id
    worker = start(workers, crowd)
    wait_until(crowd, run, RunState.RUNNING, fence=1)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(5) == 0
