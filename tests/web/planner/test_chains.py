"""An exchange of two in the panel of an open place: a sentence, one button for both moves, one step to take back."""

import json

import pytest
from playwright.sync_api import Page, expect

from scheduler.domain.responses import Answer
from scheduler.services import respond
from tests.builders import roster, shift
from tests.support.browser import OpenPage, assert_accessible
from tests.web.planner.test_in_browser import OVERFLOW, open_board, signed_in
from tests.web.site import Site

WINDOW = "2027-01-04"
HERE = f"/planner/shifts/turkish?window={WINDOW}"
SCRIPT = {"X-Board": "1"}


@pytest.fixture
def both(site: Site) -> Site:
    """Two shifts at one time, of which only Sam can do the one that asks for Turkish; she is on the other."""
    hours, turkish = "w2 fri 18:00-20:00", frozenset({"tr"})
    plain = shift(hours, id="plain", venue="pinto")
    site.world.add_shifts(plain, shift(hours, id="turkish", required_languages=turkish))
    site.world.change_expert("kadir", roles=frozenset())
    site.world.publish(roster("noor: s1 s4", "sam: s2 s5 plain"))
    return site


def test_the_exchange_reads_as_a_sentence_with_its_effect(both: Site) -> None:
    text = both.person("ilse").get(HERE).text
    assert "Met een wissel van twee" in text
    place = "Pinto, vr 15 jan 18:00\N{EN DASH}20:00"
    assert f"Als <b>Sam</b> hierheen komt in plaats van naar {place}, kan <b>Noor</b> daarheen." in text
    assert "Vult de plek." in text
    assert "Sam weet al van de andere dienst" in text
    respond.answer(both.world.app, both.world.expert("sam"), "plain", Answer.YES)
    assert "Sam zei al ja tegen de andere dienst: bel eerst" in both.person("ilse").get(HERE).text
    assert "Met een wissel van twee" not in both.person("ilse").get(f"/planner/shifts/plain?window={WINDOW}").text


@pytest.mark.parametrize("headers", [SCRIPT, {}])
def test_one_button_makes_both_moves(both: Site, headers: dict[str, str]) -> None:
    ilse = both.person("ilse")
    ilse.get(HERE)
    fields = ilse.secrets | {"window": WINDOW, "expert": "sam", "leaves": "plain", "successor": "noor"}
    answer = ilse.client.post("/planner/shifts/turkish/exchange", data=fields, headers=headers)
    if headers:
        result = json.loads(answer.text)
        assert {id: chip["who"] for id, chip in result["shifts"].items()} == {"plain": "Noor", "turkish": "Sam"}
        assert result["said"] == "De wissel staat in het concept. Je draait hem in één keer terug."
    else:
        assert answer.status_code == 302
    ilse.get(HERE)
    again = ilse.client.post("/planner/shifts/turkish/exchange", data=fields | ilse.secrets, headers=headers)
    assert again.status_code == 409
    assert "Kijk nog een keer" in json.dumps(json.loads(again.text), ensure_ascii=False) if headers else again.text


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_it_is_done_and_taken_back_by_keyboard(
    address: str, open_page: OpenPage, both: Site, width: int, scheme: str
) -> None:
    page: Page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    open_board(signed_in(page, address, both), address, "/planner/board?week=1")
    page.locator('[data-chip="turkish"]').focus()
    page.keyboard.press("Enter")
    button = page.locator("#panel button", has_text="Wissel")
    expect(button).to_be_visible()
    assert_accessible(page)
    assert page.evaluate(OVERFLOW) <= 0
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("De wissel staat in het concept")
    expect(page.locator('[data-chip="turkish"]')).to_contain_text("Sam")
    expect(page.locator('[data-chip="plain"]')).to_contain_text("Noor")
    page.keyboard.press("z")
    expect(page.locator('[data-chip="turkish"]')).to_contain_text("Gat")
    expect(page.locator('[data-chip="plain"]')).to_contain_text("Sam")
    expect(page.locator('form[data-step="undo"] button')).to_be_disabled()
