"""What somebody said by telephone is written down in the panel, with a script and without, and by keyboard."""

import json

from playwright.sync_api import Page, expect

from scheduler.domain.responses import Answer
from scheduler.services.phone import write_down
from tests.builders import JANUARY
from tests.support.browser import assert_accessible
from tests.web.planner.test_in_browser import open_board, signed_in
from tests.web.site import Site
from tests.web.test_browser import assert_fits, sign_in

WINDOW = "2027-01-04"
HERE = f"/planner/shifts/s1?window={WINDOW}"


def test_an_answer_by_telephone_without_scripts_and_one_that_is_none(site: Site) -> None:
    ilse = site.person("ilse")
    assert "Noor gebeld?" in ilse.get(HERE).text
    page = ilse.post("/planner/shifts/s1/answer", window=WINDOW, expert="noor", answer="no")
    assert "Niet dit keer: Noor" in page.text
    assert "Draai het nee van Noor terug" in page.text
    ilse.get(HERE)
    page = ilse.post("/planner/shifts/s1/answer", window=WINDOW, expert="noor", answer="undone")
    assert "Niet dit keer: Noor" not in page.text
    ilse.get(HERE)
    assert ilse.send("/planner/shifts/s1/answer", window=WINDOW, expert="noor", answer="maybe").status_code == 404


def test_to_the_script_it_says_what_was_written_down(site: Site) -> None:
    ilse = site.person("ilse")
    ilse.get(HERE)
    fields = ilse.secrets | {"window": WINDOW, "expert": "noor", "answer": "yes"}
    answer = ilse.client.post("/planner/shifts/s1/answer", data=fields, headers={"X-Board": "1"})
    result = json.loads(answer.text)
    assert result["said"] == "Genoteerd: Noor zegt ja."
    assert result["shifts"]["s1"]["state"] == "yes"


def test_a_no_by_telephone_and_taking_it_back_by_keyboard(address: str, page: Page, site: Site) -> None:
    open_board(signed_in(page, address, site), address)
    page.locator('[data-chip="s1"]').focus()
    page.keyboard.press("Enter")
    page.locator("#panel summary", has_text="Noor gebeld?").focus()
    page.keyboard.press("Enter")
    assert_accessible(page)
    page.locator("#panel button", has_text="Zegt nee").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Noor zegt nee")
    expect(page.locator('[data-chip="s1"]')).to_contain_text("Gat")
    page.locator("#panel button", has_text="Draai het nee van Noor terug").focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-chip="s1"]')).to_contain_text("Noor")
    expect(page.locator("#said")).to_contain_text("teruggedraaid")


def test_her_first_page_says_so_on_a_phone_calm_or_not(address: str, phone: Page, site: Site) -> None:
    write_down(site.world.app, site.world.planner, JANUARY.first, "s1", "noor", answer=Answer.YES)
    sign_in(phone, address, "noor")
    written = phone.get_by_role("region", name="Voor je opgeschreven")
    expect(written).to_contain_text("Deze antwoorden schreef een planner op.")
    assert_accessible(phone)
    assert_fits(phone)
    written.get_by_role("link").click()
    expect(phone.locator("main")).to_contain_text("Dit antwoord schreef een planner voor je op.")
    phone.goto(f"{address}/expert/")
    phone.get_by_role("button", name="Rustige weergave").click()
    expect(phone.get_by_role("link", name="Voor je opgeschreven")).to_be_visible()


def test_she_reads_that_it_was_written_down_for_her_until_she_answers_herself(site: Site) -> None:
    ilse, noor, told = site.person("ilse"), site.person("noor"), "Dit antwoord schreef een planner voor je op."
    ilse.get(HERE)
    ilse.post("/planner/shifts/s1/answer", window=WINDOW, expert="noor", answer="no")
    assert told in noor.get("/expert/shifts/s1").text
    assert told in noor.get("/expert/shifts/s1/answered").text
    noor.post("/expert/shifts/s1/undo")
    assert told not in noor.get("/expert/shifts/s1").text
