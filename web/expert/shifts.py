"""What is next, what is asked of me, and what do I answer?"""

from typing import Final

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import Refused, Sentence
from scheduler.domain.responses import Answer
from scheduler.services import respond
from web import forms
from web.access import allow
from web.expert.face import pages
from web.here import agency, services, viewer

ANSWERS: Final = {answer.value: answer for answer in (Answer.YES, Answer.NO, Answer.TALK)}


@pages.get("/")
@allow(AccountRole.EXPERT)
def home() -> ResponseReturnValue:
    """One card first: the next shift."""
    return render_template("expert/home.html", home=respond.expert_home(services(), viewer()))


@pages.get("/shifts")
@allow(AccountRole.EXPERT)
def shifts() -> ResponseReturnValue:
    """Every coming shift as a plain list, also for printing."""
    return render_template("expert/shifts.html", home=respond.expert_home(services(), viewer()))


@pages.get("/shifts/<shift>")
@allow(AccountRole.EXPERT)
def shift(shift: str) -> ResponseReturnValue:
    """One shift: where, what, with whom, and the three answers."""
    return _page(shift)


@pages.post("/shifts/<shift>/answer")
@allow(AccountRole.EXPERT)
def answer(shift: str) -> ResponseReturnValue:
    """Yes, not this time, or let's talk; nobody asks why."""
    form = forms.Form()
    chosen = form.choice("answer", ANSWERS)
    if chosen is None:
        return redirect(url_for("expert.shift", shift=shift))
    try:
        respond.answer(services(), viewer(), shift, chosen, key=form.key)
    except Refused as error:
        return _page(shift, error.sentence), 422
    return redirect(url_for("expert.answered", shift=shift))


@pages.get("/shifts/<shift>/answered")
@allow(AccountRole.EXPERT)
def answered(shift: str) -> ResponseReturnValue:
    """What the answer means now, and how to take it back."""
    card = respond.shift_card(services(), viewer(), shift)
    return render_template("expert/answered.html", card=card, on_duty=agency().on_duty)


@pages.post("/shifts/<shift>/undo")
@allow(AccountRole.EXPERT)
def undo(shift: str) -> ResponseReturnValue:
    """Take a no back while the place is free."""
    try:
        respond.undo_answer(services(), viewer(), shift, key=forms.Form().key)
    except Refused as error:
        return _page(shift, error.sentence), 422
    return redirect(url_for("expert.answered", shift=shift))


def _page(shift: str, fault: Sentence | None = None) -> str:
    card = respond.shift_card(services(), viewer(), shift)
    return render_template("expert/shift.html", card=card, on_duty=agency().on_duty, fault=fault)
