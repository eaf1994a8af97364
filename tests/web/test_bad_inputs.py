"""Whatever is typed into a form: does it come back with its fault in Dutch, quickly, with nothing stored?"""

import re
import time
from datetime import date
from html import escape
from urllib.parse import quote

import pytest
from sqlalchemy import text
from werkzeug.datastructures import MultiDict

from scheduler.domain.time import DAY, Days
from scheduler.services import availability, cover
from tests.services.world import PASSWORD
from tests.web.refusals import ASK, ZALGO, require_sentence, somebody
from tests.web.site import Site

NIGHT = {"hours": "other", "start": "22:00", "end": "07:00", "sure": "long"}


TEXTS = {
    "html": '"><img src=x onerror=alert(1)>',
    "attribute": '" onmouseover="x',
    "template": "{{7*7}} {% x %} ${7*7}",
    "percent": "%(name)s %s %n",
    "right to left": "a\u202egpj.exe",
    "emoji": "👩\u200d👧 𝔘",
    "letters": "Ñandú Şükrü Ĳsbrand van 't Hof",
    "sql": "'; DROP TABLE shift; --",
}


@pytest.mark.parametrize("typed", TEXTS.values(), ids=TEXTS)
def test_any_text_is_stored_and_shown_as_it_was_typed(site: Site, typed: str) -> None:
    hanneke = somebody(site, "hanneke")
    page = hanneke.post("/venue/lydia/ask", **(ASK | {"note": typed})).text
    assert "WR-" in page
    [stored] = cover.requests_of_venue(site.world.app, site.world.coordinator, "lydia")
    assert stored.note in {typed, typed.replace("\u202e", " ").replace("\u200d", " ")}
    for name, path in (("hanneke", "/venue/lydia/requests"), ("ilse", f"/planner/requests/{stored.id}")):
        page = site.person(name).get(path).text
        assert "onerror=alert" not in re.sub(r"&[^;]+;[^<]*", "", page)
        assert "49" not in re.findall(r"WR-\S+|(\b49\b)", page)
    assert escape(stored.note, quote=False).split()[0].replace("'", "&#39;").replace('"', "&#34;") in page


LONG = {"long": "x" * 10_000, "zalgo": ZALGO, "lines": "\n" * 5_000 + "x" * 300, "spaces": "x" + "\u00a0" * 999 + "x"}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("typed", LONG.values(), ids=LONG)
def test_text_without_measure_comes_back_with_its_fault(site: Site, typed: str) -> None:
    forms = [
        ("hanneke", "/venue/lydia/ask", ASK | {"note": typed}),
        ("ilse", "/planner/houses/lydia", {"contact_name": typed, "contact_phone": "020 123 45 67"}),
        ("ilse", "/planner/houses/lydia", {"contact_name": "Han", "contact_phone": typed}),
    ]
    for name, path, fields in forms:
        person = somebody(site, name)
        began = time.process_time()
        response = person.send(path, **fields)
        require_sentence(response, began, {422})
        assert "Dit is te lang" in response.text
        assert typed[-100:] in response.text.replace("\r\n", "\n")


def test_a_name_with_a_line_end_stays_on_one_line(site: Site) -> None:
    ilse = somebody(site, "ilse")
    ilse.post("/planner/houses/lydia", contact_name="Han\r\nBcc: x@y.nl", contact_phone="020 123 45 67")
    with site.world.database.reading() as work:
        assert work.venues.get("lydia").contact_name == "Han Bcc: x@y.nl"


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("phone", ["call me", "javascript:alert(1)", "+31 20 <b>", "020 😀"])
def test_a_number_that_is_none_is_refused_with_the_name_kept(site: Site, phone: str) -> None:
    ilse = somebody(site, "ilse")
    began = time.process_time()
    response = ilse.send("/planner/houses/lydia", contact_name="Blijft staan", contact_phone=phone)
    require_sentence(response, began, {422})
    assert "Blijft staan" in response.text


