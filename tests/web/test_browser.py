"""In a real browser: everything fits a phone, can be reached by touch and by keyboard, and works without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.services.world import PASSWORD
from tests.support.browser import OpenPage, assert_accessible
from tests.web.site import Site

PHONE = {"width": 360, "height": 740}
EXPERT_PAGES = (
    *("/expert/", "/expert/shifts", "/expert/shifts/s1", "/expert/availability", "/expert/limits"),
    *("/expert/limits/places", "/expert/calendar", "/display", "/nope"),
)
VENUE_PAGES = ("/venue/", "/venue/lydia/ask", "/venue/lydia/requests", "/venue/lydia/week")
SMALL_TARGETS = """
() => [...document.querySelectorAll("a, button, select, summary, input:not([type=hidden])")]
  .filter(one => !one.classList.contains("skip") && one.offsetParent !== null)
  .map(one => [one, (one.closest("label") || one).getBoundingClientRect()])
  .filter(([one, box]) => box.width > 0 && box.height < 43.5 && !one.closest(".top"))
  .map(([one]) => one.outerHTML.slice(0, 120))
"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def sign_in(page: Page, address: str, name: str) -> None:
    """Sign in as people do."""
    page.goto(f"{address}/sign-in")
    page.fill("#f-email", f"{name}@example.org")
    page.fill("#f-password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def assert_fits(page: Page) -> None:
    """No sideways scrolling, and nothing too small to touch."""
    assert page.evaluate(OVERFLOW) <= 0, page.url
    assert page.evaluate(SMALL_TARGETS) == [], page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_an_expert_fit_a_phone_and_are_accessible(
    address: str, open_page: OpenPage, scheme: str, site: Site
) -> None:
    page = open_page(viewport=PHONE, color_scheme=scheme)
    page.goto(f"{address}/sign-in")
    assert_accessible(page)
    assert_fits(page)
    sign_in(page, address, "noor")
    for path in EXPERT_PAGES:
        page.goto(address + path)
        assert_accessible(page)
        assert_fits(page)
    page.goto(f"{address}/expert/")
    page.get_by_role("button", name="Rustige weergave").click()
    assert_accessible(page)
    assert_fits(page)


def test_the_pages_of_a_venue_fit_a_phone_and_are_accessible(address: str, open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE)
    sign_in(page, address, "hanneke")
    for path in VENUE_PAGES:
        page.goto(address + path)
        assert_accessible(page)
        assert_fits(page)


def test_a_venue_asks_and_an_expert_answers_without_scripts(address: str, open_page: OpenPage) -> None:
    venue = open_page(viewport=PHONE, java_script_enabled=False)
    sign_in(venue, address, "hanneke")
    venue.get_by_role("link", name="Vraag iemand aan").click()
    venue.get_by_label("Dag", exact=True).fill("2027-01-14")
    venue.get_by_label("Andere tijd").check()
    venue.get_by_label("Van", exact=True).fill("10:00")
    venue.get_by_label("Tot", exact=True).fill("12:00")
    venue.get_by_label("6. Wat moeten wij weten?").fill("De bel is stuk")
    venue.get_by_role("button", name="Verstuur aanvraag").click()
    expect(venue.get_by_text("Uw aanvraag is verstuurd.")).to_be_visible()
    expert = open_page(viewport=PHONE, java_script_enabled=False)
    sign_in(expert, address, "noor")
    expert.get_by_role("link", name="Alles over deze dienst").click()
    expert.get_by_role("button", name="Nee, dit keer niet").click()
    expect(expert.get_by_text("Je hoeft geen reden te geven.")).to_be_visible()
    expert.get_by_role("button", name="Maak mijn antwoord ongedaan").click()
    expect(expert.get_by_role("heading", name="Je antwoord is ongedaan gemaakt")).to_be_visible()


def test_the_keyboard_alone_reaches_the_content_and_shows_where_it_is(address: str, open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE)
    sign_in(page, address, "noor")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    assert page.evaluate("() => document.activeElement.closest('main') !== null")
