"""A period of another year says so, wherever it is named; one of this year has no year."""

from datetime import date, timedelta

import pytest

from scheduler.domain.errors import Sentence
from tests.builders import JANUARY
from tests.web.site import Site
from web.days import period
from web.present import say

PAGES = ("board?week=all", "runs?", "publish?", "published?", "broken?")
PERIOD = "aandag 4\N{NO-BREAK SPACE}januari tot en met zondag 31\N{NO-BREAK SPACE}januari"


@pytest.fixture
def paths() -> list[str]:
    """The pages of the first period."""
    return [f"/planner/{page}&window={JANUARY.first.isoformat()}" for page in PAGES]


def test_the_present_year_is_left_out(site: Site, paths: list[str]) -> None:
    ilse = site.person("ilse")
    for path in paths:
        page = ilse.get(path).text
        assert PERIOD in page, path
        assert f"{PERIOD} 2027" not in page, path


def test_another_year_is_said_once(site: Site, paths: list[str]) -> None:
    site.world.clock.turn(days=-8)
    ilse = site.person("ilse")
    for path in paths:
        assert f"{PERIOD} 2027" in ilse.get(path).text, path
    assert "vanaf ma 4 jan 2027" in ilse.get(paths[1]).text


def test_a_period_over_the_turn_of_the_year_says_the_year_that_is_not_the_present_one(site: Site) -> None:
    days = [date(2026, 12, 7) + timedelta(days=n) for n in range(28)]
    with site.app.test_request_context(headers={"Accept-Language": "nl"}):
        said = period(days).replace("\N{NO-BREAK SPACE}", " ")
        assert said == "maandag 7 december 2026 tot en met zondag 3 januari"
        site.world.clock.turn(days=-8)
        said = period(days).replace("\N{NO-BREAK SPACE}", " ")
        assert said == "maandag 7 december tot en met zondag 3 januari 2027"
        site.world.clock.turn(days=400)
        said = period(days).replace("\N{NO-BREAK SPACE}", " ")
        assert said == "maandag 7 december 2026 tot en met zondag 3 januari 2027"


def test_a_day_in_a_sentence_says_its_year_when_it_is_another(site: Site) -> None:
    said = Sentence("from %(day)s", {"day": JANUARY.first})
    with site.app.test_request_context(headers={"Accept-Language": "nl"}):
        assert say(said) == "vanaf maandag 4\N{NO-BREAK SPACE}januari"
        site.world.clock.turn(days=-8)
        assert say(said) == "vanaf maandag 4\N{NO-BREAK SPACE}januari 2027"
