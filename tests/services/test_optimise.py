"""Tests of runs: asked for, worked on, steered, read and taken over."""

import threading
import time
from dataclasses import replace

import pytest

from scheduler.domain.availability import Availability, AvailabilityLevel
from scheduler.domain.errors import NotAllowed, NotFound, Refused, Stale
from scheduler.domain.people import PersonalLimits, Wish
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment, RosterVersion
from scheduler.domain.runs import Order, RunSettings, RunState
from scheduler.optimiser.solve import solve
from scheduler.rules.analysis import analyse
from scheduler.services import execute, optimise, publish, respond, roster
from tests.builders import JANUARY, shift, slots
from tests.builders import roster as drawn
from tests.services.world import World

FIRST = JANUARY.first
QUICK = RunSettings(seconds=5, workers=1)


def run_once(world: World) -> str:
    """A run that was asked for and worked on; its id."""
    run = optimise.request_run(world.app, world.planner, FIRST, QUICK)
    assert execute.execute_next(world.app, "test")
    return run.id


def take_over(world: World, run: str, key: str = "") -> RosterVersion:
    """The result of a run as the draft, by a planner who sees the newest draft."""
    edition = optimise.run_view(world.app, world.planner, run).edition
    return optimise.take_over_run(world.app, world.planner, run, edition=edition, key=key)


def test_a_run_fills_the_gap_and_its_roster_goes_into_the_draft_and_out(world: World) -> None:
    world.clock.set("mon 08:00")
    run = run_once(world)
    view = optimise.run_view(world.app, world.planner, run)
    assert view.state is RunState.FINISHED
    assert view.best is not None
    assert (view.before.gaps, view.best.gaps) == (1, 0)
    assert view.can_take_over
    assert view.minds == ()
    assert view.requested_by == "Ilse"
    version = take_over(world, run, key="t")
    publish.publish(world.app, world.planner, FIRST, edition=version.edition)
    with world.database.reading() as work:
        assert len(work.bookings.of_shift("s3")) == 2


def test_nothing_waits_then_nothing_is_done(quick_world: World) -> None:
    assert not execute.execute_next(quick_world.app, "test")


def test_frozen_shifts_keep_their_people_in_a_run(world: World) -> None:
    run = run_once(world)
    version = take_over(world, run)
    for pair in (Assignment("noor", "s1"), Assignment("sam", "s2"), Assignment("kadir", "s3")):
        assert pair in version.roster.assignments


def test_a_run_counts_on_whoever_was_told_and_is_no_longer_available(world: World) -> None:
    world.change_expert("kadir", availability=Availability(slots("fri 09:00-12:00")))
    run = run_once(world)
    with world.database.reading() as work:
        best = work.runs.get(run).best
    assert best is not None
    assert Assignment("kadir", "s3") in best.assignments
    publish.publish(world.app, world.planner, FIRST, edition=take_over(world, run).edition)


def test_a_shift_that_froze_since_the_run_keeps_its_people(world: World) -> None:
    world.clock.set("mon 08:00")
    run = run_once(world)
    world.clock.set("tue 09:00")
    version = take_over(world, run)
    assert version.roster.by_shift["s3"] == ["kadir"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("w5 mon 00:00", "This period is over: its last day was 2027-01-31."),
        ("w4 sun 23:59", "Every shift of this period has begun, so there is nothing left to plan."),
        ("w2 wed 13:29", "What is still to come in this period starts so soon that people keep what they were told."),
    ],
)
def test_a_period_with_nothing_left_to_plan_takes_no_run_and_says_why(
    quick_world: World, now: str, expected: str
) -> None:
    quick_world.clock.set(now)
    with pytest.raises(Refused) as refused:
        optimise.request_run(quick_world.app, quick_world.planner, FIRST, QUICK)
    assert str(refused.value) == expected
    assert str(optimise.why_no_run(quick_world.app, quick_world.planner, FIRST)) == expected
    assert quick_world.draft() is None, "a refused run makes no draft"
    with pytest.raises(NotAllowed):
        optimise.why_no_run(quick_world.app, quick_world.coordinator, FIRST)


