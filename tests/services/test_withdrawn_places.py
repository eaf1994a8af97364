"""Tests of what an expert's calendar says of a place that was hers: nothing vanishes from it without a word."""

import pytest
from icalendar import Calendar

from scheduler.domain.errors import NotFound, Refused
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.services import feeds, publish, respond, roster
from scheduler.services.expert_views import CardState
from scheduler.services.worker import care
from tests.builders import JANUARY
from tests.services.world import World

FIRST = JANUARY.first


def calendar_of(world: World, expert: str) -> dict[str, tuple[str, int, str]]:
    """What a calendar program reads, by local start: status, sequence and title."""
    token = feeds.rotate_calendar_token(world.app, world.expert(expert), key=f"feed of {expert}").token
    assert token is not None
    body, _ = feeds.feed(world.app, token)
    return {
        f"{event.decoded('DTSTART'):%a %d}": (str(event["STATUS"]), int(str(event["SEQUENCE"])), str(event["SUMMARY"]))
        for event in Calendar.from_ical(body).walk("VEVENT")
    }


def take_off(world: World, shift: str, expert: str) -> None:
    """A planner takes somebody off a shift and publishes that."""
    draft = world.draft()
    edition = roster.unassign(
        world.app, world.planner, FIRST, shift, expert, edition=draft.edition if draft else 0
    ).edition
    publish.publish(world.app, world.planner, FIRST, edition=edition)


def put_on(world: World, shift: str, expert: str) -> None:
    """And puts somebody on again."""
    edition = roster.assign(world.app, world.planner, FIRST, shift, expert, edition=0).edition
    publish.publish(world.app, world.planner, FIRST, edition=edition)


def test_a_place_that_a_planner_takes_away_unanswered_stays_as_cancelled_under_a_neutral_title(world: World) -> None:
    assert calendar_of(world, "noor")["Mon 11"] == ("TENTATIVE", 0, "Dienst, Lydia")
    take_off(world, "s4", "noor")
    assert calendar_of(world, "noor")["Mon 11"] == ("CANCELLED", 1, "Dienst, Lydia")
    assert set(calendar_of(world, "sam")) == {"Thu 07", "Wed 13"}


def test_it_leaves_the_calendar_after_sixty_days(world: World) -> None:
    take_off(world, "s4", "noor")
    world.clock.turn(days=59)
    assert "Mon 11" in calendar_of(world, "noor")
    world.clock.turn(days=1)
    assert "Mon 11" not in calendar_of(world, "noor")


def test_it_is_forgotten_ninety_days_after_it_served(world: World) -> None:
    take_off(world, "s4", "noor")
    for more, known in ((90, {"s4"}), (10, set[str]())):
        world.clock.turn(days=more)
        care(world.app)
        with world.database.reading() as work:
            assert set(work.withdrawals.of_expert("noor")) == known


def test_every_change_has_a_higher_sequence_than_the_one_before(world: World) -> None:
    steps = (
        lambda: take_off(world, "s4", "noor"),
        lambda: put_on(world, "s4", "noor"),
        lambda: respond.answer(world.app, world.expert("noor"), "s4", Answer.YES),
        lambda: take_off(world, "s4", "noor"),
        lambda: put_on(world, "s4", "noor"),
        lambda: respond.answer(world.app, world.expert("noor"), "s4", Answer.NO),
        lambda: respond.undo_answer(world.app, world.expert("noor"), "s4"),
    )
    sequences, states = [0], []
    for step in steps:
        step()
        state, sequence, _ = calendar_of(world, "noor")["Mon 11"]
        sequences.append(sequence)
        states.append(state)
    assert sequences == sorted(set(sequences))
    assert [state == "CANCELLED" for state in states] == [True, False, False, True, False, True, False]


def test_a_shift_that_is_called_off_stays_as_cancelled(world: World) -> None:
    call_off(world, "s4")
    assert calendar_of(world, "noor")["Mon 11"][:2] == ("CANCELLED", 1)


def test_what_stood_in_a_draft_only_was_never_told_and_leaves_no_trace(world: World) -> None:
    edition = roster.assign(world.app, world.planner, FIRST, "s3", "noor", edition=0).edition
    roster.unassign(world.app, world.planner, FIRST, "s3", "noor", edition=edition)
    with world.database.reading() as work:
        assert not work.bookings.has(Assignment("noor", "s3"))
    assert "Fri 08" not in calendar_of(world, "noor")


def test_the_first_page_says_kindly_that_a_shift_is_no_longer_hers_and_her_answer_is_not_a_yes_any_more(
    world: World,
) -> None:
    noor = world.expert("noor")
    respond.answer(world.app, noor, "s4", Answer.YES)
    take_off(world, "s4", "noor")
    home = respond.expert_home(world.app, noor)
    assert [(c.shift.id, c.state, c.can_answer) for c in home.gone] == [("s4", CardState.TAKEN_OFF, False)]
    assert "s4" not in {c.shift.id for c in home.coming}
    assert respond.shift_card(world.app, noor, "s4").state is CardState.TAKEN_OFF
    with pytest.raises(Refused, match="no longer yours"):
        respond.answer(world.app, noor, "s4", Answer.YES)
    with pytest.raises(NotFound):
        respond.shift_card(world.app, world.expert("sam"), "s4")
    put_on(world, "s4", "noor")
    assert respond.expert_home(world.app, noor).gone == ()


def test_a_called_off_shift_says_so_until_it_would_have_ended_and_for_two_weeks_at_most(world: World) -> None:
    noor = world.expert("noor")
    call_off(world, "s1", "s4")
    assert [(c.shift.id, c.state) for c in respond.expert_home(world.app, noor).gone] == [
        ("s1", CardState.CALLED_OFF),
        ("s4", CardState.CALLED_OFF),
    ]
    world.clock.set("wed 13:00")
    assert [c.shift.id for c in respond.expert_home(world.app, noor).gone] == ["s4"]


def test_a_no_to_a_shift_that_was_called_off_since_cannot_be_taken_back(world: World) -> None:
    noor = world.expert("noor")
    respond.answer(world.app, noor, "s4", Answer.NO)
    call_off(world, "s4")
    assert respond.shift_card(world.app, noor, "s4").undo_until is None
    with pytest.raises(Refused):
        respond.undo_answer(world.app, noor, "s4")


def call_off(world: World, *shifts: str) -> None:
    """These shifts do not take place."""
    with world.database.writing() as work:
        for shift in shifts:
            work.bookings.clear_shift(shift, world.clock())
            work.shifts.remove(shift)
