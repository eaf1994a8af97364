"""With whom, on which days and for which calls would I gladly come? Three small pages for the expert alone."""

from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import InvalidValue, Stale
from scheduler.domain.people import DatedWish, Wish
from scheduler.domain.stand_by import DayPart, StandBy
from scheduler.services import wishes as use
from web import forms
from web.access import allow
from web.expert.face import pages
from web.here import services, viewer

WISHES: Final = {"gladly": Wish.GLADLY, "rather_not": Wish.RATHER_NOT}


@pages.get("/limits/colleagues")
@allow(AccountRole.EXPERT)
def colleagues() -> ResponseReturnValue:
    """With whom the expert would like to work; nobody else ever sees it."""
    view = use.wishes_view(services(), viewer())
    return render_template(
        "expert/colleagues.html", view=view, wanted={c.id for c in view.colleagues if c.wanted}, is_stale=False
    )


@pages.post("/limits/colleagues")
@allow(AccountRole.EXPERT)
def save_colleagues() -> ResponseReturnValue:
    """Keep with whom the expert would like to work."""
    form, view = forms.Form(), use.wishes_view(services(), viewer())
    wanted = {colleague.id for colleague in view.colleagues if form.tick(f"colleague-{colleague.id}")}
    try:
        use.save_colleagues(services(), viewer(), wanted, edition=form.edition, key=form.key)
    except Stale:
        fresh = use.wishes_view(services(), viewer())
        return render_template("expert/colleagues.html", view=fresh, wanted=wanted, is_stale=True), 409
    return redirect(url_for("expert.limits", done="places"))


@pages.get("/limits/stand-by")
@allow(AccountRole.EXPERT)
def stand_by() -> ResponseReturnValue:
    """When and where the expert can be called."""
    view = use.wishes_view(services(), viewer())
    return render_template("expert/stand_by.html", view=view, offered=view.stand_by, is_stale=False, **_parts())


@pages.post("/limits/stand-by")
@allow(AccountRole.EXPERT)
def save_stand_by() -> ResponseReturnValue:
    """Keep when and where the expert can be called."""
    form, view = forms.Form(), use.wishes_view(services(), viewer())
    shown = {StandBy(part, place.id) for part in DayPart for place in view.neighbourhoods}
    offered = frozenset(one for one in shown if form.tick(field_of(one.part, one.neighbourhood)))
    try:
        use.save_stand_by(services(), viewer(), offered | view.stand_by - shown, edition=form.edition, key=form.key)
    except Stale:
        fresh = use.wishes_view(services(), viewer())
        return render_template("expert/stand_by.html", view=fresh, offered=offered, is_stale=True, **_parts()), 409
    return redirect(url_for("expert.limits", done="stand_by"))


@pages.get("/limits/wishes")
@allow(AccountRole.EXPERT)
def wishes() -> ResponseReturnValue:
    """The days on which the expert would love to work, or rather not."""
    return _wishes(forms.Form(request.args))


@pages.post("/limits/wishes")
@allow(AccountRole.EXPERT)
def add_wish() -> ResponseReturnValue:
    """Wish something for a day."""
    form = forms.Form()
    day, wish = form.day("day"), form.choice("wish", WISHES)
    if day is not None and wish is not None:
        try:
            use.add_wish(services(), viewer(), DatedWish(day, wish), key=form.key)
            return redirect(url_for("expert.wishes", done="added"))
        except InvalidValue as error:
            form.fault("day", error.sentence)
    return _wishes(form), 422


@pages.post("/limits/wishes/<wish>/remove")
@allow(AccountRole.EXPERT)
def remove_wish(wish: str) -> ResponseReturnValue:
    """Take a wish away."""
    use.remove_wish(services(), viewer(), wish, key=forms.Form().key)
    return redirect(url_for("expert.wishes", done="removed"))


def field_of(part: DayPart, neighbourhood: str) -> str:
    """The name of the box of one offer."""
    return f"{part.value}-{neighbourhood}"


def _parts() -> dict[str, object]:
    return {"parts_of_day": list(DayPart), "offer": StandBy, "field_of": field_of}


def _wishes(form: forms.Form) -> str:
    view = use.wishes_view(services(), viewer())
    done = request.args.get("done", "")
    return render_template("expert/wishes.html", view=view, form=form, done=done, gladly=Wish.GLADLY)
