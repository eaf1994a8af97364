"""Does a worker outlive a database that stays busy, without losing its run or the news about it?"""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.domain.errors import Busy
from scheduler.domain.runs import Run, RunSettings, RunState
from scheduler.domain.score import Score
from scheduler.optimiser.progress import Bound, Progress
from scheduler.services import optimise, worker
from scheduler.services.execute import Pulse, execute_next
from scheduler.store import open_database, sqlite
from tests.services.world import RunningClock, World

pytestmark = pytest.mark.slow

HELD_SECONDS = 1.5


@pytest.fixture
def hasty(quick_world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A world whose database does not wait for its turn."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0)
    monkeypatch.setattr("scheduler.store.database.RETRY_SECONDS", 0.01)
    database = open_database(quick_world.app.config.database_url)
    yield World(replace(quick_world.app, database=database, clock=RunningClock()), quick_world.clock)
    database.close()


@contextmanager
def held(world: World) -> Iterator[None]:
    """Somebody else writes, and takes long."""
    with world.database.writing() as work:
        work.settings.put("long", 1)
        yield


def claimed(world: World) -> Run:
    """A run that this worker is in charge of."""
    optimise.request_run(world.app, world.planner, world.window.first, RunSettings(seconds=1, workers=1))
    run = world.database.write(lambda work: work.runs.claim(world.app.clock(), world.app.config.lease_seconds))
    assert run is not None
    return run


def test_a_heartbeat_that_cannot_be_written_is_written_later_with_its_news(hasty: World, quick_world: World) -> None:
    run = claimed(hasty)
    assert run.lease_until is not None
    with Pulse(hasty.app, run) as pulse:
        with held(quick_world):
            time.sleep(HELD_SECONDS)
        assert any(thread.name == "pulse" for thread in threading.enumerate())
        assert not pulse.cancelled.is_set()
        time.sleep(HELD_SECONDS)
    with hasty.database.reading() as work:
        found = work.runs.get(run.id)
    assert found.lease_until is not None
    assert found.lease_until > run.lease_until
    assert (found.fence, found.state) == (1, RunState.RUNNING)


def test_news_that_could_not_be_written_is_kept_until_newer_comes(hasty: World) -> None:
    pulse = Pulse(hasty.app, claimed(hasty))
    old, new = (Progress(Score(0, 1, 1), Bound(), seconds, "search") for seconds in (1.0, 2.0))
    pulse._keep(old)
    assert pulse._newest() == old
    pulse.hear(new)
    pulse._keep(old)
    assert pulse._newest() == new


def test_a_run_whose_end_cannot_be_written_is_taken_up_again_and_not_failed(hasty: World, quick_world: World) -> None:
    run = optimise.request_run(hasty.app, hasty.planner, hasty.window.first, RunSettings(seconds=2, workers=1)).id
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(execute_next, hasty.app, "w1")
        while _now(hasty, run).state is RunState.QUEUED:
            time.sleep(0.01)
        with held(quick_world):
            assert working.result(60) is True
    assert _now(hasty, run).state is RunState.RUNNING
    hasty.database.write(lambda work: work.runs.recover(hasty.app.clock() + timedelta(hours=1)))
    assert execute_next(hasty.app, "w2") is True
    assert (_now(hasty, run).state, _now(hasty, run).fence) == (RunState.FINISHED, 2)


def _now(world: World, run: str) -> Run:
    with world.database.reading() as work:
        return work.runs.get(run)


def test_a_busy_step_of_the_worker_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    def step() -> bool:
        raise Busy("The database is busy. Nothing was changed; try again in a moment.")

    assert worker._done("mail", step) is False
    assert "mail waits" in caplog.text
