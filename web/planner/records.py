"""Who works here, which houses are there, and which rules hold?"""

import re

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import InvalidValue, Stale
from scheduler.domain.score import Level
from scheduler.services import exports, rulebook
from scheduler.services import people as people_services
from scheduler.services.fits import fitting_shifts
from web import days, forms, language, present
from web.access import allow
from web.here import services, viewer
from web.planner.face import chosen_window, pages

LONGEST_NAME = 80
FILE_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
ROSTER_FILES = {
    "csv": (exports.export_roster_csv, FILE_TYPES["csv"]),
    "ics": (exports.export_roster_ics, "text/calendar; charset=utf-8"),
}
LONGEST_SEARCH = 80


@pages.get("/people")
@allow(AccountRole.PLANNER)
def people() -> ResponseReturnValue:
    """Every expert, or those that a search finds."""
    search = forms.clean_text(request.args.get("q", ""))[:LONGEST_SEARCH]
    found = people_services.experts(services(), viewer(), search)
    houses = [v for v in people_services.venues(services(), viewer()) if search and search.lower() in v.name.lower()]
    return render_template("planner/people.html", experts=found, search=search, houses=houses, year=days.today().year)


@pages.get("/hours.<kind>")
@allow(AccountRole.PLANNER)
def hours(kind: str) -> ResponseReturnValue:
    """The hours of everybody per month of a year, as a file for a spreadsheet."""
    year = request.args.get("year", str(days.today().year))
    if kind not in FILE_TYPES or not re.fullmatch(r"20\d\d|21\d\d", year, re.ASCII):
        abort(404)
    table = exports.hours_of_year(services(), viewer(), int(year), words=present.say)
    data = table.xlsx() if kind == "xlsx" else table.csv("," if language.language() == "nl" else ".")
    response = Response(data, content_type=FILE_TYPES[kind])
    response.headers.set("Content-Disposition", "attachment", filename=f"wijkrooster-{year}.{kind}")
    return response


@pages.get("/roster.<kind>")
@allow(AccountRole.PLANNER)
def roster_file(kind: str) -> ResponseReturnValue:
    """Who comes where in this window, as a file for a spreadsheet or a calendar."""
    if kind not in ROSTER_FILES:
        abort(404)
    first = chosen_window()
    export, file_type = ROSTER_FILES[kind]
    response = Response(export(services(), viewer(), first, words=present.say), content_type=file_type)
    name = f"wijkrooster-{first.isoformat()}.{kind}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@pages.get("/people/<expert_id>")
@allow(AccountRole.PLANNER)
def person(expert_id: str) -> ResponseReturnValue:
    """One expert, as far as planning needs to know."""
    detail = people_services.expert_detail(services(), viewer(), expert_id)
    fits = fitting_shifts(services(), viewer(), expert_id, chosen_window())
    return render_template("planner/person.html", person=detail, fits=fits)


@pages.get("/houses")
@allow(AccountRole.PLANNER)
def venues() -> ResponseReturnValue:
    """Every venue with its need and its cover."""
    return render_template("planner/venues.html", venues=people_services.venues(services(), viewer()))


@pages.get("/houses/<venue_id>")
@allow(AccountRole.PLANNER)
def venue(venue_id: str) -> ResponseReturnValue:
    """One venue: whom to call, what was asked, who comes."""
    return _venue_page(venue_id)


@pages.post("/houses/<venue_id>")
@allow(AccountRole.PLANNER)
def save_venue(venue_id: str) -> ResponseReturnValue:
    """Save the contact on duty of a venue."""
    form = forms.Form()
    name = form.text("contact_name", LONGEST_NAME, required=True)
    phone = form.text("contact_phone", LONGEST_NAME, required=True)
    if not form.is_valid:
        return _venue_page(venue_id, form), 422
    try:
        people_services.save_venue_contact(
            services(), viewer(), venue_id, name=name, phone=phone, edition=form.edition, key=form.key
        )
    except (InvalidValue, Stale) as error:
        form.fault("form", error.sentence)
        return _venue_page(venue_id, form), 409 if isinstance(error, Stale) else 422
    return redirect(url_for("planner.venue", venue_id=venue_id, saved=1))


@pages.get("/rules")
@allow(AccountRole.PLANNER)
def rules() -> ResponseReturnValue:
    """Every rule in words, in the order in which they are settled."""
    found = rulebook.rules_view(services(), viewer())
    levels = [(level, [rule for rule in found if rule.level is level]) for level in Level]
    return render_template("planner/rules.html", levels=levels)


def _venue_page(venue_id: str, form: forms.Form | None = None) -> str:
    detail = people_services.venue_detail(services(), viewer(), venue_id)
    return render_template("planner/venue.html", detail=detail, form=form, is_saved="saved" in request.args)
