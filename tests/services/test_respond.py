"""Tests of what an expert sees and answers."""

from datetime import timedelta

import pytest

from scheduler.domain.errors import NotAllowed, NotFound, Refused
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.services import respond
from scheduler.services.expert_views import CardState
from tests.builders import roster
from tests.services.world import World


def test_an_expert_sees_the_next_shift_first_with_colleagues_by_first_name(world: World) -> None:
    world.publish(roster("noor: s3 s4", "sam: s3", "kadir: s6"))
    home = respond.expert_home(world.app, world.expert("noor"))
    assert home.first_name == "Noor"
    assert home.next is not None
    assert home.next.shift.id == "s3"
    assert home.next.colleagues == ("Sam",)
    assert home.next.venue.contact_name == "Hanneke"
    assert home.next.travel_minutes is not None
    assert home.next.leave_at is not None
    early = home.next.shift.start - home.next.leave_at
    assert timedelta(minutes=home.next.travel_minutes) <= early < timedelta(minutes=home.next.travel_minutes + 5)
    assert home.next.leave_at.minute % 5 == 0
    assert [card.shift.id for card in home.coming] == ["s3", "s4"]
    assert [card.shift.id for card in home.questions] == ["s3", "s4"]
    assert home.month.planned_minutes == 2 * 180
    assert home.on_duty.name == "Daan"


def test_a_no_frees_the_place_at_once_and_tells_planner_and_venue(world: World) -> None:
    result = respond.answer(world.app, world.expert("noor"), "s1", Answer.NO, key="k1")
    assert result.card.state is CardState.NO
    assert "reason" in result.sentence.text
    assert Assignment("noor", "s1") not in world.live().assignments
    assert world.messages() == [("shift_declined", "ilse"), ("visits_changed", "hanneke")]
    assert world.deeds()[0] == "answer"


def test_a_double_click_answers_once(world: World) -> None:
    for _ in range(2):
        respond.answer(world.app, world.expert("noor"), "s1", Answer.NO, key="k1")
    assert len(world.messages("shift_declined")) == 1
    with world.database.reading() as work:
        assert len(work.responses.of("noor", "s1")) == 1


def test_the_same_key_with_another_answer_is_refused(world: World) -> None:
    respond.answer(world.app, world.expert("noor"), "s1", Answer.YES, key="k1")
    with pytest.raises(Refused):
        respond.answer(world.app, world.expert("noor"), "s1", Answer.NO, key="k1")


def test_a_no_can_be_taken_back_for_half_an_hour_and_an_earlier_yes_comes_back(world: World) -> None:
    noor = world.expert("noor")
    respond.answer(world.app, noor, "s1", Answer.YES)
    respond.answer(world.app, noor, "s1", Answer.NO)
    world.clock.turn(minutes=29)
    assert [card.shift.id for card in respond.expert_home(world.app, noor).undoable] == ["s1"]
    result = respond.undo_answer(world.app, noor, "s1", key="u")
    assert result.card.state is CardState.YES
    assert Assignment("noor", "s1") in world.live().assignments


def test_after_half_an_hour_a_no_stays(world: World) -> None:
    noor = world.expert("noor")
    respond.answer(world.app, noor, "s1", Answer.NO)
    world.clock.turn(minutes=30)
    card = respond.shift_card(world.app, noor, "s1")
    assert (card.undo_until, str(card.undo_over)) == (None, "Taking your answer back yourself is no longer possible.")
    assert respond.expert_home(world.app, noor).given_away == ()
    with pytest.raises(Refused, match="no longer possible"):
        respond.undo_answer(world.app, noor, "s1")


def test_a_no_cannot_be_taken_back_when_somebody_else_has_the_place(world: World) -> None:
    noor = world.expert("noor")
    respond.answer(world.app, noor, "s1", Answer.NO)
    with world.database.writing() as work:
        work.bookings.add(Assignment("kadir", "s1"))
    home = respond.expert_home(world.app, noor)
    assert home.undoable == ()
    over = "The place has been given to somebody else by now."
    assert [(card.shift.id, str(card.undo_over)) for card in home.given_away] == [("s1", over)]
    with pytest.raises(Refused, match=over):
        respond.undo_answer(world.app, noor, "s1")


def test_let_us_talk_keeps_the_booking_and_tells_the_planner(world: World) -> None:
    result = respond.answer(world.app, world.expert("noor"), "s1", Answer.TALK)
    assert result.card.state is CardState.TALK
    assert Assignment("noor", "s1") in world.live().assignments
    assert world.messages() == [("shift_talk", "ilse")]


def test_after_the_start_the_expert_calls_instead(world: World) -> None:
    world.clock.set("wed 09:30")
    with pytest.raises(Refused, match="Daan"):
        respond.answer(world.app, world.expert("noor"), "s1", Answer.NO)


def test_one_minute_before_the_start_a_no_still_counts_and_goes_first(world: World) -> None:
    world.clock.set("wed 09:29")
    respond.answer(world.app, world.expert("noor"), "s1", Answer.NO)
    with world.database.reading() as work:
        assert {m.lane for m in work.outbox.all()} == {0}


@pytest.mark.parametrize("shift", ["s2", "no-such-shift", "s3"])
def test_a_shift_of_somebody_else_is_not_there(world: World, shift: str) -> None:
    with pytest.raises(NotFound):
        respond.shift_card(world.app, world.expert("noor"), shift)
    with pytest.raises(NotFound):
        respond.answer(world.app, world.expert("noor"), shift, Answer.YES)


def test_only_an_expert_answers_for_herself_and_a_planner_on_behalf_is_marked(world: World) -> None:
    with pytest.raises(NotAllowed):
        respond.answer(world.app, world.planner, "s1", Answer.NO)
    with pytest.raises(NotAllowed):
        respond.answer_for(world.app, world.coordinator, "s1", "noor", Answer.NO)
    respond.answer_for(world.app, world.planner, "s1", "noor", Answer.NO)
    with world.database.reading() as work:
        assert [r.on_behalf_by for r in work.responses.of("noor", "s1")] == ["ilse"]
        assert work.audit.newest(1)[0].on_behalf_of == "noor"


def test_a_pinned_shift_is_the_experts_fixed_slot(world: World) -> None:
    world.publish(roster("noor: s1 s4"), Assignment("noor", "s4"))
    home = respond.expert_home(world.app, world.expert("noor"))
    assert [(card.shift.id, card.pinned) for card in home.coming] == [("s1", False), ("s4", True)]
