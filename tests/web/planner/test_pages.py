"""What a planner reads and does off the board: today, requests, runs, publishing, people, venues and rules."""

import re
from datetime import date, time

import pytest

from scheduler.rules import RULEBOOK
from scheduler.services import cover, execute
from scheduler.services.venue_views import RequestOrder
from tests.services.world import World
from tests.web.site import Person, Site
from web import words

WINDOW = "2027-01-04"
PAGES = (
    *("/planner/", "/planner/requests", "/planner/runs", "/planner/publish", "/planner/published", "/planner/broken"),
    *("/planner/board", "/planner/board?by=expert&week=all", "/planner/board?by=list&week=all", "/planner/shifts/s3"),
    *("/planner/people", "/planner/people?q=no", "/planner/people?q=nobody", "/planner/people/noor"),
    *("/planner/houses", "/planner/houses/lydia", "/planner/rules", "/planner/letters"),
)
TEXT = re.compile(r"<[^>]+>")


def words_of(page: str) -> str:
    """The text of a page on one line."""
    return " ".join(TEXT.sub(" ", page).split())


def asked(world: World) -> str:
    """A request that waits; its id."""
    order = RequestOrder("lydia", "drop-in", date(2027, 1, 21), time(13, 30), time(16, 30), headcount=2)
    return cover.submit_request(world.app, world.coordinator, order, key="once").id


@pytest.fixture
def ilse(site: Site) -> Person:
    """The planner."""
    return site.person("ilse")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_answers_with_one_heading_and_a_place_in_the_menu(site: Site, ilse: Person, language: str) -> None:
    ilse.get("/display")
    ilse.post("/display", language=language)
    for path in (*PAGES, f"/planner/requests/{asked(site.world)}"):
        page = ilse.get(path)
        assert page.status_code == 200, path
        assert page.text.count("<h1") == 1, path
        assert f'<html lang="{language}"' in page.text
        assert page.text.count('aria-current="page"') >= 1, path


@pytest.mark.parametrize("path", PAGES)
def test_nobody_else_sees_a_planners_page(site: Site, path: str) -> None:
    for name in ("hanneke", "noor"):
        assert site.person(name).client.get(path).status_code == 403
    assert "/sign-in" in site.stranger().client.get(path).headers["Location"]


def test_a_window_that_does_not_exist_is_not_found_and_nonsense_is_refused(ilse: Person) -> None:
    assert ilse.get("/planner/board?window=2027-01-05").status_code == 404
    assert ilse.get("/planner/board?window=yesterday").status_code == 400
    assert ilse.get("/planner/board?week=7").status_code == 404
    assert ilse.get("/planner/shifts/nope").status_code == 404


def test_today_puts_the_gap_first_and_leads_to_who_can(ilse: Person) -> None:
    page = ilse.get("/planner/").text
    todo = page[page.index('<ol class="todo">') :]
    assert "1 gat: " in todo[: todo.index("</li>")]
    link = re.search(r'href="([^"]+)">Wie kan\?', todo)
    assert link is not None
    assert "Wie kan deze dienst?" in ilse.get(link[1].replace("&amp;", "&")).text


def test_a_planner_reads_times_of_day_as_in_the_tables(ilse: Person) -> None:
    todo = ilse.get("/planner/").text.partition('<ol class="todo">')[2].partition("</ol>")[0]
    assert "09:30" in todo
    assert "9.30" not in todo


def test_today_draws_a_window_per_shift_with_its_words(ilse: Person) -> None:
    street = ilse.get("/planner/").text.partition('<ul class="street"')[2].partition("</ul>")[0]
    assert street.count('<rect class="win') == 3
    assert street.count("win--gap") == 1
    assert "1 gat" in street