SIGN_INS = {
    "unknown": ("nobody@example.org", PASSWORD),
    "turkish letter": ("İLSE@example.org", PASSWORD),
    "dotless letter": ("ılse@example.org", PASSWORD),
    "homograph": ("\u0456lse@example.org", PASSWORD),
    "half a character": ("ilse\ud800@example.org", PASSWORD),
    "sql": ("' OR '1'='1", "' OR '1'='1"),
    "line end": ("ilse@example.org\r\nBcc: x@y.nl", PASSWORD),
    "too long": ("i" * 10_000, PASSWORD),
    "long password": ("ilse@example.org", PASSWORD * 1_000),
    "password and a space": ("ilse@example.org", PASSWORD + " "),
    "password in capitals": ("ilse@example.org", PASSWORD.upper()),
    "password and a NUL": ("ilse@example.org", PASSWORD + "\x00"),
    "nothing": ("", ""),
}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(("email", "password"), SIGN_INS.values(), ids=SIGN_INS)
def test_nobody_comes_in_with_what_only_looks_like_a_sign_in(site: Site, email: str, password: str) -> None:
    stranger = site.stranger()
    stranger.get("/sign-in")
    began = time.process_time()
    body = MultiDict({**stranger.secrets, "email": email.encode("utf-8", "surrogatepass").decode("utf-8", "replace")})
    body["password"] = password
    require_sentence(stranger.client.post("/sign-in", data=body), began, {422})
    assert stranger.client.get("/planner/").status_code == 302


@pytest.mark.parametrize(
    "target",
    ["//evil.nl", "/\\evil.nl", "https://evil.nl", "javascript:alert(1)", "/a\r\nX: y", "/" + "x" * 3000, "\t//e"],
)
def test_after_signing_in_one_stays_on_this_site(site: Site, target: str) -> None:
    stranger = site.stranger()
    stranger.get(f"/sign-in?next={quote(target)}")
    response = stranger.send("/sign-in", email="noor@example.org", password=PASSWORD, next=target)
    assert (response.status_code, response.headers["Location"]) == (302, "/expert/")


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("start", "end"),
    [
        *(("25:00", "26:00"), ("12:60", "13:00"), ("12:30:61", "13:00"), ("-1:00", "9:00"), ("9", "12")),
        ("24:00", "9:00"),
    ],
)
@pytest.mark.parametrize("day", ["2027-01-20"])
def test_an_hour_that_no_clock_shows_comes_back_with_its_fault(site: Site, day: str, start: str, end: str) -> None:
    noor, hanneke = somebody(site, "noor"), somebody(site, "hanneke")
    fields = {"first": day, "last": "", "part": "other", "start": start, "end": end, "level": "0"}
    for response in (
        noor.send("/expert/availability/days", **fields),
        hanneke.send("/venue/lydia/ask", **(ASK | {"hours": "other", "start": start, "end": end})),
    ):
        require_sentence(response, time.process_time(), {422})
        assert f'value="{start}"' in response.text


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "day", ["2027-02-29", "2026-366", "2026-W53-8", "29-2-2028", "0000-00-00", "9999-12-31", "٢٠٢٧-01-20"]
)
def test_a_day_that_no_calendar_shows_comes_back_with_its_fault(site: Site, day: str) -> None:
    noor = somebody(site, "noor")
    fields = {"first": day, "last": "", "part": "day", "level": "0"}
    began = time.process_time()
    response = noor.send("/expert/availability/days", **fields)
    require_sentence(response, began, {422})
    assert f'value="{day}"' in response.text


@pytest.mark.parametrize(
    ("day", "minutes"),
    [("2027-01-14", 540), ("2027-03-27", 480), ("2027-10-30", 600)],
    ids=["an ordinary night", "the short night", "the long night"],
)
def test_a_night_lasts_as_long_as_it_lasts(site: Site, day: str, minutes: int) -> None:
    hanneke = somebody(site, "hanneke")
    assert hanneke.post("/venue/lydia/ask", **(ASK | NIGHT | {"first": day})).status_code == 200
    with site.world.database.reading() as work:
        [request] = work.requests.of_venue("lydia")
        [shift] = request.shifts(Days(date.fromisoformat(day), date.fromisoformat(day) + DAY), site.world.window.zone)
    assert shift.span.minutes == minutes


