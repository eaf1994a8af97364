"""Two results of one period side by side: the numbers of each, and what the second changes beside the first."""

import pytest

from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.runs import RunSettings
from scheduler.services import optimise
from scheduler.services.run_pair import run_pair
from scheduler.store import Work
from tests.builders import JANUARY, roster
from tests.services.test_compared import BETTER, finished
from tests.services.world import World

OTHER = roster("noor: s1 s4", "sam: s2 s3 s5", "kadir: s3 s6")


def test_two_results_stand_beside_what_people_know_and_each_other(quick_world: World) -> None:
    world = quick_world
    one, other = finished(world, BETTER), finished(world, OTHER)
    pair = run_pair(world.app, world.planner, one, other)
    assert (pair.told.gaps, [m.gaps for m in pair.measures]) == (1, [0, 0])
    assert [m.changed for m in pair.measures] == [3, 1]
    assert [run.id for run in pair.runs] == [one, other]
    assert {p.person.name: (p.gains, p.loses) for p in pair.changes.people} == {"Noor": (1, 1), "Sam": (1, 1)}
    assert [s.shift.id for s in pair.changes.shifts] == ["s3", "s4"]
    turned = run_pair(world.app, world.planner, other, one)
    assert turned.measures == (pair.measures[1], pair.measures[0])


def test_a_run_without_a_result_or_of_another_period_cannot_stand_beside_one(quick_world: World) -> None:
    world = quick_world
    run, later = finished(world, BETTER), world.app.windows()[-1].first
    world.add_shift_in(later)
    assert later != JANUARY.first
    settings = RunSettings(seconds=5, workers=1)
    for first in (JANUARY.first, later):
        waiting = optimise.request_run(world.app, world.planner, first, settings).id
        for pair in ((run, waiting), (waiting, run)):
            with pytest.raises(NotFound):
                run_pair(world.app, world.planner, *pair)
    with pytest.raises(NotAllowed):
        run_pair(world.app, world.coordinator, run, run)


def test_what_was_cancelled_can_be_taken_over_no_more_and_stands_beside_nothing(quick_world: World) -> None:
    world = quick_world
    run = finished(world, BETTER)
    cancelled = optimise.request_run(world.app, world.planner, JANUARY.first, RunSettings(seconds=5, workers=1)).id

    def cancel(work: Work) -> None:
        claimed = work.runs.claim(world.clock(), 60)
        assert claimed is not None
        work.runs.checkpoint(cancelled, claimed.fence, OTHER)
        work.runs.cancel(cancelled, claimed.fence, world.clock())

    world.app.database.write(cancel)
    lines = optimise.runs_of(world.app, world.planner, JANUARY.first)
    assert {line.id: line.has_result for line in lines} == {run: True, cancelled: False}
    with pytest.raises(NotFound):
        run_pair(world.app, world.planner, run, cancelled)
