"""Does the array check say what each kind means?"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.errors import InvalidValue
from scheduler.domain.score import Level, Score
from scheduler.terms import check
from scheduler.terms.kinds import Apart, Conflict, Cost, Runs, Term, gap, ints, limit
from scheduler.terms.pairs import Pairs, Shifts, assemble
from tests.terms.models import KINDS, models, rosters
from tests.terms.naive import naive_amount


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_every_term_costs_what_its_definition_says(data: st.DataObject) -> None:
    model = data.draw(models())
    chosen = data.draw(rosters(model))
    expected = [naive_amount(term, model.pairs, chosen) for term in model.terms]
    assert check.amount_per_term(model, chosen) == expected
    per_level = dict.fromkeys(Level, 0)
    for breach in check.breaches(model, chosen):
        per_level[model.terms[breach.term].level] += breach.amount
    assert check.score(model, chosen) == Score(*per_level.values())


def _more_than(amount: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return lambda real: lambda *given: np.maximum(real(*given) - amount, 0)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_in_the_check_of_a_kind_is_noticed(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every amount one too low: the comparison above must see it within 300 examples."""
    real = check.amounts
    monkeypatch.setattr(check, "amounts", _more_than(1)(real))

    @settings(max_examples=300, deadline=None, database=None, report_multiple_bugs=False)
    @given(st.data())
    def compare(data: st.DataObject) -> None:
        model = data.draw(models(kinds=(kind,)))
        chosen = data.draw(rosters(model))
        expected = [naive_amount(term, model.pairs, chosen) for term in model.terms]
        assert check.amount_per_term(model, chosen) == expected

    with pytest.raises(AssertionError):
        compare()


def drawing(*shifts: tuple[int, int, int], experts: int = 1, days: int = 7) -> Pairs:
    """Everyone may work all of these shifts, each given as (day, first hour, last hour)."""
    start = ints([day * 1440 + first * 60 for day, first, _ in shifts])
    end = ints([day * 1440 + last * 60 for day, _, last in shifts])
    none = np.zeros(len(shifts), np.int64)
    every = Shifts(ints([day for day, _, _ in shifts]), start, end, end - start, none, none)
    return Pairs.of_mask(days, every, np.ones((experts, len(shifts)), np.bool_))


def amount(term: Term, pairs: Pairs, roster: str) -> int:
    """The cost of a roster drawn as one character per pair, `x` for chosen."""
    return int(check.amounts(term, pairs, np.array([mark == "x" for mark in roster])).sum())


def test_a_shift_that_starts_when_the_other_ends_does_not_overlap() -> None:
    pairs = drawing((0, 9, 12), (0, 12, 14), (0, 13, 15))
    overlap = Apart(pairs.shifts.start, pairs.shifts.end)
    assert [amount(overlap, pairs, roster) for roster in ("xx.", "x.x", ".xx", "xxx")] == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("before", "roster", "expected"),
    [(0, "xxx....", 0), (0, "xxxx...", 1), (2, "xx.....", 1), (-1, "x......", 0), (0, "x.xxx.x", 0)],
)
def test_at_most_three_days_in_a_row(before: int, roster: str, expected: int) -> None:
    pairs = drawing(*((day, 9, 12) for day in range(7)))
    one, many = ints([1]), ints([99])
    assert amount(Runs(one, ints([3]), one, many, ints([before])), pairs, roster) == expected


@pytest.mark.parametrize(
    ("roster", "missing_hours"),
    [(".......", 0), ("xxxxxxx", 15), ("xxx.xxx", 0), ("xxxxxx.", 0), (".xxxxxx", 3)],
)
def test_weekly_rest_of_36_hours(roster: str, missing_hours: int) -> None:
    pairs = drawing(*((day, 9, 12) for day in range(7)))
    week = gap(Level.HARD, ints([0]), ints([0]), ints([7 * 1440]), 36 * 60)
    assert amount(week, pairs, roster) == missing_hours * 60