def test_a_period_without_shifts_takes_no_run_and_one_with_shifts_does(quick_world: World) -> None:
    world, later = quick_world, quick_world.app.windows()[-1].first
    with pytest.raises(Refused, match="There are no shifts in this period"):
        optimise.request_run(world.app, world.planner, later, QUICK)
    world.add_shift_in(later)
    assert optimise.why_no_run(world.app, world.planner, later) is None
    assert optimise.request_run(world.app, world.planner, later, QUICK).state is RunState.QUEUED


def test_a_run_whose_turn_comes_when_nothing_is_left_says_so_and_proves_nothing(quick_world: World) -> None:
    world = quick_world
    run = optimise.request_run(world.app, world.planner, FIRST, QUICK).id
    world.clock.set("w5 mon 09:00")
    assert execute.execute_next(world.app, "test")
    view = optimise.run_view(world.app, world.planner, run)
    assert (view.state, view.best, view.proven, view.can_take_over) == (RunState.FINISHED, None, False, False)
    assert str(view.status) == "When this run began, nothing was left to plan in this period. Nothing has changed."


def test_one_run_for_a_window_at_a_time(world: World) -> None:
    optimise.request_run(world.app, world.planner, FIRST, QUICK, key="a")
    assert optimise.request_run(world.app, world.planner, FIRST, QUICK, key="a").state is RunState.QUEUED
    with pytest.raises(Refused):
        optimise.request_run(world.app, world.planner, FIRST, QUICK, key="b")


def test_a_run_that_waits_says_that_it_is_next_or_how_many_go_first(quick_world: World) -> None:
    world, later = quick_world, quick_world.app.windows()[-1].first
    world.add_shift_in(later)
    runs = []
    for first in (FIRST, later):
        runs.append(optimise.request_run(world.app, world.planner, first, QUICK).id)
        world.clock.turn(seconds=1)
    said = [str(optimise.run_view(world.app, world.planner, run).status) for run in runs]
    assert said == ["Waiting for its turn; it is next.", "Waiting for its turn; runs before it: 1."]


def test_a_waiting_run_is_cancelled_at_once(world: World) -> None:
    run = optimise.request_run(world.app, world.planner, FIRST, QUICK)
    assert optimise.run_view(world.app, world.planner, run.id).can_cancel
    assert optimise.order_run(world.app, world.planner, run.id, Order.CANCEL).state is RunState.CANCELLED
    assert not execute.execute_next(world.app, "test")


def test_a_decline_since_the_run_falls_out_and_is_said(world: World) -> None:
    run = run_once(world)
    respond.answer(world.app, world.expert("kadir"), "s6", Answer.NO)
    view = optimise.run_view(world.app, world.planner, run)
    assert any("no longer" in s.text or "has changed" in s.text for s in view.minds)
    version = take_over(world, run)
    assert Assignment("kadir", "s6") not in version.roster.assignments


def rather_somebody_else(world: World) -> None:
    """Noor wants to be asked first, and would rather not come to Lydia, where she is on s4; Sam gladly would."""
    world.clock.set("mon 08:00")
    asked_first = Availability(slots("mon-fri 08:00-18:00", AvailabilityLevel.ASK_FIRST))
    world.change_expert("noor", venue_wishes=(("lydia", Wish.RATHER_NOT),), availability=asked_first)
    world.change_expert("sam", venue_wishes=(("lydia", Wish.GLADLY),))


@pytest.mark.parametrize(("answer", "stays"), [(Answer.TALK, False), (Answer.YES, True)])
def test_a_run_leaves_whoever_said_yes_where_she_is(world: World, answer: Answer, stays: bool) -> None:
    rather_somebody_else(world)
    respond.answer(world.app, world.expert("noor"), "s4", answer)
    with world.database.reading() as work:
        best = work.runs.get(run_once(world)).best
    assert best is not None
    assert (Assignment("noor", "s4") in best.assignments) is stays


def test_a_run_that_takes_somebody_off_who_said_yes_says_so(world: World) -> None:
    world.clock.set("mon 08:00")
    respond.answer(world.app, world.expert("noor"), "s4", Answer.YES)
    world.change_expert("noor", roles=frozenset())
    said = [s for s in optimise.run_view(world.app, world.planner, run_once(world)).minds if "said yes" in s.text]
    assert [s.values["expert"] for s in said] == ["Noor"]


