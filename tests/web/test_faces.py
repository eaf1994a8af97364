"""What each person sees: the next shift first, first names only at a venue, the crisis lines everywhere."""

import re
from datetime import date, time
from itertools import pairwise

import pytest

from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.domain.venues import ActivityType
from scheduler.services import cover, respond
from scheduler.services.venue_views import RequestOrder
from tests.builders import roster
from tests.web.site import Site

EXPERT_PAGES = ("/expert/", "/expert/shifts", "/expert/shifts/s1", "/expert/availability", "/expert/limits")
VENUE_PAGES = ("/venue/", "/venue/lydia/ask", "/venue/lydia/requests", "/venue/lydia/week")


def test_an_expert_sees_the_next_shift_in_full_words(site: Site) -> None:
    page = site.person("noor").get("/expert/").text
    assert "woensdag 6\N{NO-BREAK SPACE}januari" in page
    assert "9.30 tot 12.30 uur" in page
    assert 'href="tel:0880000123"' in page


def test_taking_a_weekly_request_back_says_that_all_its_days_go(site: Site) -> None:
    hanneke = site.person("hanneke")
    hanneke.get("/venue/lydia/ask")
    first = {"activity": "drop-in", "first": "2027-01-11", "hours": "morning", "headcount": "1"}
    sent = hanneke.post("/venue/lydia/ask", **first, repeat="weekly", sure="endless,holiday")
    assert "Elke maandag vanaf 11\N{NO-BREAK SPACE}januari" in sent.text
    request = re.findall(r'href="(/venue/requests/\w+)/cancel"', sent.text)[0]
    assert "Alle komende dagen van deze aanvraag vervallen" in hanneke.get(f"{request}/cancel").text


def test_an_expert_with_nothing_planned_hears_that_it_is_fine(site: Site) -> None:
    site.world.publish(roster("sam: s2"))
    page = site.person("noor").get("/expert/").text
    assert "Er staat nu niets." in page
    assert "Dat is goed." in page