def test_a_refusal_needs_a_sentence_and_keeps_what_was_typed(site: Site, ilse: Person) -> None:
    path = f"/planner/requests/{asked(site.world)}"
    ilse.get(path)
    refused = ilse.send(path, accept="no")
    assert refused.status_code == 422
    assert "Leg het huis in één zin uit waarom het niet kan." in refused.text
    ilse.post(path, accept="no", answer="Wij zijn die dag dicht.")
    assert "niet aangenomen" in words_of(ilse.get("/planner/houses/lydia").text)


def test_an_accepted_request_stands_on_the_board_as_gaps(site: Site, ilse: Person) -> None:
    path = f"/planner/requests/{asked(site.world)}"
    ilse.get(path)
    assert "Aangenomen." in ilse.post(path, accept="yes").text
    board = ilse.get(f"/planner/board.json?window={WINDOW}&week=2").json
    assert board is not None
    (chip,) = board["shifts"].values()
    assert (chip["state"], chip["missing"], chip["who"]) == ("gap", 2, "2 gaten")


def test_two_planners_who_answer_one_request_do_not_overwrite_each_other(site: Site, ilse: Person) -> None:
    path, other = f"/planner/requests/{asked(site.world)}", site.person("ilse")
    ilse.get(path)
    other.get(path)
    other.post(path, accept="yes")
    late = ilse.send(path, accept="no", answer="Dit kan niet.")
    assert late.status_code in {409, 422}
    assert "Aangenomen." in ilse.get(path).text


def test_a_run_is_asked_for_watched_and_taken_over(site: Site, ilse: Person) -> None:
    site.world.clock.set("mon 08:00")
    ilse = site.person("ilse")
    ilse.get("/planner/runs")
    page = ilse.post("/planner/runs", seconds="30", window=WINDOW)
    run = page.request.path
    assert 'hx-trigger="load delay:1s"' in page.text
    assert "Vernieuwen" in page.text, "without scripts there is a link"
    assert "De cijfers op deze pagina zijn nog van wat iedereen nu weet." in page.text
    assert "Wat mensen nu weten</h2>" in page.text, "figures have a name while there is no result"
    assert execute.execute_next(site.world.app, "test")
    done = ilse.get(run)
    assert "hx-trigger" not in done.text, "nothing is asked any more once it is over"
    going = words_of(done.text.partition('id="going"')[2].partition("</section>")[0])
    assert re.search(r"Open plekken in de hele periode: (van \d+ naar )?0\b", going)
    assert ("Beter kan niet." in going) != ("nog niet bekend" in going or "nog te winnen" in going)
    assert "De cijfers als tabel" in going
    assert "Van wat mensen weten naar deze uitkomst" in done.text
    part = ilse.client.get(run, headers={"HX-Request": "true"}).text
    assert part.strip().startswith('<div id="run-live"')
    board = ilse.post(f"{run}/take-over")
    assert board.request.path == "/planner/board"
    assert "concept 2" in words_of(board.text)


def test_a_run_comes_back_when_somebody_changed_the_draft_since_it_was_looked_at(site: Site, ilse: Person) -> None:
    site.world.clock.set("mon 08:00")
    ilse = site.person("ilse")
    ilse.get("/planner/runs")
    run = ilse.post("/planner/runs", seconds="30", window=WINDOW).request.path
    assert execute.execute_next(site.world.app, "test")
    ilse.get(run)
    other = site.person("ilse")
    for change, expert in (("unassign", "noor"), ("assign", "sam")):
        other.get(f"/planner/shifts/s4?window={WINDOW}")
        other.post(f"/planner/shifts/s4/{change}", window=WINDOW, expert=expert)
    late = ilse.send(f"{run}/take-over")
    assert late.status_code == 409
    text = words_of(late.text)
    assert "Er is niets overgenomen." in text
    assert "In het concept staat Sam op deze dienst" in text
    assert "Maak dit het concept" in text
    ilse.get(run)
    assert ilse.post(f"{run}/take-over").request.path == "/planner/board"


