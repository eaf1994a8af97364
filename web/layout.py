"""What does every template know: the assets, the language, the display, who is signed in, and the form secrets."""

from typing import Final

from flask import Flask, request, url_for

from scheduler.domain.errors import Sentence
from web import bundle, days, forms, language, present, security, words
from web.here import home_url, known_agency, services, signed

EXPERT_MENU: Final = (
    ("expert.home", "calendar", Sentence("My shifts")),
    ("expert.availability", "clock", Sentence("When I can")),
    ("expert.limits", "person", Sentence("My limits")),
    ("expert.calendar", "mail", Sentence("My calendar")),
)


def install(app: Flask) -> None:
    """Make these names known to every template."""
    app.jinja_env.globals.update(
        asset=bundle.asset,
        icon_sheet=lambda: bundle.asset("icons.svg"),
        csrf_token=security.csrf_token,
        new_key=security.new_key,
        signed=signed,
        home_url=home_url,
        language=language.language,
        other_language=language.other_language,
        languages=language.LANGUAGES,
        theme=language.theme,
        is_calm=language.is_calm,
        words=words,
        called=words.called,
        here=_here,
        today=days.today,
        now=days.now,
        crisis=lambda: services().config.crisis,
        sends_mail=lambda: services().config.mail is not None,
        is_sample=_is_sample,
        known_agency=known_agency,
        expert_menu=lambda: [_entry(*entry) for entry in EXPERT_MENU],
    )


def _is_sample() -> bool:
    found, known = signed(), known_agency()
    return bool((found and found.account.is_sample) or (known and known.is_sample))


def _here() -> str:
    """The address of this page to come back to; a page that answers a POST has none of its own."""
    path = request.full_path.removesuffix("?") if request.method in security.SAFE_METHODS else None
    return forms.safe_path(path) or home_url()


def _entry(endpoint: str, icon: str, label: Sentence) -> dict[str, object]:
    return {
        "url": url_for(endpoint),
        "icon": icon,
        "label": present.say(label),
        "is_current": request.endpoint == endpoint,
    }
