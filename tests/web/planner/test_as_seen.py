"""A no that has nothing to do with it stops no edit and no undo, on a page without scripts and on the board."""

import re

import pytest
from playwright.sync_api import Page, expect

from scheduler.domain.responses import Answer
from scheduler.services import respond
from tests.web.planner.test_edits import WINDOW, edit
from tests.web.planner.test_in_browser import open_board, signed_in
from tests.web.site import Person, Site

SEEN = re.compile(r'name="seen" value="([^"]+)"')


@pytest.fixture
def ilse(site: Site) -> Person:
    """The planner."""
    return site.person("ilse")


def test_a_no_elsewhere_refuses_neither_an_edit_nor_undo_without_scripts(site: Site, ilse: Person) -> None:
    shift, board = f"/planner/shifts/s3?window={WINDOW}", f"/planner/board?window={WINDOW}&by=list"
    edit(ilse, "s6", "assign", "sam", 0)
    page = ilse.get(shift).text
    respond.answer(site.world.app, site.world.expert("noor"), "s1", Answer.NO)
    seen = SEEN.findall(page)[0]
    assert ilse.send("/planner/shifts/s3/assign", window=WINDOW, expert="noor", seen=seen).status_code == 302
    page = ilse.get(board).text
    respond.answer(site.world.app, site.world.expert("sam"), "s2", Answer.NO)
    done = ilse.send("/planner/board/undo", window=WINDOW, seen=SEEN.findall(page)[0])
    assert done.status_code == 200
    assert "Noor is weer van deze dienst af" in done.text


def test_the_board_takes_back_its_last_edit_after_a_no_elsewhere(address: str, page: Page, site: Site) -> None:
    open_board(signed_in(page, address, site), address)
    page.locator('[data-chip="s3"]').focus()
    page.keyboard.press("Enter")
    page.locator("#panel .pick--first button").click()
    expect(page.locator('[data-chip="s3"]')).to_contain_text("Noor")
    respond.answer(site.world.app, site.world.expert("sam"), "s2", Answer.NO)
    page.get_by_role("button", name="Ongedaan").click()
    expect(page.locator("#said")).to_contain_text("Teruggedraaid")
    expect(page.locator('[data-chip="s3"]')).not_to_contain_text("Noor")