def test_the_list_of_runs_says_who_and_how_in_words_of_the_language(site: Site, ilse: Person) -> None:
    ilse.get("/planner/runs")
    ilse.post("/planner/runs", seconds="30", window=WINDOW)
    listed = words_of(ilse.get("/planner/runs").text.partition('id="earlier"')[2])
    assert "Ilse" in listed
    assert "Wacht op zijn beurt" in listed
    assert execute.execute_next(site.world.app, "test")
    listed = words_of(ilse.get("/planner/runs").text.partition('id="earlier"')[2])
    assert "Klaar in" in listed
    assert "optimal" not in listed
    assert ", ilse" not in listed


def test_a_period_with_nothing_to_calculate_says_what_is_the_case_instead_of_the_form(site: Site, ilse: Person) -> None:
    later = site.world.app.windows()[-1].first.isoformat()
    over = "Deze periode is voorbij. De laatste dag was zondag 3 januari"
    for window, said, link in (
        ("2026-12-07", over, f"/planner/runs?window={WINDOW}"),
        (later, "Er staan geen diensten in deze periode.", "/planner/requests"),
    ):
        page = ilse.get(f"/planner/runs?window={window}").text
        card = page.partition('id="start"')[2].partition("</section>")[0]
        assert said in words_of(card)
        assert f'href="{link}"' in card
        assert "<form" not in card
        refused = ilse.send("/planner/runs", seconds="30", window=window, key=f"late-{window}")
        assert (refused.status_code, said in words_of(refused.text)) == (422, True)


def test_a_run_that_waits_can_be_cancelled_and_a_second_is_refused(ilse: Person) -> None:
    ilse.get("/planner/runs")
    first = ilse.post("/planner/runs", seconds="30", window=WINDOW).request.path
    ilse.get("/planner/runs")
    assert ilse.send("/planner/runs", seconds="30", window=WINDOW).status_code == 422
    assert ilse.send("/planner/runs", seconds="31", window=WINDOW).status_code == 422
    ilse.get(first)
    cancelled = ilse.post(f"{first}/order", order="cancel").text
    assert "Begin opnieuw" in cancelled


def test_publishing_asks_to_read_the_notices_and_leaves_a_version_with_a_name(ilse: Person) -> None:
    ilse.get("/planner/shifts/s6")
    ilse.send("/planner/shifts/s6/assign", window=WINDOW, expert="noor")
    page = ilse.get("/planner/publish").text
    assert "Kadir" in page
    assert "Publiceer versie 2 als Ilse" in page
    unread = ilse.send("/planner/publish", window=WINDOW)
    assert unread.status_code == 422
    assert "Vink aan dat je de meldingen hebt gelezen." in unread.text
    ilse.get("/planner/publish")
    done = ilse.post("/planner/publish", window=WINDOW, read="1")
    assert done.request.path == "/planner/published"
    assert "Versie 2 is gepubliceerd. Er is nog geen mailserver ingesteld" in done.text
    assert "Ilse" in done.text.partition("<tbody>")[2]


def test_without_a_draft_there_is_no_button_to_publish(ilse: Person) -> None:
    page = ilse.get("/planner/publish").text
    assert "Er is niets te publiceren" in page
    assert "Publiceer versie" not in page
    assert 'name="read"' not in page


def test_the_versions_are_in_the_words_of_the_language(ilse: Person) -> None:
    table = ilse.get("/planner/published").text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "gepubliceerd" in table
    assert "published" not in table


def test_a_draft_that_somebody_changed_meanwhile_is_not_published(site: Site, ilse: Person) -> None:
    ilse.get("/planner/shifts/s6")
    ilse.send("/planner/shifts/s6/assign", window=WINDOW, expert="noor")
    ilse.get("/planner/publish")
    other = site.person("ilse")
    other.get("/planner/shifts/s5")
    other.send("/planner/shifts/s5/assign", window=WINDOW, expert="noor")
    assert ilse.send("/planner/publish", window=WINDOW, read="1").status_code == 409


