"""Which venues wait for an answer, and what does the planner say?"""

from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import InvalidValue, Refused, Sentence, Stale
from scheduler.services import cover
from web import forms
from web.access import allow
from web.here import services, viewer
from web.planner.face import pages

LONGEST_ANSWER = 200


@pages.get("/requests")
@allow(AccountRole.PLANNER)
def requests() -> ResponseReturnValue:
    """Every request that waits, the soonest due first."""
    return render_template("planner/requests.html", requests=cover.open_requests(services(), viewer()))


@pages.get("/requests/<request_id>")
@allow(AccountRole.PLANNER)
def one_request(request_id: str) -> ResponseReturnValue:
    """One request: what is asked, how it stands, and the answer form while it waits."""
    return request_page(request_id, moved=forms.day_of(request.args.get("day", "")))


@pages.post("/requests/<request_id>")
@allow(AccountRole.PLANNER)
def answer_request(request_id: str) -> ResponseReturnValue:
    """Accept or refuse; a refusal needs a sentence for the venue."""
    form = forms.Form()
    accept = form.choice("accept", {"yes": True, "no": False})
    answer = form.text("answer", LONGEST_ANSWER)
    if accept is False and not answer:
        form.fault("answer", Sentence("Tell the house in one sentence why it is not possible."))
    if accept is None or not form.is_valid:
        return request_page(request_id, form), 422
    try:
        cover.answer_request(
            services(), viewer(), request_id, accept=accept, answer=answer, edition=form.edition, key=form.key
        )
    except (Stale, Refused, InvalidValue) as error:
        form.fault("form", error.sentence)
        return request_page(request_id, form), 409 if isinstance(error, Stale) else 422
    return redirect(url_for("planner.one_request", request_id=request_id))


def request_page(request_id: str, form: forms.Form | None = None, *, moved: date | None = None) -> str:
    """The page of a request; `moved` is the day that was just called off or put back."""
    detail = cover.request_detail(services(), viewer(), request_id)
    return render_template("planner/request.html", detail=detail, form=form, longest=LONGEST_ANSWER, moved=moved)
