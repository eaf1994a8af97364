"""How much, how often and where at most? The limits that an expert sets for herself."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import time
from typing import Any, Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import Stale
from scheduler.domain.people import Exclusion, ExclusionKind, PersonalLimits
from scheduler.services import availability as use
from scheduler.services import outgrown
from scheduler.services.expert_views import LimitsView
from web import forms, present
from web.access import allow
from web.expert import more_limits
from web.expert.face import pages
from web.here import agency, services, viewer
from web.language import gettext, ngettext

NO_LIMIT: Final = ""
HOUR: Final = 60
CHOICES: Final[dict[str, tuple[int, ...]]] = {
    "minutes_a_day": tuple(HOUR * n for n in range(2, 11)),
    "minutes_a_week": tuple(HOUR * n for n in (3, 4, 6, 8, 10, 12, 16, 20, 24, 28, 32, 36)),
    "minutes_a_month": tuple(HOUR * n for n in (6, 8, 12, 16, 20, 24, 28, 32, 37, 40, 48, 60, 80, 100, 120, 144)),
    "shifts_a_week": tuple(range(1, 8)),
    "days_in_a_row": tuple(range(1, 8)),
    "travel_minutes": (10, 15, 20, 25, 30, 40, 50, 60, 90),
}
CLOCKS: Final[dict[str, tuple[time, ...]]] = {
    "earliest_start": tuple(time(hour, minute) for hour in range(7, 15) for minute in (0, 30)),
    "latest_end": tuple(time(hour, minute) for hour in range(12, 23) for minute in (0, 30)),
}
TICKS: Final = ("quiet_places_only", "two_person_shifts_only")


@pages.get("/limits")
@allow(AccountRole.EXPERT)
def limits() -> ResponseReturnValue:
    """The own limits and the hours of this month."""
    view = use.limits_view(services(), viewer())
    return _page(view, values_of(view.limits))


@pages.post("/limits")
@allow(AccountRole.EXPERT)
def save_limits() -> ResponseReturnValue:
    """Keep the limits; when they were changed elsewhere, both are shown."""
    form = forms.Form()
    view = use.limits_view(services(), viewer())
    found = _limits(form, view)
    if found is None:
        return _page(view, form.values, form), 422
    try:
        use.save_limits(services(), viewer(), found, edition=form.edition, key=form.key)
    except Stale:
        return _page(use.limits_view(services(), viewer()), values_of(found), form, is_stale=True), 409
    return redirect(url_for("expert.limits", done="limits"))


@pages.get("/limits/places")
@allow(AccountRole.EXPERT)
def places() -> ResponseReturnValue:
    """Where the expert would rather not be; nobody else ever sees it."""
    view = use.limits_view(services(), viewer())
    avoided = {e.subject for e in view.exclusions if e.kind is ExclusionKind.VENUE}
    return render_template("expert/places.html", view=view, avoided=avoided, is_stale=False)


@pages.post("/limits/places")
@allow(AccountRole.EXPERT)
def save_places() -> ResponseReturnValue:
    """Keep the places to avoid; other private exclusions stay as they are."""
    form = forms.Form()
    view = use.limits_view(services(), viewer())
    avoided = {venue.id for venue in view.venues if form.tick(f"venue-{venue.id}")}
    others = tuple(e for e in view.exclusions if e.kind is not ExclusionKind.VENUE)
    exclusions = others + tuple(Exclusion(ExclusionKind.VENUE, venue) for venue in sorted(avoided))
    try:
        use.save_exclusions(services(), viewer(), exclusions, edition=form.edition, key=form.key)
    except Stale:
        fresh = use.limits_view(services(), viewer())
        return render_template("expert/places.html", view=fresh, avoided=avoided, is_stale=True), 409
    return redirect(url_for("expert.limits", done="places"))


def values_of(limits: PersonalLimits) -> dict[str, str]:
    """The limits as the form's fields show them; no limit is the empty value."""
    values = {name: _shown(getattr(limits, name)) for name in (*CHOICES, *CLOCKS)}
    values |= more_limits.values_of(limits)
    return values | {name: "1" if getattr(limits, name) else "" for name in TICKS}


def options_of(name: str, stored: PersonalLimits) -> list[int | time]:
    """What a limit offers, the stored value among it even when it is an uncommon one."""
    offered: Iterable[int | time] = (CHOICES | more_limits.CHOICES).get(name) or CLOCKS[name]
    current = getattr(stored, name)
    return sorted({*offered, *(() if current is None else (current,))})


def _shown(value: int | time | None) -> str:
    return NO_LIMIT if value is None else f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _limits(form: forms.Form, view: LimitsView) -> PersonalLimits | None:
    stored = view.limits
    chosen: dict[str, Any] = {}
    for name in (*CHOICES, *CLOCKS):
        options: dict[str, int | time | None] = {_shown(value): value for value in options_of(name, stored)}
        chosen[name] = form.choice(name, {NO_LIMIT: None} | options)
    chosen |= {name: form.tick(name) for name in TICKS}
    chosen |= more_limits.read(form, stored, (activity.id for activity in view.activities))
    if form.is_valid:
        more_limits.check(form, {"least_days_in_a_row": stored.least_days_in_a_row} | chosen)
    return replace(stored, **chosen) if form.is_valid else None


def _page(view: LimitsView, values: dict[str, str], form: forms.Form | None = None, *, is_stale: bool = False) -> str:
    return render_template(
        "expert/limits.html",
        view=view,
        values=values,
        stored=values_of(view.limits),
        faults=form.faults if form else {},
        is_stale=is_stale,
        opened=more_limits.open_groups(values, form.faults if form else {}),
        options=lambda name: options_of(name, view.limits),
        shown=_shown,
        hours_option=present.amount,
        clock_option=lambda at: gettext("%(time)s o'clock", time=present.clock(at)),
        shifts_option=lambda number: ngettext("%(num)s shift", "%(num)s shifts", number),
        days_option=lambda number: ngettext("%(num)s day", "%(num)s days", number),
        weekends_option=lambda number: ngettext("%(num)s weekend", "%(num)s weekends", number),
        times_option=lambda number: ngettext("%(num)s time", "%(num)s times", number),
        minutes_option=lambda number: ngettext("%(num)s minute", "%(num)s minutes", number),
        outgrown=outgrown.outgrown_shifts(services(), viewer()),
        done=request.args.get("done", ""),
        on_duty=agency().on_duty,
    )
