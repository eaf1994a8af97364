"""Is every page of every role in order: for axe, in both themes, on a phone, without scrolling sideways?"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Town
from tests.support.browser import OpenPage, assert_accessible

ROLES = ("planner", "coordinator", "expert")
KIND = re.compile(r"/[^/]*\d[^/]*|(?<=/people/)[^/]+|(?<=/houses/)[^/]+|(?<=/venue/)[^/]+")
MOST_PAGES = 60
NOT_PAGES = (".ics", ".json", ".csv", ".xlsx", "/sign-out")
DESKTOP = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}
PHONE = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark", "is_mobile": True, "has_touch": True}


def one_of_each_kind(page: Page, start: str) -> Iterator[str]:
    """Follow the links of this site; of the pages that differ only in an id, one is enough."""
    seen: set[str] = set()
    waiting = [start]
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        kind = KIND.sub("/*", urlsplit(address).path)
        if kind in seen or urlsplit(address).path.endswith(NOT_PAGES):
            continue
        seen.add(kind)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address} answers {answer.status}"
        yield address
        found = page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.href.split('#')[0])")
        waiting += [link for link in found if urlsplit(link).netloc == urlsplit(start).netloc]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["wide and light", "phone and dark"])
def test_every_page_is_accessible_and_fits(
    role: str, device: dict[str, object], town: Town, open_page: OpenPage
) -> None:
    page = open_page(**device)
    town.sign_in(page, town.emails[role])
    count = 0
    for address in one_of_each_kind(page, page.url):
        count += 1
        assert_accessible(page)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{address} scrolls {overflow} px sideways"
        assert page.locator("main").count() == 1, address
        assert page.locator("h1").count() == 1, address
    assert count >= 5


def test_the_pages_of_a_stranger_are_accessible(town: Town, open_page: OpenPage) -> None:
    page = open_page(**PHONE)
    for path in ("/sign-in", "/display", "/not-there"):
        page.goto(f"{town.url}{path}")
        assert_accessible(page)
