"""People change their own password and sign out where they are no longer, on a phone and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.services.world import PASSWORD
from tests.support.browser import OpenPage, assert_accessible
from tests.web.site import Person, Site
from tests.web.test_browser import PHONE, assert_fits, sign_in

NEW = "een heel nieuwe zin"
FIELDS = {"old_password": PASSWORD, "new_password": NEW, "new_password_again": NEW}


@pytest.fixture
def noor(site: Site) -> Person:
    """Noor with her account before her."""
    person = site.person("noor")
    person.get("/account")
    return person


@pytest.mark.parametrize("name", ["ilse", "hanneke", "noor"])
def test_everybody_has_an_account_page_one_link_away(site: Site, name: str) -> None:
    person = site.person(name)
    assert 'href="/account"' in person.get("/").text
    page = person.get("/account").text
    assert f"{name}@example.org" in page
    assert "Dit account is alleen op dit apparaat ingelogd." in page


def test_a_new_password_ends_every_session_and_opens_the_door_again(site: Site, noor: Person) -> None:
    other = site.person("noor")
    assert "Het wachtwoord is veranderd. Log in met het nieuwe." in noor.post("/account/password", **FIELDS).text
    for person in (noor, other):
        assert person.client.get("/account").status_code == 302
    noor.get("/sign-in")
    assert noor.send("/sign-in", email="noor@example.org", password=PASSWORD).status_code == 422
    assert noor.send("/sign-in", email="noor@example.org", password=NEW).status_code == 302


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"old_password": ""}, "Vul dit in."),
        ({"old_password": "niet het oude"}, "Het oude wachtwoord klopt niet."),
        ({"new_password_again": NEW.upper()}, "Dit is niet hetzelfde als het nieuwe wachtwoord."),
        ({"new_password": "kort", "new_password_again": "kort"}, "Een wachtwoord heeft 12 tot 128 tekens."),
    ],
)
def test_a_fault_stands_at_its_field_and_no_password_comes_back(
    noor: Person, changed: dict[str, str], said: str
) -> None:
    sent = FIELDS | changed
    answer = noor.send("/account/password", **sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert not any(f'value="{value}"' in answer.text for value in sent.values() if value)
    assert noor.get("/account").status_code == 200


def test_too_many_guesses_have_to_wait(noor: Person) -> None:
    for _ in range(10):
        noor.get("/account")
        noor.send("/account/password", **FIELDS | {"old_password": "niet het oude"})
    noor.get("/account")
    answer = noor.send("/account/password", **FIELDS)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Dit was te vaak." in answer.text


def test_a_session_that_ended_meanwhile_keeps_no_password_in_the_page(site: Site, noor: Person) -> None:
    site.world.clock.turn(hours=13)
    page = noor.send("/account/password", **FIELDS).text
    assert NEW not in page
    assert PASSWORD not in page


def test_signing_out_elsewhere_by_keyboard_on_a_phone(address: str, open_page: OpenPage, site: Site) -> None:
    page = open_page(viewport=PHONE)
    sign_in(page, address, "noor")
    other = site.person("noor")
    page.goto(f"{address}/expert/")
    page.get_by_role("link", name="Account").click()
    expect(page.get_by_text("Dit account is ook op één ander apparaat ingelogd:")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Log de andere apparaten uit").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Alle andere apparaten zijn uitgelogd.")
    assert other.client.get("/expert/").status_code == 302


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_changing_the_password_on_a_phone_without_scripts(address: str, open_page: OpenPage, scheme: str) -> None:
    page = open_page(viewport=PHONE, color_scheme=scheme, java_script_enabled=False)
    sign_in(page, address, "hanneke")
    page.goto(f"{address}/account")
    for name, value in (FIELDS | {"new_password_again": "iets anders"}).items():
        page.fill(f"#f-{name}", value)
    page.get_by_role("button", name="Verander het wachtwoord").click()
    expect(page.get_by_text("Dit is niet hetzelfde als het nieuwe wachtwoord.")).to_be_visible()
    for name, value in FIELDS.items():
        page.fill(f"#f-{name}", value)
    page.get_by_role("button", name="Verander het wachtwoord").click()
    expect(page.get_by_role("status")).to_contain_text("Het wachtwoord is veranderd.")
