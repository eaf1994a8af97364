"""When can I work? The usual week in half-days, and the days that differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.domain.availability import MIDNIGHT, AvailabilityLevel, DaySlot
from scheduler.domain.errors import InvalidValue, Sentence, Stale
from scheduler.services import availability as use
from scheduler.services import outgrown
from scheduler.services.expert_views import PART_HOURS, AvailabilityView, DayPart
from web import forms, present
from web.access import allow
from web.expert.face import pages
from web.here import services, viewer
from web.language import gettext

LEVELS: Final = {str(level.value): level for level in AvailabilityLevel}
WHOLE_DAY: Final = "day"
OTHER_TIME: Final = "other"
PARTS: Final[Mapping[str, tuple[time, time]]] = {
    WHOLE_DAY: (MIDNIGHT, MIDNIGHT),
    **{part.value: hours for part, hours in PART_HOURS.items()},
    OTHER_TIME: (MIDNIGHT, MIDNIGHT),
}
MIXED: Final = "mixed"
"""The answer that leaves the hours of a part as they are stored."""
Levels = dict[tuple[int, DayPart], AvailabilityLevel | None]


@dataclass(frozen=True, slots=True)
class WeekForm:
    """The week as it is shown: chosen levels, and what is stored where somebody else saved meanwhile; None is mixed."""

    levels: Levels
    stored: Levels
    fault: Sentence | None = None


@pages.get("/availability")
@allow(AccountRole.EXPERT)
def availability() -> ResponseReturnValue:
    """The usual week and the days that differ."""
    view = use.availability_view(services(), viewer())
    return _page(view, WeekForm(_shown(view), _shown(view)), forms.Form(request.args))


@pages.post("/availability")
@allow(AccountRole.EXPERT)
def save_week() -> ResponseReturnValue:
    """Keep the usual week; when it was changed elsewhere, both weeks are shown."""
    form = forms.Form()
    view = use.availability_view(services(), viewer())
    shown = _shown(view)
    levels = {place: _chosen(form, place, level) for place, level in shown.items()}
    if not form.is_valid:
        fault = Sentence("Choose an answer for every part of the day.")
        return _page(view, WeekForm(levels, shown, fault), forms.Form(request.args)), 422
    try:
        slots = use.slots_of_parts(levels, view)
        use.save_weekly(services(), viewer(), slots, edition=form.edition, key=form.key)
    except Stale as error:
        fresh = use.availability_view(services(), viewer())
        return _page(fresh, WeekForm(levels, _shown(fresh), error.sentence), forms.Form(request.args)), 409
    return redirect(url_for("expert.availability", done="week"))


@pages.post("/availability/days")
@allow(AccountRole.EXPERT)
def add_day() -> ResponseReturnValue:
    """Say that a day or some days differ from the usual week."""
    form = forms.Form()
    slot = _slot(form)
    if slot is not None and form.is_valid:
        use.add_exception(services(), viewer(), slot, key=form.key)
        return redirect(url_for("expert.availability", done="day", _anchor="days"))
    view = use.availability_view(services(), viewer())
    return _page(view, WeekForm(_shown(view), _shown(view)), form), 422


@pages.post("/availability/days/<exception>/remove")
@allow(AccountRole.EXPERT)
def remove_day(exception: str) -> ResponseReturnValue:
    """Let the usual week count again on these days."""
    use.remove_exception(services(), viewer(), exception, key=forms.Form().key)
    return redirect(url_for("expert.availability", done="removed", _anchor="days"))


def field_of(weekday: int, part: DayPart) -> str:
    """The name of the radios of one half-day."""
    return f"{weekday}-{part.value}"


def _shown(view: AvailabilityView) -> Levels:
    return {place: None if place in view.mixed else level for place, level in view.levels.items()}


def _chosen(form: forms.Form, place: tuple[int, DayPart], shown: AvailabilityLevel | None) -> AvailabilityLevel | None:
    name = field_of(*place)
    if form.values.get(name) == MIXED:
        return None
    chosen = form.choice(name, LEVELS)
    return shown if chosen is None else chosen


def _slot(form: forms.Form) -> DaySlot | None:
    first, last = form.day("first"), form.day("last", required=False)
    level = form.choice("level", LEVELS)
    hours = form.choice("part", PARTS)
    if form.values.get("part") == OTHER_TIME:
        start, end = form.clock("start"), form.clock("end", is_end=True)
        hours = (start, end) if start is not None and end is not None else None
    if first is None or level is None or hours is None or not form.is_valid:
        return None
    try:
        return DaySlot(first, last or first, level, *hours)
    except InvalidValue as error:
        form.fault("last" if last and last < first else "end", error.sentence)
        return None


def _part_options() -> list[tuple[str, str]]:
    parts = [(part.value, present.capital(present.word(part))) for part in DayPart]
    return [(WHOLE_DAY, gettext("The whole day")), *parts, (OTHER_TIME, gettext("Another time"))]


def slot_hours(slot: DaySlot) -> str:
    """Which part of a day an exception is about."""
    for name, text in _part_options():
        if PARTS[name] == (slot.start, slot.end):
            return text
    return present.hours(slot.start, slot.end)


def _page(view: AvailabilityView, week: WeekForm, day: forms.Form) -> str:
    return render_template(
        "expert/availability.html",
        view=view,
        week=week,
        day=day,
        parts_of_day=list(DayPart),
        day_parts=_part_options(),
        levels=list(AvailabilityLevel),
        mixed=MIXED,
        outgrown=outgrown.outgrown_shifts(services(), viewer()),
        level_values=list(LEVELS),
        field_of=field_of,
        slot_hours=slot_hours,
        hours_of_part=use.hours_of_part,
        done=request.args.get("done", ""),
    )
