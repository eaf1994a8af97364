"""Does a page speak in words where the program has ids, values of choices and nouns of its own?"""

import re
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from scheduler.domain.errors import InvalidValue, Sentence
from scheduler.services import cover
from scheduler.services.venue_views import RequestOrder
from scheduler.services.views import ShiftLabel
from tests.builders import at
from tests.web.refusals import ASK
from tests.web.site import Site
from web import present, words

SERVICES = Path(__file__).parents[2] / "scheduler" / "services"


def test_a_refusal_shows_back_what_was_written_and_no_choices(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/shifts/s1")
    page = noor.client.post("/expert/shifts/nowhere/answer", data=noor.secrets | {"answer": "no"}).text
    assert "Wat je hebt ingevuld" not in page
    assert "<dt" not in page


def test_a_note_that_could_not_be_sent_is_shown_back_under_its_name(site: Site) -> None:
    hanneke = site.person("hanneke")
    hanneke.get("/venue/lydia/ask")
    page = hanneke.post("/venue/nowhere/ask", **ASK).text
    found = re.findall(r"<dt[^>]*>(.*?)</dt><dd>(.*?)</dd>", page)
    assert found == [("Wat moeten we weten?", "Graag tot vijf uur")]


def test_every_noun_of_a_use_case_has_its_word() -> None:
    named = {noun for file in SERVICES.glob("*.py") for noun in re.findall(r'noun="([^"]+)"', file.read_text())}
    assert len(named) > 5
    assert named <= words.NOUNS.keys()


@pytest.mark.parametrize(
    ("languages", "themes", "said"),
    [({"tr"}, set(), "Niemand spreekt Turks."), (set(), {"money"}, "Niemand biedt dit aan: geld en schulden.")],
)
def test_what_nobody_offers_is_named_in_words(site: Site, languages: set[str], themes: set[str], said: str) -> None:
    site.world.change_expert("sam", languages=frozenset({"nl"}))
    order = RequestOrder("lydia", "drop-in", date(2027, 1, 11), time(9), time(12))
    order = replace(order, languages=frozenset(languages), themes=frozenset(themes))
    with pytest.raises(InvalidValue) as refused:
        cover.submit_request(site.world.app, site.world.coordinator, order)
    with site.app.test_request_context(headers={"Accept-Language": "nl"}):
        assert present.say(refused.value.sentence) == said


def test_a_shift_in_a_sentence_of_the_command_line_is_readable() -> None:
    shift = ShiftLabel("s4", "lydia", "Lydia", "drop-in", "Inloop", at("w2 mon 09:30"), at("w2 mon 12:30"))
    sentence = Sentence("%(shift)s has 2 people and 1 places.", {"shift": shift})
    assert str(sentence) == "Lydia, Inloop, 2027-01-11 08:30 UTC has 2 people and 1 places."


@pytest.mark.parametrize(
    ("name", "path", "told"),
    [
        ("noor", "/expert/shifts/r00032-20270109", "Deze dienst is er niet of niet meer."),
        ("ilse", "/planner/shifts/r00032-20270109", "Deze dienst is er niet of niet meer."),
        ("ilse", "/planner/people/r00032-20270109", "Misschien klopt het adres niet"),
        ("hanneke", "/venue/requests/r00032-20270109", "Misschien klopt het adres niet"),
    ],
)
def test_what_is_not_there_is_told_without_its_id(site: Site, name: str, path: str, told: str) -> None:
    page = site.person(name).get(path)
    assert page.status_code == 404
    main = page.text.split("<main")[1].split("</main>")[0]
    assert told in main
    assert "r00032-20270109" not in main
