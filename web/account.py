"""How do people change their password, and sign out where they are no longer?"""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import InvalidValue, NotAllowed, Sentence, TooOften
from scheduler.services import account
from scheduler.services.sessions import LONGEST_PASSWORD, SHORTEST_PASSWORD
from web import errors, forms, security
from web.access import allow
from web.here import services, viewer

pages = Blueprint("account", __name__, url_prefix="/account")


@pages.get("")
@allow(*AccountRole)
def own() -> ResponseReturnValue:
    """The own account: whose it is, its password, and where else it is signed in."""
    return _page(is_only="alone" in request.args)


@pages.post("/password")
@allow(*AccountRole)
def change_password() -> ResponseReturnValue:
    """Set a new password; this browser signs in again with it, as every other one."""
    form = forms.Form()
    old, new, again = (form.values.get(name, "") for name in ("old_password", "new_password", "new_password_again"))
    if not old:
        form.fault("old_password", Sentence("Fill this in."))
    if new != again:
        form.fault("new_password_again", Sentence("This is not the same as the new password."))
    if not form.is_valid:
        return _page(form), 422
    try:
        account.change_password(services(), viewer(), old, new, key=form.key)
    except (InvalidValue, NotAllowed, TooOften) as error:
        form.fault("new_password" if isinstance(error, InvalidValue) else "old_password", error.sentence)
        return errors.with_wait((_page(form), 429 if isinstance(error, TooOften) else 422), error)
    response = make_response(redirect(url_for("auth.sign_in", changed="1")))
    security.end_session(response)
    return response


@pages.post("/sign-out-others")
@allow(*AccountRole)
def sign_out_others() -> Response:
    """End the session of every other browser."""
    account.sign_out_others(services(), viewer(), security.session_token() or "")
    return redirect(url_for("account.own", alone="1"))


def _page(form: forms.Form | None = None, *, is_only: bool = False) -> str:
    return render_template(
        "auth/account.html",
        faults=form.faults if form else {},
        shortest=SHORTEST_PASSWORD,
        longest=LONGEST_PASSWORD,
        others=account.other_sessions(services(), viewer(), security.session_token() or ""),
        is_only=is_only,
    )