def test_until_midnight_is_written_as_24_and_ends_the_same_evening(site: Site) -> None:
    hanneke = somebody(site, "hanneke")
    assert hanneke.post("/venue/lydia/ask", **(ASK | NIGHT | {"start": "18:00", "end": "24:00"})).status_code == 200
    with site.world.database.reading() as work:
        [request] = work.requests.of_venue("lydia")
        [shift] = request.shifts(Days(request.recurrence.first, request.recurrence.first + DAY), site.world.window.zone)
    assert shift.span.minutes == 360


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("name", ["minutes_a_day", "euros_a_month", "travel_minutes", "earliest_start"])
@pytest.mark.parametrize("value", ["NaN", "Infinity", "-0", "-1", "9999999", "1e3", "24.01", "9" * 5000, "\x00", "٣"])
def test_a_limit_that_is_no_such_number_is_refused(site: Site, name: str, value: str) -> None:
    noor = somebody(site, "noor")
    names = ("minutes_a_day", "minutes_a_week", "minutes_a_month", "shifts_a_week", "days_in_a_row", "travel_minutes")
    fields = dict.fromkeys((*names, "earliest_start", "latest_end", "euros_a_month"), "")
    began = time.process_time()
    require_sentence(noor.send("/expert/limits", **(fields | {name: value})), began, {422})


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("edition", ["-1", "0.5", "NaN", "", "1" * 30, "\x00", "999999999"])
def test_an_edition_that_was_never_shown_is_refused(site: Site, edition: str) -> None:
    ilse = somebody(site, "ilse")
    fields = ilse.secrets | {"edition": edition, "contact_name": "Han", "contact_phone": "020"}
    began = time.process_time()
    require_sentence(ilse.client.post("/planner/houses/lydia", data=fields), began, {400, 409})


@pytest.mark.parametrize("note", ["BSN 111222333", "haar nummer: 1112.22.333", "111 222 333"])
def test_a_citizen_number_is_refused_in_every_text(site: Site, note: str) -> None:
    hanneke = somebody(site, "hanneke")
    assert "burgerservicenummer" in hanneke.send("/venue/lydia/ask", **(ASK | {"note": note})).text
    hanneke.post("/venue/lydia/ask", **ASK)
    [asked] = cover.requests_of_venue(site.world.app, site.world.coordinator, "lydia")
    ilse = site.person("ilse")
    ilse.get(f"/planner/requests/{asked.id}")
    response = ilse.send(f"/planner/requests/{asked.id}", accept="no", answer=note)
    assert response.status_code == 422
    assert "burgerservicenummer" in response.text


def test_what_was_sent_is_sent_again_from_the_page_before_and_happens_once(site: Site) -> None:
    noor = somebody(site, "noor")
    noor.get("/expert/availability")
    fields = {"first": "2027-01-20", "last": "", "part": "day", "level": "0"}
    statuses = {noor.send("/expert/availability/days", **fields).status_code for _ in range(3)}
    changed = noor.send("/expert/availability/days", **(fields | {"first": "2027-01-21"}))
    view = availability.availability_view(site.world.app, site.world.expert("noor"))
    assert (statuses, len(view.exceptions)) == ({302}, 1)
    assert changed.status_code == 422
    assert "Open de pagina opnieuw" in changed.text


def test_a_failure_of_ours_shows_a_reference_and_what_was_typed_and_nothing_of_the_inside(site: Site) -> None:
    hanneke = somebody(site, "hanneke")
    with site.world.database.writing() as work:
        work.settings._session.execute(text("ALTER TABLE outbox RENAME TO elsewhere"))
    began = time.process_time()
    response = hanneke.send("/venue/lydia/ask", **(ASK | {"note": "Zoveel moeite gedaan"}))
    require_sentence(response, began, {500})
    assert re.search(r"\b[2-9A-HJ-NP-Z]{6}\b", response.text)
    assert "Zoveel moeite gedaan" in response.text
    assert "outbox" not in response.text
    assert cover.requests_of_venue(site.world.app, site.world.coordinator, "lydia") == []
