"""Is a forged address, a form without its secret or a body that is no form refused, quickly, with nothing stored?"""

import re
import time
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from werkzeug.datastructures import MultiDict

from scheduler.domain.accounts import AccountRole
from scheduler.store import sqlite
from tests.web.refusals import ASK, ZALGO, require_sentence, somebody
from tests.web.site import Site
from web.access import rule_of

PEOPLE = {AccountRole.PLANNER: "ilse", AccountRole.COORDINATOR: "hanneke", AccountRole.EXPERT: "noor"}
IDS = [
    *("-1", "0", str(2**31), str(2**63), str(2**63 + 1), "1" + "0" * 400, "%00", "a%00b", "%ff", "%C0%AF", "..%2f"),
    *("..%2f..%2fetc%2fpasswd", "%ED%A0%80", "%0d%0aSet-Cookie:x=1", quote("{{7*7}}"), quote("' OR 1=1--"), "%25s"),
    *(quote("İ"), quote(ZALGO), "x" * 10_000, quote("\u202e😀"), "%3Cscript%3E"),
]


def routes(site: Site) -> Iterator[tuple[str, str, list[str]]]:
    """Method, address with places, and the names of those who may use it, of every route with a role."""
    for rule in site.app.url_map.iter_rules():
        allowed = rule_of(site.app, rule.endpoint)
        if isinstance(allowed, frozenset):
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield method, rule.rule, [PEOPLE[role] for role in allowed]


@pytest.mark.slow
@pytest.mark.usefixtures("unchanged")
def test_no_address_with_a_strange_id_does_anything_but_say_so(site: Site) -> None:
    people = {name: somebody(site, name) for name in PEOPLE.values()}
    fields = {"expert": "noor", "answer": "yes", "accept": "yes", "order": "stop", "activity": "drop-in"}
    fields |= {"contact_name": "Han", "contact_phone": "020"}
    for method, rule, names in routes(site):
        if "<" not in rule:
            continue
        for id in IDS:
            path, person = (
                "".join(id if part.startswith("<") else part for part in re.split(r"(<[^>]+>)", rule)),
                people[names[0]],
            )
            site.world.clock.turn(seconds=1)
            began = time.process_time()
            data = {**person.secrets, **fields, "key": f"key{began}"} if method == "POST" else None
            require_sentence(
                person.client.open(path, method=method, data=data), began, {302, 308, 400, 403, 404, 405, 422}
            )


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "query",
    [
        *("window=0001-01-01", "window=9999-12-31", "window=2027-02-29", "window=2026-W53-8", "window=20270104"),
        *("window=2027-01-05", "window=%00", "window=NaN", "day=9999-12-31", "day=0001-01-01", "day=-1", "day=%ff"),
        *("week=-1", "week=99", "week=1e5", "week=" + "9" * 5000, "by=%00", "by[]=1", "search=" + "x" * 15_000),
        *("search=" + "a" * 40 + "!", "neighbourhood=%00", "role[$ne]=1", "window=2027-01-04&window=2027-02-01"),
    ],
)
def test_a_board_is_asked_for_in_strange_ways(site: Site, query: str) -> None:
    ilse = somebody(site, "ilse")
    for page in ("board", "board.json", "publish", "published", "runs", "people"):
        began = time.process_time()
        require_sentence(ilse.client.get(f"/planner/{page}?{query}"), began, {200, 400, 404, 422})


@pytest.mark.parametrize("day", ["2026-11-20", "2027-01-04", "2027-02-01", "2028-05-05", "2199-12-31"])
def test_the_board_opens_in_every_window_the_first_and_the_last_too(site: Site, day: str) -> None:
    ilse = site.person("ilse")
    statuses = {ilse.get(f"/planner/board?day={day}&by={by}").status_code for by in ("venue", "expert", "list")}
    assert statuses == {200}


@pytest.mark.usefixtures("unchanged")
def test_no_form_is_taken_without_its_secret_or_its_key_or_with_those_of_somebody_else(site: Site) -> None:
    other = somebody(site, "ilse").secrets["csrf"], somebody(site, "hanneke").secrets["csrf"]
    for method, rule, names in routes(site):
        if method != "POST":
            continue
        path, person = re.sub(r"<[^>]+>", "lydia", rule), somebody(site, names[0])
        foreign = other[0] if names[0] != "ilse" else other[1]
        for secrets in ({}, {"csrf": ""}, {"csrf": foreign}, {"csrf": "İ" * 64}):
            began = time.process_time()
            response = person.client.post(path, data=ASK | {"key": "k", "edition": "1"} | secrets)
            require_sentence(response, began, {403})
        for key in ("", "é", "k" * 65):
            began = time.process_time()
            data = ASK | {"csrf": person.secrets["csrf"], "edition": "1", "key": key, "seconds": "30", "expert": "noor"}
            require_sentence(person.client.post(path, data=data), began, {302, 400, 404, 422})


