"""Every message has its Dutch, no page uses a word we never show, and people choose their own language and display."""

import re
from collections.abc import Iterable, Sequence

import pytest

from tests.web.messages import dutch, used_messages
from tests.web.site import Site

NEVER_SHOWN = re.compile(
    r"pati[eë]nt|\bziek|\bsick|stoornis|disorder|probleemgeval|problem case|diagnos|\bcliënt\b|handicap|\bgek\b", re.I
)
NOT_ON_PAGES = ("scheduler/cli/", "scheduler/config.py", "scheduler/terms/")
"""Errors of the operator's terminal, and of programs that build terms: they stay in English."""
PLACES = re.compile(r"%\((\w+)\)[sr]")
MARKUP = re.compile(r"</?b>")


def ids_of(message: str | Sequence[str] | None) -> tuple[str, ...]:
    """The message id or the translation, or both of a plural."""
    return (message,) if isinstance(message, str) else tuple(message or ())


def test_every_message_that_people_can_read_has_its_dutch() -> None:
    catalog = dutch()
    missing = []
    for message, places in used_messages().items():
        if all(place.startswith(NOT_ON_PAGES) for place in places):
            continue
        found = catalog.get(ids_of(message)[0])
        if found is None or not all(ids_of(found.string)):
            missing.append(f"{message!r}: {places[0]}")
    assert not missing, "without Dutch:\n" + "\n".join(missing)


def test_no_dutch_is_left_over_of_a_message_that_is_gone() -> None:
    used = {id for message in used_messages() for id in ids_of(message)}
    left = [message.id for message in dutch() if message.id and ids_of(message.id)[0] not in used]
    assert not left


def test_translations_have_the_places_and_the_bold_of_their_message() -> None:
    wrong = []
    for message in dutch():
        if not message.id:
            continue
        for wanted, text in zip(ids_of(message.id), ids_of(message.string), strict=True):
            places_differ = set(PLACES.findall(text)) != set(PLACES.findall(wanted))
            if places_differ or MARKUP.findall(text) != MARKUP.findall(wanted):
                wrong.append(f"{wanted!r} -> {text!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("face", "strange"),
    [
        ("planner", r"[Uu]w?|[Uu]zelf"),
        ("expert", r"[Uu]w?|[Uu]zelf"),
        ("coordinator", r"[Jj]ij|[Jj]e|[Jj]ouw?|[Jj]ullie"),
    ],
)
def test_a_face_speaks_to_its_people_in_one_way(face: str, strange: str) -> None:
    """Colleagues and experts are "je", people of a venue are "u"."""
    catalog, own = dutch(), (f"web/templates/{face}/", f"web/{face}/")
    wrong = []
    for message, places in used_messages().items():
        found = catalog.get(ids_of(message)[0])
        if found and any(place.startswith(own) for place in places):
            wrong += [text for text in ids_of(found.string) if re.search(rf"\b(?:{strange})\b", text)]
    assert not wrong, "\n".join(wrong)


def words_shown() -> Iterable[str]:
    """Everything that any page can say, in both languages."""
    for message in used_messages():
        yield from ids_of(message)
    for found in dutch():
        yield from ids_of(found.string)


def test_words_we_never_show_are_nowhere() -> None:
    assert [text for text in words_shown() if NEVER_SHOWN.search(text)] == []


@pytest.mark.parametrize("word", ["De patiënt komt", "ziekmelding", "a sick leave", "een stoornis"])
def test_the_word_list_catches_what_it_should(word: str) -> None:
    assert NEVER_SHOWN.search(word)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "nl"),
        ("en-GB,en;q=0.9", "en"),
        ("nl-NL,nl;q=0.9,en;q=0.5", "nl"),
        ("fr", "nl"),
        ("nl;q=abc", "nl"),
        ("*", "nl"),
    ],
)
def test_a_stranger_gets_the_language_of_the_browser_else_dutch(site: Site, accepted: str, language: str) -> None:
    page = site.stranger(accept_language=accepted).get("/sign-in").text
    assert f'<html lang="{language}">' in page
    assert ("Log in met je e-mailadres" in page) == (language == "nl")


def test_a_stranger_can_switch_the_language_and_comes_back_where_it_was(site: Site) -> None:
    stranger = site.stranger()
    stranger.get("/sign-in")
    response = stranger.post("/display", language="en", next="/sign-in")
    assert response.request.path == "/sign-in"
    assert '<html lang="en">' in response.text
    assert '<html lang="en">' in stranger.get("/nope").text


def test_the_choice_of_an_account_travels_with_it(site: Site) -> None:
    noor = site.person("noor")
    assert "Je volgende dienst" in noor.get("/expert/").text
    noor.post("/display", language="en", theme="dark", calm="1")
    page = site.person("noor").get("/expert/").text
    assert '<html lang="en" data-theme="dark" data-calm>' in page
    assert "Your next shift" in page
    assert "9:30 to 12:30" in page
    assert "Wednesday 6\N{NO-BREAK SPACE}January" in page


def test_an_unknown_choice_changes_nothing(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/")
    noor.post("/display", language="xx", theme="neon", calm="maybe")
    assert '<html lang="nl">' in noor.get("/expert/").text


def test_errors_of_use_cases_are_said_in_the_viewers_language(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/shifts/s1")
    site.world.clock.set("wed 10:00")
    noor = site.person("noor")
    noor.get("/expert/limits")
    response = noor.post("/expert/shifts/s1/answer", answer="no")
    assert response.status_code == 422
    assert "Deze dienst is begonnen. Bel ons: Daan 088 000 01 23." in response.text
