"""Tests of what somebody says when a planner calls: her answer, marked, at once, and a slip can be taken back."""

import pytest

from scheduler.domain.errors import NotAllowed, Refused
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.services import respond, roster
from scheduler.services.board_views import CandidatesView, PersonState
from scheduler.services.candidates import candidates
from scheduler.services.phone import write_down
from tests.builders import JANUARY
from tests.services.world import World

FIRST = JANUARY.first


def panel(world: World) -> CandidatesView:
    return candidates(world.app, world.planner, FIRST, "s1")


def say(world: World, answer: Answer, who: str = "noor", shift: str = "s1") -> str:
    return str(write_down(world.app, world.planner, FIRST, shift, who, answer=answer).sentence)


def test_a_yes_by_telephone_is_her_yes_and_marked(quick_world: World) -> None:
    assert say(quick_world, Answer.YES) == "Written down: Noor says yes."
    assert [p.state for p in panel(quick_world).shift.people] == [PersonState.YES]
    with quick_world.database.reading() as work:
        assert [r.on_behalf_by for r in work.responses.of("noor", "s1")] == ["ilse"]


def test_a_no_frees_the_place_live_and_in_the_draft_and_can_be_taken_back_for_a_while(quick_world: World) -> None:
    roster.pin(quick_world.app, quick_world.planner, FIRST, "s4", "noor", edition=0)
    say(quick_world, Answer.NO)
    pair, draft = Assignment("noor", "s1"), quick_world.draft()
    assert draft is not None
    assert pair not in quick_world.live().assignments | draft.roster.assignments
    assert panel(quick_world).can_undo_no == ("noor",)
    say(quick_world, Answer.UNDONE)
    draft = quick_world.draft()
    assert draft is not None
    assert pair in quick_world.live().assignments & draft.roster.assignments
    say(quick_world, Answer.NO)
    with pytest.raises(Refused, match="said no"):
        say(quick_world, Answer.YES)
    quick_world.clock.turn(minutes=31)
    assert panel(quick_world).can_undo_no == ()
    with pytest.raises(Refused, match="no longer"):
        say(quick_world, Answer.UNDONE)


def test_a_no_of_her_own_is_never_taken_back_for_her(quick_world: World) -> None:
    respond.answer(quick_world.app, quick_world.expert("noor"), "s1", Answer.NO)
    assert panel(quick_world).can_undo_no == ()
    with pytest.raises(Refused, match="no longer"):
        say(quick_world, Answer.UNDONE)
    assert Assignment("noor", "s1") not in quick_world.live().assignments


def test_whoever_was_not_told_yet_has_nothing_to_answer(quick_world: World) -> None:
    roster.assign(quick_world.app, quick_world.planner, FIRST, "s3", "noor", edition=0)
    with pytest.raises(Refused, match="publish first"):
        say(quick_world, Answer.YES, shift="s3")
    assert say(quick_world, Answer.TALK) == "Written down: Noor wants to talk about it."
    quick_world.clock.set("wed 10:00")
    with pytest.raises(Refused, match="begun"):
        say(quick_world, Answer.NO)
    with pytest.raises(NotAllowed):
        write_down(quick_world.app, quick_world.coordinator, FIRST, "s1", "noor", answer=Answer.NO)