def test_a_no_is_thanked_for_and_can_be_taken_back(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/shifts/s1")
    page = noor.post("/expert/shifts/s1/answer", answer="no").text
    assert "Dank je wel." in page
    assert "Je hoeft geen reden te geven." in page
    assert "Maak mijn antwoord ongedaan" in page
    noor.get("/expert/shifts/s1/answered")
    assert "Je antwoord is ongedaan gemaakt" in noor.post("/expert/shifts/s1/undo").text


@pytest.mark.parametrize(
    ("answer", "words"), [("yes", "Je antwoord is: ja, ik kom"), ("talk", "Je antwoord is: ik wil overleggen")]
)
def test_a_yes_and_a_talk_are_answered_too(site: Site, answer: str, words: str) -> None:
    noor = site.person("noor")
    noor.get("/expert/shifts/s1")
    assert words in noor.post("/expert/shifts/s1/answer", answer=answer).text


def test_an_answer_that_does_not_exist_shows_the_question_again(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/shifts/s1")
    assert noor.post("/expert/shifts/s1/answer", answer="perhaps").request.path == "/expert/shifts/s1"
    assert "Er is een plek vrij. Wil je komen?" in noor.get("/expert/shifts/s1").text


@pytest.mark.parametrize(
    ("pinned", "now", "question"),
    [
        (False, "tue 09:00", "Er is een plek vrij. Wil je komen?"),
        (False, "w0 tue 09:00", "Je bent ingepland. Kom je?"),
        (True, "tue 09:00", "Dit is je vaste plek. Kom je?"),
    ],
)
def test_an_unanswered_shift_is_the_same_question_on_every_page(
    site: Site, pinned: bool, now: str, question: str
) -> None:
    site.world.publish(roster("noor: s1"), *([Assignment("noor", "s1")] if pinned else []))
    site.world.clock.set(now)
    noor = site.person("noor")
    for path in ("/expert/", "/expert/shifts", "/expert/shifts/s1"):
        page = noor.get(path).text
        assert "Wacht op je antwoord" in page, path
        assert (question in page) == (path != "/expert/shifts"), path
        assert "Je vaste plek" not in page
    noor.post("/expert/shifts/s1/answer", answer="yes")
    for path in ("/expert/", "/expert/shifts", "/expert/shifts/s1"):
        page = noor.get(path).text
        assert "Wacht op je antwoord" not in page, path
        assert ("Je vaste plek" if pinned else "Zeker") in page, path


def test_the_printed_week_shows_open_places_and_who_has_not_said_yes(site: Site) -> None:
    respond.answer(site.world.app, site.world.expert("noor"), "s1", Answer.YES)
    sheet = re.sub(r"\s+", " ", site.person("hanneke").get("/venue/lydia/week").text)
    cells = [
        re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<tr><th scope.*?<td>.*?<td>(.*?)</td>", sheet)
    ]
    assert cells == [
        "Noor, gastvrouw of gastheer",
        "Kadir, gastvrouw of gastheer (nog niet zeker); nog 1 plek open",
        "Noor, gastvrouw of gastheer (nog niet zeker)",
        "Kadir, gastvrouw of gastheer (nog niet zeker)",
    ]


def test_a_venue_reads_from_when_on_names_are_known_and_no_promise_that_nobody_keeps(site: Site) -> None:
    hanneke = site.person("hanneke")
    soon = {"activity": "drop-in", "first": "2027-01-11", "hours": "morning", "headcount": "1", "repeat": "once"}
    hanneke.get("/venue/lydia/ask")
    page = hanneke.post("/venue/lydia/ask", **soon).text
    assert "antwoord" in page
    assert "wie er komt." not in page
    assert "Wie er komt, staat hier zodra wij iemand hebben gevonden." in page
    hanneke.get("/venue/lydia/ask")
    page = hanneke.post("/venue/lydia/ask", **(soon | {"first": "2027-02-10"})).text
    assert "Wie er komt, staat hier als het rooster vanaf maandag 1\N{NO-BREAK SPACE}februari is gepubliceerd." in page


def test_an_activity_of_the_usual_kinds_is_called_in_the_language_of_the_reader(site: Site) -> None:
    with site.world.database.writing() as work:
        work.activities.add(ActivityType("drop_in", "Inloop", "host"))
    order = RequestOrder("lydia", "drop_in", date(2027, 1, 11), time(13, 30), time(16, 30))
    cover.submit_request(site.world.app, site.world.coordinator, order)
    ilse = site.person("ilse")
    assert "Inloop" in ilse.get("/planner/").text
    english = ilse.post("/display", language="en", next="/planner/").text
    assert "Drop-in. People asked for: 1." in english
    assert "Inloop" not in english


def test_the_three_answers_look_alike(site: Site) -> None:
    page = site.person("noor").get("/expert/shifts/s1").text
    kinds = re.findall(r'<button class="([^"]+)" name="answer"', page)
    assert kinds == ["btn btn--even"] * 3


def test_nobody_asks_why(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/shifts/s1")
    pages = [noor.get("/expert/shifts/s1").text, noor.post("/expert/shifts/s1/answer", answer="no").text]
    for page in pages:
        assert "<textarea" not in page
        assert 'type="text"' not in page


def test_a_venue_sees_first_names_and_roles_and_nothing_else_of_a_person(site: Site) -> None:
    hanneke = site.person("hanneke")
    pages = [hanneke.get(path) for path in VENUE_PAGES]
    assert any("Noor" in page.text for page in pages)
    for page in pages:
        for hidden in ("Jansen", "noor@example.org", "noor@", "account-noor", "Sam", 'value="noor"'):
            assert hidden not in page.text, hidden


def test_the_crisis_lines_are_on_every_page_of_experts_and_venues_and_on_open_pages(site: Site) -> None:
    noor, hanneke, stranger = site.person("noor"), site.person("hanneke"), site.stranger()
    pages = [noor.get(path) for path in EXPERT_PAGES] + [hanneke.get(path) for path in VENUE_PAGES]
    pages += [stranger.get(path) for path in ("/sign-in", "/display", "/nope")]
    for page in pages:
        assert "Dit is geen crisislijn." in page.text
        assert 'href="tel:112"' in page.text
        assert 'href="tel:08000113"' in page.text


def test_every_page_has_one_main_part_one_first_heading_and_headings_in_order(site: Site) -> None:
    noor, hanneke, stranger = site.person("noor"), site.person("hanneke"), site.stranger()
    pages = [noor.get(path) for path in EXPERT_PAGES] + [hanneke.get(path) for path in VENUE_PAGES]
    pages += [stranger.get(path) for path in ("/sign-in", "/display", "/nope")]
    for page in pages:
        path = page.request.path
        assert page.text.count("<main") == 1, path
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page.text)]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)
        assert len(page.data) < 100_000, path