def test_a_pin_made_since_the_run_stays(world: World) -> None:
    run = run_once(world)
    with world.database.reading() as work:
        best = work.runs.get(run).best
    assert best is not None
    free = next(e for e in ("noor", "sam", "kadir") if Assignment(e, "s5") not in best.assignments)
    draft = world.draft()
    assert draft is not None
    roster.pin(world.app, world.planner, FIRST, "s5", free, edition=draft.edition)
    version = take_over(world, run)
    assert Assignment(free, "s5") in version.pinned


def test_a_result_does_not_replace_what_a_colleague_did_since_it_was_looked_at(world: World) -> None:
    world.clock.set("mon 08:00")
    run = run_once(world)
    seen = optimise.run_view(world.app, world.planner, run)
    edition = roster.unassign(world.app, world.planner, FIRST, "s4", "noor", edition=seen.edition).edition
    roster.assign(world.app, world.planner, FIRST, "s4", "sam", edition=edition)
    before = world.draft()
    with pytest.raises(Stale, match="Somebody else changed"):
        optimise.take_over_run(world.app, world.planner, run, edition=seen.edition, key="a")
    assert world.draft() == before
    again = optimise.run_view(world.app, world.planner, run)
    assert again.can_take_over
    assert [(s.text.partition(";")[0], s.values["expert"]) for s in again.minds if "In the draft" in s.text] == [
        ("In the draft %(expert)s is on %(shift)s", "Sam"),
        ("In the draft %(expert)s is off %(shift)s", "Noor"),
    ]
    optimise.take_over_run(world.app, world.planner, run, edition=again.edition, key="b")
    view = optimise.run_view(world.app, world.planner, run)
    assert not any("In the draft" in s.text for s in view.minds)


def test_everything_that_a_result_changes_back_is_named_however_much_it_is(quick_world: World) -> None:
    quick_world.clock.set("mon 08:00")
    days = [f"w{week} {day}" for week in (2, 3, 4) for day in ("mon", "tue", "wed", "thu")]
    quick_world.add_shifts(*[shift(f"{day} 10:00-11:00", id=f"x{n}") for n, day in enumerate(days)])
    quick_world.publish(drawn("sam: " + " ".join(f"x{n}" for n in range(12))))
    run = run_once(quick_world)
    edition = optimise.run_view(quick_world.app, quick_world.planner, run).edition
    for n in range(12):
        edition = roster.unassign(quick_world.app, quick_world.planner, FIRST, f"x{n}", "sam", edition=edition).edition
    minds = optimise.run_view(quick_world.app, quick_world.planner, run).minds
    assert len([s for s in minds if "In the draft" in s.text]) == 12


def test_a_result_is_not_taken_over_into_a_draft_that_was_published_since(world: World) -> None:
    world.clock.set("mon 08:00")
    run = run_once(world)
    seen = optimise.run_view(world.app, world.planner, run).edition
    edition = roster.assign(world.app, world.planner, FIRST, "s3", "noor", edition=seen).edition
    publish.publish(world.app, world.planner, FIRST, edition=edition)
    with pytest.raises(Stale, match="published"):
        optimise.take_over_run(world.app, world.planner, run, edition=seen)
    assert world.draft() is None
    take_over(world, run)


def test_a_result_is_taken_over_once(world: World) -> None:
    run = run_once(world)
    edition = optimise.run_view(world.app, world.planner, run).edition
    for _ in range(2):
        optimise.take_over_run(world.app, world.planner, run, edition=edition, key="a")
    with pytest.raises(Refused):
        take_over(world, run, key="b")
    assert optimise.run_view(world.app, world.planner, run).taken_over


def test_only_planners_know_of_runs(quick_world: World) -> None:
    run = optimise.request_run(quick_world.app, quick_world.planner, FIRST, QUICK).id
    for viewer in (quick_world.coordinator, quick_world.expert("noor")):
        with pytest.raises(NotAllowed):
            optimise.run_view(quick_world.app, viewer, run)
        with pytest.raises(NotAllowed):
            optimise.request_run(quick_world.app, viewer, FIRST, QUICK)
        with pytest.raises(NotAllowed):
            optimise.order_run(quick_world.app, viewer, run, Order.CANCEL)
        with pytest.raises(NotAllowed):
            optimise.take_over_run(quick_world.app, viewer, run, edition=1)
    with pytest.raises(NotFound):
        optimise.run_view(quick_world.app, quick_world.planner, "none")


