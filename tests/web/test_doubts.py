"""What a venue may not have meant comes back once as a question; whoever means it sends it with one more press."""

import re

import pytest
from playwright.sync_api import expect

from scheduler.services import cover
from tests.support.browser import OpenPage, assert_accessible
from tests.web.site import Person, Site
from tests.web.test_browser import PHONE, assert_fits, sign_in

ASK = "/venue/lydia/ask"
GOOD = {
    "activity": "drop-in",
    "first": "2027-01-14",
    "hours": "afternoon",
    "headcount": "2",
    "repeat": "once",
    "until": "",
    "wish": "",
    "note": "De bel is stuk",
}
OTHER = {"hours": "other"}


def asked(site: Site) -> int:
    """How many requests of Lydia there are."""
    return len(cover.requests_of_venue(site.world.app, site.world.coordinator, "lydia"))


def hanneke(site: Site) -> Person:
    """The coordinator with an empty form before her."""
    person = site.person("hanneke")
    person.get(ASK)
    return person


@pytest.mark.parametrize(
    ("changes", "question", "kind"),
    [
        (OTHER | {"start": "09:00", "end": "18:00"}, "Dit duurt 9 uur. Klopt dat?", "long"),
        (OTHER | {"start": "20:00", "end": "02:00"}, "Dit duurt 6 uur, tot 2.00 uur de volgende dag.", "long"),
        ({"first": "2027-12-25"}, "Zaterdag 25\N{NO-BREAK SPACE}december is een officiële feestdag.", "holiday"),
        (
            {"first": "2027-12-18", "repeat": "weekly", "until": "2028-01-01"},
            "zaterdag 25\N{NO-BREAK SPACE}december en zaterdag 1\N{NO-BREAK SPACE}januari",
            "holiday",
        ),
        ({"first": "2027-01-15", "repeat": "weekly"}, "Zonder laatste dag gaat dit door tot u het afzegt.", "endless"),
    ],
)
def test_what_may_not_be_meant_is_asked_once_and_nothing_is_lost(
    site: Site, changes: dict[str, str], question: str, kind: str
) -> None:
    person = hanneke(site)
    site.world.clock.set("w2 mon 09:00")
    person = hanneke(site)
    response = person.send(ASK, **(GOOD | changes))
    assert response.status_code == 422
    assert question in response.text
    assert "De bel is stuk" in response.text
    for name, value in changes.items():
        assert re.search(rf'name="{name}"[^>]* value="{value}"', response.text), name
    assert response.text.count(f'name="sure" value="{kind}"') == 2
    assert asked(site) == 0
    assert "Uw aanvraag is verstuurd." in person.post(ASK, **(GOOD | changes), sure=kind).text
    assert asked(site) == 1


def test_the_same_once_more_is_asked_but_a_double_press_and_another_time_are_not(site: Site) -> None:
    person = hanneke(site)
    first = person.send(ASK, **GOOD)
    assert first.status_code == 302
    assert person.send(ASK, **GOOD).headers["Location"] == first.headers["Location"]
    person.get(ASK)
    again = person.send(ASK, **GOOD)
    assert again.status_code == 422
    assert "Dit hebt u al gevraagd voor donderdag 14\N{NO-BREAK SPACE}januari, met aanvraag WR-" in again.text
    assert person.send(ASK, **(GOOD | {"hours": "morning"})).status_code == 302
    person.get(ASK)
    weekly = person.send(ASK, **(GOOD | {"first": "2027-01-07", "repeat": "weekly", "until": "2027-02-04"}))
    assert "Dit hebt u al gevraagd voor donderdag 14" in weekly.text
    assert asked(site) == 2


def test_a_yes_to_one_question_is_no_yes_to_another(site: Site) -> None:
    response = hanneke(site).send(ASK, **(GOOD | {"first": "2027-12-25", "repeat": "weekly"}), sure="endless")
    assert response.status_code == 422
    assert "Kloppen deze punten?" in response.text


@pytest.mark.parametrize(("start", "end"), [("09:00", "08:00"), ("08:00", "19:00")])
def test_a_length_that_no_roster_can_have_is_said_at_its_field(site: Site, start: str, end: str) -> None:
    response = hanneke(site).send(ASK, **(GOOD | OTHER | {"start": start, "end": end}), sure="long")
    assert response.status_code == 422
    assert "Voor één persoon mag hooguit 10 uur." in response.text
    assert 'aria-describedby="f-end-bad ' in response.text
    assert asked(site) == 0


def test_ten_hours_and_a_half_with_its_break_can_be_asked(site: Site) -> None:
    ten = GOOD | OTHER | {"start": "08:00", "end": "18:00"}
    assert hanneke(site).send(ASK, **ten, sure="long").status_code == 302


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_questions_are_answered_on_a_phone_without_scripts(
    address: str, open_page: OpenPage, site: Site, scheme: str
) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False, color_scheme=scheme)
    sign_in(page, address, "hanneke")
    page.goto(address + ASK)
    page.get_by_role("textbox", name="Dag").fill("2027-12-25")
    page.locator("label.tile", has_text="Elke week").click()
    page.get_by_role("button", name="Verstuur aanvraag").click()
    expect(page.get_by_role("alert")).to_contain_text("feestdag")
    assert_fits(page)
    page.get_by_role("button", name="Ja, verstuur het zo").first.click()
    expect(page.get_by_text("Uw aanvraag is verstuurd.")).to_be_visible()
    assert asked(site) == 1


def test_the_page_with_questions_is_accessible(address: str, open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE)
    sign_in(page, address, "hanneke")
    page.goto(address + ASK)
    page.get_by_role("textbox", name="Dag").fill("2027-12-25")
    page.get_by_role("button", name="Verstuur aanvraag").click()
    expect(page.get_by_role("alert")).to_contain_text("feestdag")
    assert_accessible(page)
