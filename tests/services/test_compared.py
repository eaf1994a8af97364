"""What a roster changes beside another: rules in words, people and houses in numbers, nothing that is private."""

from collections.abc import Sequence

import pytest

from scheduler.domain.limits import GradedLimit, Period
from scheduler.domain.people import PersonalLimits
from scheduler.domain.roster import Roster
from scheduler.domain.runs import Progress, RunSettings
from scheduler.domain.score import Level
from scheduler.rules.compare import RuleChange
from scheduler.services import optimise, roster
from scheduler.services.compared import Beside, ComparedView, rule_line
from scheduler.services.planner_views import RunView
from scheduler.store import Work
from tests.builders import JANUARY
from tests.builders import roster as drawn
from tests.services.world import World

FIRST = JANUARY.first
BETTER = drawn("noor: s1 s3", "sam: s2 s5 s4", "kadir: s3 s6")


def finished(world: World, best: Roster, steps: Sequence[Progress] = ()) -> str:
    """A run that went through these steps and ended with this roster, without a solve; its id."""
    world.clock.set("mon 08:00")
    run = optimise.request_run(world.app, world.planner, FIRST, RunSettings(seconds=5, workers=1))

    def end(work: Work) -> None:
        claimed = work.runs.claim(world.clock(), 60)
        assert claimed is not None
        work.runs.add_progress(run.id, claimed.fence, steps)
        work.runs.finish(run.id, claimed.fence, world.clock(), "feasible", best)

    world.app.database.write(end)
    return run.id


def changes_of(view: RunView) -> ComparedView:
    assert view.changes is not None
    return view.changes


def test_a_result_says_per_person_house_and_rule_what_it_changes(quick_world: World) -> None:
    world = quick_world
    view = optimise.run_view(world.app, world.planner, finished(world, BETTER))
    found = changes_of(view)
    assert [(p.person.name, p.gains, p.loses, p.minutes_before, p.minutes_after) for p in found.people] == [
        ("Noor", 1, 1, 360, 360),
        ("Sam", 1, 0, 360, 540),
    ]
    assert [(v.venue.id, v.shifts, v.gaps_before, v.gaps_after) for v in found.venues] == [("lydia", 2, 1, 0)]
    assert [(s.shift.id, s.before, s.after) for s in found.shifts] == [
        ("s3", ("Kadir",), ("Kadir", "Noor")),
        ("s4", ("Noor",), ("Sam",)),
    ]
    assert found.more_filled == 1
    gaps = next(r for r in found.rules if r.name == "shortfall")
    assert (gaps.level, gaps.better, str(gaps.sentence)) == (Level.COVERAGE, True, "times not met: from 2 to 1")
    assert [r.level for r in found.rules] == sorted(r.level for r in found.rules)


def test_it_is_laid_beside_the_draft_that_it_would_replace_or_what_people_know(quick_world: World) -> None:
    world = quick_world
    run = finished(world, BETTER)
    seen = optimise.run_view(world.app, world.planner, run)
    assert (seen.beside, seen.can_choose_beside) == (Beside.TOLD, False)
    roster.assign(world.app, world.planner, FIRST, "s3", "noor", edition=seen.edition)
    now = optimise.run_view(world.app, world.planner, run)
    assert (now.beside, now.can_choose_beside) == (Beside.DRAFT, True)
    assert [s.shift.id for s in changes_of(now).shifts] == ["s4"]
    told = optimise.run_view(world.app, world.planner, run, beside=Beside.TOLD)
    assert [s.shift.id for s in changes_of(told).shifts] == ["s3", "s4"]
    optimise.take_over_run(world.app, world.planner, run, edition=now.edition)
    taken = optimise.run_view(world.app, world.planner, run)
    assert (taken.beside, [s.shift.id for s in changes_of(taken).shifts]) == (Beside.TOLD, ["s3", "s4"])


def test_a_run_without_a_result_changes_nothing(quick_world: World) -> None:
    world = quick_world
    run = optimise.request_run(world.app, world.planner, FIRST, RunSettings(seconds=5, workers=1))
    assert optimise.run_view(world.app, world.planner, run.id).changes is None


@pytest.mark.parametrize(
    ("level", "amounts", "times", "said"),
    [
        (Level.HARD, (3, 1), (3, 1), "times broken: from 3 to 1"),
        (Level.PREFERENCE, (0, 8), (0, 2), "times not met: from 0 to 2"),
        (Level.PREFERENCE, (40, 30), (4, 4), "not met as often, but in all 25 % less far off"),
        (Level.PREFERENCE, (1000, 1001), (4, 4), "not met as often, but in all 1 % further off"),
        (Level.PREFERENCE, (40, 20), (4, 6), "times not met: from 4 to 6, but in all 50 % less far off"),
        (Level.PREFERENCE, (20, 40), (6, 4), "times not met: from 6 to 4, but in all 100 % further off"),
    ],
)
def test_a_rule_says_how_often_and_when_that_does_not_tell_how_far(
    level: Level, amounts: tuple[int, int], times: tuple[int, int], said: str
) -> None:
    line = rule_line(RuleChange("themes", level, *amounts, times))
    assert (str(line.sentence), line.better) == (said, amounts[1] < amounts[0])


def test_a_wish_of_ones_own_is_in_no_line(quick_world: World) -> None:
    world = quick_world
    run, seen = finished(world, BETTER), []
    least = GradedLimit(Period.WEEK, least_minutes=600)
    for limits in (PersonalLimits(), PersonalLimits(graded=(least,))):
        world.change_expert("sam", limits=limits)
        seen.append(changes_of(optimise.run_view(world.app, world.planner, run)))
    assert seen[0] == seen[1]
