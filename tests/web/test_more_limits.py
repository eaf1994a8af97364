"""Can an expert set every limit that the rules know, and read it back, while nobody else sees a trace of it?"""

import re
from dataclasses import replace
from typing import Any

import pytest

from scheduler.domain.limits import GradedLimit, OnHolidays, Period
from scheduler.domain.people import PersonalLimits
from scheduler.services import availability
from tests.web.site import Person, Site
from web.expert.limits import values_of

FIELDS = {
    "least_days_in_a_row": "2",
    "least_days_off_in_a_row": "3",
    "weekends_a_window": "0",
    "start_difference_minutes": "60",
    "hours_a_year": "700",
    "euros_a_week": "111",
    "euros_a_year": "9111",
    "load_points_a_week": "13",
    "load_points_in_four_weeks": "37",
    "days_between_heavy": "2",
    "nights": "1",
    "holidays": "never",
    "opens_alone": "1",
    "closes_alone": "1",
    "stand_bys_a_month": "2",
    "shifts_of-drop-in": "5",
    "least_euros_a_month": "123",
    "most_euros_a_month": "456",
}
FOUND: dict[str, Any] = {
    "least_days_in_a_row": 2,
    "least_days_off_in_a_row": 3,
    "weekends_a_window": 0,
    "start_difference_minutes": 60,
    "minutes_a_year": 42_000,
    "cents_a_week": 11_100,
    "cents_a_year": 911_100,
    "load_points_a_week": 13,
    "load_points_in_four_weeks": 37,
    "days_between_heavy": 2,
    "nights": True,
    "holidays": OnHolidays.NEVER,
    "opens_alone": True,
    "closes_alone": True,
    "stand_bys_a_month": 2,
    "shifts_of_activity": (("drop-in", 5),),
    "graded": (GradedLimit(Period.MONTH, least_cents=12_300, most_cents=45_600),),
}


def limits_of(site: Site) -> PersonalLimits:
    """What is stored for Noor."""
    return availability.limits_view(site.world.app, site.world.expert("noor")).limits


def save(site: Site, **changes: str) -> tuple[Person, int, str]:
    """Send Noor's page as a browser would, with these fields changed."""
    noor = site.person("noor")
    noor.get("/expert/limits")
    response = noor.send("/expert/limits", **(values_of(limits_of(site)) | changes))
    return noor, response.status_code, response.text


def words_of(site: Site, who: str, path: str) -> str:
    """A page of somebody without the keys that each answer makes anew."""
    response = site.person(who).get(path)
    assert response.status_code == 200, path
    return re.sub(r'name="(csrf|key)" value="[^"]*"|nonce="[^"]*"', "", response.text)


def test_each_further_limit_is_stored_and_shown_again(site: Site) -> None:
    noor, status, _ = save(site, **FIELDS)
    assert status == 302
    assert limits_of(site) == replace(PersonalLimits(), **FOUND)
    assert values_of(limits_of(site)).items() >= FIELDS.items()
    assert noor.get("/expert/limits").text.count('<details class="day" open>') == 6


def test_groups_stay_closed_while_nothing_in_them_was_chosen(site: Site) -> None:
    page = site.person("noor").get("/expert/limits").text
    assert page.count('<details class="day">') == 6
    assert '<details class="day" open>' not in page


def test_an_emptied_field_is_no_limit_again(site: Site) -> None:
    save(site, **FIELDS)
    assert save(site, **dict.fromkeys(FIELDS, ""))[1] == 302
    assert limits_of(site) == PersonalLimits()


def test_saving_keeps_what_the_page_cannot_show(site: Site) -> None:
    graded = (GradedLimit(Period.WEEK, least_minutes=60, most_minutes=600, most_cents=10_050),)
    kept = PersonalLimits(cents_a_month=20_050, weekends_a_window=7, shifts_of_activity=(("gone", 3),), graded=graded)
    site.world.change_expert("noor", limits=kept)
    assert save(site, days_in_a_row="4")[1] == 302
    assert limits_of(site) == replace(kept, days_in_a_row=4)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"least_days_in_a_row": "3", "days_in_a_row": "2"}, "least_days_in_a_row", "Minstens 3 en hoogstens 2 dagen"),
        ({"least_euros_a_week": "90", "most_euros_a_week": "80"}, "least_euros_a_week", "meer dan het maximum"),
        ({"least_euros_a_year": "90", "euros_a_year": "80"}, "least_euros_a_year", "meer dan het maximum"),
        ({"least_euros_a_month": "90", "euros_a_month": "80"}, "least_euros_a_month", "meer dan het maximum"),
        ({"weekends_a_window": "77"}, "weekends_a_window", "Kies er een."),
        ({"load_points_a_week": "1.5"}, "load_points_a_week", "Vul een heel getal in"),
        ({"shifts_of-drop-in": "-1"}, "shifts_of-drop-in", "Vul een heel getal in"),
    ],
)
@pytest.mark.usefixtures("unchanged")
def test_limits_that_cannot_be_are_a_fault_at_their_field_and_everything_typed_stays(
    site: Site, changes: dict[str, str], field: str, words: str
) -> None:
    _, status, page = save(site, **({"load_points_in_four_weeks": "31"} | changes))
    assert status == 422
    fault = page.split(f'id="f-{field}-bad"')[1].split("</p>")[0]
    assert words in fault
    assert 'name="load_points_in_four_weeks" type="text" value="31"' in page
    assert f'id="f-{field}"' in page.split('<details class="day" open>', 1)[1]


def test_an_older_page_keeps_the_choice_and_says_what_is_stored_now(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/limits")
    site.world.change_expert("noor", limits=PersonalLimits(cents_a_week=5_000, holidays=OnHolidays.GLADLY))
    response = noor.send("/expert/limits", **(values_of(PersonalLimits()) | FIELDS))
    assert response.status_code == 409
    assert 'name="euros_a_week" type="text" value="111"' in response.text
    assert "Nu bewaard: 50" in response.text
    assert "Nu bewaard: graag" in response.text


def test_others_read_nothing_of_it_on_their_pages(site: Site) -> None:
    pages = {
        "sam": ("/expert/", "/expert/shifts", "/expert/shifts/s2"),
        "hanneke": ("/venue/", "/venue/lydia/week", "/venue/lydia/requests"),
        "ilse": ("/planner/people", "/planner/people/noor", "/planner/", "/planner/shifts/s1?window=2027-01-04"),
    }
    before = {(who, path): words_of(site, who, path) for who, paths in pages.items() for path in paths}
    harmless = {"weekends_a_window": "4", "least_days_in_a_row": "", "least_days_off_in_a_row": ""}
    save(site, **(FIELDS | harmless | {"load_points_in_four_weeks": "3777", "load_points_a_week": "777"}))
    for (who, path), text in before.items():
        assert words_of(site, who, path) == text, path
