"""What happens to a form that arrives after its session ended? It is kept in the page until somebody signed in."""

import json
from dataclasses import asdict, dataclass
from typing import Final

from flask import render_template, request

from scheduler.domain.errors import Sentence
from scheduler.services import transfer
from web import forms, present
from web.here import agency, services

MOST_CHARACTERS: Final = 100_000
NOT_KEPT: Final = frozenset({"csrf", "password", "old_password", "new_password", "new_password_again"})


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Where a form was sent, and its fields in order."""

    path: str
    fields: list[tuple[str, str]]

    def written(self) -> str:
        """The form as text for one hidden field."""
        return json.dumps(asdict(self))


def sent_form() -> KeptForm | None:
    """The form of this request, unless it is too large to keep."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT]
    kept = KeptForm(request.path, fields)
    return kept if len(kept.written()) <= MOST_CHARACTERS else None


def read(text: str) -> KeptForm | None:
    """The form that a hidden field holds; None when there is none or it is not ours."""
    if not text or len(text) > 2 * MOST_CHARACTERS:
        return None
    try:
        found = json.loads(text)
        path, fields = found["path"], [(str(name), str(value)) for name, value in found["fields"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return KeptForm(path, fields) if isinstance(path, str) and forms.safe_path(path) else None


def sign_in_page(
    *,
    email: str = "",
    fault: Sentence | None = None,
    kept: KeptForm | None = None,
    target: str = "",
    has_new_password: bool = False,
    status: int = 200,
) -> tuple[str, int]:
    """The sign-in page, with what was typed and what is kept for afterwards."""
    page = render_template(
        "auth/sign_in.html",
        email=email,
        fault=present.say(fault) if fault else None,
        kept=kept.written() if kept else "",
        target=target,
        has_new_password=has_new_password,
        on_duty=agency().on_duty,
        samples=_samples(),
    )
    return page, status


def _samples() -> tuple[transfer.SampleSignIn, ...]:
    """Whom a visitor of a sample on this machine can be."""
    return transfer.sample_sign_ins(services()) if agency().is_sample and services().config.is_local else ()


def too_old_page() -> tuple[str, int]:
    """The form came with a token of another session: it can be sent once more with one click."""
    return go_on_page(sent_form(), 403)


def too_soon_page(why: Sentence) -> tuple[str, int]:
    """The form came too soon after many others: it can be sent once more, a little later."""
    return go_on_page(sent_form(), 429, why)


def go_on_page(kept: KeptForm | None, status: int, why: Sentence | None = None) -> tuple[str, int]:
    """The kept form with one button to send it now."""
    return render_template("auth/go_on.html", kept=kept, why=present.say(why) if why else None), status
