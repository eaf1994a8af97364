"""What an expert says of her own time on its pages: mixed parts of a day, and the shifts that a change hits."""

import re
from datetime import date, time

import pytest
from playwright.sync_api import expect

from scheduler.domain.availability import Availability, WeeklySlot
from scheduler.domain.availability import AvailabilityLevel as LEVEL
from scheduler.domain.people import Exclusion, ExclusionKind, PersonalLimits
from scheduler.services import outgrown
from tests.builders import roster
from tests.support.browser import OpenPage, assert_accessible
from tests.web.site import Site
from tests.web.test_browser import PHONE, assert_fits, sign_in
from tests.web.test_forms import week_of
from web.expert.limits import CHOICES, CLOCKS

OTHER_LIMITS = sorted({*CHOICES, *CLOCKS} - {"minutes_a_day"})


def test_a_mixed_part_is_its_own_choice_and_its_lowest_level_is_set_in_one_step(site: Site) -> None:
    site.world.change_expert("noor", availability=Availability((WeeklySlot(0, time(9), time(12), LEVEL.WANTED),)))
    noor = site.person("noor")
    page = noor.get("/expert/availability").text
    assert 'name="0-morning" value="mixed" checked' in page
    assert "ochtend 9.00 tot 12.00 uur graag" in re.sub(r"\s+", " ", page)
    week = week_of(site, **{"0-morning": "mixed"})
    assert "Je week is bewaard." in noor.post("/expert/availability", **week).text
    noor.get("/expert/availability")
    page = noor.post("/expert/availability", **(week | {"0-morning": "0"})).text
    assert 'value="mixed"' not in page
    with site.world.database.reading() as work:
        known = work.experts.get("noor").availability
    assert known.level_at(date(2027, 1, 11), time(10)) is LEVEL.UNAVAILABLE


@pytest.mark.parametrize("how", ["week", "day", "limits", "places"])
def test_who_changes_what_she_can_reads_which_shifts_it_hits_and_nothing_is_changed_for_her(
    site: Site, how: str
) -> None:
    noor = site.person("noor")
    before = site.world.live()
    said = "Eén komende dienst past hier niet bij"
    if how == "week":
        assert said not in noor.get("/expert/availability").text
        page = noor.post("/expert/availability", **week_of(site, **{"2-morning": "0"})).text
    elif how == "day":
        noor.get("/expert/availability")
        day = {"first": "2027-01-06", "last": "", "part": "morning", "level": "0"}
        page = noor.post("/expert/availability/days", **day).text
    elif how == "limits":
        site.world.publish(roster("noor: s1"))
        before = site.world.live()
        page = noor.get("/expert/limits").text
        assert said not in page
        page = noor.post("/expert/limits", minutes_a_day="120", **dict.fromkeys(OTHER_LIMITS, "")).text
    else:
        site.world.publish(roster("noor: s1 s2"))
        before = site.world.live()
        noor.get("/expert/limits/places")
        page = noor.post("/expert/limits/places", **{"venue-lydia": "1"}).text
    assert said in page
    assert 'href="/expert/shifts/s1#answer"' in page
    assert "De planner leest alleen dat je dan niet kunt, niet waarom." in page
    assert site.world.live() == before
    assert site.world.messages() == []


def test_what_a_colleague_keeps_private_shows_nowhere(site: Site) -> None:
    site.world.publish(roster("noor: s3", "sam: s3"))
    site.world.change_expert("sam", exclusions=(Exclusion(ExclusionKind.COLLEAGUE, "noor"),))
    assert outgrown.outgrown_shifts(site.world.app, site.world.expert("noor")) == ()
    assert [o.card.shift.id for o in outgrown.outgrown_shifts(site.world.app, site.world.expert("sam"))] == ["s3"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_that_say_so_fit_a_phone_and_are_accessible(
    address: str, open_page: OpenPage, site: Site, scheme: str
) -> None:
    site.world.change_expert("noor", availability=Availability((WeeklySlot(0, time(9), time(12), LEVEL.WANTED),)))
    page = open_page(viewport=PHONE, color_scheme=scheme)
    sign_in(page, address, "noor")
    for path in ("/expert/availability", "/expert/availability?done=day#days", "/expert/limits"):
        page.goto(address + path)
        expect(page.get_by_text("passen hier niet bij")).to_be_visible()
        for one in page.locator("details.day").all():
            one.evaluate("it => { it.open = true }")
        assert_accessible(page)
        assert_fits(page)


def test_who_is_above_her_own_limit_reads_so_and_what_to_do(site: Site) -> None:
    site.world.change_expert("noor", limits=PersonalLimits(minutes_a_month=60))
    page = site.person("noor").get("/expert/limits").text
    assert "Boven je grens in januari" in page
    assert "Zeg er nee op" in page
