"""A planner lays two results of one period side by side and reads in words how they differ."""

import re

import pytest

from tests.services.test_compared import BETTER, finished
from tests.services.test_run_pair import OTHER
from tests.support.browser import OpenPage, assert_accessible
from tests.web.planner.test_compared import LESS, changes
from tests.web.planner.test_in_browser import OVERFLOW, signed_in
from tests.web.planner.test_pages import words_of
from tests.web.planner.test_private import LIMITS, variants
from tests.web.site import Site

FORM = re.compile(r'<form class="flow" action="/planner/runs/beside">.*?</form>', re.DOTALL)


def test_two_results_can_be_chosen_once_there_are_two(site: Site) -> None:
    finished(site.world, BETTER)
    assert not FORM.search(site.person("ilse").get("/planner/runs").text)
    finished(site.world, OTHER)
    ilse = site.person("ilse")
    form = FORM.search(ilse.get("/planner/runs").text)
    assert form is not None
    one, other = re.findall(r'<option value="(\w+)" selected>', form[0])
    assert one != other
    page = ilse.get(f"/planner/runs/beside?one={one}&other={other}")
    assert page.status_code == 200
    assert re.findall(r'<a href="/planner/runs/(\w+)">([AB]): ', page.text) == [(one, "A"), (other, "B")]
    assert page.text.count('aria-current="page"') == 1
    assert "krijg" in words_of(changes(page.text))


@pytest.mark.parametrize(("language", "said"), [("nl", "Wat verandert B"), ("en", "What B changes beside A")])
def test_the_page_speaks_both_languages(site: Site, language: str, said: str) -> None:
    one, other = finished(site.world, BETTER), finished(site.world, OTHER)
    ilse = site.person("ilse")
    ilse.get("/display")
    ilse.post("/display", language=language)
    assert said in ilse.get(f"/planner/runs/beside?one={one}&other={other}").text


def test_without_two_runs_there_is_first_something_to_choose_and_others_may_not_look(site: Site) -> None:
    one = finished(site.world, BETTER)
    ilse = site.person("ilse")
    assert ilse.get(f"/planner/runs/beside?one={one}").request.path == "/planner/runs"
    assert ilse.get(f"/planner/runs/beside?one={one}&other=nope").status_code == 404
    assert site.person("noor").client.get(f"/planner/runs/beside?one={one}&other={one}").status_code == 403


@pytest.mark.parametrize("limit", LIMITS)
def test_side_by_side_nobody_can_tell_a_limit_from_being_away(site: Site, limit: str) -> None:
    one, other, seen = finished(site.world, OTHER), finished(site.world, LESS), []
    for fields in variants(limit):
        site.world.change_expert("sam", **fields)
        page = site.person("ilse").get(f"/planner/runs/beside?one={one}&other={other}").text
        seen.append(words_of(page.partition('id="measures"')[2]))
    assert seen[0] == seen[1]
    assert "1 dienst krijgt andere mensen." in seen[0]


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_the_pages_fit_and_are_accessible(
    address: str, open_page: OpenPage, site: Site, width: int, scheme: str
) -> None:
    finished(site.world, BETTER)
    finished(site.world, OTHER)
    page = signed_in(open_page(viewport={"width": width, "height": 800}, color_scheme=scheme), address, site)
    page.goto(f"{address}/planner/runs")
    assert_accessible(page)
    page.get_by_role("button", name="Leg naast elkaar").press("Enter")
    page.get_by_role("heading", name="Twee uitkomsten naast elkaar", level=1).wait_for()
    assert_accessible(page)
    assert page.evaluate(OVERFLOW) <= 0
