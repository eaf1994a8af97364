"""Who may use which page: every route declares it, and every kind of person gets the answer that is declared."""

import pytest
from flask import Flask

from scheduler.domain.accounts import AccountRole
from tests.web.site import Person, Site
from web.access import EVERYBODY, allow, open_to_all, require_declarations, rule_of

PLANNER, COORDINATOR, EXPERT = AccountRole.PLANNER, AccountRole.COORDINATOR, AccountRole.EXPERT
PEOPLE = {PLANNER: "ilse", COORDINATOR: "hanneke", EXPERT: "noor"}
OWN_IDS = {
    "shift": "s1",
    "venue": "lydia",
    "exception": "1",
    "request_id": "none",
    "token": "none",
    "name": "none",
}
FACES = {"expert": frozenset({EXPERT}), "coordinator": frozenset({COORDINATOR}), "planner": frozenset({PLANNER})}


def test_a_route_that_declares_nothing_is_refused() -> None:
    app = Flask("bare", static_folder=None)
    app.add_url_rule("/forgotten", "forgotten", lambda: "hello")
    with pytest.raises(RuntimeError, match="forgotten"):
        require_declarations(app)


def test_the_declaration_survives_on_the_view() -> None:
    app = Flask("bare", static_folder=None)
    app.add_url_rule("/a", "a", allow(PLANNER)(lambda: "a"))
    app.add_url_rule("/b", "b", open_to_all(lambda: "b"))
    require_declarations(app)
    assert rule_of(app, "a") == frozenset({PLANNER})
    assert rule_of(app, "b") == EVERYBODY


def test_every_page_of_a_face_is_for_that_role_only(site: Site) -> None:
    for rule in site.app.url_map.iter_rules():
        face = rule.endpoint.split(".")[0]
        if face in FACES:
            assert rule_of(site.app, rule.endpoint) == FACES[face], rule


def test_only_these_routes_are_open_to_everybody(site: Site) -> None:
    routes = {rule.endpoint for rule in site.app.url_map.iter_rules()}
    assert {endpoint for endpoint in routes if rule_of(site.app, endpoint) == EVERYBODY} == {
        "static",
        "auth.start",
        "auth.healthz",
        "auth.sign_in",
        "auth.do_sign_in",
        "auth.sign_out",
        "auth.display",
        "auth.change_display",
        "feeds.feed",
    }


def routes_of(site: Site, method: str) -> list[tuple[str, str]]:
    """Every route with its own ids filled in, as (endpoint, path)."""
    found = []
    adapter = site.app.url_map.bind("localhost")
    for rule in site.app.url_map.iter_rules():
        if method in (rule.methods or set()):
            ids: dict[str, object] = {name: OWN_IDS.get(name, "none") for name in rule.arguments}
            ids |= {name: "2027-01-04" for name in rule.arguments if "window" in name}
            found.append((rule.endpoint, adapter.build(rule.endpoint, ids, method=method)))
    return found


def test_a_stranger_is_asked_to_sign_in_on_every_page_that_is_not_open(site: Site) -> None:
    stranger = site.stranger()
    for endpoint, path in routes_of(site, "GET"):
        response = stranger.client.get(path)
        if rule_of(site.app, endpoint) == EVERYBODY:
            assert response.status_code in {200, 302, 404}, path
        else:
            assert response.status_code == 302, path
            assert response.headers["Location"].startswith("/sign-in?next="), path


@pytest.mark.parametrize("role", AccountRole)
def test_every_role_gets_a_403_on_the_pages_of_another_role(site: Site, role: AccountRole) -> None:
    person = site.person(PEOPLE[role])
    for method in ("GET", "POST"):
        for endpoint, path in routes_of(site, method):
            rule = rule_of(site.app, endpoint)
            if rule == EVERYBODY or role in rule:  # type: ignore[operator]
                continue
            assert ask(person, method, path) == 403, f"{method} {path}"


def ask(person: Person, method: str, path: str) -> int:
    """The status that a person gets with a good form token."""
    person.get("/display")
    return person.client.open(path, method=method, data=person.secrets if method == "POST" else None).status_code


def test_a_coordinator_sees_no_other_house(site: Site) -> None:
    otto = site.person("otto")
    for path in ("/venue/lydia", "/venue/lydia/ask", "/venue/lydia/requests", "/venue/lydia/week"):
        assert otto.get(path).status_code == 404, path


def test_an_expert_sees_no_shift_of_somebody_else(site: Site) -> None:
    noor = site.person("noor")
    assert noor.get("/expert/shifts/s1").status_code == 200
    assert noor.get("/expert/shifts/s2").status_code == 404
    assert noor.post("/expert/shifts/s2/answer", answer="no", key="k").status_code in {404, 403}


def test_a_page_goes_where_it_was_going_after_signing_in(site: Site) -> None:
    stranger = site.stranger()
    stranger.get("/expert/limits")
    response = stranger.send(
        "/sign-in", email="noor@example.org", password="een lang wachtwoord", next="/expert/limits"
    )
    assert response.headers["Location"] == "/expert/limits"


@pytest.mark.parametrize("target", ["//evil.nl", "https://evil.nl", "/\\evil.nl", "/a\nb", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(site: Site, target: str) -> None:
    stranger = site.stranger()
    stranger.get("/sign-in")
    response = stranger.send("/sign-in", email="noor@example.org", password="een lang wachtwoord", next=target)
    assert response.headers["Location"] == "/expert/"
