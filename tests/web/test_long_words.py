"""In a real browser: do names of one long word, and figures without a heading above them, read well on a phone?"""

import pytest
from playwright.sync_api import expect

from tests.support.browser import OpenPage
from tests.web.planner.test_in_browser import OVERFLOW, signed_in
from tests.web.site import Site

PHONE = {"width": 360, "height": 740}
LENGTHEN = """
found => document.querySelectorAll(found).forEach(one => { one.lastChild.textContent = "Buurtontmoeting".repeat(6) })
"""


@pytest.mark.parametrize(
    ("name", "path", "found"),
    [
        ("ilse", "/planner/people/noor", "h1, h2"),
        ("ilse", "/planner/houses/lydia", "h1, h2"),
        ("noor", "/expert/limits/places", "h1, .check span"),
        ("noor", "/expert/availability", "h1, h2"),
        ("hanneke", "/venue/lydia", "h1, h2, h3"),
        ("hanneke", "/venue/lydia/ask", "h1, h2"),
    ],
)
def test_one_long_word_is_broken_before_it_makes_the_page_wider_than_the_screen(
    address: str, open_page: OpenPage, site: Site, name: str, path: str, found: str
) -> None:
    page = signed_in(open_page(viewport=PHONE), address, site, name)
    page.goto(address + path)
    page.evaluate(LENGTHEN, found)
    expect(page.locator("h1")).to_contain_text("BuurtontmoetingBuurtontmoeting")
    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/planner/houses", ("Nood", "Gevuld")),
        ("/planner/people", ("Wil per week", "Gepland in deze periode")),
        ("/planner/published", ("Plekken",)),
    ],
)
def test_on_a_phone_every_figure_of_a_list_says_what_it_counts(
    address: str, open_page: OpenPage, site: Site, path: str, said: tuple[str, ...]
) -> None:
    page = signed_in(open_page(viewport=PHONE), address, site)
    page.goto(address + path)
    before = "cells => cells.map(one => getComputedStyle(one, '::before').content.replaceAll('\"', ''))"
    figures = page.locator("tbody tr").first.locator("td.n")
    assert figures.evaluate_all(before) == [f"{word}: " for word in said]
    page.set_viewport_size({"width": 1280, "height": 800})
    assert figures.evaluate_all(before) == ["none" for _ in said]
