"""Is a run worked on by one worker at a time, taken over when that one goes silent, and never changed by a late one?"""

from datetime import timedelta
from typing import Any

import pytest

from scheduler.domain.errors import Refused, Stale, Unsafe
from scheduler.domain.roster import Roster
from scheduler.domain.runs import Order, Progress, Run, RunSettings, RunState
from scheduler.domain.score import Score
from scheduler.store import Database
from scheduler.store.runs import MOST_CLAIMS, MOST_PROGRESS
from tests.builders import JANUARY, roster
from tests.store.world import NOW

SECOND = timedelta(seconds=1)


def queued(id: str = "r1", minutes: int = 0) -> Run:
    asked = NOW + timedelta(minutes=minutes)
    return Run(id, JANUARY, RunSettings(10, 2, 7), RunState.QUEUED, "ada", asked, "d1")


def start(database: Database, *runs: Run) -> Run:
    with database.writing() as work:
        for run in runs or (queued(),):
            work.runs.add(run)
        claimed = work.runs.claim(NOW, 10)
    assert claimed is not None
    return claimed


def test_a_run_comes_back_as_it_went_in_and_the_oldest_goes_first(database: Database) -> None:
    first, second = queued("b", 0), queued("a", 1)
    claimed = start(database, second, first)
    with database.reading() as work:
        assert work.runs.get("a") == second
        assert work.runs.of_window(JANUARY) == [second, claimed]
        assert [r.id for r in work.runs.active()] == ["b", "a"]
    assert (claimed.id, claimed.state, claimed.fence) == ("b", RunState.RUNNING, 1)
    assert (claimed.started_at, claimed.lease_until) == (NOW, NOW + 10 * SECOND)


def test_one_run_is_worked_on_at_a_time_and_three_may_wait(database: Database) -> None:
    start(database)
    with database.writing() as work:
        assert work.runs.claim(NOW + SECOND, 10) is None
        for n in (2, 3, 4):
            work.runs.add(queued(f"r{n}", n))
    with pytest.raises(Refused, match="already 3 runs waiting"), database.writing() as work:
        work.runs.add(queued("r5", 5))


def test_a_finished_run_keeps_its_roster_and_lets_the_next_one_go(database: Database) -> None:
    start(database, queued(), queued("r2", 1))
    best = roster("noor: s1")
    with database.writing() as work:
        work.runs.note_input("r1", 1, "abc")
        work.runs.add_progress("r1", 1, [Progress(0.5, "greedy", Score(0, 30, 4), required=4, filled=1)])
        work.runs.finish("r1", 1, NOW + SECOND, "optimal", best)
        found = work.runs.get("r1")
        following = work.runs.claim(NOW + SECOND, 10)
    assert (found.state, found.status, found.best, found.input_hash) == (RunState.FINISHED, "optimal", best, "abc")
    assert found.progress == (Progress(0.5, "greedy", Score(0, 30, 4), required=4, filled=1),)
    assert following is not None
    assert following.id == "r2"


def test_a_silent_worker_is_replaced_and_its_late_result_refused(database: Database) -> None:
    start(database)
    with database.writing() as work:
        work.runs.checkpoint("r1", 1, roster("noor: s1"))
        assert work.runs.heartbeat("r1", 1, NOW + 5 * SECOND, 10) is Order.NONE
        assert work.runs.claim(NOW + 14 * SECOND, 10) is None
        again = work.runs.claim(NOW + 16 * SECOND, 10)
    assert again is not None
    assert (again.fence, again.best, again.started_at) == (2, roster("noor: s1"), NOW)
    late: list[Any] = [
        lambda runs: runs.heartbeat("r1", 1, NOW + 17 * SECOND, 10),
        lambda runs: runs.add_progress("r1", 1, []),
        lambda runs: runs.checkpoint("r1", 1, Roster()),
        lambda runs: runs.note_input("r1", 1, "x"),
        lambda runs: runs.finish("r1", 1, NOW, "optimal", Roster()),
        lambda runs: runs.fail("r1", 1, NOW, "x"),
        lambda runs: runs.cancel("r1", 1, NOW),
    ]
    for deed in late:
        with pytest.raises(Stale), database.writing() as work:
            deed(work.runs)
    with database.reading() as work:
        assert work.runs.get("r1") == again


