"""Tests of what an expert's calendar says of a place that was hers: nothing vanishes from it without a word."""

from icalendar import Calendar

from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.services import feeds, publish, respond, roster
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
    with world.database.writing() as work:
        assert work.bookings.clear_shift("s4", world.clock()) == ["noor"]
        work.shifts.remove("s4")
    assert calendar_of(world, "noor")["Mon 11"][:2] == ("CANCELLED", 1)


def test_what_stood_in_a_draft_only_was_never_told_and_leaves_no_trace(world: World) -> None:
    edition = roster.assign(world.app, world.planner, FIRST, "s3", "noor", edition=0).edition
    roster.unassign(world.app, world.planner, FIRST, "s3", "noor", edition=edition)
    with world.database.reading() as work:
        assert not work.bookings.has(Assignment("noor", "s3"))
    assert "Fri 08" not in calendar_of(world, "noor")
