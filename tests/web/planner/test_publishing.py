"""What stops publishing, what is only to do, and where each broken rule leads."""

import re
from dataclasses import replace

import pytest
from flask import get_template_attribute

from scheduler.domain.availability import Availability
from scheduler.services.board_views import Measures
from tests.builders import JANUARY, shift, slots
from tests.web.planner.test_pages import WINDOW, words_of
from tests.web.site import Person, Site

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LINK = re.compile(r'<li class="(is-stop|is-warn)?">.*?<a href="([^"]+)">(.*?)</a>', re.S)


@pytest.fixture
def ilse(site: Site) -> Person:
    """The planner."""
    return site.person("ilse")


def only_mondays(site: Site, *who: str) -> None:
    """From now on these people can come on Monday morning only."""
    for expert in who:
        site.world.change_expert(expert, availability=Availability(slots("mon 09:00-13:00")))


def assign(person: Person, shift_id: str, expert: str) -> None:
    person.get(f"/planner/shifts/{shift_id}")
    person.send(f"/planner/shifts/{shift_id}/assign", window=WINDOW, expert=expert)


def links(page: str) -> list[tuple[str, str]]:
    """Every line that stops or warns and leads somewhere: (kind, path)."""
    return [(kind, path.partition("?")[0]) for kind, path, _ in LINK.findall(page)]


def test_what_kadir_changed_afterwards_is_to_do_and_the_rest_is_published(site: Site, ilse: Person) -> None:
    assign(ilse, "s6", "noor")
    only_mondays(site, "kadir")
    page = ilse.get("/planner/publish").text
    assert links(page)[:2] == [("is-warn", "/planner/shifts/s3"), ("is-warn", "/planner/shifts/s6")]
    assert "Kadir weet dit al." in page
    assert "Er is geen harde regel gebroken" not in words_of(page)
    done = ilse.post("/planner/publish", window=WINDOW, read="1")
    assert done.request.path == "/planner/published"


def test_what_stops_leads_to_its_shift_and_to_its_house(site: Site, ilse: Person) -> None:
    only_mondays(site, "noor")
    assign(ilse, "s6", "noor")
    assign(ilse, "s3", "noor")
    with site.world.database.writing() as work:
        work.venues.save(replace(work.venues.get("lydia"), contact_name=""), work.venues.edition_of("lydia"))
    page = ilse.get("/planner/publish").text
    stops = [path for kind, path in links(page) if kind == "is-stop"]
    assert stops == ["/planner/shifts/s3", "/planner/shifts/s6", "/planner/houses/lydia"]
    assert 'name="read"' not in page


def test_a_long_list_says_how_much_more_there_is_and_holds_it(site: Site, ilse: Person) -> None:
    extra = [shift(f"w{week} {day} 18:00-20:00", id=f"x{week}{day}") for week in (2, 3, 4) for day in DAYS]
    site.world.add_shifts(*extra)
    for sketch in extra:
        assign(ilse, str(sketch.id), "noor")
    only_mondays(site, "noor")
    page = ilse.get("/planner/publish").text
    lines = re.findall(r'<li class="(?:is-stop|is-warn)?">', page)
    assert {f"/planner/shifts/{sketch.id}" for sketch in extra} <= {path for kind, path in links(page)}
    assert f"<summary>En nog {len(lines) - 20}</summary>" in page


def test_every_broken_rule_is_listed_in_words_with_its_shift(site: Site, ilse: Person) -> None:
    assert "Er is geen harde regel gebroken." in ilse.get("/planner/broken").text
    assign(ilse, "s6", "noor")
    only_mondays(site, "noor", "kadir")
    page = ilse.get("/planner/broken").text
    assert links(page) == [
        ("is-stop", "/planner/shifts/s6"),
        ("is-warn", "/planner/shifts/s1"),
        ("is-warn", "/planner/shifts/s3"),
        ("is-warn", "/planner/shifts/s6"),
    ]
    assert "Noor is niet beschikbaar voor" in page
    board = ilse.get("/planner/board").text
    assert f'href="/planner/broken?window={JANUARY.first.isoformat()}"' in board


def test_no_page_counts_one_as_many_or_wishes_in_points(site: Site, ilse: Person) -> None:
    assign(ilse, "s3", "noor")
    page = words_of(ilse.get("/planner/publish").text)
    assert "1 verandering begint binnen" in page
    assert "Een uitnodiging: 1 persoon" in page
    assert "Wie er komt: 1 huis Lydia" in page
    assert re.search(r"\b1 (veranderingen|mensen|huizen|plekken)\b", page) is None
    board = words_of(ilse.get("/planner/board").text)
    assert "punten" not in board
    assert re.search(r"Wensen (beter|minder goed|even goed)", board)


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (90, "beter 10 % beter vervuld dan wat er is verteld"),
        (150, "minder goed 50 % minder goed vervuld dan wat er is verteld"),
        (300, "minder goed veel minder goed vervuld dan wat er is verteld"),
    ],
)
def test_nothing_is_met_less_well_by_more_than_all_of_it(site: Site, after: int, said: str) -> None:
    told = Measures(10, 10, 0, 100, 10, 0, 0, 10, 10)
    with site.app.test_request_context(headers={"Accept-Language": "nl"}):
        parts = get_template_attribute("planner/parts.html", "wishes")
        assert words_of(parts(told, replace(told, preference=after))).strip() == said


def test_without_a_draft_the_page_says_what_is_to_do_in_what_people_know(site: Site, ilse: Person) -> None:
    assert "Te doen in wat al is verteld" not in ilse.get("/planner/publish").text
    only_mondays(site, "kadir")
    page = ilse.get("/planner/publish").text
    assert "Te doen in wat al is verteld" in page
    assert links(page) == [("is-warn", "/planner/shifts/s3"), ("is-warn", "/planner/shifts/s6")]
    assert "Publiceer versie" not in page
