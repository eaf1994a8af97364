"""Tests of letters that did not leave: who is named, how long, and what is left out."""

from dataclasses import replace

import pytest

from scheduler.config import MailServer
from scheduler.domain.errors import NotAllowed
from scheduler.domain.messages import MessageState
from scheduler.domain.people import Profile
from scheduler.domain.responses import Answer
from scheduler.services import notices, respond, roster, unreached
from scheduler.services.letters import WORDS, Letter
from scheduler.services.mail import NeverTaken
from scheduler.services.publish import publish
from tests.builders import JANUARY
from tests.services.world import World


class Refusing:
    """A mail server that takes no letter."""

    def send(self, letter: Letter, message_id: str) -> None:
        """Refuse it for good."""
        raise NeverTaken("The mail server refuses this letter (%(code)s).", code=554)


@pytest.fixture
def mailing(quick_world: World) -> World:
    """The small agency with a mail server, in which Sam has a phone."""
    server = MailServer("127.0.0.1", 25, "none", sender="rooster@example.org")
    with quick_world.database.writing() as work:
        work.experts.put_profiles([Profile("sam", "Sam", "Jansen", "sam@example.org", "06 00 00 00 00")])
    return World(replace(quick_world.app, config=replace(quick_world.app.config, mail=server)), quick_world.clock)


def move(world: World) -> None:
    """Publish that Sam goes to s4 in the place of Noor."""
    edition = roster.unassign(world.app, world.planner, JANUARY.first, "s4", "noor", edition=0).edition
    edition = roster.assign(world.app, world.planner, JANUARY.first, "s4", "sam", edition=edition).edition
    publish(world.app, world.planner, JANUARY.first, edition=edition)


def lost(world: World) -> list[tuple[str, str, str]]:
    """To whom, about what, and whom to ring."""
    return [(one.to, str(one.subject), one.phone) for one in unreached.letters(world.app, world.planner).lost]


def test_a_letter_that_was_refused_says_whom_to_call_about_what(mailing: World) -> None:
    move(mailing)
    assert lost(mailing) == []
    notices.send_due(mailing.app, Refusing())
    assert lost(mailing) == [
        ("Hanneke", "Who comes to the house", "020 000 00 00"),
        ("Noor Jansen", "What changed in the roster", ""),
        ("Sam Jansen", "What changed in the roster", "06 00 00 00 00"),
    ]
    view = unreached.letters(mailing.app, mailing.planner)
    assert view.mails
    assert [one.first.id for one in view.lost if one.first] == ["s4"] * 3
    assert {one.since for one in view.lost} == {mailing.clock()}
    assert unreached.lost_letters(mailing.app, mailing.planner) == 3


def test_a_letter_about_shifts_that_are_over_needs_no_call(mailing: World) -> None:
    move(mailing)
    notices.send_due(mailing.app, Refusing())
    mailing.clock.set("w2 mon 13:00")
    assert lost(mailing) == []
    assert unreached.lost_letters(mailing.app, mailing.planner) == 0


def test_several_messages_of_one_letter_are_one_call(mailing: World) -> None:
    respond.answer(mailing.app, mailing.expert("noor"), "s1", Answer.NO)
    respond.answer(mailing.app, mailing.expert("sam"), "s2", Answer.NO)
    notices.send_due(mailing.app, Refusing())
    assert [(to, subject) for to, subject, _ in lost(mailing)].count(("Ilse", "A place is free again")) == 1


def test_somebody_who_has_gone_needs_no_call(mailing: World) -> None:
    move(mailing)
    notices.send_due(mailing.app, Refusing())
    with mailing.database.writing() as work:
        known = work.accounts.get("hanneke")
        work.accounts.save(replace(known, active=False), work.accounts.edition_of("hanneke"))
    assert "Hanneke" not in {to for to, _, _ in lost(mailing)}


def test_somebody_without_an_address_is_to_be_called(mailing: World) -> None:
    with mailing.database.writing() as work:
        work.experts.put_profiles([Profile("sam", "Sam", "Jansen", "", "06 00 00 00 00")])
        work.accounts.remove("account-sam")
    move(mailing)
    notices.send_due(mailing.app, Refusing())
    assert ("Sam Jansen", "What changed in the roster", "06 00 00 00 00") in lost(mailing)
    with mailing.database.reading() as work:
        assert [m.error for m in work.outbox.of(expert="sam")] == ["no address"]


def test_without_a_mail_server_nobody_is_listed_and_later_they_are_counted(quick_world: World, mailing: World) -> None:
    move(quick_world)
    notices.send_due(quick_world.app, None)
    with quick_world.database.reading() as work:
        assert {m.state for m in work.outbox.all()} == {MessageState.KEPT}
    assert unreached.letters(quick_world.app, quick_world.planner) == unreached.LettersView(mails=False, lost=())
    assert unreached.letters(mailing.app, mailing.planner) == unreached.LettersView(mails=True, lost=(), kept=3)


def test_every_kind_of_letter_has_a_subject() -> None:
    assert unreached.SUBJECTS.keys() == WORDS["nl"].opening.keys()


def test_only_planners_see_whom_no_letter_reached(mailing: World) -> None:
    for viewer in (mailing.coordinator, mailing.expert("noor")):
        with pytest.raises(NotAllowed):
            unreached.letters(mailing.app, viewer)
        with pytest.raises(NotAllowed):
            unreached.lost_letters(mailing.app, viewer)
