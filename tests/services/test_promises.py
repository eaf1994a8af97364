"""Tests of what holds in any order and at once: declines stay, forms count once, the book of deeds is whole."""

import random
import threading
from collections.abc import Callable

import pytest

from scheduler.domain.errors import NotFound, Refused, SchedulerError, Stale
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.domain.runs import RunSettings
from scheduler.services import execute, optimise, publish, respond, roster
from tests.builders import JANUARY
from tests.services.world import World

pytestmark = pytest.mark.slow

FIRST = JANUARY.first
EXPERTS = ("kadir", "noor", "sam")
SHIFTS = ("s1", "s2", "s3", "s4", "s5", "s6")


def test_eight_racers_with_one_key_have_one_effect(world: World) -> None:
    faults: list[BaseException] = []

    def race() -> None:
        try:
            respond.answer(world.app, world.expert("noor"), "s1", Answer.TALK, key="one")
        except SchedulerError as error:
            faults.append(error)

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(world.messages("shift_talk")) == 1
    with world.database.reading() as work:
        assert len(work.responses.of("noor", "s1")) == 1


def test_two_planners_who_edit_at_once_lose_nothing(world: World) -> None:
    edition = roster.unassign(world.app, world.planner, FIRST, "s6", "kadir", edition=0).edition
    done: list[str] = []

    def edit(expert: str) -> None:
        try:
            roster.assign(world.app, world.planner, FIRST, "s6", expert, edition=edition)
            done.append(expert)
        except Stale:
            done.append("stale")

    threads = [threading.Thread(target=edit, args=(who,)) for who in EXPERTS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done.count("stale") == 2
    draft = world.draft()
    assert draft is not None
    (winner,) = set(done) - {"stale"}
    assert draft.roster.by_shift["s6"] == [winner]


def something(world: World, dice: random.Random) -> str:
    """One deed of somebody, chosen by lot; what came of it."""
    who, shift = dice.choice(EXPERTS), dice.choice(SHIFTS)
    draft = world.draft()
    edition = draft.edition if draft else 0
    deeds: dict[str, Callable[[], object]] = {
        "no": lambda: respond.answer(world.app, world.expert(who), shift, Answer.NO),
        "yes": lambda: respond.answer(world.app, world.expert(who), shift, Answer.YES),
        "back": lambda: respond.undo_answer(world.app, world.expert(who), shift),
        "assign": lambda: roster.assign(world.app, world.planner, FIRST, shift, who, edition=edition),
        "unassign": lambda: roster.unassign(world.app, world.planner, FIRST, shift, who, edition=edition),
        "undo": lambda: roster.undo(world.app, world.planner, FIRST, edition=edition),
        "redo": lambda: roster.redo(world.app, world.planner, FIRST, edition=edition),
        "publish": lambda: publish.publish(world.app, world.planner, FIRST, edition=edition),
        "run": lambda: optimise.request_run(world.app, world.planner, FIRST, RunSettings(1, 1)),
        "work": lambda: execute.execute_next(world.app, "w"),
        "take": lambda: [
            optimise.take_over_run(world.app, world.planner, r.id, edition=edition)
            for r in optimise.runs_of(world.app, world.planner, FIRST)[:1]
        ],
        "wait": lambda: world.clock.turn(minutes=dice.choice((5, 40))),
    }
    name = dice.choice(sorted(deeds))
    try:
        deeds[name]()
    except (Refused, Stale, NotFound) as error:
        return f"{name}: {type(error).__name__}"
    return name


def check_promises(world: World, before: int) -> int:
    """Nobody booked against a newest no, answers only added, the book unbroken; how many answers there are."""
    with world.database.reading() as work:
        newest = work.responses.newest_in_window(JANUARY)
        live = work.bookings.in_window(JANUARY).assignments
        count = sum(len(work.responses.of(e, s)) for e in EXPERTS for s in SHIFTS)
        assert not {a for a in live if a in newest and newest[a].answer is Answer.NO}
        assert work.audit.first_break() is None
        assert work.rosters.tampered() == []
    assert count >= before
    return count


@pytest.mark.parametrize("seed", [0, 1, 3, 4, 5, 6])
def test_a_no_is_never_overruled_whatever_the_order_of_deeds(quick_world: World, seed: int) -> None:
    dice, answers, story = random.Random(seed), 0, []
    for _ in range(120):
        story.append(something(quick_world, dice))
        answers = check_promises(quick_world, answers)
    assert {"no", "publish", "assign", "take"} <= set(story), story


def test_every_change_leaves_one_line_in_the_book(world: World) -> None:
    with world.database.reading() as work:
        before = len(work.audit.newest())
    respond.answer(world.app, world.expert("noor"), "s1", Answer.NO)
    respond.undo_answer(world.app, world.expert("noor"), "s1")
    edition = roster.assign(world.app, world.planner, FIRST, "s3", "noor", edition=0).edition
    publish.publish(world.app, world.planner, FIRST, edition=edition)
    with pytest.raises(Refused):
        roster.undo(world.app, world.planner, FIRST, edition=1)
    with world.database.reading() as work:
        assert len(work.audit.newest()) == before + 4
    assert Assignment("noor", "s1") in world.live().assignments
