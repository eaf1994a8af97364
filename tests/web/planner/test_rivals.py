"""Which shifts at one time ask for the same people: a sentence in the panel of an open place, and a list to open."""

import pytest
from playwright.sync_api import Page, expect

from scheduler.services.candidates import candidates
from tests.builders import JANUARY, roster, shift
from tests.support.browser import assert_accessible
from tests.web.planner.test_in_browser import OVERFLOW, open_board, signed_in
from tests.web.site import Site

WINDOW = "2027-01-04"
SAID = "4 diensten op vrijdag 15\N{NO-BREAK SPACE}januari zijn tegelijk. Ze vragen samen 4 mensen, en 3 kunnen komen."


@pytest.fixture
def evening(site: Site) -> Site:
    """Four shifts of one evening and three people."""
    venues = ("lydia", "pinto", "lydia", "pinto")
    site.world.add_shifts(*(shift("w2 fri 18:00-20:00", id=f"t{n}", venue=v) for n, v in enumerate(venues)))
    site.world.publish(roster("noor: s1 s4 t0", "sam: s2 s5 t1", "kadir: s3 s6 t2"))
    return site


def panel(site: Site, asked: str) -> str:
    return site.person("ilse").get(f"/planner/shifts/{asked}?window={WINDOW}").text


def test_the_panel_says_which_shifts_ask_for_the_same_people(evening: Site) -> None:
    text = panel(evening, "t3")
    assert SAID in text
    listed = text.partition('class="rivals"')[2].partition("</details>")[0]
    assert [f'data-open="t{n}"' in listed for n in range(4)] == [True, True, True, False]
    assert "Noor" in listed
    assert "zijn tegelijk" not in panel(evening, "s3"), "somebody can come there"
    assert "zijn tegelijk" not in panel(evening, "t0"), "no place is open there"


def test_two_open_places_and_one_who_is_free_are_told_as_well(evening: Site) -> None:
    evening.world.publish(roster("noor: s1 s4 t0", "sam: s2 s5 t1", "kadir: s3 s6"))
    view = candidates(evening.world.app, evening.world.planner, JANUARY.first, "t3")
    assert [one.expert for one in view.can] == ["kadir"]
    assert view.rivals is not None
    assert (len(view.rivals.shifts), view.rivals.sentence.values["num"]) == (4, 3)


def test_another_of_them_opens_from_the_list(address: str, page: Page, evening: Site) -> None:
    open_board(signed_in(page, address, evening), address, "/planner/board?week=1")
    page.locator('[data-chip="t3"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_contain_text(SAID)
    page.locator("#panel .rivals summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator('#panel [data-open="t1"]')).to_be_visible()
    assert_accessible(page)
    page.locator('#panel [data-open="t1"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Wie komt er?")
    expect(page.locator('[data-chip="t1"]')).to_have_attribute("aria-current", "true")
    assert page.evaluate(OVERFLOW) <= 0
