"""What keeps strangers out: headers on every answer, cookies that scripts cannot read, forms that are ours."""

import re
from dataclasses import replace

import pytest

from scheduler.domain.accounts import Tally
from tests.services.world import PASSWORD, World
from tests.web.site import Person, Site
from web import create_app, security

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)


def css(site: Site) -> str:
    """The address of the stylesheet as a page names it."""
    return str(re.findall(r'rel="stylesheet" href="([^"]+)"', site.stranger().get("/sign-in").text)[0])


def test_every_answer_carries_the_headers(site: Site) -> None:
    noor = site.person("noor")
    answers = [
        noor.client.get(path) for path in ("/", "/expert/", "/nope", "/sign-in", "/healthz", css(site), "/static/no")
    ]
    answers.append(noor.client.post("/expert/"))
    answers.append(noor.client.post("/expert/limits", data={"a": "x" * security.MOST_BYTES}))
    answers.append(site.stranger().client.get("/", headers={"Host": "evil.nl"}))
    assert {a.status_code for a in answers} == {302, 200, 404, 405, 413, 400}
    for answer in answers:
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "geolocation=()" in answer.headers["Permissions-Policy"]
        assert "Server" not in answer.headers


def test_only_built_files_may_be_kept_by_a_browser(site: Site) -> None:
    noor = site.person("noor")
    assert noor.get("/expert/").headers["Cache-Control"] == "no-store"
    assert noor.get("/nope").headers["Cache-Control"] == "no-store"
    assert "immutable" in noor.get(css(site)).headers["Cache-Control"]


def test_no_page_has_inline_code_or_styles(site: Site) -> None:
    noor, hanneke = site.person("noor"), site.person("hanneke")
    pages = [noor.get(p).text for p in ("/expert/", "/expert/shifts/s1", "/expert/availability", "/expert/limits")]
    pages += [hanneke.get(p).text for p in ("/venue/", "/venue/lydia/ask", "/venue/lydia/week")]
    for page in pages:
        assert not re.search(r"<style|<script(?![^>]* src=)|\sstyle=|\son[a-z]+=|javascript:", page)


def test_the_session_cookie_is_out_of_reach_of_scripts(site: Site) -> None:
    stranger = site.stranger()
    stranger.get("/sign-in")
    response = stranger.send("/sign-in", email="noor@example.org", password=PASSWORD)
    cookies = response.headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == ["wijkrooster", "wijkrooster-device"]
    for cookie in cookies:
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


def test_with_secure_cookies_the_name_is_bound_to_the_host(world: World) -> None:
    config = replace(world.app.config, secure_cookies=True, base_url="https://rooster.example.org", host="0.0.0.0")
    site = Site(create_app(replace(world.app, config=config)), world)
    client = site.app.test_client()
    base = "https://rooster.example.org"
    token = re.findall(r'name="csrf" value="([^"]+)"', client.get("/sign-in", base_url=base).text)[0]
    form = {"csrf": token, "email": "noor@example.org", "password": PASSWORD}
    response = client.post("/sign-in", data=form, base_url=base)
    assert response.status_code == 302
    cookies = response.headers.getlist("Set-Cookie")
    assert cookies[0].startswith("__Host-wijkrooster=")
    assert cookies[1].startswith("__Host-wijkrooster-device=")
    token = re.findall(r'name="csrf" value="([^"]+)"', client.get("/expert/", base_url=base).text)[0]
    cookies += client.post("/sign-out", data={"csrf": token}, base_url=base).headers.getlist("Set-Cookie")
    assert cookies[2].startswith("__Host-wijkrooster=;")
    assert all("Secure" in cookie for cookie in cookies)
    assert client.get("/sign-in", base_url="https://localhost").status_code == 400


@pytest.mark.parametrize("cookie", ["x", "x" * 3000, "eyJhIjoxfQ.abc.def", "é"])
def test_a_broken_session_cookie_means_signed_out(site: Site, cookie: str) -> None:
    client = site.app.test_client()
    client.set_cookie("wijkrooster", cookie)
    assert client.get("/expert/").status_code == 302


def test_signing_out_ends_the_session_on_the_server(site: Site) -> None:
    noor = site.person("noor")
    token = noor.client.get_cookie("wijkrooster")
    assert token is not None
    noor.get("/expert/")
    response = noor.send("/sign-out")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert noor.client.get_cookie("wijkrooster") is None
    thief = site.stranger()
    thief.client.set_cookie("wijkrooster", token.value)
    assert thief.client.get("/expert/").status_code == 302


