"""Does a peer solve the same problem as we do? On small models it finds what trying everything finds."""

import time
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.score import Level, Score
from scheduler.terms import check
from scheduler.terms.kinds import Apart, Bools, Distinct, ints, limit
from scheduler.terms.pairs import Model, Pairs, Shifts
from tests.benchmarks.peers import greedy, lns, textbook
from tests.benchmarks.peers.found import Asked
from tests.benchmarks.peers.seats import places_of
from tests.benchmarks.square import POINT, UNFILLED, VENUE, Square, model_of, points_of
from tests.terms.models import KINDS, models

SMALL = Square(experts=12, venues=4, shifts=60)


def asked(seconds: float = 20.0) -> Asked:
    return Asked(time.monotonic(), time.monotonic() + seconds, workers=1, seed=1)


def once_a_day() -> Model:
    """Few kinds of shift, so that most come back on other days."""
    shifts = Shifts(
        *(ints([[day, day * 1440 + 480, day * 1440 + 720, 240, at, 0] for day in range(9) for at in (0, 1)]).T)
    )
    pairs = Pairs.of_mask(9, shifts, np.random.default_rng(3).random((5, len(shifts))) < 0.7)
    return Model(pairs, (Apart(pairs.shifts.day, pairs.shifts.day + 1),), (0,))


def scores_of_all_rosters(model: Model) -> list[Score]:
    rosters: list[Bools] = [np.array(choice, np.bool_) for choice in product([False, True], repeat=len(model.pairs))]
    return [check.score(model, roster) for roster in rosters]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_the_textbook_model_finds_what_trying_everything_finds(kind: str, data: st.DataObject) -> None:
    model = data.draw(models(kinds=("Cost", "Coverage", kind), experts=2, most_shifts=5))
    legal = [score for score in scores_of_all_rosters(model) if score.hard <= check.settled_hard(model)]
    found = textbook.solve(model, asked())
    if legal:
        assert found.status == "optimal"
        assert found.chosen is not None
        best = min(legal)
        assert check.score(model, found.chosen) == best
        assert found.bound == (best.coverage, best.preference)


@settings(max_examples=20, deadline=None)
@given(models(kinds=("Cost", "Coverage", "Apart", "Conflict")))
def test_the_greedy_roster_breaks_nothing(model: Model) -> None:
    found = greedy.solve(model, asked())
    assert found.chosen is not None
    assert check.score(model, found.chosen).hard <= check.settled_hard(model)


@pytest.mark.parametrize("seconds", [0.0, 1.0])
def test_plain_lns_breaks_nothing_and_is_never_worse_than_greedy(seconds: float) -> None:
    model = model_of(SMALL)
    start, found = greedy.solve(model, asked()), lns.solve(model, asked(seconds))
    assert start.chosen is not None
    assert found.chosen is not None
    score = check.score(model, found.chosen)
    assert score.hard == 0
    assert (score < check.score(model, start.chosen)) is (seconds > 0)


def test_who_works_once_a_day_gets_a_cell_per_day_with_the_shifts_of_that_day() -> None:
    model = once_a_day()
    pairs, places = model.pairs, places_of(model)
    cells = sorted({(who, day) for who, day in zip(pairs.expert.tolist(), pairs.day.tolist(), strict=True)})
    assert sorted(places.pair.tolist()) == pairs.every.tolist()
    for seat, (who, day) in enumerate(cells):
        own = slice(int(places.at[seat]), int(places.at[seat + 1]))
        assert set(pairs.expert[places.pair[own]].tolist()) == {who}
        assert set(pairs.day[places.pair[own]].tolist()) == {day}
        assert (np.diff(places.value[own]) > 0).all()
        assert places.cell[who * pairs.days + day] == seat
        assert places.turn[seat] == day
    assert (places.cell >= 0).sum() == len(cells)


def test_cells_number_shifts_alike_that_differ_in_nothing_but_the_day() -> None:
    model = once_a_day()
    places, shifts = places_of(model), model.pairs.shifts
    shift = model.pairs.shift[places.pair]
    alike = zip(
        (shifts.start % 1440)[shift], shifts.minutes[shift], shifts.venue[shift], shifts.kind[shift], strict=True
    )
    kinds: dict[int, set[tuple[int, ...]]] = {}
    for value, kind in zip(places.value.tolist(), alike, strict=True):
        kinds.setdefault(value, set()).add(kind)
    assert all(len(kind) == 1 for kind in kinds.values())
    assert len(kinds) == len(set.union(*kinds.values()))
    per_day = {(int(shifts.day[s]), value) for s, value in zip(shift.tolist(), places.value.tolist(), strict=True)}
    assert len(per_day) == len(set(shift.tolist()))


@pytest.mark.parametrize("most", [1, 2])
def test_otherwise_a_shift_has_as_many_places_as_it_may_have_people(most: int) -> None:
    pairs = model_of(SMALL).pairs
    heads = limit(Level.HARD, pairs.shift, pairs.every, rows=len(pairs.shifts), high=most)
    hours = limit(Level.HARD, pairs.expert, pairs.every, pairs.minutes, rows=pairs.experts, high=0)
    few = pairs.every[(pairs.expert == 0) & (np.bincount(pairs.shift)[pairs.shift] > 1)]
    some = limit(Level.HARD, pairs.shift[few], few, rows=len(pairs.shifts), high=0)
    apart = Apart(pairs.shifts.start, pairs.shifts.end)
    places = places_of(Model(pairs, (apart, hours, some, heads), (0, 1, 2, 3)))
    found: dict[int, int] = {}
    for first, last in pairwise(places.at.tolist()):
        (shift,) = set(pairs.shift[places.pair[first:last]].tolist())
        assert (places.pair[first:last] == pairs.at(shift)).all()
        assert (places.value[first:last] == pairs.expert[pairs.at(shift)]).all()
        found[shift] = found.get(shift, 0) + 1
    able = {shift: min(most, len(pairs.at(shift))) for shift in range(len(pairs.shifts))}
    assert found == {shift: count for shift, count in able.items() if count}


@pytest.mark.parametrize("seed", [1, 7])
def test_the_square_is_the_problem_it_says(seed: int) -> None:
    model = model_of(Square(experts=12, venues=4, shifts=60, seed=seed))
    found = greedy.solve(model, asked())
    assert found.chosen is not None
    score, pairs, chosen = check.score(model, found.chosen), model.pairs, np.flatnonzero(found.chosen)
    missing = 60 - len(set(pairs.shift[chosen].tolist()))
    assert score.hard == 0
    assert score.coverage == missing * UNFILLED * POINT
    venues = set(zip(pairs.expert[chosen].tolist(), pairs.shifts.venue[pairs.shift[chosen]].tolist(), strict=True))
    (distinct,) = (at for at, term in enumerate(model.terms) if isinstance(term, Distinct))
    assert check.amount_per_term(model, found.chosen)[distinct] == len(venues) * VENUE * POINT
    assert points_of(score) == (score.coverage + score.preference) // POINT
