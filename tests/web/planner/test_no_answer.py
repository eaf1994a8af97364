"""In a real browser: what does the board do when the server has no answer for it, or none that it can use?"""

import pytest
from playwright.sync_api import Page, expect

from scheduler.services import roster
from tests.builders import JANUARY
from tests.services.world import PASSWORD
from tests.web.planner.test_in_browser import open_board, signed_in
from tests.web.site import Site


@pytest.fixture
def board(address: str, page: Page, site: Site) -> Page:
    """A board that stood open while something else happened."""
    open_board(signed_in(page, address, site), address)
    return page


def call_off(site: Site, shift: str) -> None:
    """The shift with its people, as when its house calls the day off."""
    with site.world.database.writing() as work:
        work.bookings.clear_shift(shift, site.world.clock())
        work.shifts.remove(shift)


def test_a_shift_chosen_after_the_session_is_signed_in_for_and_never_shows_that_page_in_the_panel(board: Page) -> None:
    board.context.clear_cookies()
    board.locator('[data-chip="s3"]').click()
    board.wait_for_url(lambda url: "/sign-in?next=/planner/board" in url)
    expect(board.locator("#panel")).to_have_count(0)


def test_an_edit_after_the_session_is_kept_until_somebody_signed_in(board: Page, site: Site) -> None:
    board.locator('[data-chip="s3"]').click()
    expect(board.locator("#panel .pick--first")).to_be_visible()
    board.context.clear_cookies()
    board.locator("#panel .pick--first button").click()
    board.fill("#f-email", "ilse@example.org")
    board.fill("#f-password", PASSWORD)
    board.keyboard.press("Enter")
    board.get_by_role("button", name="Verstuur wat ik invulde").click()
    expect(board.locator("h2").first).to_have_text("Wie komt er?")
    assert site.world.draft() is not None


def test_who_signed_in_again_elsewhere_can_send_the_edit_with_one_click(address: str, board: Page, site: Site) -> None:
    board.locator('[data-chip="s3"]').click()
    expect(board.locator("#panel .pick--first")).to_be_visible()
    signed_in(board, address, site)
    board.locator("#panel .pick--first button").click()
    board.get_by_role("button", name="Verstuur wat ik invulde").click()
    expect(board.locator("h2").first).to_have_text("Wie komt er?")
    assert site.world.draft() is not None


def test_without_a_connection_the_board_says_that_no_answer_came(board: Page, site: Site) -> None:
    board.locator('[data-chip="s3"]').click()
    expect(board.locator("#panel .pick--first")).to_be_visible()
    board.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('Failed to fetch')) }")
    board.locator("#panel .pick--first button").click()
    expect(board.locator("#said")).to_contain_text("Er kwam geen antwoord.")
    board.keyboard.press("Escape")
    board.locator('[data-chip="s1"]').click()
    expect(board.locator("#said")).to_contain_text("Er kwam geen antwoord.")
    assert site.world.draft() is None


def test_a_shift_that_was_called_off_meanwhile_is_told_and_leaves_the_board(board: Page, site: Site) -> None:
    call_off(site, "s3")
    board.locator('[data-chip="s3"]').click()
    expect(board.locator("#said")).to_contain_text("Deze dienst is er niet meer.")
    expect(board.locator('[data-chip="s3"]')).to_have_count(0)


def test_an_edit_of_a_shift_that_was_called_off_meanwhile_is_told_too(board: Page, site: Site) -> None:
    board.locator('[data-chip="s3"]').click()
    expect(board.locator("#panel .pick--first")).to_be_visible()
    call_off(site, "s3")
    board.locator("#panel .pick--first button").click()
    expect(board.locator("#said")).to_contain_text("Deze dienst is er niet meer.")
    expect(board.locator("#panel")).to_contain_text("Kies een dienst")


def test_an_edit_goes_through_when_somebody_else_changed_another_shift_meanwhile(board: Page, site: Site) -> None:
    board.locator('[data-chip="s3"]').click()
    expect(board.locator("#panel .pick--first")).to_be_visible()
    roster.pin(site.world.app, site.world.planner, JANUARY.first, "s1", "noor", edition=0)
    board.locator("#panel .pick--first button").click()
    expect(board.locator("#said")).to_contain_text("staat nu op deze dienst")
    expect(board.locator('[data-chip="s1"]').get_by_role("img", name="vastgezet")).to_be_visible()
    expect(board.locator("#panel h2")).to_have_text("Wie komt er?")


def test_after_an_answer_by_telephone_the_board_shows_what_others_changed(board: Page, site: Site) -> None:
    board.locator('[data-chip="s2"]').click()
    board.locator("#panel summary", has_text="Sam gebeld?").click()
    roster.pin(site.world.app, site.world.planner, JANUARY.first, "s1", "noor", edition=0)
    board.locator("#panel button", has_text="Zegt ja").click()
    expect(board.locator("#said")).to_contain_text("Sam zegt ja")
    expect(board.locator('[data-chip="s1"]').get_by_role("img", name="vastgezet")).to_be_visible()


def test_an_edit_of_a_shift_that_somebody_else_changed_meanwhile_is_asked_again(board: Page, site: Site) -> None:
    board.locator('[data-chip="s1"]').click()
    expect(board.locator("#panel h2")).to_have_text("Wie komt er?")
    roster.unassign(site.world.app, site.world.planner, JANUARY.first, "s1", "noor", edition=0)
    board.get_by_role("button", name="Zet vast").first.click()
    expect(board.locator("#said")).to_contain_text("Iemand anders veranderde het rooster.")
