"""What changes for whom when this draft is published, and does the planner want that?"""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import Refused, Sentence, Stale
from scheduler.services import breaches, publish
from scheduler.services.planner_views import CheckState
from web import forms
from web.access import allow
from web.here import services, viewer
from web.planner.face import chosen_window, pages


@pages.get("/publish")
@allow(AccountRole.PLANNER)
def publishing() -> ResponseReturnValue:
    """What was checked, what changes, who is told, and the decision."""
    return _page()


@pages.post("/publish")
@allow(AccountRole.PLANNER)
def publish_draft() -> ResponseReturnValue:
    """Publish as this planner; what is in the way is shown on the same page."""
    form = forms.Form()
    view = publish.publish_preview(services(), viewer(), chosen_window())
    if not form.tick("read") and any(check.state is CheckState.MIND for check in view.checks):
        form.fault("read", Sentence("Tick that you have read the notices."))
        return _page(form), 422
    try:
        version = publish.publish(services(), viewer(), chosen_window(), edition=form.edition, key=form.key)
    except (Refused, Stale) as error:
        form.fault("form", error.sentence)
        return _page(form), 409 if isinstance(error, Stale) else 422
    first = version.window.first.isoformat()
    return redirect(url_for("planner.published", window=first, number=version.number))


@pages.get("/broken")
@allow(AccountRole.PLANNER)
def broken() -> ResponseReturnValue:
    """Every broken hard rule of this window, each with the shift at which to look."""
    found = breaches.list_breaches(services(), viewer(), chosen_window())
    return render_template("planner/broken.html", breaches=found)


@pages.get("/published")
@allow(AccountRole.PLANNER)
def published() -> ResponseReturnValue:
    """Every version of this window; the one just published on top."""
    versions = publish.versions_of(services(), viewer(), chosen_window())
    number = request.args.get("number", type=int)
    window = services().window(chosen_window())
    mails = services().config.mail is not None
    return render_template("planner/published.html", versions=versions, number=number, window=window, mails=mails)


def _page(form: forms.Form | None = None) -> str:
    view = publish.publish_preview(services(), viewer(), chosen_window())
    return render_template("planner/publish.html", view=view, form=form)
