"""Who may use which page? Every view declares it; what is not declared is not served."""

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.accounts import AccountRole
from scheduler.services import limits, sessions
from web import kept, security
from web.here import services, signed

View = TypeVar("View", bound=Callable[..., Any])
EVERYBODY: Final = "everybody"
RULE: Final = "allowed"
ALWAYS: Final = "auth.sign_out"


def allow(*roles: AccountRole) -> Callable[[View], View]:
    """Only people signed in with one of these roles may use the view; it goes directly above the function."""

    def declare(view: View) -> View:
        setattr(view, RULE, frozenset(roles))
        return view

    return declare


def open_to_all(view: View) -> View:
    """Anybody may use the view, signed in or not."""
    setattr(view, RULE, EVERYBODY)
    return view


def install(app: Flask) -> None:
    """Look at every request before its view does."""
    app.before_request(_load_signed)
    app.before_request(_guard)


def rule_of(app: Flask, endpoint: str) -> frozenset[AccountRole] | str | None:
    """Who may use an endpoint; None when nobody declared it."""
    return cast("frozenset[AccountRole] | str | None", getattr(app.view_functions[endpoint], RULE, None))


def require_declarations(app: Flask) -> None:
    """Refuse to serve an app with a route that does not say who may use it."""
    missing = sorted(endpoint for endpoint in app.view_functions if rule_of(app, endpoint) is None)
    if missing:
        raise RuntimeError(f"These routes do not declare who may use them: {', '.join(missing)}.")


def _load_signed() -> None:
    g.signed = None
    token = security.session_token()
    if token and request.endpoint != "static":
        g.signed = sessions.session_of(services(), token)


def _guard() -> ResponseReturnValue | None:
    """Stop a request that comes from elsewhere, from nobody, or from somebody who may not."""
    if request.endpoint is None:
        return None
    security.require_plain_request()
    rule = rule_of(current_app, request.endpoint)
    found = signed()
    unsafe = request.method not in security.SAFE_METHODS
    if unsafe and not security.is_same_origin():
        abort(403)
    if rule != EVERYBODY and found is None:
        return _ask_to_sign_in(unsafe)
    if unsafe and not security.has_csrf_token():
        return kept.too_old_page() if rule != EVERYBODY else abort(403)
    if rule != EVERYBODY and (found is None or not isinstance(rule, frozenset) or found.account.role not in rule):
        abort(403)
    if unsafe and found is not None and request.endpoint != ALWAYS:
        limits.count_form(services(), found.viewer)
    return None


def _ask_to_sign_in(unsafe: bool) -> ResponseReturnValue:
    if request.headers.get("HX-Request"):
        return "", 401, {"HX-Redirect": url_for("auth.sign_in")}
    if request.headers.get("X-Board"):
        return "", 401
    if unsafe:
        return kept.sign_in_page(kept=kept.sent_form(), status=401)
    return redirect(url_for("auth.sign_in", next=request.full_path.removesuffix("?")))
