"""Can an expert say with whom, when and for which calls she gladly comes, while nobody else sees a trace of it?"""

import re
from datetime import date

from scheduler.domain.people import DatedWish, Expert, Wish
from scheduler.domain.stand_by import DayPart, StandBy
from tests.builders import roster
from tests.web.site import Site

THE_TWELFTH = date(2027, 1, 12)


def noor_of(site: Site) -> Expert:
    """What is stored of Noor."""
    with site.world.database.reading() as work:
        return work.experts.get("noor")


def together(site: Site) -> None:
    """Noor and Kadir were on s1 together, which has ended; with Sam she comes later."""
    site.world.publish(roster("noor: s1 s4", "kadir: s1 s6", "sam: s2 s4"))
    site.world.clock.set("fri 09:00")


def test_colleagues_of_earlier_shifts_are_offered_by_first_name_only(site: Site) -> None:
    together(site)
    noor = site.person("noor")
    page = noor.get("/expert/limits/colleagues").text
    assert "Kadir, voor het laatst samen bij" in page
    assert "Sam" not in page
    assert "Jansen" not in page
    [name] = re.findall(r'name="(colleague-[^"]+)"', page)
    assert "kadir" not in name
    assert noor.send("/expert/limits/colleagues", **{name: "1"}).status_code == 302
    assert noor_of(site).wanted_colleagues == {"kadir"}
    assert f'name="{name}" value="1" checked' in noor.get("/expert/limits/colleagues").text
    assert noor.send("/expert/limits/colleagues").status_code == 302
    assert noor_of(site).wanted_colleagues == frozenset()


def test_who_worked_with_nobody_yet_reads_that(site: Site) -> None:
    assert "nog niet samen met een collega" in site.person("noor").get("/expert/limits/colleagues").text


def test_a_list_that_was_changed_elsewhere_comes_back_as_it_was_ticked(site: Site) -> None:
    together(site)
    noor = site.person("noor")
    [name] = re.findall(r'name="(colleague-[^"]+)"', noor.get("/expert/limits/colleagues").text)
    site.world.change_expert("noor", wished_minutes_a_week=60)
    response = noor.send("/expert/limits/colleagues", **{name: "1"})
    assert response.status_code == 409
    assert f'name="{name}" value="1" checked' in response.text
    noor.get("/expert/limits/stand-by")
    site.world.change_expert("noor", wished_minutes_a_week=120)
    response = noor.send("/expert/limits/stand-by", **{"evening-centrum": "1"})
    assert response.status_code == 409
    assert noor_of(site).stand_by == frozenset()


def test_offers_to_stand_by_are_kept_and_those_of_places_that_are_gone_stay(site: Site) -> None:
    gone = StandBy(DayPart.NIGHT, "gone")
    site.world.change_expert("noor", stand_by=frozenset({gone}))
    noor = site.person("noor")
    names = re.findall(r'name="(evening-[^"]+)"', noor.get("/expert/limits/stand-by").text)
    assert noor.send("/expert/limits/stand-by", **{names[0]: "1"}).status_code == 302
    place = names[0].removeprefix("evening-")
    assert noor_of(site).stand_by == {gone, StandBy(DayPart.EVENING, place)}
    assert f'name="{names[0]}" value="1" checked' in noor.get("/expert/limits/stand-by").text


def test_a_wish_for_a_day_is_added_changed_and_taken_away(site: Site) -> None:
    noor = site.person("noor")
    for said, wish in (("gladly", Wish.GLADLY), ("rather_not", Wish.RATHER_NOT)):
        noor.get("/expert/limits/wishes")
        page = noor.post("/expert/limits/wishes", day="2027-01-12", wish=said).text
        assert "Je wens staat erbij." in page
        assert noor_of(site).dated_wishes == (DatedWish(THE_TWELFTH, wish),)
    [path] = re.findall(r'action="(/expert/limits/wishes/\w+/remove)"', noor.get("/expert/limits/wishes").text)
    assert "Je wens is weggehaald." in noor.post(path).text
    assert noor_of(site).dated_wishes == ()
    noor.get("/expert/limits/wishes")
    assert noor.send(path).status_code == 404


def test_a_wish_for_a_day_that_has_passed_or_is_none_is_a_fault_at_its_field(site: Site) -> None:
    noor = site.person("noor")
    for day in ("2027-01-04", "2027-02-30", ""):
        noor.get("/expert/limits/wishes")
        response = noor.send("/expert/limits/wishes", day=day, wish="rather_not")
        assert response.status_code == 422
        assert 'id="f-day-bad"' in response.text
        assert 'value="rather_not" checked' in response.text
    assert noor_of(site).dated_wishes == ()


def test_nobody_else_reads_a_trace_of_it(site: Site) -> None:
    together(site)
    pages = {
        "kadir": ("/expert/", "/expert/shifts", "/expert/limits", "/expert/limits/colleagues", "/expert/shifts/s6"),
        "hanneke": ("/venue/", "/venue/lydia/week", "/venue/lydia/requests"),
        "ilse": ("/planner/", "/planner/people", "/planner/people/noor", "/planner/shifts/s6?window=2027-01-04"),
    }
    before = {(who, path): words_of(site, who, path) for who, paths in pages.items() for path in paths}
    offers = frozenset({StandBy(DayPart.EVENING, "centrum")})
    wishes = (DatedWish(THE_TWELFTH, Wish.GLADLY),)
    site.world.change_expert("noor", wanted_colleagues=frozenset({"kadir"}), stand_by=offers, dated_wishes=wishes)
    for (who, path), text in before.items():
        assert words_of(site, who, path) == text, path


def words_of(site: Site, who: str, path: str) -> str:
    """A page of somebody without the keys that each answer makes anew."""
    response = site.person(who).get(path)
    assert response.status_code == 200, path
    return re.sub(r'name="(csrf|key)" value="[^"]*"|nonce="[^"]*"', "", response.text)
