"""Before a result is taken over, its page says what it changes, and nothing in it tells a limit of one's own."""

import re

import pytest
from playwright.sync_api import expect

from tests.builders import roster, shift
from tests.services.test_compared import BETTER, finished
from tests.services.test_run_pair import OTHER
from tests.support.browser import OpenPage, assert_accessible
from tests.web.planner.test_in_browser import OVERFLOW, signed_in
from tests.web.planner.test_pages import words_of
from tests.web.planner.test_private import CHANGING, LIMITS, variants
from tests.web.site import Site

TOLD = roster("noor: s1 s4", "sam: s2 s3 s5", "kadir: s6")
LESS = roster("noor: s1 s3 s4", "sam: s2 s5", "kadir: s3 s6")
CHANGES = re.compile(r'<section class="card flow" aria-labelledby="changes">.*?</section>', re.DOTALL)


def changes(page: str) -> str:
    """The part of a page that says what changes."""
    found = CHANGES.search(page)
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nl",
            (
                "2 diensten krijgen andere mensen.",
                "Voor 2 mensen",
                "1 plek meer is gevuld.",
                "In 1 huis",
                "aantal keren niet gelukt: van 2",
            ),
        ),
        (
            "en",
            (
                "2 shifts get other people.",
                "For 2 people",
                "1 more place is filled.",
                "In 1 house",
                "times not met: from 2 to 1",
            ),
        ),
    ],
)
def test_the_page_of_a_run_says_what_it_would_change(site: Site, language: str, said: tuple[str, ...]) -> None:
    run, ilse = finished(site.world, BETTER), site.person("ilse")
    ilse.get("/display")
    ilse.post("/display", language=language)
    page = ilse.get(f"/planner/runs/{run}").text
    text = words_of(changes(page))
    assert all(one in text for one in said), text
    assert page.index('id="changes"') < page.index("/take-over")


def test_a_planner_chooses_beside_which_roster_it_is_laid(site: Site) -> None:
    run, ilse = finished(site.world, BETTER), site.person("ilse")
    assert "?beside=" not in ilse.get(f"/planner/runs/{run}").text
    ilse.get("/planner/shifts/s3?window=2027-01-04")
    ilse.post("/planner/shifts/s3/assign", window="2027-01-04", expert="noor")
    text = {beside: words_of(changes(ilse.get(f"/planner/runs/{run}{beside}").text)) for beside in ("", "?beside=told")}
    assert "1 dienst krijgt andere mensen." in text[""]
    assert "2 diensten krijgen andere mensen." in text["?beside=told"]
    assert ilse.get(f"/planner/runs/{run}?beside=nonsense").status_code == 404


def test_of_very_many_shifts_the_first_are_listed_and_the_rest_counted(site: Site) -> None:
    times = [(week, day, hour) for week in range(1, 5) for day in ("tue", "thu", "sat") for hour in range(8, 18)]
    site.world.add_shifts(
        *[shift(f"w{w} {day} {hour:02}:00-{hour:02}:45", id=f"x{n}") for n, (w, day, hour) in enumerate(times)]
    )
    run = finished(site.world, roster("sam: " + " ".join(f"x{n}" for n in range(len(times)))))
    found = changes(site.person("ilse").get(f"/planner/runs/{run}").text)
    assert found.count('href="/planner/shifts/') == 100
    assert re.search(r"En nog \d+\. Ze staan allemaal op het rooster", words_of(found))


@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_of_ones_own_changes_what_being_away_would(site: Site, limit: str) -> None:
    site.world.publish(TOLD)
    run, seen = finished(site.world, LESS), []
    for fields in variants(limit):
        site.world.change_expert("sam", **fields)
        seen.append(changes(site.person("ilse").get(f"/planner/runs/{run}").text))
    assert seen[0] == seen[1]
    assert "Alleen als iemand kan</b>: beter (aantal keren gebroken: van 1 naar 0)" in seen[0]


@pytest.mark.parametrize("limit", LIMITS)
def test_what_a_limit_has_come_to_forbid_falls_out_as_when_somebody_is_away(site: Site, limit: str) -> None:
    run, seen = finished(site.world, OTHER), []
    for fields in variants(limit):
        site.world.change_expert("sam", **fields)
        page = site.person("ilse").get(f"/planner/runs/{run}").text
        seen.append(CHANGING.sub("", page[page.index("<main") :]))
    assert seen[0] == seen[1]
    assert "1 toewijzing van deze berekening kan niet meer" in seen[0]


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_what_changes_can_be_opened_by_keyboard_fits_and_is_accessible(
    address: str, open_page: OpenPage, site: Site, width: int, scheme: str
) -> None:
    run = finished(site.world, BETTER)
    page = signed_in(open_page(viewport={"width": width, "height": 800}, color_scheme=scheme), address, site)
    page.goto(f"{address}/planner/runs/{run}")
    for summary in page.locator("section[aria-labelledby=changes] summary").all():
        summary.focus()
        page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader", name="Sam")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate(OVERFLOW) <= 0
