"""Is a roster, fixed in the CP-SAT model, allowed exactly when the check finds no hard breach, at the same price?"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from scheduler.domain.score import Level
from scheduler.optimiser.encoding import Encoding
from scheduler.terms import check
from scheduler.terms.cliques import Cliques
from scheduler.terms.kinds import Bools, Ints
from scheduler.terms.pairs import Model
from scheduler.terms.table import Table
from tests.terms.models import KINDS, models, rosters


def solved(encoding: Encoding, target: Bools) -> dict[Level, int] | None:
    """What the model says the target costs per soft level; None when it refuses it."""
    programme, free = encoding.programme, encoding.free
    for pair in free.tolist():
        programme.linear([int(encoding.literal[pair])], [1], int(target[pair]), int(target[pair]))
    found: dict[Level, int] = {}
    for level in (Level.COVERAGE, Level.PREFERENCE):
        programme.minimise(level)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.cp_model_presolve = False
        status = solver.solve(programme.model)
        assert status in {cp_model.OPTIMAL, cp_model.INFEASIBLE}, programme.model.validate()
        if status == cp_model.INFEASIBLE:
            return None
        assert (encoding.roster_of(solver.response_proto.solution) == target).all()
        found[level] = round(solver.objective_value)
    return found


def agrees(model: Model, base: Bools, target: Bools, free: Ints) -> None:
    """Compare the model of the freed pairs with the check, on the target and on the hint."""
    table = Table(model)
    cliques = Cliques(table)
    before, after = check.score(model, base), check.score(model, target)
    settled = check.settled_hard(model)
    encoding = Encoding(table, cliques, base, free)
    hinted = {level: encoding.programme.hinted(level) for level in (Level.COVERAGE, Level.PREFERENCE)}
    cost = solved(encoding, target)
    assert (cost is not None) == (after.hard == settled)
    if cost is not None:
        assert cost[Level.COVERAGE] - hinted[Level.COVERAGE] == after.coverage - before.coverage
        assert cost[Level.PREFERENCE] - hinted[Level.PREFERENCE] == after.preference - before.preference


def compare(data: st.DataObject, model: Model) -> None:
    base, other = data.draw(rosters(model)), data.draw(rosters(model))
    random = np.random.default_rng(data.draw(st.integers(0, 99)))
    free = np.flatnonzero(random.random(len(base)) < data.draw(st.sampled_from([0.3, 0.7, 1.0, 1.0])))
    if len(free) < len(base) and check.score(model, base).hard:
        return
    target = base.copy()
    target[free] = other[free]
    agrees(model, base, target, free)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_the_model_and_the_check_agree_on_any_roster(data: st.DataObject) -> None:
    compare(data, data.draw(models()))


@pytest.mark.parametrize("kind", KINDS)
def test_the_model_and_the_check_agree_on_each_kind_alone(kind: str) -> None:
    @settings(max_examples=200, deadline=None)
    @given(st.data())
    def alone(data: st.DataObject) -> None:
        compare(data, data.draw(models(kinds=(kind,), experts=2, most_shifts=9)))

    alone()


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_of_one_in_a_kind_is_noticed_by_the_agreement(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = check.amounts

    def forgiving(*given: Any) -> Ints:
        return np.maximum(real(*given) - 1, 0)

    monkeypatch.setattr(check, "amounts", forgiving)

    @settings(max_examples=400, deadline=None, database=None, report_multiple_bugs=False)
    @given(st.data())
    def alone(data: st.DataObject) -> None:
        compare(data, data.draw(models(kinds=(kind,), experts=2, most_shifts=9)))

    with pytest.raises(AssertionError):
        alone()


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_the_complete_hint_is_a_solution(data: st.DataObject) -> None:
    model = data.draw(models())
    base = data.draw(rosters(model))
    if check.score(model, base).hard:
        base = np.zeros(len(base), np.bool_)
    if check.score(model, base).hard:
        return
    programme = Encoding(Table(model), Cliques(Table(model)), base, model.pairs.every).programme
    for variable, value in enumerate(programme.hints):
        programme.linear([variable], [1], value, value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(programme.model) == cp_model.OPTIMAL


def test_a_pinned_pair_can_only_be_chosen() -> None:
    @settings(max_examples=50, deadline=None)
    @given(st.data())
    def pinned(data: st.DataObject) -> None:
        model = data.draw(models(kinds=("Cost", "Coverage")))
        held = data.draw(rosters(model))
        nothing = np.zeros(len(held), np.bool_)
        encoding = Encoding(Table(model), Cliques(Table(model)), nothing, model.pairs.every, held)
        encoding.programme.minimise(Level.PREFERENCE)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        assert solver.solve(encoding.programme.model) == cp_model.OPTIMAL
        assert encoding.roster_of(solver.response_proto.solution)[held].all()

    pinned()