def answer_of(person: Person, **headers: str) -> int:
    """The status of a yes to shift s1 with the secrets of the last page and these headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    form = person.secrets | {"answer": "yes"}
    return person.client.post("/expert/shifts/s1/answer", data=form, headers=named).status_code


def test_a_form_without_the_token_or_with_that_of_somebody_else_is_refused(site: Site) -> None:
    noor, sam = site.person("noor"), site.person("sam")
    noor.get("/expert/shifts/s1")
    sam.get("/expert/shifts/s2")
    good = dict(noor.secrets)
    for token in (None, "", "x" * 64, "é", sam.secrets["csrf"]):
        noor.secrets = {name: value for name, value in good.items() if name != "csrf"}
        if token is not None:
            noor.secrets["csrf"] = token
        assert answer_of(noor) == 403, token
    noor.secrets = good
    assert answer_of(noor) == 302


def test_a_form_that_another_site_sends_is_refused(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/shifts/s1")
    assert answer_of(noor, Sec_Fetch_Site="cross-site") == 403
    assert answer_of(noor, Sec_Fetch_Site="same-site") == 403
    assert answer_of(noor, Origin="https://evil.nl") == 403
    assert answer_of(noor, Origin="null") == 403
    assert answer_of(noor, Origin="http://localhost", Sec_Fetch_Site="same-origin") == 302


def test_a_stranger_needs_a_token_to_sign_in(site: Site) -> None:
    stranger = site.stranger()
    form = {"email": "noor@example.org", "password": PASSWORD}
    assert stranger.client.post("/sign-in", data=form).status_code == 403


@pytest.mark.parametrize("host", ["evil.nl", "localhost.evil.nl", "127.0.0.1.evil.nl"])
def test_a_request_under_another_name_is_refused(site: Site, host: str) -> None:
    assert site.stranger().client.get("/sign-in", headers={"Host": host}).status_code == 400


def test_what_a_caller_says_about_itself_is_ignored(site: Site) -> None:
    headers = {"X-Forwarded-Host": "evil.nl", "X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4"}
    response = site.stranger().client.get("/expert/", headers=headers)
    assert response.headers["Location"] == "/sign-in?next=/expert/"


def test_a_get_changes_nothing(site: Site) -> None:
    noor, hanneke = site.person("noor"), site.person("hanneke")
    before = site.world.deeds(), site.world.live(), site.world.messages()
    for path in (
        "/expert/",
        "/expert/shifts/s1",
        "/expert/shifts/s1/answered",
        "/expert/availability",
        "/expert/limits",
    ):
        noor.get(path)
    for path in ("/expert/shifts/s1/answer", "/expert/shifts/s1/undo", "/expert/calendar/new", "/sign-out"):
        assert noor.client.get(path).status_code in {404, 405}
    for path in ("/venue/", "/venue/lydia/ask", "/venue/lydia/requests"):
        hanneke.get(path)
    assert (site.world.deeds(), site.world.live(), site.world.messages()) == before


def test_each_sign_in_opens_a_session_of_its_own(site: Site) -> None:
    tokens = []
    for _ in range(2):
        stranger = site.stranger()
        stranger.client.set_cookie("wijkrooster", "planted-by-somebody-else")
        stranger.get("/sign-in")
        assert stranger.send("/sign-in", email="noor@example.org", password=PASSWORD).status_code == 302
        cookie = stranger.client.get_cookie("wijkrooster")
        assert cookie is not None
        tokens.append(cookie.value)
        assert stranger.get("/expert/").status_code == 200
    assert len({*tokens, "planted-by-somebody-else"}) == 3


def test_wrong_pairs_get_the_same_words_whether_the_address_is_known_or_not(site: Site) -> None:
    texts = []
    for email in ("noor@example.org", "nobody@example.org"):
        stranger = site.stranger()
        stranger.get("/sign-in")
        response = stranger.post("/sign-in", email=email, password="een verkeerd wachtwoord")
        assert response.status_code == 422
        texts.append(re.sub(r'value="[^"]*"', "", response.text))
    assert texts[0] == texts[1]
    assert "Dit e-mailadres en wachtwoord horen niet bij elkaar." in texts[0]


def test_a_browser_stays_known_after_signing_out_and_is_not_slowed_down_by_strangers(site: Site) -> None:
    form = {"email": "noor@example.org", "password": PASSWORD}
    own, stranger = site.stranger(), site.stranger()
    own.get("/sign-in")
    assert own.send("/sign-in", **form).status_code == 302
    own.get("/expert/")
    own.send("/sign-out")
    with site.world.database.writing() as work:
        work.attempts.put("account", "account-noor", Tally(10, site.world.clock()))
    stranger.get("/sign-in")
    refused = stranger.post("/sign-in", **form)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert "Dit was te vaak. Probeer het vandaag om 9.01 uur nog eens." in refused.text
    assert 'value="noor@example.org"' in refused.text
    own.get("/sign-in")
    assert own.send("/sign-in", **form).status_code == 302
