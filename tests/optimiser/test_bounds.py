"""Does a bound hold, whatever the prices it comes from, and does the road for large models keep the same promises?"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.score import Level
from scheduler.optimiser import solve as controller
from scheduler.optimiser.encoding import Encoding
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.prepare import prepare
from scheduler.optimiser.relaxation import relax, relaxation_of
from scheduler.optimiser.solve import solve
from scheduler.terms import check
from scheduler.terms.cliques import Cliques
from scheduler.terms.table import Table
from tests.benchmarks.synthetic import Month, Size
from tests.optimiser.test_solve import best_by_hand
from tests.terms.models import models


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_roster_undercuts_the_relaxation_at_any_row_prices(data: st.DataObject) -> None:
    model = data.draw(models(experts=2, most_shifts=5))
    nothing = np.zeros(len(model.pairs), np.bool_)
    best = best_by_hand(model, nothing)
    if best is None or not len(nothing):
        return
    table = Table(model)
    programme = Encoding(table, Cliques(table), nothing, model.pairs.every).programme
    constant = check.score(model, nothing).coverage - programme.hinted(Level.COVERAGE)
    problem = relaxation_of(programme, Level.COVERAGE)
    exact = relax(problem, 5, lambda: False).bound
    assert math.ceil(exact - 1e-6) + constant <= best.coverage
    random = np.random.default_rng(data.draw(st.integers(0, 99)))
    assert problem.bound(random.normal(0, 3, len(problem.low))) <= exact + 1e-6


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