def test_a_sealed_form_is_on_every_page_that_changes_something(site: Site) -> None:
    noor, hanneke = site.person("noor"), site.person("hanneke")
    pages = [noor.get(path) for path in EXPERT_PAGES] + [hanneke.get(path) for path in VENUE_PAGES]
    for page in pages:
        for form in re.findall(r'<form[^>]*method="post".*?</form>', page.text, re.S):
            assert 'name="csrf" value="' in form
            if 'action="/display"' not in form and 'action="/sign-out"' not in form:
                assert 'name="key" value="' in form


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nope", 404),
        ("/expert/shifts/no-such-shift", 404),
        ("/expert/shifts/" + "9" * 4400, 404),
        ("/%00", 404),
        ("/%ff", 404),
        ("/venue/", 403),
        ("/static/../web/auth.py", 404),
    ],
)
def test_an_error_page_has_words_a_way_on_and_a_reference_but_no_traceback(site: Site, path: str, status: int) -> None:
    response = site.person("noor").client.get(path, headers={"Accept": "image/png"})
    assert response.status_code == status
    assert re.search(r"kenmerk [0-9A-Z]{6}", response.text)
    assert "Traceback" not in response.text
    assert 'class="btn" href="/expert/"' in response.text


def test_a_failure_shows_a_reference_that_the_log_knows_and_nothing_of_the_cause(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    noor = site.person("noor")
    noor.get("/expert/")
    site.world.database.close()
    (site.world.app.config.instance / "world.db").unlink()
    response = noor.client.get("/expert/")
    assert response.status_code == 500
    found = re.search(r"kenmerk ([0-9A-Z]{6})", response.text)
    assert found is not None
    assert found[1] in caplog.text
    for hidden in ("sqlite", "SELECT", "Traceback", "world.db"):
        assert hidden not in response.text


def test_an_undo_is_promised_while_the_place_is_free_and_a_place_that_is_gone_names_whom_to_call(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/shifts/s1")
    page = noor.post("/expert/shifts/s1/answer", answer="no").text
    assert "Zolang de plek vrij is, kun je dit zelf terugdraaien, tot" in page
    noor.get("/expert/shifts/s1")
    with site.world.database.writing() as work:
        work.bookings.add(Assignment("kadir", "s1"))
    refused = noor.send("/expert/shifts/s1/undo").text
    assert refused.count("De plek is al aan iemand anders gegeven.") == 1
    assert "Wil je toch komen? Bel Daan:" in refused
    for path in ("/expert/", "/expert/shifts/s1", "/expert/shifts/s1/answered"):
        page = noor.get(path).text
        assert "De plek is al aan iemand anders gegeven. Wil je toch komen? Bel Daan:" in page, path
        assert "terugdraaien" not in page, path


def test_a_request_of_which_all_days_have_passed_reads_as_over_with_who_came(site: Site) -> None:
    world = site.world
    request = cover.submit_request(
        world.app, world.coordinator, RequestOrder("lydia", "drop-in", date(2027, 1, 11), time(13, 30), time(16, 30))
    )
    cover.answer_request(world.app, world.planner, request.id, True, edition=1)
    with world.database.writing() as work:
        work.bookings.add(Assignment("sam", request.shift_id(date(2027, 1, 11))))
    world.clock.set("w2 tue 09:00")
    hanneke, ilse = site.person("hanneke"), site.person("ilse")
    listed = hanneke.get("/venue/lydia/requests").text
    assert "Voorbij" in listed
    assert "Aangenomen" not in listed
    pages = (hanneke, f"/venue/requests/{request.id}"), (ilse, f"/planner/requests/{request.id}")
    for page in (person.get(path).text for person, path in pages):
        assert "Dagen die voorbij zijn" in page
        assert "Sam" in page
        assert "Alle dagen van deze aanvraag zijn voorbij." in page
        assert "staan op het bord" not in page
    assert "voorbij" in ilse.get("/planner/houses/lydia").text
