"""A planner tries out what would be filled if an agreement gave way, and reads that nothing has been changed."""

import pytest

from scheduler.domain.contracts import ContractKind
from scheduler.services import what_if
from tests.builders import contract, roster, shift
from tests.support.browser import OpenPage, assert_accessible
from tests.web.planner.test_in_browser import OVERFLOW, signed_in
from tests.web.site import Site

WINDOW = "2027-01-04"
HERE = f"/planner/what-if?window={WINDOW}"
RULE = "Niemand werkt in een week meer uren dan het contract toelaat."


@pytest.fixture
def short(site: Site) -> Site:
    """Four open places in one week, and contracts with hardly any hours."""
    site.world.add_shifts(*[shift(f"w3 {day} 09:30-12:30", id=day) for day in ("mon", "tue", "wed", "thu")])
    for name, most in (("noor", 60), ("sam", 60), ("kadir", 200)):
        site.world.change_expert(name, contracts=(contract(ContractKind.MIN_MAX, high=most),))
    site.world.publish(roster("noor: s1", "sam: s2 s5", "kadir: s3 s6"))
    return site


def test_each_agreement_says_what_it_would_fill_and_what_it_takes_of_whom(short: Site) -> None:
    page = short.person("ilse").get(HERE).text
    assert "plekken open." in page
    assert f'<h2 id="a-contract_hours">{RULE}</h2>' in page
    tried = page.partition('id="a-contract_hours"')[2]
    assert "plekken meer gevuld." in tried
    assert "Het moet dan wijken voor" in tried
    assert "Het contract is voor hooguit" in tried.partition('class="reasons"')[2]
    assert f"/planner/shifts/thu?window={WINDOW}" in tried
    assert "Er is niets veranderd." in page
    assert short.world.draft() is None


def test_a_large_period_tries_one_out_at_a_click(short: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(what_if, "LARGE", 1)
    ilse = short.person("ilse")
    page = ilse.get(HERE).text
    assert "Alleen dit houdt iemand weg van" in page
    assert "meer gevuld" not in page
    link = f"/planner/what-if?window={WINDOW}&amp;rule=contract_hours"
    assert f'href="{link}"' in page
    assert "meer gevuld" in ilse.get(link.replace("&amp;", "&")).text
    assert "meer gevuld" not in ilse.get(f"{HERE}&rule=daily_rest").text


def test_two_pages_lead_there(short: Site) -> None:
    ilse = short.person("ilse")
    for path in (f"/planner/runs?window={WINDOW}", f"/planner/shifts/mon?window={WINDOW}"):
        assert f'href="{HERE}"' in ilse.get(path).text, path


def test_without_a_gap_there_is_nothing_to_try(site: Site) -> None:
    page = site.person("ilse").get("/planner/what-if?window=2027-02-01").text
    assert "In deze periode is geen plek open." in page
    assert "Er is niets veranderd" not in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_and_is_accessible(address: str, open_page: OpenPage, short: Site, width: int, scheme: str) -> None:
    page = signed_in(open_page(viewport={"width": width, "height": 800}, color_scheme=scheme), address, short)
    page.goto(address + HERE)
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert_accessible(page)
    assert page.evaluate(OVERFLOW) <= 0
    below = page.evaluate(
        "() => { const one = document.querySelector('details[open]').children;"
        " return one[1].getBoundingClientRect().top - one[0].getBoundingClientRect().bottom }"
    )
    assert below >= 6, "the ring of the focus lies over the first line"