def test_nothing_private_of_a_person_is_shown(ilse: Person) -> None:
    page = words_of(ilse.get("/planner/people/noor").text)
    assert "uitsluiting" not in page.lower()
    assert "Waarom iemand niet kan, vragen en bewaren we nooit." in page
    assert "thema" not in page.lower()


def test_the_search_in_the_head_finds_people_and_houses(ilse: Person) -> None:
    page = ilse.get("/planner/people?q=lyd").text
    assert 'href="/planner/houses/lydia"' in page
    assert "Niemand gevonden." in ilse.get("/planner/people?q=zzz").text
    assert "&lt;b&gt;" in ilse.get("/planner/people?q=<b>").text


def test_a_contact_is_saved_once_and_a_stale_form_says_so(site: Site, ilse: Person) -> None:
    other = site.person("ilse")
    ilse.get("/planner/houses/lydia")
    other.get("/planner/houses/lydia")
    assert "Bewaard." in ilse.post("/planner/houses/lydia", contact_name="Noor", contact_phone="020 1").text
    stale = other.send("/planner/houses/lydia", contact_name="Daan", contact_phone="020 2")
    assert stale.status_code == 409
    assert 'value="Daan"' in stale.text, "what was typed is still there"


def test_every_rule_has_a_name_of_its_own(ilse: Person) -> None:
    assert set(words.RULES) == {rule.name for rule in RULEBOOK}
    page = ilse.get("/planner/rules").text
    assert page.count('<li class="rule') == len(RULEBOOK)
    assert "<b>11</b>" in page, "numbers that can be set stand out"


def test_the_hours_of_everybody_are_a_file_for_a_spreadsheet(ilse: Person) -> None:
    page = ilse.get("/planner/people").text
    assert "Uren van iedereen per maand van 2027:" in page
    paths = re.findall(r'href="(/planner/hours\.\w+)"', page)
    assert paths == ["/planner/hours.xlsx", "/planner/hours.csv"]
    workbook, text = (ilse.client.get(path) for path in paths)
    assert workbook.data.startswith(b"PK")
    assert workbook.headers["Content-Disposition"] == "attachment; filename=wijkrooster-2027.xlsx"
    lines = text.data.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith('"Nummer";"Naam";"2027-01";"2027-02"')
    assert lines[2].startswith('"noor";"Noor Jansen";"6,0";"0,0"')
    assert lines[0].endswith(';"Samen";"waarvan gepland"')
    assert lines[4].endswith(';"18,0";"18,0"')
    assert ilse.client.get("/planner/hours.csv?year=2026").data.decode("utf-8-sig").split("\r\n")[4].endswith(';"0,0"')


def test_the_roster_is_a_file_for_a_spreadsheet_and_a_calendar(ilse: Person) -> None:
    page = ilse.get("/planner/published").text
    assert "Wie er nu waar komt:" in page
    paths = re.findall(r'href="(/planner/roster\.\w+\?window=2027-01-04)"', page)
    assert [path[: path.index("?")] for path in paths] == ["/planner/roster.csv", "/planner/roster.ics"]
    table, calendar = (ilse.client.get(path) for path in paths)
    assert table.headers["Content-Disposition"] == "attachment; filename=wijkrooster-2027-01-04.csv"
    lines = table.data.decode("utf-8-sig").split("\r\n")
    assert lines[0] == '"Datum";"Van";"Tot";"Plek";"Activiteit";"Voornaam"'
    assert lines[1] == '"2027-01-06";"09:30";"12:30";"Lydia";"Drop-in";"Noor"'
    assert calendar.content_type.startswith("text/calendar")
    assert calendar.text.count("BEGIN:VEVENT") == 6
    assert "Jansen" not in calendar.text + table.text


@pytest.mark.parametrize(
    "path", ["hours.exe", "hours.csv?year=x", "hours.csv?year=1999", "hours.csv?year=²027", "hours.", "roster.exe"]
)
def test_a_file_of_hours_that_does_not_exist_is_not_there(ilse: Person, path: str) -> None:
    assert ilse.client.get(f"/planner/{path}").status_code == 404
