"""What a venue reads of a place where nobody comes yet: whether somebody can still be asked, and never whom or why."""

from datetime import date, time

from scheduler.domain.people import PersonalLimits
from scheduler.services import cover
from scheduler.services import roster as edits
from scheduler.services.venue_views import RequestOrder
from tests.builders import JANUARY
from tests.web.site import Site

ASKED = "Er is nog iemand die we kunnen vragen."
NOBODY = "Wie dit werk kan doen, kan op deze tijd niet komen."
UNABLE = "Bij ons kan niemand dit werk doen zoals u het vraagt."


def page(site: Site) -> str:
    return site.person("hanneke").get("/venue/").text


def test_an_open_place_says_whether_somebody_can_still_be_asked(site: Site) -> None:
    assert page(site).count(ASKED) == 1, "s3 misses one of two; every other shift is filled"
    for one in ("noor", "sam"):
        site.world.change_expert(one, limits=PersonalLimits(minutes_a_week=0))
    assert NOBODY in page(site)
    for one in ("noor", "sam", "kadir"):
        site.world.change_expert(one, roles=frozenset())
    assert UNABLE in page(site)


def test_the_page_of_a_request_says_it_too(site: Site) -> None:
    app, order = site.world.app, RequestOrder("lydia", "drop-in", date(2027, 1, 13), time(13, 30), time(16, 30))
    request = cover.submit_request(app, site.world.coordinator, order)
    cover.answer_request(app, site.world.planner, request.id, True, "", edition=1)
    assert ASKED in site.person("hanneke").get(f"/venue/requests/{request.id}").text


def test_a_draft_is_nobodys_yet(site: Site) -> None:
    world = site.world
    edition = edits.assign(world.app, world.planner, JANUARY.first, "s3", "noor", edition=0).edition
    edits.unassign(world.app, world.planner, JANUARY.first, "s1", "noor", edition=edition)
    assert page(site).count(ASKED) == 1, "s3 is open for the venue, and s1 is filled"


def test_of_what_has_begun_nothing_is_said(site: Site) -> None:
    site.world.clock.set("fri 10:00")
    assert ASKED not in page(site)
