"""What does a person see when something goes wrong? A sentence, a way on, and a reference number; never a traceback."""

import secrets
from typing import Final

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError

from scheduler.domain.errors import (
    Busy,
    DiskFault,
    InvalidValue,
    NotAllowed,
    NotFound,
    Refused,
    SchedulerError,
    Sentence,
    Stale,
    TooOften,
)
from scheduler.domain.responses import Answer
from web import kept, present

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
RETRY_SECONDS: Final = 5
STATUS_OF: Final = {
    InvalidValue: 422,
    Refused: 422,
    NotFound: 404,
    NotAllowed: 403,
    Stale: 409,
    TooOften: 429,
    Busy: 503,
}
WRITTEN: Final = {
    "note": Sentence("What should we know?"),
    "answer": Sentence("A sentence for the house"),
    "contact_name": Sentence("Name"),
    "contact_phone": Sentence("Phone"),
}
"""Fields that people write in their own words, which are lost otherwise; what they choose is chosen again."""
TITLES: Final = {
    400: Sentence("We do not understand this"),
    401: Sentence("Please sign in"),
    403: Sentence("This page is not for you"),
    404: Sentence("This page is not there"),
    405: Sentence("This cannot be done here"),
    409: Sentence("Somebody else changed this too"),
    413: Sentence("This is too large"),
    422: Sentence("This is not possible"),
    429: Sentence("That was very often"),
    500: Sentence("Something went wrong with us"),
    503: Sentence("It is busy for a moment"),
}
NO_SUCH: Final = "There is no %(noun)s %(id)s."
NO_SHIFT: Final = Sentence("There is no such shift, or not any more. Perhaps it was called off or changed.")
NOT_SAVED: Final = Sentence("Nothing can be saved now")
TEXTS: Final = {
    400: Sentence("Something in the address or the form is not right. Go back and try again."),
    401: Sentence("You have to sign in to see this."),
    403: Sentence("You are signed in, but this belongs to somebody else or to another role."),
    404: Sentence("Perhaps the address is wrong, or it was taken away."),
    405: Sentence("Go back to the page before and try again."),
    413: Sentence("You can send at most 5 MB."),
    429: Sentence("Wait a quarter of an hour and try again."),
    500: Sentence("This is not your fault. What you already saved is still there."),
}


def install(app: Flask) -> None:
    """Answer every error with a page of our own."""
    app.before_request(_give_reference)
    app.register_error_handler(SchedulerError, _show_refusal)
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(InternalServerError, _show_failure)


def _give_reference() -> None:
    reference()


def reference() -> str:
    """What somebody can name on the phone to find this request in the log."""
    if "reference" not in g:
        g.reference = "".join(secrets.choice(LETTERS) for _ in range(6))
    return str(g.reference)


def error_page(status: int, text: Sentence | None = None, title: Sentence | None = None) -> ResponseReturnValue:
    """The page of one status, with its own sentences or the usual ones; what was typed is shown back."""
    if request_ctx.url_adapter is None:
        return f"{status}, reference {reference()}\n", status, {"Content-Type": "text/plain; charset=utf-8"}
    known = status if status in TITLES else (400 if status < 500 else 500)
    sentence = text or TEXTS.get(known, TEXTS[400])
    page = render_template(
        "errors/error.html",
        title=present.say(title or TITLES[known]),
        text=present.say(sentence),
        reference=reference(),
        status=status,
        typed={} if status == 413 else _typed(),
    )
    return page, status


def _typed() -> dict[str, str]:
    """What stands in the fields of the form that people write themselves, by what the field is called."""
    choices = {answer.value for answer in Answer}
    values = {name: request.form.get(name, "") for name in WRITTEN}
    return {present.say(WRITTEN[name]): value for name, value in values.items() if value and value not in choices}


def status_of(error: SchedulerError) -> int:
    """The status with which an error of ours is answered."""
    return next((code for kind, code in STATUS_OF.items() if isinstance(error, kind)), 500)


def _show_refusal(error: SchedulerError) -> ResponseReturnValue:
    status = status_of(error)
    if status == 500 or isinstance(error, DiskFault):
        current_app.logger.error("reference %s: %s", reference(), type(error).__name__, exc_info=error)
    if status == 500:
        return error_page(500)
    return with_wait(_page_of(error, status), error)


def _page_of(error: SchedulerError, status: int) -> ResponseReturnValue:
    if request.headers.get("X-Board") == "1":
        return jsonify(said=present.say(error.sentence), stale=isinstance(error, Stale)), status
    if isinstance(error, TooOften) and request.form:
        return kept.too_soon_page(error.sentence)
    return error_page(status, _said(error), NOT_SAVED if isinstance(error, DiskFault) else None)


def _said(error: SchedulerError) -> Sentence | None:
    """What the error says; what is not there is told without its id, which means nothing to who followed a link."""
    if error.sentence.text != NO_SUCH:
        return error.sentence
    return NO_SHIFT if error.sentence.values["noun"] == "shift" else None


def with_wait(page: ResponseReturnValue, error: SchedulerError) -> Response:
    """The page, with the seconds after which the same may be tried again when the error knows them."""
    response = make_response(page)
    if isinstance(error, (Busy, TooOften)):
        response.headers["Retry-After"] = str(error.seconds if isinstance(error, TooOften) else RETRY_SECONDS)
    return response


def _show_http_error(error: HTTPException) -> ResponseReturnValue | HTTPException:
    code = error.code or 500
    return error if code < 400 else error_page(code)


def _show_failure(error: InternalServerError) -> ResponseReturnValue:
    cause = error.original_exception or error
    current_app.logger.error("reference %s: %s", reference(), type(cause).__name__, exc_info=cause)
    return error_page(500)
