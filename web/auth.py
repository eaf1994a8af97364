"""How do people come in, go out and choose their display?"""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.domain.errors import SchedulerError, TooOften
from scheduler.services import database, sessions
from web import errors, forms, kept, language, security
from web.access import open_to_all
from web.here import home_url, services, signed

pages = Blueprint("auth", __name__)
LONGEST_EMAIL = 254
LONGEST_PASSWORD = 128


@pages.get("/")
@open_to_all
def start() -> ResponseReturnValue:
    """Everybody starts at the own first page."""
    return redirect(home_url())


@pages.get("/healthz")
@open_to_all
def healthz() -> ResponseReturnValue:
    """Whether the web server answers and keeps what people do; says nothing else."""
    keeps = database.keeps(services())
    return Response("ok\n" if keeps else "not ok\n", 200 if keeps else 503, content_type="text/plain; charset=utf-8")


@pages.get("/sign-in")
@open_to_all
def sign_in() -> ResponseReturnValue:
    """The page with e-mail and password."""
    if signed():
        return redirect(home_url())
    target = forms.safe_path(request.args.get("next")) or ""
    return kept.sign_in_page(target=target, has_new_password="changed" in request.args)


@pages.post("/sign-in")
@open_to_all
def do_sign_in() -> ResponseReturnValue:
    """Start a session, then go where the person was going."""
    form = forms.Form()
    email, password = form.text("email", LONGEST_EMAIL), request.form.get("password", "")
    waiting, target = kept.read(form.values.get("kept", "")), forms.safe_path(form.values.get("next")) or ""
    try:
        if not form.is_valid or not email or not 1 <= len(password) <= LONGEST_PASSWORD:
            raise SchedulerError("Fill in your e-mail address and your password.")
        here = sessions.sign_in(services(), email, password, request.remote_addr or "", security.device_notes())
    except SchedulerError as error:
        status = 429 if isinstance(error, TooOften) else 422
        page = kept.sign_in_page(email=email, fault=error.sentence, kept=waiting, target=target, status=status)
        return errors.with_wait(page, error)
    if waiting:
        security.use_session(sessions.session_of(services(), here.token))
        response = make_response(kept.go_on_page(waiting, 200))
    else:
        response = make_response(redirect(target or home_url(here.account.role)))
    security.start_session(response, here.token)
    security.keep_device(response, here.device)
    return response


@pages.post("/sign-out")
@open_to_all
def sign_out() -> ResponseReturnValue:
    """End the session on the server and make the browser forget."""
    if token := security.session_token():
        sessions.sign_out(services(), token)
    response = make_response(redirect(url_for("auth.sign_in")))
    security.end_session(response)
    return response


@pages.get("/display")
@open_to_all
def display() -> ResponseReturnValue:
    """Language, theme and calm display on one page."""
    return render_template("auth/display.html", back=forms.safe_path(request.args.get("next")) or home_url())


@pages.post("/display")
@open_to_all
def change_display() -> ResponseReturnValue:
    """Keep what was chosen: on the account, or for a stranger in this browser."""
    form = forms.Form()
    chosen = form.choice("language", {name: name for name in language.LANGUAGES}) if "language" in form.values else None
    theme = form.choice("theme", {name: name for name in language.THEMES}) if "theme" in form.values else None
    calm = form.choice("calm", {"1": True, "0": False}) if "calm" in form.values else None
    back = forms.safe_path(form.values.get("next")) or home_url()
    if not form.is_valid:
        return redirect(back)
    response = make_response(redirect(back))
    if found := signed():
        sessions.change_display(services(), found.viewer, language=chosen, theme=theme, calm=calm)
        return response
    for what, value in (("language", chosen), ("theme", theme)):
        if value:
            security.remember(response, what, value)
    return response
