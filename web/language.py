"""In which language and display does this browser see the pages?"""

from typing import Final

import flask_babel
from flask import Flask, g, request

from web import security

LANGUAGES: Final = {"nl": "Nederlands", "en": "English"}
THEMES: Final = ("system", "light", "dark")


def install(app: Flask) -> None:
    """Set up translations; English is the language of the message ids."""
    app.config["BABEL_DEFAULT_LOCALE"] = "nl"
    flask_babel.Babel(app, locale_selector=language)


def gettext(text: str, **values: object) -> str:
    """The message in the viewer's language, with its values."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, more: str, num: int, **values: object) -> str:
    """The message for one or for more, in the viewer's language."""
    return str(flask_babel.ngettext(one, more, num, **values))


def language() -> str:
    """The account's language; a stranger's own choice; what the browser prefers; else Dutch."""
    if signed := g.get("signed"):
        return str(signed.account.language)
    chosen = security.read_cookie("language")
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, default="nl")


def other_language() -> str:
    """The one to switch to."""
    return "en" if language() == "nl" else "nl"


def theme() -> str | None:
    """The theme that was chosen; None follows the system."""
    signed = g.get("signed")
    chosen = signed.account.theme if signed else security.read_cookie("theme")
    return chosen if chosen in {"light", "dark"} else None


def is_calm() -> bool:
    """Whether the account asked for the calm display."""
    signed = g.get("signed")
    return bool(signed and signed.account.calm)