BODIES: dict[str, tuple[str, bytes]] = {
    "json": ("application/json", b'{"answer": "yes"}'),
    "deep json": ("application/json", b"[" * 10_000 + b"]" * 10_000),
    "xml": ("text/xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'),
    "plain text": ("text/plain", b"answer=yes"),
    "no type": ("", b"answer=yes"),
    "a file": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(("kind", "body"), BODIES.values(), ids=BODIES)
def test_a_body_that_is_no_form_is_not_looked_at(site: Site, kind: str, body: bytes) -> None:
    noor = somebody(site, "noor")
    headers = {"X-CSRF-Token": noor.secrets["csrf"]}
    began = time.process_time()
    response = noor.client.post("/expert/shifts/s1/answer", data=body, content_type=kind, headers=headers)
    require_sentence(response, began, {415})


@pytest.mark.usefixtures("unchanged")
def test_a_form_of_five_megabytes_and_a_byte_is_refused_at_once(site: Site) -> None:
    noor = somebody(site, "noor")
    began = time.process_time()
    body = noor.secrets | {"answer": "x" * (5 * 1024 * 1024 + 1)}
    require_sentence(noor.client.post("/expert/shifts/s1/answer", data=body), began, {413})


HUGE = {"many fields": {f"field{n}": "x" for n in range(60_000)}, "one field": {"answer": "x" * 4_000_000}}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("fields", HUGE.values(), ids=HUGE)
def test_a_huge_form_is_answered_in_time(site: Site, fields: dict[str, str]) -> None:
    noor = somebody(site, "noor")
    body = urlencode(noor.secrets | fields)  # a browser's work: writing it takes longer than the answer
    began = time.process_time()
    answer = noor.client.post("/expert/shifts/s1/answer", data=body, content_type="application/x-www-form-urlencoded")
    require_sentence(answer, began, {302})


@pytest.mark.usefixtures("unchanged")
def test_a_form_that_is_no_text_is_not_understood(site: Site) -> None:
    noor = somebody(site, "noor")
    body = b"answer=\xff\xfe&key=\xc0\xaf&csrf=" + noor.secrets["csrf"].encode()
    began = time.process_time()
    response = noor.client.post("/expert/shifts/s1/answer", data=body, content_type="application/x-www-form-urlencoded")
    require_sentence(response, began, {302, 400, 403})


@pytest.mark.usefixtures("unchanged")
def test_a_form_of_a_thousand_parts_is_refused_at_once(site: Site) -> None:
    noor = somebody(site, "noor")
    data = MultiDict([*noor.secrets.items(), *[(f"p{n}", "x") for n in range(1_001)]])
    began = time.process_time()
    response = noor.client.post("/expert/limits", data=data, content_type="multipart/form-data")
    require_sentence(response, began, {413})


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("field", ["answer", "key"])
def test_a_field_that_comes_twice_with_different_content_is_not_understood(site: Site, field: str) -> None:
    noor = somebody(site, "noor")
    fields = MultiDict([*noor.secrets.items(), ("answer", "no"), (field, "yes")])
    began = time.process_time()
    require_sentence(noor.client.post("/expert/shifts/s1/answer", data=fields), began, {400})


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("name", ["answer[]", "answer[$ne]", "Answer", "answer.0", "ANSWER\x00"])
def test_a_field_of_another_name_is_no_answer(site: Site, name: str) -> None:
    noor = somebody(site, "noor")
    began = time.process_time()
    require_sentence(noor.client.post("/expert/shifts/s1/answer", data=noor.secrets | {name: "no"}), began, {302})


def test_a_database_that_is_busy_is_said_so_and_what_was_typed_comes_back(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanneke = somebody(site, "hanneke")
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0)
    site.world.database.close()
    with site.world.database.writing() as work:
        work.settings.put("held", 1)
        response = hanneke.send("/venue/lydia/ask", **(ASK | {"note": "Zoveel moeite gedaan"}))
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "Er is niets veranderd; probeer het zo nog eens." in response.text
    assert "Zoveel moeite gedaan" in response.text
    assert hanneke.send("/venue/lydia/ask", **ASK).status_code == 302