def test_a_worker_has_no_say_after_its_run_was_queued_again_or_ended(database: Database) -> None:
    start(database)
    with database.writing() as work:
        work.runs.recover(NOW + 11 * SECOND)
    with pytest.raises(Stale), database.writing() as work:
        work.runs.heartbeat("r1", 1, NOW + 12 * SECOND, 10)
    with database.writing() as work:
        work.runs.claim(NOW + 12 * SECOND, 10)
        work.runs.finish("r1", 2, NOW + 13 * SECOND, "optimal", roster("noor: s1"))
    with pytest.raises(Stale), database.writing() as work:
        work.runs.finish("r1", 2, NOW + 14 * SECOND, "optimal", Roster())


def test_a_worker_hears_the_planners_order(database: Database) -> None:
    start(database, queued(), queued("r2", 1))
    with database.writing() as work:
        assert work.runs.set_order("r1", Order.STOP_AND_KEEP, NOW).state is RunState.RUNNING
        assert work.runs.heartbeat("r1", 1, NOW, 10) is Order.STOP_AND_KEEP
        assert work.runs.set_order("r2", Order.CANCEL, NOW).state is RunState.CANCELLED
        work.runs.cancel("r1", 1, NOW)
    with pytest.raises(Refused, match="already over"), database.writing() as work:
        work.runs.set_order("r1", Order.CANCEL, NOW)


@pytest.mark.parametrize(
    ("order", "best", "state"),
    [
        (Order.NONE, None, RunState.QUEUED),
        (Order.CANCEL, roster("noor: s1"), RunState.CANCELLED),
        (Order.STOP_AND_KEEP, roster("noor: s1"), RunState.FINISHED),
        (Order.STOP_AND_KEEP, None, RunState.QUEUED),
    ],
)
def test_a_run_whose_worker_is_gone_ends_as_the_planner_wished(
    database: Database, order: Order, best: Roster | None, state: RunState
) -> None:
    start(database)
    with database.writing() as work:
        if best:
            work.runs.checkpoint("r1", 1, best)
        work.runs.set_order("r1", order, NOW)
        [found] = work.runs.recover(NOW + 11 * SECOND)
        assert work.runs.recover(NOW + 11 * SECOND) == []
    assert (found.state, found.best) == (state, best)


def test_a_run_that_kills_every_worker_is_given_up(database: Database) -> None:
    start(database)
    with database.writing() as work:
        claims = [work.runs.claim(NOW + 100 * n * SECOND, 10) for n in range(1, MOST_CLAIMS + 1)]
        assert [run.fence for run in claims if run] == list(range(2, MOST_CLAIMS + 1))
        assert work.runs.get("r1").state is RunState.FAILED


def test_progress_is_kept_bounded_with_its_first_step(database: Database) -> None:
    start(database)
    with database.writing() as work:
        for n in range(MOST_PROGRESS + 20):
            work.runs.add_progress("r1", 1, [Progress(float(n), "search", Score())])
        kept = [step.seconds for step in work.runs.get("r1").progress]
    assert len(kept) == MOST_PROGRESS
    assert (kept[0], kept[-1]) == (0.0, MOST_PROGRESS + 19.0)


def test_a_result_is_taken_over_once(database: Database) -> None:
    start(database)
    with database.writing() as work:
        work.runs.finish("r1", 1, NOW, "feasible", roster("noor: s1"))
        work.runs.take_over("r1", "d1")
    with pytest.raises(Refused, match="already taken over"), database.writing() as work:
        work.runs.take_over("r1", "d1")


def test_a_run_of_an_older_schema_goes_on_after_the_upgrade(database: Database) -> None:
    start(database)
    database.downgrade("0001")
    with pytest.raises(Unsafe, match="schema 0001"):
        database.check()
    database.upgrade()
    assert database.drift() == []
    with database.writing() as work:
        again = work.runs.claim(NOW + 60 * SECOND, 10)
    assert again is not None
    assert (again.id, again.fence) == ("r1", 2)
