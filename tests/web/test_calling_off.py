"""A venue calls off one day on its phone, sees first what that means, and can put it back; everybody hears of it."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from scheduler.domain.contracts import ContractKind
from scheduler.domain.cover import CoverRequest
from scheduler.domain.roster import Assignment
from scheduler.services import cover, days
from tests.builders import contract, roster, shift
from tests.services.test_days import WEEKLY
from tests.services.world import World
from tests.support.browser import OpenPage, assert_accessible
from tests.web.site import Person, Site
from tests.web.test_browser import PHONE, assert_fits, sign_in

MONDAY = date(2027, 1, 11)
CALLED_OFF = re.compile("Deze dienst gaat niet door.|This shift does not take place.")


@pytest.fixture
def weekly(world: World) -> CoverRequest:
    """An accepted request for every Monday; Sam comes on the first."""
    request = cover.submit_request(world.app, world.coordinator, WEEKLY)
    accepted = cover.answer_request(world.app, world.planner, request.id, True, edition=1)
    with world.database.writing() as work:
        work.bookings.add(Assignment("sam", request.shift_id(MONDAY)))
    return accepted


def hanneke(site: Site, request: CoverRequest) -> tuple[Person, str]:
    """The coordinator with the page of that day before her, and the address of its forms."""
    person, path = site.person("hanneke"), f"/venue/requests/{request.id}/days/{MONDAY.isoformat()}"
    assert person.get(path).status_code == 200
    return person, path


def test_what_it_means_stands_on_the_page_before_the_button(site: Site, weekly: CoverRequest) -> None:
    person, path = hanneke(site, weekly)
    page = person.get(path).text
    assert "Maandag 11\N{NO-BREAK SPACE}januari, 13.30 tot 16.30 uur" in page
    assert "<b>Sam</b>" in page
    assert "binnen 4 dagen" not in page
    site.world.clock.set("w2 mon 09:00")
    assert "binnen 4 dagen" in site.person("hanneke").get(path).text
    assert "Jansen" not in page


def test_the_whole_request_shows_the_call_up_term_too(site: Site, weekly: CoverRequest) -> None:
    path = f"/venue/requests/{weekly.id}/cancel"
    page = site.person("hanneke").get(path).text
    assert "Eén dag afzeggen" in page
    assert "binnen 4 dagen" not in page
    site.world.clock.set("w2 mon 09:00")
    assert "binnen 4 dagen" in site.person("hanneke").get(path).text


def test_an_old_page_and_a_second_press_show_how_it_stands_now(site: Site, weekly: CoverRequest) -> None:
    person, path = hanneke(site, weekly)
    days.call_off_day(site.world.app, site.world.coordinator, weekly.id, date(2027, 1, 18), edition=2)
    stale = person.send(f"{path}/call-off")
    assert stale.status_code == 409
    assert "Hieronder staat hoe het nu is." in stale.text
    person.get(path)
    assert "is afgezegd" in person.post(f"{path}/call-off").text
    person.get(f"/venue/requests/{weekly.id}/days")
    again = person.send(f"{path}/call-off")
    assert again.status_code == 422
    assert "Deze dag is al afgezegd." in again.text


@pytest.mark.parametrize("day", ["2027-01-12", "2027-13-01", "monday", "9999-12-31", "2026-12-28"])
def test_a_day_that_is_none_of_this_request_is_not_there(site: Site, weekly: CoverRequest, day: str) -> None:
    person, path = hanneke(site, weekly)
    assert person.client.get(path.replace(MONDAY.isoformat(), day)).status_code == 404
    assert person.send(f"/venue/requests/{weekly.id}/days/{day}/call-off").status_code in {404, 422}


def test_the_planner_reads_it_on_the_first_page_and_at_the_request(site: Site, weekly: CoverRequest) -> None:
    days.call_off_day(site.world.app, site.world.coordinator, weekly.id, MONDAY, edition=2)
    ilse = site.person("ilse")
    page = ilse.get("/planner/").text
    assert '<h2 id="off">Afgezegd</h2>' in page
    assert f'href="/planner/requests/{weekly.id}"' in page
    assert "maandag 11\N{NO-BREAK SPACE}januari" in ilse.get(f"/planner/requests/{weekly.id}").text


def test_the_venue_and_the_planner_read_the_same_about_pay(site: Site, weekly: CoverRequest) -> None:
    site.world.change_expert("sam", contracts=(contract(ContractKind.ON_CALL),))
    site.world.clock.set("w2 mon 09:00")
    said = "Afgezegd binnen 4 dagen: wie als oproepkracht was ingepland, houdt recht op loon voor deze dienst."
    person, path = hanneke(site, weekly)
    assert said in person.get(path).text
    person.post(f"{path}/call-off")
    page = site.person("ilse").get("/planner/").text
    assert said in page
    assert "Er hoeft niets te gebeuren" not in page
    assert "houdt loon: <b>Sam</b>" in page
    hers = "Dit is minder dan 4 dagen van tevoren afgezegd. Je houdt recht op loon voor deze dienst."
    assert hers in site.person("sam").get(f"/expert/shifts/{weekly.shift_id(MONDAY)}").text
    assert hers in site.person("sam").get("/expert/").text


@pytest.mark.parametrize("answer", ["yes", "no", "talk"])
def test_an_answer_to_a_shift_that_was_called_off_meanwhile_shows_what_happened_and_the_way_back(
    site: Site, weekly: CoverRequest, answer: str
) -> None:
    path = f"/expert/shifts/{weekly.shift_id(MONDAY)}"
    sam = site.person("sam")
    assert sam.get(path).status_code == 200
    days.call_off_day(site.world.app, site.world.coordinator, weekly.id, MONDAY, edition=2)
    late = sam.post(f"{path}/answer", answer=answer)
    assert late.status_code == 422
    assert "Je antwoord is niet meer nodig: deze dienst gaat niet door." in late.text
    assert "Maandag 11" in late.text or "maandag 11" in late.text
    assert 'href="tel:0880000123"' in late.text
    assert 'class="btn" href="/expert/"' in late.text


def test_an_answer_to_a_shift_that_somebody_else_has_now_shows_the_way_back(site: Site) -> None:
    sam = site.person("sam")
    sam.get("/expert/shifts/s2")
    site.world.publish(roster("noor: s2"))
    late = sam.post("/expert/shifts/s2/answer", answer="yes")
    assert late.status_code == 422
    assert "Deze dienst is niet meer van jou." in late.text
    assert 'class="btn" href="/expert/"' in late.text
    again = sam.post("/expert/shifts/s2/undo")
    assert again.status_code == 422
    assert 'class="btn" href="/expert/"' in again.text


def test_a_planner_reaches_every_shift_of_a_long_request(site: Site, weekly: CoverRequest) -> None:
    page = site.person("ilse").get(f"/planner/requests/{weekly.id}").text
    places = cover.request_detail(site.world.app, site.world.planner, weekly.id).request.places
    assert len(places) > 8
    assert f"Toon nog {len(places) - 8}" in page
    assert all(f"/planner/shifts/{visit.shift.id}?" in page for visit in places)


def test_a_long_list_of_things_to_do_says_how_many_more_and_where(site: Site) -> None:
    hours = [(day, hour) for day in ("sat", "sun") for hour in range(20)]
    site.world.add_shifts(*[shift(f"{d} {h:02}:00-{h + 1:02}:00", id=f"{d}{h}") for d, h in hours])
    page = site.person("ilse").get("/planner/").text
    assert "41 dingen" in page
    assert "11 minder dringende punten staan hier niet bij." in page
    assert "by=list&amp;gaps=1" in page


def test_a_series_that_was_taken_back_shows_its_days_as_called_off_and_can_be_asked_again(
    site: Site, weekly: CoverRequest
) -> None:
    person = site.person("hanneke")
    path = f"/venue/requests/{weekly.id}"
    person.get(f"{path}/cancel")
    person.post(f"{path}/cancel")
    days_page = person.get(f"{path}/days").text
    assert days_page.count("Afgezegd") == days_page.count("<li><h3>") > 8
    assert "Zeg deze dag af" not in days_page
    for page in (days_page, person.get(path).text):
        assert f'href="/venue/lydia/ask?again={weekly.id}"' in page
    form = person.get(f"/venue/lydia/ask?again={weekly.id}").text
    for shown in ('value="2027-01-11"', 'value="weekly" checked', 'value="afternoon" checked', 'value="2" checked'):
        assert shown in form
    fields = dict(re.findall(r'<input type="radio" name="(\w+)" value="([^"]*)" checked', form))
    sent = person.post("/venue/lydia/ask", **fields, first="2027-01-11", sure="endless,holiday")
    assert "Uw aanvraag is verstuurd." in sent.text


def test_the_page_of_a_day_that_was_called_off_puts_it_back(site: Site, weekly: CoverRequest) -> None:
    days.call_off_day(site.world.app, site.world.coordinator, weekly.id, MONDAY, edition=2)
    person, path = hanneke(site, weekly)
    assert f'action="{path}/put-back"' in person.get(path).text
    assert "gaat toch door" in person.post(f"{path}/put-back").text
    cover.cancel_request(site.world.app, site.world.coordinator, weekly.id, edition=4)
    assert "put-back" not in person.get(path).text


def test_nobody_asks_again_what_another_house_asked(site: Site, weekly: CoverRequest) -> None:
    assert site.person("otto").get(f"/venue/pinto/ask?again={weekly.id}").status_code == 404
    assert site.person("hanneke").get("/venue/lydia/ask?again=nothing").status_code == 404


def test_another_house_finds_nothing(site: Site, weekly: CoverRequest) -> None:
    otto = site.person("otto")
    otto.get("/venue/")
    otto.secrets |= {"key": "k", "edition": "2"}
    path = f"/venue/requests/{weekly.id}/days"
    assert otto.get(path).status_code == 404
    otto.get("/venue/pinto/ask")
    otto.secrets["edition"] = "2"
    for deed in ("call-off", "put-back"):
        assert otto.send(f"{path}/2027-01-11/{deed}").status_code == 404


def test_one_day_is_called_off_and_put_back_on_a_phone_without_scripts(
    address: str, open_page: OpenPage, site: Site, weekly: CoverRequest
) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False)
    sign_in(page, address, "hanneke")
    page.goto(f"{address}/venue/requests/{weekly.id}")
    page.get_by_role("link", name="Eén dag afzeggen").click()
    page.get_by_role("link", name=re.compile("Zeg deze dag af.*maandag 11")).click()
    expect(page.get_by_text("Deze mensen hoeven dan niet te komen.")).to_contain_text("Sam")
    page.get_by_role("button", name="Zeg deze dag af").click()
    expect(page.get_by_role("status")).to_contain_text("is afgezegd")
    assert not any(a.expert == "sam" and a.shift == weekly.shift_id(MONDAY) for a in site.world.live().assignments)
    page.get_by_role("button", name="Ongedaan").click()
    expect(page.get_by_role("status")).to_contain_text("gaat toch door")
    assert Assignment("sam", weekly.shift_id(MONDAY)) in site.world.live().assignments


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_its_pages_fit_a_phone_and_are_accessible(
    address: str, open_page: OpenPage, site: Site, weekly: CoverRequest, scheme: str, language: str
) -> None:
    page = open_page(viewport=PHONE, color_scheme=scheme, locale=language)
    sign_in(page, address, "hanneke")
    if language == "en":
        page.get_by_role("button", name="English").click()
    path = f"{address}/venue/requests/{weekly.id}"
    days.call_off_day(site.world.app, site.world.coordinator, weekly.id, date(2027, 1, 18), edition=2)
    for one in ("", "/days", "/days?day=2027-01-18", "/days?day=2027-01-11", "/days/2027-01-11", "/days/2027-01-18"):
        page.goto(path + one)
        assert_accessible(page)
        assert_fits(page)
    site.world.clock.set("w2 mon 09:00")
    days.call_off_day(site.world.app, site.world.coordinator, weekly.id, MONDAY, edition=3)
    sign_in(page, address, "sam")
    for one in ("/expert/", f"/expert/shifts/{weekly.shift_id(MONDAY)}"):
        page.goto(address + one)
        expect(page.locator("main")).to_contain_text(CALLED_OFF)
        assert_accessible(page)
        assert_fits(page)


def test_a_day_that_is_none_of_this_request_is_told_as_a_day(site: Site, weekly: CoverRequest) -> None:
    person, path = hanneke(site, weekly)
    page = person.client.get(path.replace(MONDAY.isoformat(), "2027-01-12")).text
    assert "Deze aanvraag heeft geen dienst meer op dinsdag 12\u00a0januari." in page
    assert "2027-01-12" not in page.split("<main")[1].split("</main>")[0]
