"""How does a venue ask for somebody? Six fields, or the same as last time."""

from dataclasses import replace
from datetime import time
from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from scheduler.domain.accounts import AccountRole
from scheduler.domain.cover import LONGEST_NOTE, Repeat
from scheduler.domain.errors import InvalidValue, Sentence
from scheduler.domain.time import Fold
from scheduler.services import cover, doubts
from scheduler.services.expert_views import DayPart
from scheduler.services.venue_views import RequestChoices, RequestOrder
from web import days, forms, present, words
from web.access import allow
from web.coordinator.face import pages
from web.here import services, viewer
from web.language import gettext

OTHER_TIME: Final = "other"
HOURS: Final = {
    "morning": (time(9, 30), time(12, 30)),
    "afternoon": (time(13, 30), time(16, 30)),
    "evening": (time(18, 30), time(21, 30)),
}
REPEATS: Final = {repeat.value: repeat for repeat in Repeat}
MOST_PEOPLE: Final = 4
FOLDS: Final = {fold.value: fold for fold in Fold}
FIELD_OF: Final = {"occurs twice": "fold", "(BSN)": "note", "is the most for one person": "end"}
"""Where a refusal is shown that a service knows, by words of its sentence."""
NO_WISH: Final = ""


@pages.get("/<venue>/ask")
@allow(AccountRole.COORDINATOR)
def ask(venue: str) -> ResponseReturnValue:
    """The form, with the usual answers already chosen, or with those of an earlier request that is asked again."""
    choices = cover.request_choices(services(), viewer(), venue)
    if again := request.args.get("again"):
        return _page(choices, forms.Form(MultiDict(_values_of(cover.order_again(services(), viewer(), again)))))
    known = [choice.id for choice in choices.activities]
    first = choices.last.activity if choices.last and choices.last.activity in known else known[0] if known else ""
    usual = {"activity": first, "hours": "morning", "headcount": "1", "repeat": Repeat.ONCE.value}
    return _page(choices, forms.Form(MultiDict(usual)))


@pages.post("/<venue>/ask")
@allow(AccountRole.COORDINATOR)
def send(venue: str) -> ResponseReturnValue:
    """Send the request; what is wrong comes back at its field with everything that was typed."""
    form = forms.Form()
    choices = cover.request_choices(services(), viewer(), venue)
    order = _order(form, choices)
    if order is None:
        return _page(choices, form), 422
    try:
        asked = doubts.doubts_about(services(), viewer(), order, key=form.key)
        if {doubt.kind for doubt in asked} - _sure(form):
            return _page(choices, form, asked), 422
        sent = cover.submit_request(services(), viewer(), order, key=form.key)
    except InvalidValue as error:
        fields = (field for said, field in FIELD_OF.items() if said in error.sentence.text)
        form.fault(next(fields, "form"), error.sentence)
        return _page(choices, form), 422
    return redirect(url_for("coordinator.request_status", request_id=sent.id, sent=1))


def _sure(form: forms.Form) -> set[str]:
    """The kinds of questions that were answered with yes."""
    return set(form.values.get("sure", "").split(","))


def wishes_of(choices: RequestChoices) -> dict[str, Sentence]:
    """What can be wished for: a language that people speak or a theme they like to help with."""
    speaks = {
        f"language:{code}": Sentence("Speaks %(language)s", {"language": words.called(words.LANGUAGES, code)})
        for code in choices.languages
        if code != "nl"
    }
    helps = {
        f"theme:{name}": Sentence("Likes to help with %(theme)s", {"theme": words.called(words.THEMES, name)})
        for name in choices.themes
    }
    return speaks | helps


def _order(form: forms.Form, choices: RequestChoices) -> RequestOrder | None:
    activity = form.choice("activity", {a.id: a.id for a in choices.activities})
    first = form.day("first")
    hours = _hours(form)
    headcount = form.whole("headcount", 1, MOST_PEOPLE)
    repeat = form.choice("repeat", REPEATS)
    until = form.day("until", required=False) if repeat not in {None, Repeat.ONCE} else None
    wish = form.choice("wish", {value: value for value in (NO_WISH, *wishes_of(choices))})
    note = form.text("note", LONGEST_NOTE)
    fold = form.choice("fold", FOLDS) if form.values.get("fold") else None
    if first is not None and first < days.today():
        form.fault("first", Sentence("This day has already passed."))
    if first is not None and until is not None and until < first:
        form.fault("until", Sentence("The last day comes before the first day."))
    if activity is None or first is None or hours is None or headcount is None or repeat is None or not form.is_valid:
        return None
    kind, _, value = (wish or "").partition(":")
    return RequestOrder(
        venue=choices.venue.id,
        activity=activity,
        first=first,
        start=hours[0],
        end=hours[1],
        headcount=headcount,
        repeat=repeat,
        until=until,
        languages=frozenset({value}) if kind == "language" else frozenset(),
        themes=frozenset({value}) if kind == "theme" else frozenset(),
        note=note,
        fold=fold,
    )


def _hours(form: forms.Form) -> tuple[time, time] | None:
    if form.values.get("hours") != OTHER_TIME:
        return form.choice("hours", HOURS)
    start, end = form.clock("start"), form.clock("end", is_end=True)
    if start is None or end is None:
        return None
    if start == end:
        form.fault("end", Sentence("The end is the same as the start."))
    return start, end


def _page(choices: RequestChoices, form: forms.Form, asked: tuple[doubts.Doubt, ...] = ()) -> str:
    return render_template(
        "coordinator/ask.html",
        choices=choices,
        form=form,
        asked=asked,
        sure=",".join(doubt.kind for doubt in asked) or form.values.get("sure", ""),
        hour_options=_hour_options(),
        people_options=[(str(number), number) for number in range(1, MOST_PEOPLE + 1)],
        repeat_options=[(repeat.value, present.word(repeat)) for repeat in Repeat],
        wish_options=[(NO_WISH, gettext("None")), *((w, present.say(s)) for w, s in wishes_of(choices).items())],
        same=_values_of(replace(choices.last, note="")) if choices.last else None,
    )


def _hour_options() -> list[tuple[str, str]]:
    parts = {part.value: present.capital(present.word(part)) for part in DayPart}
    usual = [(name, f"{parts[name]} {present.hours(start, end)}") for name, (start, end) in HOURS.items()]
    return [*usual, (OTHER_TIME, gettext("Another time"))]


def _values_of(order: RequestOrder) -> dict[str, str]:
    """The fields of the form as they stand for an earlier order."""
    return {
        "activity": order.activity,
        "first": order.first.isoformat(),
        "hours": _hours_of(order),
        "start": f"{order.start:%H:%M}",
        "end": f"{order.end:%H:%M}",
        "headcount": str(order.headcount),
        "repeat": order.repeat.value,
        "until": order.until.isoformat() if order.until else "",
        "wish": _wish_of(order),
        "note": order.note,
    }


def _wish_of(order: RequestOrder) -> str:
    """The value of the wish field that stands for an earlier order."""
    found = [f"language:{x}" for x in sorted(order.languages)] + [f"theme:{x}" for x in sorted(order.themes)]
    return found[0] if found else NO_WISH


def _hours_of(order: RequestOrder) -> str:
    """The tile that stands for the hours of an earlier order."""
    return next((name for name, found in HOURS.items() if found == (order.start, order.end)), OTHER_TIME)
