"""Tests of mail: what leaves, in which order, and what happens when the server does not take it."""

import smtplib
import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Mail
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from scheduler.config import MailServer
from scheduler.domain.errors import Unsafe
from scheduler.domain.messages import MessageState
from scheduler.domain.responses import Answer
from scheduler.services import notices, respond, roster
from scheduler.services.letters import Letter
from scheduler.services.mail import NeverTaken, NotTaken, SmtpMailer
from scheduler.services.publish import publish
from tests.builders import JANUARY
from tests.services.world import World


class Post:
    """A mail server's memory, and the answer it gives to the next letters."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.answer = "250 taken"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Take a letter, or not."""
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content))
        return self.answer

    def bodies(self) -> list[str]:
        """The texts of what came, decoded."""
        return [mail.get_payload(decode=True).decode() for mail in self.mails]  # type: ignore[union-attr]


@pytest.fixture
def post() -> Post:
    """What the mail server has seen."""
    return Post()


@pytest.fixture
def mailer(post: Post) -> Iterator[SmtpMailer]:
    """A mailer with a real server behind it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    with SmtpMailer(MailServer("127.0.0.1", port, "none", sender="rooster@example.org")) as found:
        yield found
    controller.stop()


def states(world: World) -> list[tuple[str, MessageState]]:
    """What became of each message, sorted."""
    with world.database.reading() as work:
        return sorted((m.kind, m.state) for m in work.outbox.all())


def decline(world: World) -> None:
    """Noor says no to s1."""
    respond.answer(world.app, world.expert("noor"), "s1", Answer.NO)


def test_a_letter_is_neutral_and_in_plain_dutch(world: World, mailer: SmtpMailer, post: Post) -> None:
    edition = roster.assign(world.app, world.planner, JANUARY.first, "s6", "noor", edition=0).edition
    publish(world.app, world.planner, JANUARY.first, edition=edition)
    assert notices.send_due(world.app, mailer) == 2
    assert {mail["To"] for mail in post.mails} == {"noor@example.org", "hanneke@example.org"}
    mine = next(n for n, mail in enumerate(post.mails) if mail["To"] == "noor@example.org")
    assert post.mails[mine]["Subject"] == "Nieuw bericht over het rooster"
    assert post.mails[mine]["Message-ID"].endswith("@wijkrooster>")
    body = post.bodies()[mine]
    assert "Dag Noor," in body
    assert "- donderdag 14 januari, 09.30 tot 12.30 uur, Lydia" in body
    assert "Je hoeft geen reden te geven." in body
    assert "Daan: 088 000 01 23" in body
    assert {state for _, state in states(world)} == {MessageState.SENT}
    assert notices.send_due(world.app, mailer) == 0


def move(world: World, shift: str, off: str, on: str) -> None:
    """Publish that somebody takes the place of somebody else, a minute later."""
    world.clock.turn(minutes=1)
    edition = roster.unassign(world.app, world.planner, JANUARY.first, shift, off, edition=0).edition
    edition = roster.assign(world.app, world.planner, JANUARY.first, shift, on, edition=edition).edition
    publish(world.app, world.planner, JANUARY.first, edition=edition)


def mail_to(post: Post, name: str) -> str:
    """The one letter to somebody."""
    (body,) = [b for m, b in zip(post.mails, post.bodies(), strict=True) if m["To"] == f"{name}@example.org"]
    return body.replace("\r\n", "\n")


def test_a_letter_says_what_is_new_and_what_is_gone(world: World, mailer: SmtpMailer, post: Post) -> None:
    move(world, "s4", "noor", "sam")
    move(world, "s6", "kadir", "noor")
    notices.send_due(world.app, mailer)
    noor, kadir = mail_to(post, "noor"), mail_to(post, "kadir")
    new, _, gone = noor.partition("Hier hoef je niet meer heen.")
    assert "Nieuw voor je:\n- donderdag 14 januari, 09.30 tot 12.30 uur, Lydia\n" in new
    assert gone.startswith(" Dit ligt niet aan jou:\n- maandag 11 januari")
    assert "geen reden" in noor
    assert "Nieuw voor je" not in kadir
    assert "- donderdag 14 januari" in kadir
    assert "geen reden" not in kadir
    assert "Hier is veranderd wie er bij u komt:\n\n- maandag 11 januari" in mail_to(post, "hanneke")


def test_a_change_that_was_taken_back_before_the_mail_left_is_not_told(
    world: World, mailer: SmtpMailer, post: Post
) -> None:
    move(world, "s4", "noor", "sam")
    move(world, "s4", "sam", "noor")
    notices.send_due(world.app, mailer)
    assert {mail["To"] for mail in post.mails} == {"hanneke@example.org"}
    assert ("shifts_changed", MessageState.SUPERSEDED) in states(world)


def test_somebody_who_said_no_to_a_new_shift_before_the_mail_left_is_not_asked_again(
    world: World, mailer: SmtpMailer, post: Post
) -> None:
    move(world, "s4", "noor", "sam")
    respond.answer(world.app, world.expert("sam"), "s4", Answer.NO)
    notices.send_due(world.app, mailer)
    assert "sam@example.org" not in {mail["To"] for mail in post.mails}


def test_a_message_that_the_truth_has_overtaken_is_not_sent(world: World, mailer: SmtpMailer, post: Post) -> None:
    decline(world)
    respond.undo_answer(world.app, world.expert("noor"), "s1")
    notices.send_due(world.app, mailer)
    assert ("shift_declined", MessageState.SUPERSEDED) in states(world)
    assert [mail["To"] for mail in post.mails if mail["To"] == "ilse@example.org"] == ["ilse@example.org"]


def test_two_messages_of_a_kind_leave_as_one(world: World, mailer: SmtpMailer, post: Post) -> None:
    decline(world)
    respond.answer(world.app, world.expert("sam"), "s2", Answer.NO)
    notices.send_due(world.app, mailer)
    to_ilse = [body for mail, body in zip(post.mails, post.bodies(), strict=True) if mail["To"] == "ilse@example.org"]
    assert len(to_ilse) == 1
    assert to_ilse[0].count("\n- ") == 2


def test_urgent_messages_do_not_wait_behind_the_rest(quick_world: World, mailer: SmtpMailer, post: Post) -> None:
    with quick_world.database.writing() as work:
        from scheduler.domain.messages import Lane, Message

        now = quick_world.clock()
        for n in range(60):
            work.outbox.add(
                Message(
                    f"bulk{n}", "visits_changed", now, now, account="hanneke", lane=Lane.BULK, message_id=f"<{n}@x>"
                )
            )
    decline(quick_world)
    notices.send_due(quick_world.app, mailer)
    assert "ilse@example.org" in {mail["To"] for mail in post.mails}


def test_a_server_that_says_later_gets_the_message_later(world: World, mailer: SmtpMailer, post: Post) -> None:
    decline(world)
    post.answer = "451 later"
    notices.send_due(world.app, mailer)
    assert notices.send_due(world.app, mailer) == 0
    assert {state for _, state in states(world)} == {MessageState.WAITING}
    post.answer = "250 taken"
    world.clock.turn(minutes=2)
    assert notices.send_due(world.app, mailer) == 2
    assert {state for _, state in states(world)} == {MessageState.SENT}
    assert len(post.mails) == 2


def test_a_letter_that_is_refused_for_good_is_marked_so(world: World, mailer: SmtpMailer, post: Post) -> None:
    decline(world)
    post.answer = "554 no"
    notices.send_due(world.app, mailer)
    assert {state for _, state in states(world)} == {MessageState.FAILED}


def test_a_sender_that_dies_after_handing_over_sends_once_more_with_the_same_id(
    world: World, mailer: SmtpMailer, post: Post
) -> None:
    decline(world)

    class Dies(RuntimeError):
        pass

    class Dying:
        def send(self, letter: Letter, message_id: str) -> None:
            mailer.send(letter, message_id)
            raise Dies

    with pytest.raises(Dies):
        notices.send_due(world.app, Dying())
    assert notices.send_due(world.app, mailer) == 0
    world.clock.turn(minutes=3)
    assert notices.send_due(world.app, mailer) == 2
    assert len(post.mails) == 3
    assert len({mail["Message-ID"] for mail in post.mails}) == 2


def test_without_a_mail_server_messages_are_kept(quick_world: World) -> None:
    decline(quick_world)
    assert notices.send_due(quick_world.app, None) == 2
    assert {state for _, state in states(quick_world)} == {MessageState.KEPT}


def test_faults_of_the_line_are_told_apart(post: Post, mailer: SmtpMailer) -> None:
    nowhere = SmtpMailer(MailServer("127.0.0.1", 9, "none", sender="rooster@example.org"))
    with pytest.raises(NotTaken):
        nowhere.send(Letter("a@example.org", "s", "b"), "<1@x>")
    with pytest.raises(NeverTaken):
        mailer.send(Letter("a@example.org\r\nBcc: x@example.org", "s", "b"), "<1@x>")
    assert post.mails == []
    assert issubclass(smtplib.SMTPServerDisconnected, OSError)


def test_mail_over_an_open_line_is_refused() -> None:
    with pytest.raises(Unsafe):
        MailServer("mail.example.org", 25, "none", sender="rooster@example.org")
    with pytest.raises(Unsafe):
        MailServer("127.0.0.1", 25, "none", sender="rooster@example.org\r\nBcc: x@y")
