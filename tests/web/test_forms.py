"""What people fill in: faults come at the field, what was typed comes back, and nothing is stored by half."""

from datetime import date, time
from html import escape, unescape

import pytest
from werkzeug.datastructures import MultiDict

from scheduler.domain.availability import AvailabilityLevel
from scheduler.domain.people import PersonalLimits
from scheduler.services import availability, cover
from tests.services.world import PASSWORD
from tests.web.site import FIELD, Person, Site
from web.forms import Form, safe_path

GOOD = {
    "activity": "drop-in",
    "first": "2027-01-14",
    "hours": "afternoon",
    "headcount": "2",
    "repeat": "once",
    "until": "",
    "wish": "",
    "note": "De bel is stuk",
}


def ask(site: Site, **changes: str) -> tuple[Person, str, int]:
    """Send the request form of Lydia with some fields changed."""
    hanneke = site.person("hanneke")
    hanneke.get("/venue/lydia/ask")
    response = hanneke.post("/venue/lydia/ask", **(GOOD | changes))
    return hanneke, response.text, response.status_code


def requests_of(site: Site) -> list[str]:
    """The notes of every request of Lydia."""
    return [view.note for view in cover.requests_of_venue(site.world.app, site.world.coordinator, "lydia")]


def test_a_request_of_six_fields_is_stored_and_answered_with_a_reference_and_a_time(site: Site) -> None:
    _, page, status = ask(site)
    assert status == 200
    assert requests_of(site) == ["De bel is stuk"]
    assert "WR-" in page
    assert "Uw aanvraag is verstuurd." in page
    assert "vóór" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"activity": "flying"}, "Kies er een."),
        ({"first": ""}, "Kies een dag."),
        ({"first": "2027-02-29"}, "Kies een dag."),
        ({"first": "1-2-27"}, "Kies een dag."),
        ({"first": "2026-W53-8"}, "Kies een dag."),
        ({"first": "2027-01-04"}, "Deze dag is al voorbij."),
        ({"first": "2199-01-01"}, "binnen een jaar"),
        ({"hours": "night"}, "Kies er een."),
        ({"hours": "other", "start": "25:00", "end": "12:60"}, "Vul een tijd in, zoals 13.30."),
        ({"hours": "other", "start": "09:00", "end": "09:00"}, "Het einde is gelijk aan het begin."),
        ({"headcount": "0"}, "Vul een heel getal in van 1 tot en met 4."),
        ({"headcount": "-1"}, "Vul een heel getal in"),
        ({"headcount": "NaN"}, "Vul een heel getal in"),
        ({"headcount": "9" * 4400}, "Vul een heel getal in"),
        ({"headcount": "٣"}, "Vul een heel getal in"),
        ({"repeat": "weekly", "until": "2027-01-07"}, "De laatste dag is vóór de eerste dag."),
        ({"wish": "language:xx"}, "Kies er een."),
        ({"note": "x" * 201}, "Dit is te lang: 201 tekens. Hooguit 200 mag."),
        ({"note": "Haar BSN is 111222333"}, "burgerservicenummer"),
        ({"first": "2027-03-28", "hours": "other", "start": "02:30", "end": "06:00"}, "bestaat niet"),
        ({"first": "2027-10-31", "hours": "other", "start": "02:30", "end": "06:00"}, "komt twee keer voor"),
    ],
)
def test_a_fault_is_named_in_dutch_the_typed_values_stay_and_nothing_is_stored(
    site: Site, changes: dict[str, str], words: str
) -> None:
    _, page, status = ask(site, **({"note": "Blijft staan"} | changes))
    assert status == 422
    assert words in page
    assert changes.get("note", "Blijft staan") in page
    assert requests_of(site) == []


def test_a_fault_is_tied_to_its_field_for_those_who_cannot_see(site: Site) -> None:
    _, page, _ = ask(site, first="")
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="f-first-bad ' in page
    assert 'id="f-first-bad"' in page
    _, page, _ = ask(site, note="Haar BSN is 111222333")
    assert 'id="f-note-bad"' in page


