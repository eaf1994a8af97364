"""The picture of a run: what is drawn, where, and what the axes say."""

import re
from itertools import pairwise

import pytest

from scheduler.domain.runs import Progress
from scheduler.domain.score import Score
from web.planner.chart import BOTTOM, LEFT, RIGHT, ROOM_FOR_WORDS, TOP, draw


def step(
    seconds: float, coverage: int, preference: int, bounds: tuple[float | None, float | None] = (None, None)
) -> Progress:
    return Progress(seconds, "coverage", Score(0, coverage, preference), *bounds)


def places(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)]


def test_without_a_roster_there_is_no_picture() -> None:
    assert draw([]) is None
    assert draw([Progress(1, "start", Score(3, 0, 0), None, None)]) is None


def test_coverage_is_drawn_while_it_still_falls() -> None:
    chart = draw([step(1, 90, 500), step(2, 40, 700)])
    assert chart is not None
    assert chart.coverage
    assert (chart.better_percent, chart.met) == (56, False)


def test_preference_is_drawn_once_coverage_has_come_to_rest() -> None:
    chart = draw([step(1, 90, 500), step(2, 40, 700), step(3, 40, 600, (40, 510.2))])
    assert chart is not None
    assert not chart.coverage
    assert (chart.better_percent, chart.met) == (14, False)


def test_the_line_goes_down_in_stairs_and_stays_inside_the_picture() -> None:
    chart = draw([step(1, 90, 0, (10, None)), step(2, 40, 0, (20, None)), step(9, 21, 0, (21, None))])
    assert chart is not None
    best, bound = places(chart.best), places(chart.bound)
    for line in (best, bound):
        assert all(LEFT <= x <= RIGHT - ROOM_FOR_WORDS and TOP <= y <= BOTTOM for x, y in line)
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(line))
    assert [y for _, y in best] == sorted(y for _, y in best), "better is lower on the page"
    assert best[-1] == chart.end
    assert bound[-1][1] == chart.end[1], "proven: the lines meet"
    assert chart.met


@pytest.mark.parametrize("worst", [1, 3, 7, 90, 101, 5583, 70_000_000])
def test_the_lines_stand_at_round_amounts_and_none_lies_above_the_picture(worst: int) -> None:
    chart = draw([step(1, worst, 0), step(2, worst, 0, (0, 0.0)), step(3, max(0, worst - 1), 0)])
    assert chart is not None
    assert 1 <= len(chart.rows) <= 5
    assert all(TOP <= row < BOTTOM for row in chart.rows)


def test_without_a_bound_nothing_is_filled() -> None:
    chart = draw([step(1, 5, 0)])
    assert chart is not None
    assert (chart.bound, chart.between, chart.bound_end, chart.met) == ("", "", None, False)
