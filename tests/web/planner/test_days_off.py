"""A planner calls a day or a whole request off at its page or from the board, and the same people are told."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.config import MailServer
from scheduler.domain.cover import CoverRequest, RequestState
from scheduler.domain.roster import Assignment
from scheduler.services import cover, days
from scheduler.services.venue_views import RequestOrder
from tests.services.test_cover import ORDER
from tests.services.test_days import WEEKLY, told
from tests.services.world import World
from tests.web.site import Site

MONDAY = date(2027, 1, 11)


def accepted(world: World, order: RequestOrder) -> CoverRequest:
    """An accepted request; Sam comes on its first day."""
    request = cover.submit_request(world.app, world.coordinator, order)
    found = cover.answer_request(world.app, world.planner, request.id, True, edition=1)
    with world.database.writing() as work:
        work.bookings.add(Assignment("sam", request.shift_id(MONDAY)))
    return found


@pytest.fixture
def weekly(world: World) -> CoverRequest:
    """A request for every Monday."""
    return accepted(world, WEEKLY)


def test_a_planner_calls_a_day_off_and_takes_that_back(site: Site, weekly: CoverRequest) -> None:
    ilse, page = site.person("ilse"), f"/planner/requests/{weekly.id}"
    day = f"{page}/days/{MONDAY.isoformat()}"
    assert f'href="{day}"' in ilse.get(page).text
    asked = ilse.get(day).text
    assert "<b>Sam</b>" in asked
    assert "Zij lezen het pas als zij inloggen." in asked
    assert "Het huis leest het ook als het inlogt." in asked
    done = ilse.post(f"{day}/call-off").text
    assert "is afgezegd. Er gaan nog geen brieven uit: mensen lezen het als ze inloggen." in done
    assert {("day_called_off", "hanneke"), ("shift_cancelled", "sam")} <= set(told(site.world))
    assert weekly.shift_id(MONDAY) not in {a.shift for a in site.world.live().assignments}
    ilse.get(page)
    assert "gaat toch door" in ilse.post(f"{day}/put-back").text
    assert Assignment("sam", weekly.shift_id(MONDAY)) in site.world.live().assignments


def test_the_page_of_a_day_that_was_called_off_puts_it_back(site: Site, weekly: CoverRequest) -> None:
    days.call_off_day(site.world.app, site.world.coordinator, weekly.id, MONDAY, edition=2)
    ilse, day = site.person("ilse"), f"/planner/requests/{weekly.id}/days/{MONDAY.isoformat()}"
    page = ilse.get(day).text
    assert f'action="{day}/put-back"' in page
    assert "Zet deze dag terug" in page
    assert "call-off" not in page
    assert "gaat toch door" in ilse.post(f"{day}/put-back").text
    assert Assignment("sam", weekly.shift_id(MONDAY)) in site.world.live().assignments


def test_no_day_of_a_request_that_was_taken_back_can_be_put_back(site: Site, weekly: CoverRequest) -> None:
    cover.cancel_request(site.world.app, site.world.planner, weekly.id, edition=2)
    page = site.person("ilse").get(f"/planner/requests/{weekly.id}/days/{MONDAY.isoformat()}").text
    assert "Afgezegd" in page
    assert "put-back" not in page


def test_with_a_mail_server_everybody_is_told(site: Site, weekly: CoverRequest) -> None:
    server = MailServer("127.0.0.1", 25, "none", sender="rooster@example.org")
    site.app.extensions["services"] = replace(site.world.app, config=replace(site.world.app.config, mail=server))
    day = f"/planner/requests/{weekly.id}/days/{MONDAY.isoformat()}"
    asked = site.person("ilse").get(day).text
    assert "Deze mensen horen dat zij niet hoeven te komen:" in asked
    assert "Het huis hoort het ook." in asked
    ilse = site.person("ilse")
    ilse.get(day)
    assert "is afgezegd. Iedereen die het moet weten, krijgt bericht." in ilse.post(f"{day}/call-off").text


def test_a_day_called_off_late_tells_the_planner_of_pay_first(site: Site, weekly: CoverRequest) -> None:
    day = f"/planner/requests/{weekly.id}/days/{MONDAY.isoformat()}"
    ilse = site.person("ilse")
    assert "recht op loon" not in ilse.get(day).text
    site.world.clock.set("w2 mon 09:00")
    assert "recht op loon" in site.person("ilse").get(day).text


def test_a_request_that_changed_meanwhile_is_shown_as_it_is_now(site: Site, weekly: CoverRequest) -> None:
    ilse, day = site.person("ilse"), f"/planner/requests/{weekly.id}/days/{MONDAY.isoformat()}"
    ilse.get(day)
    days.call_off_day(site.world.app, site.world.coordinator, weekly.id, date(2027, 1, 18), edition=2)
    stale = ilse.send(f"{day}/call-off")
    assert stale.status_code == 409
    assert "Hieronder staat hoe het nu is." in stale.text
    assert ilse.send(f"{day}/put-back").status_code == 422
    ilse.get(f"/planner/requests/{weekly.id}/take-back")
    days.call_off_day(site.world.app, site.world.coordinator, weekly.id, date(2027, 1, 25), edition=3)
    assert ilse.send(f"/planner/requests/{weekly.id}/take-back").status_code == 409


@pytest.mark.parametrize("day", ["2027-01-12", "monday"])
def test_a_day_that_is_none_of_the_request_is_not_there(site: Site, weekly: CoverRequest, day: str) -> None:
    assert site.person("ilse").client.get(f"/planner/requests/{weekly.id}/days/{day}").status_code == 404


def test_the_only_day_of_a_request_is_called_off_by_taking_it_back(site: Site, world: World) -> None:
    request = accepted(world, ORDER)
    ilse, page = site.person("ilse"), f"/planner/requests/{request.id}"
    asked = ilse.get(f"{page}/days/{MONDAY.isoformat()}")
    assert asked.request.path == f"{page}/take-back"
    assert "<b>Sam</b>" in asked.text
    assert "Deze aanvraag is ingetrokken." in ilse.post(f"{page}/take-back").text
    assert cover.request_detail(world.app, world.planner, request.id).request.state is RequestState.CANCELLED
    assert {("request_taken_back", "hanneke"), ("shift_cancelled", "sam")} <= set(told(world))


def test_the_panel_of_a_shift_leads_to_calling_it_off_until_it_begins(site: Site, weekly: CoverRequest) -> None:
    shift, link = weekly.shift_id(MONDAY), f'href="/planner/requests/{weekly.id}/days/{MONDAY.isoformat()}"'
    path = f"/planner/shifts/{shift}?day={MONDAY.isoformat()}"
    assert link in site.person("ilse").get(path).text
    assert "days/2027" not in site.person("ilse").get("/planner/shifts/s1?day=2027-01-06").text
    site.world.clock.set("w2 mon 14:00")
    assert link not in site.person("ilse").get(path).text


def test_the_panel_leads_to_the_request_and_the_house_says_each_visit_in_one_line(
    site: Site, weekly: CoverRequest
) -> None:
    ilse, day = site.person("ilse"), MONDAY.isoformat()
    panel = ilse.get(f"/planner/shifts/{weekly.shift_id(MONDAY)}?day={day}").text
    assert f'href="/planner/requests/{weekly.id}"' in panel
    page = ilse.get("/planner/houses/lydia").text
    line = next(part for part in page.split("<li>") if f"shifts/{weekly.shift_id(MONDAY)}" in part).split("</p>")[0]
    assert line.startswith("<p><a ")
    assert "<b>Sam</b>, gastvrouw of gastheer" in line
    asked = next(part for part in page.split("<li>") if f"/planner/requests/{weekly.id}" in part)
    assert "13:30\N{EN DASH}16:30" in asked


def test_a_refused_request_shows_that_and_what_the_house_was_told(site: Site, world: World) -> None:
    request = cover.submit_request(world.app, world.coordinator, ORDER)
    cover.answer_request(world.app, world.planner, request.id, False, "Wij zijn die dag gesloten.", edition=1)
    page = site.person("ilse").get(f"/planner/requests/{request.id}").text
    assert "Wij zijn die dag gesloten." in page
    assert "Dit lukt ons niet." in page
