"""Tests of taking steps of the draft back: only what planners and runs did, and never against somebody's answer."""

import pytest

from scheduler.domain.errors import Refused
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment, Roster
from scheduler.services import respond, roster
from scheduler.services.board_views import EditResult
from tests.builders import JANUARY, shift
from tests.services.world import World

FIRST = JANUARY.first


def said(result: EditResult) -> list[tuple[str, str, str]]:
    """What an edit answers: each sentence with the person and the shift it names."""
    found = []
    for sentence in (result.sentence, *result.more):
        label = sentence.values.get("shift")
        found.append((sentence.text, str(sentence.values.get("expert", "")), getattr(label, "id", "")))
    return found


def planned(world: World) -> Roster:
    """The draft."""
    draft = world.draft()
    assert draft is not None
    return draft.roster


def edition_of(world: World) -> int:
    draft = world.draft()
    return draft.edition if draft else 0


def assign(world: World, shift_id: str, expert: str) -> None:
    roster.assign(world.app, world.planner, FIRST, shift_id, expert, edition=edition_of(world))


def unassign(world: World, shift_id: str, expert: str) -> None:
    roster.unassign(world.app, world.planner, FIRST, shift_id, expert, edition=edition_of(world))


def undo(world: World) -> EditResult:
    return roster.undo(world.app, world.planner, FIRST, edition=edition_of(world))


def redo(world: World) -> EditResult:
    return roster.redo(world.app, world.planner, FIRST, edition=edition_of(world))


def test_the_answer_names_what_was_taken_back_and_done_again(world: World) -> None:
    assign(world, "s3", "noor")
    assert said(undo(world)) == [("Taken back: %(expert)s is off %(shift)s again.", "Noor", "s3")]
    assert said(redo(world)) == [("Done again: %(expert)s is on %(shift)s.", "Noor", "s3")]
    roster.pin(world.app, world.planner, FIRST, "s3", "noor", edition=edition_of(world))
    assert said(undo(world)) == [("Taken back: %(expert)s is no longer pinned on %(shift)s.", "Noor", "s3")]
    unassign(world, "s6", "kadir")
    assert said(undo(world)) == [("Taken back: %(expert)s is on %(shift)s again.", "Kadir", "s6")]


def test_an_experts_no_is_not_taken_back_but_the_planners_own_step_before_it(world: World) -> None:
    assign(world, "s3", "noor")
    respond.answer(world.app, world.expert("sam"), "s5", Answer.NO)
    result = undo(world)
    assert said(result) == [("Taken back: %(expert)s is off %(shift)s again.", "Noor", "s3")]
    assert Assignment("sam", "s5") not in planned(world).assignments
    assert not result.undo
    with pytest.raises(Refused, match="nothing to take back"):
        undo(world)


def test_whoever_said_no_since_is_not_put_back_and_the_answer_says_why(world: World) -> None:
    assign(world, "s3", "noor")
    unassign(world, "s5", "sam")
    respond.answer(world.app, world.expert("sam"), "s5", Answer.NO)
    assert said(undo(world)) == [
        ("Nothing was taken back.", "", ""),
        ("%(expert)s said no to %(shift)s; only a newer yes changes that.", "Sam", "s5"),
    ]
    assert Assignment("sam", "s5") not in planned(world).assignments
    assert said(undo(world)) == [("Taken back: %(expert)s is off %(shift)s again.", "Noor", "s3")]


def test_a_step_of_many_is_taken_back_but_for_the_pair_of_which_somebody_said_no(world: World) -> None:
    assign(world, "s3", "noor")
    with world.database.writing() as work:
        draft = work.rosters.draft_of(JANUARY)
        assert draft is not None
        work.rosters.replace(draft.id, draft.edition, Roster(), frozenset())
    respond.answer(world.app, world.expert("sam"), "s5", Answer.NO)
    texts = said(undo(world))
    assert texts[0] == ("Taken back; places that changed: %(count)s.", "", "")
    assert texts[1][1:] == ("Sam", "s5")
    assert planned(world).assignments == (world.live().assignments | {Assignment("noor", "s3")})
    assert said(redo(world))[0][0] == "Done again; places that changed: %(count)s."
    assert planned(world) == Roster()


def test_whoever_took_a_no_back_stays_when_an_older_step_meets_it(world: World) -> None:
    world.add_shifts(shift("w2 mon 11:00-14:00", id="meets"))
    unassign(world, "s3", "kadir")
    respond.answer(world.app, world.expert("noor"), "s4", Answer.NO)
    assign(world, "meets", "noor")
    unassign(world, "meets", "noor")
    respond.undo_answer(world.app, world.expert("noor"), "s4")
    assert Assignment("noor", "s4") in planned(world).assignments
    assert said(undo(world)) == [
        ("Nothing was taken back.", "", ""),
        ("%(expert)s works elsewhere by now at that time: %(shift)s.", "Noor", "meets"),
    ]
    undo(world)
    assert said(undo(world)) == [("Taken back: %(expert)s is on %(shift)s again.", "Kadir", "s3")]
    assert Assignment("noor", "s4") in planned(world).assignments


def test_a_pin_that_fell_with_a_no_is_not_taken_off_what_came_back(world: World) -> None:
    roster.pin(world.app, world.planner, FIRST, "s4", "noor", edition=0)
    respond.answer(world.app, world.expert("noor"), "s4", Answer.NO)
    respond.undo_answer(world.app, world.expert("noor"), "s4")
    assert said(undo(world)) == [
        ("Nothing was taken back.", "", ""),
        ("An answer changed %(shift)s for %(expert)s since; that stays as it is.", "Noor", "s4"),
    ]
    assert Assignment("noor", "s4") in planned(world).assignments


def test_what_has_begun_stays_as_it_was(world: World) -> None:
    unassign(world, "s1", "noor")
    world.clock.set("wed 10:00")
    assert said(undo(world))[1] == ("%(shift)s has begun; who was there no longer changes.", "", "s1")


def test_the_same_key_answers_the_same_once_more(world: World) -> None:
    assign(world, "s3", "noor")
    assign(world, "s6", "sam")
    edition = edition_of(world)
    first = roster.undo(world.app, world.planner, FIRST, edition=edition, key="z")
    again = roster.undo(world.app, world.planner, FIRST, edition=edition, key="z")
    assert said(first) == said(again)
    assert Assignment("noor", "s3") in planned(world).assignments
