"""Does a bound hold, whatever the prices it comes from, and does the road for large models keep the same promises?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.score import Level, Score
from scheduler.optimiser import solve as controller
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.prepare import prepare
from scheduler.optimiser.pricing import SCALE, Pricing
from scheduler.optimiser.relaxation import relax, relaxation_of
from scheduler.optimiser.solve import solve
from scheduler.terms import check
from scheduler.terms.kinds import Conflict, Cost, ints, limit
from scheduler.terms.pairs import Model, Pairs, Shifts
from scheduler.terms.table import Table
from tests.benchmarks.synthetic import Month, Size
from tests.terms.models import models

LINKED = ("Cost", "Sum", "Linking", "Coverage", "Apart", "Conflict", "Gap")


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_roster_undercuts_the_bound_at_any_prices(data: st.DataObject) -> None:
    model = with_weeks(data.draw(models(kinds=LINKED, experts=2, most_shifts=5)), data.draw(st.integers(0, 999)))
    legal = legal_scores(model)
    if not legal or not len(model.pairs):
        return
    pricing = Pricing(Table(model))
    random = np.random.default_rng(data.draw(st.integers(0, 99)))
    for weights in ((SCALE, 0), (SCALE, SCALE), (SCALE // 4, SCALE)):
        least = min(weights[0] * score.coverage + weights[1] * score.preference for score in legal)
        answer = relax(relaxation_of(pricing, weights), pricing, 5, lambda: False, exact=weights[1] == 0)
        duals = [ints(random.normal(0, spread * SCALE, pricing.linking.count)) for spread in (0, 1, 5, 200)]
        for dual in [*duals, *([answer.dual] if answer.dual is not None else [])]:
            assert pricing.reply(weights, dual).bound <= least


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_hours_alone_are_bounded_exactly(data: st.DataObject) -> None:
    drawn = data.draw(models(kinds=("Cost",), experts=2, most_shifts=5))
    model = with_weeks(drawn, data.draw(st.integers(0, 999)))
    if len(model.pairs) and (legal := legal_scores(model)):
        pricing = Pricing(Table(model))
        reply = pricing.reply((SCALE, SCALE), np.zeros(pricing.linking.count, np.int64))
        assert reply.bound == SCALE * min(score.coverage + score.preference for score in legal)
        assert check.score(model, reply.chosen).hard == 0


def test_a_priced_couple_on_one_day_counts_once() -> None:
    start = ints([540, 780])
    shifts = Shifts(ints([0, 0]), start, start + 120, ints([120, 120]), ints([0, 1]), ints([0, 0]))
    pairs = Pairs.of_mask(7, shifts, np.ones((1, 2), np.bool_))
    bonus = Cost(Level.PREFERENCE, pairs.every, ints([-20, -20]))
    split = Conflict(Level.PREFERENCE, ints([0]), ints([1]), ints([12]))
    pricing = Pricing(Table(Model(pairs, (bonus, split), (0, 1))))
    assert pricing.reply((SCALE, SCALE), ints([])).bound == -28 * SCALE


def with_weeks(model: Model, seed: int) -> Model:
    """The model with hours per week, soft and hard, and hours of the whole window."""
    random, pairs = np.random.default_rng(seed), model.pairs
    weeks = -(-pairs.days // 7)
    row, rows = pairs.expert * weeks + pairs.day // 7, pairs.experts * weeks
    hours = pairs.minutes // 60
    week = limit(Level.PREFERENCE, row, pairs.every, hours, rows=rows, low=int(random.integers(1, 9)),
                 high=int(random.integers(9, 12)), below=3, above=2)  # fmt: skip
    law = limit(Level.HARD, row, pairs.every, pairs.minutes, rows=rows, high=60 * int(random.integers(6, 16)))
    whole = limit(Level.COVERAGE, pairs.expert, pairs.every, hours, rows=pairs.experts, low=int(random.integers(4, 15)),
                  below=2)  # fmt: skip
    terms = (*model.terms, week, law, whole)
    return Model(pairs, terms, tuple(range(len(terms))))


def legal_scores(model: Model) -> list[Score]:
    """The scores of all rosters that break no more hard limits than history does."""
    settled, size = check.settled_hard(model), len(model.pairs)
    rosters = ((code >> np.arange(size)) & 1 == 1 for code in range(1 << size))
    return [score for roster in rosters if (score := check.score(model, roster)).hard == settled]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_road_for_large_models_bounds_honestly_and_gives_no_coverage_back(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Month(Size(10, 4, 20, 4.0), seed).model()
    best = solve(model, limits=Limits(seconds=60))
    monkeypatch.setattr(controller, "WHOLE_PAIRS", 0)
    outcome = solve(model, limits=Limits(seconds=6))
    assert outcome.score == check.score(model, outcome.roster)
    assert best.score <= outcome.score
    assert outcome.bound.coverage is not None
    assert outcome.bound.preference is not None
    assert outcome.bound.coverage <= best.score.coverage
    if outcome.score.coverage == best.score.coverage:
        assert outcome.bound.preference <= best.score.preference
    assert outcome.gap is not None
    assert outcome.gap < 0.2


def test_preparing_runs_every_kernel() -> None:
    prepare()
