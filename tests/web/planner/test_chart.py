"""The picture of a run: what is drawn of coverage and of wishes, where, and what the axes say."""

import re
from itertools import pairwise

import pytest

from scheduler.domain.runs import Progress
from scheduler.domain.score import Score
from tests.services.test_compared import BETTER, finished
from tests.support.browser import OpenPage, assert_accessible
from tests.web.planner.test_in_browser import OVERFLOW, signed_in
from tests.web.planner.test_pages import words_of
from tests.web.site import Site
from web.planner.chart import BOTTOM, LEFT, MOST_ROWS, RIGHT, ROOM_FOR_WORDS, TOP, Chart, draw


def step(
    seconds: float,
    coverage: int,
    preference: int,
    bounds: tuple[float | None, float | None] = (None, None),
    *,
    filled: int = 0,
) -> Progress:
    return Progress(seconds, "coverage", Score(0, coverage, preference), *bounds, required=10, filled=filled)


def drawn(*steps: Progress) -> Chart:
    chart = draw(steps)
    assert chart is not None
    return chart


def places(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)]


def test_without_a_roster_there_is_no_picture() -> None:
    assert draw([]) is None
    assert draw([Progress(1, "start", Score(3, 0, 0), None, None)]) is None


def test_the_gain_of_coverage_stays_in_sight_once_wishes_are_at_work() -> None:
    steps = [step(1, 90, 500, filled=4), step(2, 40, 700, filled=7)]
    steps += [step(n, 40, 700 - 10 * n, (40, 510.2), filled=7) for n in (3, 4, 5)]
    chart = drawn(*steps)
    assert chart.coverage.drawn
    assert (chart.coverage.first, chart.coverage.last, chart.coverage.better_percent) == (90, 40, 56)
    assert (chart.coverage.bound, chart.coverage.left_percent, chart.coverage.met) == (40, 0.0, True)
    assert chart.opens == (6, 3)


def test_wishes_are_compared_among_rosters_that_cover_equally_well_and_have_their_own_bound() -> None:
    chart = drawn(step(1, 90, 500), step(2, 40, 700), step(3, 40, 600, (40, 510.2)))
    assert (chart.preference.first, chart.preference.last, chart.preference.bound) == (100, 86, 73)
    assert (chart.preference.better_percent, chart.preference.left_percent) == (14, 14.9)
    assert not chart.preference.met
    assert places(chart.preference.best)[0][0] > places(chart.coverage.best)[0][0], "they begin where coverage settled"


@pytest.mark.parametrize(("last", "said"), [(1000, 0), (9999, 0.1), (9950, 0.5), (9755, 2.5), (8888, 11)])
def test_a_gain_that_is_seen_is_never_called_none(last: int, said: float) -> None:
    first = 10_000 if last != 1000 else 1000
    assert drawn(step(1, 0, first), step(2, 0, last)).preference.better_percent == said


def test_the_axes_of_coverage_are_points_and_those_of_wishes_never() -> None:
    chart = drawn(step(1, 900, 70_000), step(2, 400, 65_000), step(3, 400, 61_234, (0, 60_000)))
    assert [tick.value for tick in chart.coverage.rows] == [0, 500, 1000]
    assert all(0 <= tick.value <= 110 for tick in chart.preference.rows)
    assert max(tick.value for tick in chart.preference.rows) >= 100


def test_a_small_gain_is_seen_because_the_axis_begins_near_it_and_says_where() -> None:
    chart = drawn(step(1, 0, 1000), step(2, 0, 970, (0, 950)))
    ticks = [tick.value for tick in chart.preference.rows]
    assert (ticks[0], ticks[-1]) == (94, 100)
    heights = [y for _, y in places(chart.preference.best)]
    assert max(heights) - min(heights) > (BOTTOM - TOP) / 3


@pytest.mark.parametrize(
    ("steps", "coverage", "preference"),
    [
        ([step(1, 0, 10, (0, 10))], False, False),
        ([step(1, 0, 10, (0, 4))], False, True),
        ([step(1, 7, 0)], True, False),
        ([step(1, 7, 0, (7, 0))], False, False),
        ([step(1, 7, 5), step(2, 0, 9, (0, 9))], True, False),
    ],
)
def test_a_line_that_says_nothing_is_not_drawn(steps: list[Progress], coverage: bool, preference: bool) -> None:
    chart = drawn(*steps)
    assert (chart.coverage.drawn, chart.preference.drawn) == (coverage, preference)


def test_the_line_goes_down_in_stairs_and_stays_inside_the_picture() -> None:
    panel = drawn(step(1, 90, 0, (10, None)), step(2, 40, 0, (20, None)), step(9, 21, 0, (21, None))).coverage
    best, bound = places(panel.best), places(panel.lowest)
    for line in (best, bound):
        assert all(LEFT <= x <= RIGHT - ROOM_FOR_WORDS and TOP <= y <= BOTTOM for x, y in line)
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(line))
    assert [y for _, y in best] == sorted(y for _, y in best), "better is lower on the page"
    assert best[-1] == panel.end
    assert bound[-1][1] == panel.end[1], "proven: the lines meet"
    assert panel.met