def test_a_worker_with_an_old_fence_hands_in_nothing(world: World) -> None:
    run = optimise.request_run(world.app, world.planner, FIRST, QUICK)
    with world.database.writing() as work:
        old = work.runs.claim(world.clock(), 5)
    assert old is not None
    world.clock.turn(seconds=30)
    assert execute.execute_next(world.app, "second")
    with world.database.reading() as work:
        finished = work.runs.get(run.id)
    assert finished.fence == old.fence + 1
    with pytest.raises(Stale):
        execute._hand_in(world.app, old, "first", None, "optimal", cancelled=False)
    with world.database.reading() as work:
        assert work.runs.get(run.id) == finished


def test_a_score_that_the_judge_does_not_confirm_fails_the_run(
    quick_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = analyse

    def off_by_one(*given: object) -> object:
        found = real(*given)  # type: ignore[arg-type]
        return replace(found, score=replace(found.score, preference=found.score.preference + 1))

    monkeypatch.setattr(execute, "analyse", off_by_one)
    run = run_once(quick_world)
    view = optimise.run_view(quick_world.app, quick_world.planner, run)
    assert view.state is RunState.FAILED
    assert "judge" in str(view.status)
    assert not view.can_take_over


def test_a_pin_that_breaks_the_law_is_named_and_cannot_be_published(quick_world: World) -> None:
    roster.pin(quick_world.app, quick_world.planner, FIRST, "s6", "noor", edition=0)
    quick_world.change_expert("noor", roles=frozenset())
    run = run_once(quick_world)
    view = optimise.run_view(quick_world.app, quick_world.planner, run)
    assert any("Noor" in str(s) for s in view.minds)
    version = take_over(quick_world, run)
    with pytest.raises(Refused, match="cannot be published"):
        publish.publish(quick_world.app, quick_world.planner, FIRST, edition=version.edition)


def test_cancel_reaches_a_running_solve(quick_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world = quick_world
    run = optimise.request_run(world.app, world.planner, FIRST, QUICK)
    began = threading.Event()
    real = solve

    def slow(model: object, **more: object) -> object:
        began.set()
        cancelled = more["cancel"]
        assert isinstance(cancelled, threading.Event)
        assert cancelled.wait(10)
        return real(model, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(execute, "solve", slow)
    thread = threading.Thread(target=execute.execute_next, args=(world.app, "test"))
    thread.start()
    assert began.wait(10)
    optimise.order_run(world.app, world.planner, run.id, Order.CANCEL)
    started = time.monotonic()
    thread.join(10)
    assert time.monotonic() - started < 5
    assert optimise.run_view(world.app, world.planner, run.id).state is RunState.CANCELLED


@pytest.mark.parametrize(
    ("limits", "allowed"),
    [
        (PersonalLimits(minutes_a_month=60), {"s1", "s2"}),
        (PersonalLimits(minutes_a_week=60), {"s1", "s2", "s6"}),
        (PersonalLimits(shifts_a_week=1), {"s1", "s2", "s6"}),
        (PersonalLimits(days_in_a_row=1), {"s1", "s2", "s4", "s5", "s6"}),
    ],
    ids=["hours a month", "hours a week", "shifts a week", "days in a row"],
)
def test_a_limit_lowered_below_what_she_was_told_stops_no_run_and_gets_her_nothing_over_it(
    world: World, limits: PersonalLimits, allowed: set[str]
) -> None:
    world.publish(drawn("noor: s1 s2 s3", "sam: s5", "kadir: s6"))
    world.clock.set("mon 08:00")
    world.change_expert("noor", limits=limits)
    run = run_once(world)
    view = optimise.run_view(world.app, world.planner, run)
    assert view.status.text.startswith("Done")
    version = take_over(world, run)
    assert {"s1", "s2"} <= set(version.roster.by_expert["noor"]) <= allowed
    assert publish.publish_preview(world.app, world.planner, FIRST).can_publish


def test_days_that_can_no_longer_be_together_stop_no_run(world: World) -> None:
    world.publish(drawn("noor: s1 s2 s3", "sam: s5", "kadir: s6"))
    world.clock.set("mon 08:00")
    world.change_expert("noor", limits=PersonalLimits(least_days_in_a_row=5))
    run = run_once(world)
    assert optimise.run_view(world.app, world.planner, run).status.text.startswith("Done")
    assert {"s1", "s2"} <= set(take_over(world, run).roster.by_expert["noor"]) <= {"s1", "s2", "s3"}