def test_a_limit_that_cannot_be_is_said_above_the_form_too(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/limits")
    page = noor.post("/expert/limits", **(LIMITS | {"euros_a_month": "veel"})).text
    assert page.index("Er klopt nog iets niet.") < page.index("Vul een heel getal in")


def test_an_hour_that_occurs_twice_can_be_chosen(site: Site) -> None:
    twice = {"first": "2027-10-31", "hours": "other", "start": "02:30", "end": "06:00"}
    _, page, _ = ask(site, **twice)
    assert 'name="fold" value="second"' in page
    _, _, status = ask(site, **twice, fold="second")
    assert status == 200


@pytest.mark.parametrize("text", ['" onmouseover="x', "{{7*7}}", "<script>alert(1)</script>", "${7*7}", "%(name)s"])
def test_text_is_shown_as_it_was_typed(site: Site, text: str) -> None:
    _, page, _ = ask(site, note=text, first="")
    assert escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
    assert "<script>alert" not in page


def test_a_field_that_comes_twice_is_not_understood(site: Site) -> None:
    hanneke = site.person("hanneke")
    hanneke.get("/venue/lydia/ask")
    fields = MultiDict([*hanneke.secrets.items(), *GOOD.items(), ("first", "2027-01-15")])
    assert hanneke.client.post("/venue/lydia/ask", data=fields).status_code == 400


def test_sending_the_same_form_twice_asks_once(site: Site) -> None:
    hanneke = site.person("hanneke")
    hanneke.get("/venue/lydia/ask")
    for _ in range(2):
        assert hanneke.post("/venue/lydia/ask", **GOOD).status_code == 200
    assert len(requests_of(site)) == 1


def test_the_same_as_last_time_is_one_click(site: Site) -> None:
    hanneke, _, _ = ask(site)
    page = hanneke.get("/venue/lydia/ask").text
    assert "Zelfde als vorige keer?" in page
    assert 'name="first" value="2027-01-21"' in page


def test_a_request_is_cancelled_after_a_look_at_what_that_means(site: Site) -> None:
    hanneke, _, _ = ask(site)
    found = cover.requests_of_venue(site.world.app, site.world.coordinator, "lydia")[0]
    assert "Niemand hoeft bericht te krijgen." in hanneke.get(f"/venue/requests/{found.id}/cancel").text
    assert "Deze aanvraag is ingetrokken." in hanneke.post(f"/venue/requests/{found.id}/cancel").text


def test_a_cancel_of_what_changed_meanwhile_shows_the_new_state_first(site: Site) -> None:
    hanneke, _, _ = ask(site)
    found = cover.requests_of_venue(site.world.app, site.world.coordinator, "lydia")[0]
    hanneke.get(f"/venue/requests/{found.id}/cancel")
    cover.answer_request(site.world.app, site.world.planner, found.id, True, "", edition=found.edition)
    response = hanneke.post(f"/venue/requests/{found.id}/cancel")
    assert response.status_code == 409
    assert "Hieronder staat hoe het nu is." in response.text


def week_of(site: Site, **changes: str) -> dict[str, str]:
    """The fields of a week in which everything can, except what is changed."""
    parts = [f"{day}-{part}" for day in range(7) for part in ("morning", "afternoon", "evening")]
    return dict.fromkeys(parts, "3") | {name.replace("_", "-"): value for name, value in changes.items()}


def test_a_week_of_half_days_is_stored(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/availability")
    page = noor.post("/expert/availability", **week_of(site, **{"0-morning": "4", "6-evening": "0"})).text
    assert "Je week is bewaard." in page
    view = availability.availability_view(site.world.app, site.world.expert("noor"))
    levels = {place: level for place, level in view.levels.items() if level is not AvailabilityLevel.AVAILABLE}
    assert {(day, part.value): level.value for (day, part), level in levels.items()} == {
        (0, "morning"): 4,
        (6, "evening"): 0,
    }


def test_a_week_that_was_changed_in_another_tab_shows_both_and_keeps_what_was_chosen(site: Site) -> None:
    noor, tab = site.person("noor"), site.person("noor")
    noor.get("/expert/availability")
    tab.get("/expert/availability")
    tab.post("/expert/availability", **week_of(site, **{"0-morning": "0"}))
    response = noor.post("/expert/availability", **week_of(site, **{"0-morning": "4"}))
    assert response.status_code == 409
    assert "Nu bewaard: Kan niet" in response.text
    assert 'name="0-morning" value="4" checked' in response.text
    noor.get("/expert/availability")
    assert noor.post("/expert/availability", **week_of(site, **{"0-morning": "4"})).status_code == 200


def test_an_incomplete_week_is_asked_again(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/availability")
    response = noor.post("/expert/availability", **week_of(site, **{"2-evening": "7"}))
    assert response.status_code == 422
    assert "Kies voor elk dagdeel een antwoord." in response.text


def test_a_day_that_differs_is_added_and_taken_away(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/availability")
    fields = {"first": "2027-01-20", "last": "", "part": "other", "start": "10:00", "end": "12:00", "level": "0"}
    page = noor.post("/expert/availability/days", **fields).text
    assert "woensdag 20\N{NO-BREAK SPACE}januari" in page
    assert "10.00 tot 12.00 uur: kan niet" in page
    slot = availability.availability_view(site.world.app, site.world.expert("noor")).exceptions[0]
    noor.get("/expert/availability")
    assert "Weggehaald." in noor.post(f"/expert/availability/days/{slot.id}/remove").text


def test_a_wrong_day_comes_back_with_its_fault(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/availability")
    fields = {"first": "2027-01-20", "last": "2027-01-18", "part": "day", "level": "0"}
    response = noor.post("/expert/availability/days", **fields)
    assert response.status_code == 422
    assert "is vóór de eerste" in response.text
    assert 'value="2027-01-18"' in response.text


LIMITS = {
    "minutes_a_day": "",
    "minutes_a_week": "480",
    "minutes_a_month": "1920",
    "euros_a_month": "200",
    "shifts_a_week": "3",
    "days_in_a_row": "2",
    "earliest_start": "09:00",
    "latest_end": "",
    "travel_minutes": "25",
    "quiet_places_only": "1",
}


def test_limits_are_stored_as_chosen(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/limits")
    assert "Je grenzen zijn bewaard." in noor.post("/expert/limits", **LIMITS).text
    limits = availability.limits_view(site.world.app, site.world.expert("noor")).limits
    assert (limits.minutes_a_month, limits.cents_a_month, limits.earliest_start) == (1920, 20_000, time(9))
    assert limits.quiet_places_only
    assert not limits.two_person_shifts_only


def test_limits_that_the_page_does_not_offer_stay_when_the_others_are_saved(site: Site) -> None:
    kept = PersonalLimits(least_days_in_a_row=2, weekends_a_window=1, shifts_of_activity=(("drop-in", 3),))
    site.world.change_expert("noor", limits=kept)
    noor = site.person("noor")
    noor.get("/expert/limits")
    assert "Je grenzen zijn bewaard." in noor.post("/expert/limits", **(LIMITS | {"days_in_a_row": "4"})).text
    limits = availability.limits_view(site.world.app, site.world.expert("noor")).limits
    assert (limits.days_in_a_row, limits.least_days_in_a_row, limits.weekends_a_window) == (4, 2, 1)
    assert limits.shifts_of_activity == (("drop-in", 3),)


@pytest.mark.parametrize(
    "change", [{"minutes_a_month": "1921"}, {"euros_a_month": "-5"}, {"euros_a_month": "7,5"}, {"latest_end": "26:00"}]
)
def test_a_limit_that_is_not_offered_is_refused(site: Site, change: dict[str, str]) -> None:
    noor = site.person("noor")
    noor.get("/expert/limits")
    response = noor.post("/expert/limits", **(LIMITS | change))
    assert response.status_code == 422
    assert 'class="error"' in response.text


def test_places_to_avoid_are_kept_for_the_expert_alone(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/limits/places")
    assert "Alleen jij ziet hem." in noor.post("/expert/limits/places", **{"venue-pinto": "1"}).text
    assert 'name="venue-pinto" value="1" checked' in noor.get("/expert/limits/places").text


def test_a_form_outlives_its_session(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/limits")
    site.world.clock.turn(days=20)
    response = noor.post("/expert/limits", **LIMITS)
    assert response.status_code == 401
    kept = response.text.split('name="kept" value="')[1].split('"')[0]
    assert "een lang wachtwoord" not in kept
    noor.get("/sign-in")
    page = noor.post("/sign-in", email="noor@example.org", password=PASSWORD, kept=unescape(kept))
    assert "Verstuur wat ik invulde" in page.text
    fields = dict(_hidden(page.text))
    assert "Je grenzen zijn bewaard." in noor.client.post("/expert/limits", data=fields, follow_redirects=True).text


def test_a_form_with_an_old_token_is_sent_after_all_with_one_click(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/shifts/s1")
    noor.secrets["csrf"] = "old"
    response = noor.post("/expert/shifts/s1/answer", answer="yes")
    assert response.status_code == 403
    fields = dict(_hidden(response.text))
    assert fields["answer"] == "yes"
    assert noor.client.post("/expert/shifts/s1/answer", data=fields).status_code == 302


def test_a_kept_form_goes_to_this_site_only(site: Site) -> None:
    stranger = site.stranger()
    stranger.get("/sign-in")
    kept = '{"path": "https://evil.nl/x", "fields": []}'
    response = stranger.send("/sign-in", email="noor@example.org", password=PASSWORD, kept=kept)
    assert response.headers["Location"] == "/expert/"


def _hidden(page: str) -> list[tuple[str, str]]:
    """The hidden fields of the form in the main part of a page."""
    main = page.split("<main")[1].split("</main>", maxsplit=1)[0]
    return [(name, unescape(value)) for name, value in FIELD.findall(main)]


@pytest.mark.parametrize(
    ("sent", "clock"),
    [
        ("9:30", time(9, 30)),
        ("09.30", time(9, 30)),
        ("24:00", time(0)),
        ("24:30", None),
        ("12:30:61", None),
        ("", None),
    ],
)
def test_a_time_of_day_is_read_in_both_ways_of_writing(sent: str, clock: time | None) -> None:
    assert Form(MultiDict({"at": sent})).clock("at", is_end=True) == clock


def test_text_is_composed_trimmed_and_without_control_characters() -> None:
    form = Form(MultiDict({"note": "  Cafe\u0301\x00 \r\nnaast de\ud800 brug\u200d "}))
    assert form.text("note", 200) == "Café \nnaast de brug\u200d"


def test_a_day_is_read_in_one_way_only() -> None:
    assert Form(MultiDict({"day": "2028-02-29"})).day("day") == date(2028, 2, 29)


@pytest.mark.parametrize("target", ["", None, "x", "//a", "/\\a", "/a\tb", "http:/a"])
def test_a_path_of_another_site_is_no_path(target: str | None) -> None:
    assert safe_path(target) is None