@pytest.mark.parametrize(
    ("roster", "missing_hours"),
    [("xxxxxxx" * 2, 51), ("xxxxxx.xxxxxx.", 0), ("xxxxxxxxx..xxx", 3), ("xxxxxxxxx...xx", 0), (".x.x.x.x.x.x.x", 0)],
)
def test_72_hours_in_two_weeks_in_pieces_of_32(roster: str, missing_hours: int) -> None:
    """Shifts from 9 to 12: one day off is 45 hours of rest, two together 69, and the last one of all 36."""
    pairs = drawing(*((day, 9, 12) for day in range(14)))
    weeks = gap(Level.HARD, ints([0]), ints([0]), ints([14 * 1440]), 72 * 60, piece=32 * 60)
    assert amount(weeks, pairs, roster) == missing_hours * 60


def test_only_a_hard_rest_may_be_split() -> None:
    with pytest.raises(InvalidValue, match="may be split"):
        gap(Level.PREFERENCE, ints([0]), ints([0]), ints([14 * 1440]), 72 * 60, piece=32 * 60)


def test_work_before_the_window_shortens_the_rest_in_it() -> None:
    pairs = drawing((2, 9, 12))
    rest = gap(
        Level.HARD, ints([0]), ints([0]), ints([3 * 1440]), 40 * 60, busy=(ints([0]), ints([-60]), ints([20 * 60]))
    )
    assert amount(rest, pairs, "x") == (40 - 37) * 60
    assert amount(rest, pairs, ".") == 0


@pytest.mark.parametrize(("roster", "missing"), [("...", 0), ("x..", 1), (".x.", 0), ("x.x", 0), ("xxx", 2)])
def test_none_of_it_or_enough(roster: str, missing: int) -> None:
    """Three to six hours on a day, or no work at all: shifts of two, three and three hours."""
    pairs = drawing((0, 8, 10), (0, 11, 14), (0, 15, 18))
    term = limit(Level.HARD, pairs.expert, pairs.every, pairs.minutes // 60, low=3, high=6, or_zero=True)
    assert amount(term, pairs, roster) == missing


def test_a_sum_row_without_members_still_counts() -> None:
    pairs = drawing((0, 9, 12))
    wanted = limit(Level.COVERAGE, pairs.shift, pairs.every, rows=2, low=1, below=ints([5, 7]))
    assert check.amounts(wanted, pairs, np.array([True])).tolist() == [0, 7]


def test_assembling_remembers_which_rule_declared_a_term() -> None:
    pairs = drawing((0, 9, 12))
    price = Cost(Level.PREFERENCE, pairs.every, ints([3]))
    model = assemble(pairs, [[price], [], [price, price]])
    assert model.source == (0, 2, 2)
    assert check.score(model, np.array([True])) == Score(0, 0, 9)


def test_couples_lists_each_two_pairs_of_one_expert_that_are_near() -> None:
    pairs = drawing((0, 9, 12), (0, 13, 15), (1, 9, 12), experts=2)
    first, second = pairs.couples(60)
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == [(0, 1), (3, 4)]
    assert len(pairs.couples(59)[0]) == 0
    assert len(pairs.couples(2 * 1440)[0]) == 6


def test_find_answers_minus_one_for_a_couple_that_is_not_eligible() -> None:
    shifts = drawing((0, 9, 12), (1, 9, 12)).shifts
    pairs = Pairs.of_mask(2, shifts, np.array([[True, False], [True, True]]))
    assert pairs.find(ints([0, 0, 1, 1]), ints([0, 1, 0, 1])).tolist() == [0, -1, 1, 2]
    assert pairs.at(0).tolist() == [0, 1]


def test_terms_that_cannot_be_are_refused_with_their_values() -> None:
    one = ints([1])
    with pytest.raises(InvalidValue, match="empty span"):
        Apart(one, one)
    with pytest.raises(InvalidValue, match="cannot be hard"):
        Cost(Level.HARD, one, one)
    with pytest.raises(InvalidValue, match="different lengths"):
        Conflict(Level.HARD, one, ints([2, 3]), one)
    with pytest.raises(InvalidValue, match="low bound above"):
        limit(Level.HARD, one * 0, one, low=one, high=one * 0)
    with pytest.raises(InvalidValue, match="not positive"):
        Runs(one, one, one, one, one, Level.PREFERENCE, 0)
    with pytest.raises(InvalidValue, match="negative weight"):
        limit(Level.HARD, one * 0, one, -1, low=1, or_zero=True)
