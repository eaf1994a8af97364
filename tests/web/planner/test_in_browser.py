"""In a real browser: the board by keyboard alone, only a window of rows in the page, and every page accessible."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scheduler.services import roster
from tests.builders import JANUARY, expert
from tests.services.world import build_world, small_roster
from tests.support.browser import OpenPage, assert_accessible
from tests.web.conftest import served
from tests.web.site import Site
from web import create_app

PAGES = (
    *("/planner/", "/planner/requests", "/planner/runs", "/planner/publish", "/planner/published", "/planner/broken"),
    *("/planner/board?by=list&week=all", "/planner/shifts/s3", "/planner/people", "/planner/people/noor"),
    *("/planner/houses", "/planner/houses/lydia", "/planner/rules", "/planner/letters"),
)
BOARDS = ("/planner/board", "/planner/board?week=all", "/planner/board?by=expert&week=all")
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
MANY = 500


def signed_in(page: Page, address: str, site: Site, name: str = "ilse") -> Page:
    """The page with the session of somebody of the world."""
    page.context.add_cookies([{"name": "wijkrooster", "value": site.token(name), "url": address}])
    return page


def open_board(page: Page, address: str, path: str = "/planner/board") -> None:
    """The board, once its grid has been drawn."""
    page.goto(address + path)
    page.wait_for_selector("#board[data-ready]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_accessible_and_fits(
    address: str, open_page: OpenPage, site: Site, width: int, scheme: str
) -> None:
    page = signed_in(open_page(viewport={"width": width, "height": 800}, color_scheme=scheme), address, site)
    for path in PAGES:
        page.goto(address + path)
        assert_accessible(page)
        assert page.evaluate(OVERFLOW) <= 0, path
    for path in BOARDS:
        open_board(page, address, path)
        page.locator("#board [data-chip]").first.click()
        expect(page.locator("#panel h2")).to_be_visible()
        assert_accessible(page)
        assert page.evaluate(OVERFLOW) <= 0, path


def test_a_gap_is_filled_pinned_and_taken_back_by_keyboard_alone(address: str, page: Page, site: Site) -> None:
    open_board(signed_in(page, address, site), address)
    page.keyboard.press("g")
    expect(page.locator(":focus")).to_contain_text("Gat")
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    expect(page.locator("#panel h2")).to_have_text("Wie kan deze dienst?")
    page.locator("#panel .pick--first button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("staat nu op deze dienst")
    expect(page.locator('[data-chip="s3"]')).to_contain_text("alleen in het concept")
    expect(page.locator("#dock")).to_contain_text("wordt")
    expect(page.locator("#said")).to_be_in_viewport(ratio=1)
    expect(page.locator("#standing")).to_have_text("concept 2")
    page.keyboard.press("Escape")
    expect(page.locator('[data-chip="s3"]')).to_be_focused()
    page.keyboard.press("p")
    expect(page.locator("#said")).to_contain_text("is vastgezet")
    expect(page.locator('[data-chip="s3"]')).to_be_focused()
    page.keyboard.press("z")
    expect(page.locator("#said")).to_contain_text("Teruggedraaid")
    page.keyboard.press("z")
    expect(page.locator('[data-chip="s3"]')).to_contain_text("gat")
    expect(page.locator('form[data-step="undo"] button')).to_be_disabled()
    page.keyboard.press("z")
    expect(page.locator("#said")).to_have_text("Er is niets om ongedaan te maken.")
    page.keyboard.press("y")
    expect(page.locator('[data-chip="s3"]')).to_contain_text("alleen in het concept")
    assert site.world.draft() is not None


@pytest.mark.parametrize("width", [360, 800])
def test_on_a_small_screen_what_an_edit_did_is_in_sight_beside_the_panel_that_did_it(
    address: str, open_page: OpenPage, site: Site, width: int
) -> None:
    page = signed_in(open_page(viewport={"width": width, "height": 740}), address, site)
    open_board(page, address)
    page.locator('[data-chip="s3"]').click()
    page.locator("#panel .pick--first button").click()
    expect(page.locator("#said")).to_contain_text("staat nu op deze dienst")
    expect(page.locator("#said")).to_be_in_viewport(ratio=1)
    expect(page.locator("#panel h2")).to_be_in_viewport()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(page.locator("#said")).to_be_in_viewport(ratio=1)
    apart = "() => document.querySelector('#panel').getBoundingClientRect().bottom <= said.getBoundingClientRect().top"
    assert page.evaluate(apart)
    assert_accessible(page)


def test_the_key_p_in_the_panel_pins_and_unpins_who_is_on_the_chosen_shift(
    address: str, page: Page, site: Site
) -> None:
    open_board(signed_in(page, address, site), address)
    page.locator('[data-chip="s1"]').click()
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("p")
    expect(page.locator("#said")).to_contain_text("is vastgezet")
    expect(page.locator("#panel")).to_contain_text("Maak los")
    page.keyboard.press("p")
    expect(page.locator("#said")).to_contain_text("is niet meer vastgezet")


def test_the_next_gap_goes_on_to_a_later_week_and_round_again(address: str, page: Page, site: Site) -> None:
    roster.unassign(site.world.app, site.world.planner, JANUARY.first, "s5", "sam", edition=0)
    open_board(signed_in(page, address, site), address)
    page.keyboard.press("g")
    expect(page.locator('[data-chip="s3"]')).to_be_focused()
    page.keyboard.press("g")
    expect(page.locator('[data-chip="s5"]')).to_be_focused()
    page.keyboard.press("g")
    expect(page.locator('[data-chip="s5"]')).to_be_focused()


def test_the_arrow_keys_carry_one_tab_stop_through_the_grid(address: str, page: Page, site: Site) -> None:
    open_board(signed_in(page, address, site), address)
    stops = page.locator('#board [tabindex="0"]')
    expect(stops).to_have_count(1)
    stops.focus()
    for key in ("End", "ArrowLeft", "ArrowDown", "ArrowUp", "Home", "ArrowRight"):
        page.keyboard.press(key)
        expect(stops).to_have_count(1)
        expect(stops).to_be_focused()
    count = int(page.locator("#board").get_attribute("aria-rowcount") or 0)
    expect(page.locator("#board [role=row][aria-rowindex]")).to_have_count(count)


def test_who_was_second_hears_it_sees_the_new_board_and_keeps_the_choice(
    address: str, open_page: OpenPage, site: Site
) -> None:
    first, second = (signed_in(open_page(), address, site) for _ in range(2))
    for page in (first, second):
        open_board(page, address)
        page.locator('[data-chip="s3"]').click()
        expect(page.locator("#panel .pick--first")).to_be_visible()
    first.locator("#panel .pick--first button").click()
    expect(first.locator("#said")).to_contain_text("staat nu op deze dienst")
    second.locator("#panel .pick--first button").click()
    expect(second.locator("#said")).to_contain_text("Iemand anders veranderde het rooster.")
    expect(second.locator('[data-chip="s3"]')).to_contain_text("alleen in het concept")
    expect(second.locator('[data-chip="s3"]')).to_have_attribute("aria-current", "true")
    expect(second.locator("#panel h2")).to_have_text("Wie komt er?")


def test_somebody_is_dragged_to_another_shift_and_the_panel_can_do_the_same(
    address: str, page: Page, site: Site
) -> None:
    open_board(signed_in(page, address, site), address, "/planner/board?week=1")
    page.locator('[data-chip="s4"]').drag_to(page.locator('[data-chip="s6"]'))
    expect(page.locator('[data-chip="s6"]')).to_contain_text("Noor")
    expect(page.locator('[data-chip="s4"]')).to_contain_text("Gat")
    page.locator('[data-chip="s4"]').click()
    expect(page.locator("#panel").get_by_role("button", name="Zet erop").first).to_be_visible()


def test_without_scripts_the_list_does_everything(address: str, open_page: OpenPage, site: Site) -> None:
    page = signed_in(open_page(java_script_enabled=False), address, site)
    page.goto(f"{address}/planner/board")
    page.locator("noscript").get_by_role("link", name="Lijst").click()
    page.get_by_role("link", name="vr 8 jan").click()
    page.get_by_role("button", name="Zet erop").first.click()
    expect(page.get_by_role("button", name="Haal eraf")).to_have_count(2)
    page.get_by_role("link", name="Naar het rooster").click()
    page.get_by_role("button", name="Ongedaan").click()
    draft = site.world.draft()
    assert draft is not None
    assert draft.roster == site.world.live()


def test_a_board_of_500_rows_holds_only_the_rows_in_sight(open_page: OpenPage, crowd: tuple[str, Site]) -> None:
    address, site = crowd
    page = signed_in(open_page(viewport={"width": 1280, "height": 800}), address, site)
    open_board(page, address, "/planner/board?by=expert&week=all")
    grid = page.locator("#board")
    assert grid.get_attribute("aria-rowcount") == str(MANY + 1)
    rows = page.locator(".grid__body > .grid__row")
    assert rows.count() < 60
    grid.evaluate("element => { element.scrollTop = element.scrollHeight }")
    expect(rows.last).to_have_attribute("aria-rowindex", str(MANY + 1))
    assert rows.count() < 60
    page.locator('#board [tabindex="0"]').focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#board :focus")).to_have_count(1)


@pytest.fixture
def crowd(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[str, Site]]:
    """The website of an agency with 500 experts."""
    file = tmp_path / "crowd.db"
    file.write_bytes(sqlite_template.read_bytes())
    people = [expert(name) for name in ("kadir", "noor", "sam", *(f"e{n:03}" for n in range(MANY - 3)))]
    world = build_world(f"sqlite:///{file}", tmp_path, experts=people, live=small_roster())
    site = Site(create_app(world.app), world)
    with served(site.app) as address:
        yield address, site
    world.database.close()
