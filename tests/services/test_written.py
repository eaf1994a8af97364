"""Tests of the letter about an answer that a planner wrote down: what it says, and what it leaves out by then."""

import pytest

from scheduler.domain.messages import MessageState
from scheduler.domain.responses import Answer
from scheduler.services import notices, respond
from scheduler.services.letters import Letter
from scheduler.services.phone import write_down
from tests.builders import JANUARY
from tests.services.world import World

OPENING = "Een planner schreef een antwoord voor je op."
LINE = "- woensdag 6 januari, 09.30 tot 12.30 uur, Lydia"


class Letters:
    """A mailer that keeps what is for Noor."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.hers: list[str] = []

    def send(self, letter: Letter, message_id: str) -> None:
        """Take every letter."""
        if letter.to == "noor@example.org":
            assert letter.subject == "Nieuw bericht over het rooster"
            self.hers.append(letter.body)

    def after(self, *answers: Answer) -> list[str]:
        """What reaches her when these are written down a minute apart and the mail leaves then."""
        self.hers.clear()
        for answer in answers:
            self.world.clock.turn(minutes=1)
            write_down(self.world.app, self.world.planner, JANUARY.first, "s1", "noor", answer=answer)
        notices.send_due(self.world.app, self)
        return self.hers


@pytest.fixture
def letters(quick_world: World) -> Letters:
    """What Noor gets by mail."""
    return Letters(quick_world)


@pytest.mark.parametrize(
    ("answer", "heading"),
    [(Answer.YES, "Je komt:"), (Answer.NO, "Je komt dit keer niet:"), (Answer.TALK, "Je wilt overleggen:")],
)
def test_she_gets_a_letter_with_the_answer_and_what_to_do_when_it_is_not_right(
    letters: Letters, answer: Answer, heading: str
) -> None:
    (body,) = letters.after(answer)
    assert f"{OPENING}\n\n{heading}\n{LINE}\n\nKlopt het niet? Verander het, of bel ons." in body
    assert "reden" not in body


def test_a_no_taken_back_at_once_is_not_told_and_later_it_is(letters: Letters) -> None:
    assert letters.after(Answer.NO, Answer.UNDONE) == []
    (no,) = letters.after(Answer.NO)
    (back,) = letters.after(Answer.UNDONE)
    assert "Je komt dit keer niet:" in no
    assert f"Toch weer van jou:\n{LINE}" in back


def test_only_the_last_of_two_answers_is_told(letters: Letters) -> None:
    (body,) = letters.after(Answer.TALK, Answer.YES)
    assert "Je komt:" in body
    assert "overleggen" not in body


def test_what_she_answered_herself_needs_no_letter(letters: Letters) -> None:
    world = letters.world
    world.clock.turn(minutes=1)
    write_down(world.app, world.planner, JANUARY.first, "s1", "noor", answer=Answer.TALK)
    respond.answer(world.app, world.expert("noor"), "s1", Answer.YES)
    assert letters.after() == []
    with world.database.reading() as work:
        states = {m.state for m in work.outbox.all() if m.expert == "noor"}
    assert states == {MessageState.SUPERSEDED}


def test_her_first_page_names_it_for_two_weeks_until_she_answers_herself(letters: Letters) -> None:
    world, noor = letters.world, letters.world.expert("noor")
    letters.after(Answer.YES)
    assert [c.shift.id for c in respond.expert_home(world.app, noor).written_down] == ["s1"]
    letters.after(Answer.NO)
    assert [c.shift.id for c in respond.expert_home(world.app, noor).undoable] == ["s1"]
    assert respond.expert_home(world.app, noor).written_down == ()
    world.clock.turn(minutes=31)
    assert [c.shift.id for c in respond.expert_home(world.app, noor).written_down] == ["s1"]
    world.clock.set("wed 13:00")
    assert respond.expert_home(world.app, noor).written_down == ()