@pytest.mark.parametrize("worst", [1, 3, 7, 90, 101, 5583, 70_000_000])
def test_the_lines_stand_at_round_amounts_and_none_lies_above_the_picture(worst: int) -> None:
    rows = drawn(step(1, worst, 0), step(2, worst, 0, (0, 0.0)), step(3, max(0, worst - 1), 0)).coverage.rows
    assert 2 <= len(rows) <= 7
    assert all(TOP <= row.at <= BOTTOM for row in rows)
    assert rows[0].value == 0
    assert rows[-1].value >= worst


def test_what_lies_between_begins_where_the_bound_does() -> None:
    panel = drawn(step(1, 90, 0), step(2, 60, 0), step(4, 40, 0, (20, None)), step(8, 40, 0, (30, None))).coverage
    between, start = places(panel.between), places(panel.lowest)[0][0]
    assert min(x for x, _ in between) == start > places(panel.best)[0][0]
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(between))


def test_without_a_bound_nothing_is_filled() -> None:
    panel = drawn(step(1, 5, 0)).coverage
    assert (panel.lowest, panel.between, panel.bound_end, panel.bound) == ("", "", None, None)
    assert (panel.left_percent, panel.met) == (None, False)


def test_the_table_says_the_same_in_a_few_rows() -> None:
    chart = drawn(*(step(n, 100 - n, 50, (30, 20), filled=n // 10) for n in range(61)))
    assert len(chart.table) == MOST_ROWS
    first, last = chart.table[0], chart.table[-1]
    assert (first.at, first.open, first.coverage, first.coverage_bound, first.preference) == ("0:00", 10, 100, 30, None)
    assert (last.at, last.open, last.coverage, last.preference, last.preference_bound) == ("1:00", 4, 40, 100, 40)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_names_both_lines_with_their_figures_and_never_the_points_of_wishes(site: Site, language: str) -> None:
    steps = [
        step(1, 5300, 7_654, (800, None), filled=4),
        step(4, 1200, 8_765, (900, None), filled=8),
        step(9, 1200, 8_543, (900, 8_432), filled=8),
    ]
    run, ilse = finished(site.world, BETTER, steps), site.person("ilse")
    ilse.get("/display")
    ilse.post("/display", language=language)
    page = ilse.get(f"/planner/runs/{run}").text
    assert page.count('<svg class="chart"') == 2
    for part in ("coverage", "preference"):
        assert f'aria-labelledby="chart-{part}" aria-describedby="chart-{part}-text"' in page
        assert page.count(f'id="chart-{part}"') == page.count(f'id="chart-{part}-text"') == 1
    text = words_of(page)
    for said in SAID[language]:
        assert said in text
    figures = re.sub(r"[^\d]+", " ", page)
    assert not any(score in figures for score in ("7654", "8765", "8543", "8432", "7 654", "8 765", "8 543", "8 432"))


SAID = {
    "nl": (
        "Open plekken in de hele periode: van 6 naar 2. Tekort: van 5.300 naar 1.200 punten.",
        "Daarvan is hooguit 25 % nog te winnen.",
        "2,5 % beter vervuld dan in het eerste rooster met deze dekking. Daarvan is hooguit 1,3 % nog te winnen.",
    ),
    "en": (
        "Open places in the whole period: from 6 to 2. Shortage: from 5,300 to 1,200 points.",
        "At most 25 % of it is left to gain.",
        "2.5 % better met than in the first roster with this coverage. At most 1.3 % of it is left to gain.",
    ),
}


def test_a_run_that_broke_off_still_says_whose_figures_stand_beside_it(site: Site) -> None:
    ilse = site.person("ilse")
    ilse.get("/planner/runs")
    run = ilse.post("/planner/runs", seconds="30", window="2027-01-04").request.path
    with site.world.database.writing() as work:
        claimed = work.runs.claim(site.world.clock(), 60)
        assert claimed is not None
        work.runs.fail(claimed.id, claimed.fence, site.world.clock(), "weg")
    page = ilse.get(run).text
    assert "Wat mensen nu weten</h2>" in page
    assert '<svg class="chart"' not in page


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_both_pictures_fit_and_are_accessible(
    address: str, open_page: OpenPage, site: Site, width: int, scheme: str
) -> None:
    run = finished(site.world, BETTER, [step(1, 12_300, 70, (8, None)), step(4, 12_000, 80, (9, 60), filled=8)])
    page = signed_in(open_page(viewport={"width": width, "height": 800}, color_scheme=scheme), address, site)
    page.goto(f"{address}/planner/runs/{run}")
    page.get_by_text("De cijfers als tabel").first.click()
    assert_accessible(page)
    assert page.evaluate(OVERFLOW) <= 0
