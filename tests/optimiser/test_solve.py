"""Does the controller find the best roster, keep its promises about levels, and end when it is told?"""

import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.errors import InvalidValue
from scheduler.domain.score import Level, Score
from scheduler.optimiser import greedy, incumbent
from scheduler.optimiser import solve as controller
from scheduler.optimiser.diagnose import clashing_pins
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.progress import Bound, Progress
from scheduler.optimiser.result import Status
from scheduler.optimiser.solve import solve
from scheduler.terms import check
from scheduler.terms.kinds import Apart, Bools, ints, limit
from scheduler.terms.pairs import Model
from scheduler.terms.table import Table
from tests.benchmarks.synthetic import DISTRICT, Month, Size
from tests.terms.models import models, rosters
from tests.terms.test_check import drawing

SHORT = Limits(seconds=20, workers=1)


def best_by_hand(model: Model, pinned: Bools) -> Score | None:
    """The best score of all rosters that hold the pins and break no hard limit; None when there is no such roster."""
    settled, found = check.settled_hard(model), []
    for code in range(1 << len(model.pairs)):
        chosen = (code >> np.arange(len(model.pairs))) & 1 == 1
        if (chosen | ~pinned).all():
            found.append(check.score(model, chosen))
    legal = [score for score in found if score.hard == settled]
    return min(legal, default=None)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_answer_is_the_best_of_all_rosters_of_a_tiny_model(data: st.DataObject) -> None:
    model = data.draw(models(experts=2, most_shifts=5))
    pinned = data.draw(rosters(model)) & data.draw(rosters(model))
    best, outcome = best_by_hand(model, pinned), solve(model, pinned=pinned, limits=SHORT)
    assert outcome.roster[pinned].all()
    assert outcome.score == check.score(model, outcome.roster)
    if best is None:
        assert outcome.status in {Status.IMPOSSIBLE, Status.UNKNOWN}
    else:
        assert (outcome.status, outcome.score) == (Status.OPTIMAL, best)
        assert outcome.bound == Bound(best.coverage, best.preference)
        assert outcome.gap == 0


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_greedy_roster_breaks_no_hard_limit_that_the_empty_one_keeps(data: st.DataObject) -> None:
    model = data.draw(models())
    nothing = np.zeros(len(model.pairs), np.bool_)
    before = check.score(model, nothing)
    roster = greedy.build_roster(Table(model), nothing, nothing)
    assert check.score(model, roster) <= before
    assert check.score(model, roster).hard <= before.hard


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_small_district_is_solved_to_proof_and_coverage_is_never_given_back(seed: int) -> None:
    model = Month(Size(10, 4, 20, 4.0), seed).model()
    told: list[Progress] = []
    outcome = solve(model, limits=Limits(seconds=60, workers=2, seed=seed), progress=told.append)
    assert outcome.status == Status.OPTIMAL
    scores = [news.score for news in told]
    assert scores == sorted(scores, reverse=True)
    assert outcome.score == check.score(model, outcome.roster) == scores[-1]
    for name in ("coverage", "preference"):
        bounds = [getattr(news.bound, name) for news in told if getattr(news.bound, name) is not None]
        assert bounds == sorted(bounds)
        assert bounds[-1] == getattr(outcome.score, name)
    assert outcome.model.variables > 0
    assert outcome.model.build_seconds < 5
    assert {phase.name for phase in outcome.phases} >= {"greedy", "walk", "whole: coverage", "whole: preference"}


def test_coverage_outranks_any_preference() -> None:
    pairs = drawing((0, 9, 12), (0, 10, 13))
    overlap = Apart(pairs.shifts.start, pairs.shifts.end)
    wanted = limit(Level.COVERAGE, pairs.shift, pairs.every, low=1, below=ints([1, 2]))
    dear = limit(Level.PREFERENCE, ints([0]), ints([1]), high=0, above=1_000_000)
    outcome = solve(Model(pairs, (overlap, wanted, dear), (0, 1, 2)), limits=SHORT)
    assert outcome.chosen.tolist() == [1]
    assert outcome.score == Score(0, 1, 1_000_000)


def test_the_same_seed_and_one_worker_give_the_same_roster() -> None:
    model = Month(Size(12, 5, 24, 4.0), 5).model()
    one, two = (solve(model, limits=Limits(seconds=60, workers=1, seed=3)) for _ in range(2))
    assert one.status == two.status == Status.OPTIMAL
    assert one.chosen.tolist() == two.chosen.tolist()


def test_pins_that_clash_are_impossible_and_named() -> None:
    pairs = drawing((0, 9, 12), (0, 10, 13), (1, 9, 12))
    overlap = Apart(pairs.shifts.start, pairs.shifts.end)
    model = Model(pairs, (overlap,), (7,))
    outcome = solve(model, pinned=np.array([True, True, False]), limits=SHORT)
    assert outcome.status == Status.IMPOSSIBLE
    assert outcome.score.hard == 1
    assert outcome.gap is None
    assert [(clash.rule, clash.amount, clash.pairs) for clash in outcome.clashes] == [(7, 1, (0, 1))]


def test_one_solver_that_cries_impossible_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second proof finds a roster (here: it is stopped), so the status is unknown and not impossible."""
    pairs = drawing((0, 9, 12), (0, 10, 13))
    model = Model(pairs, (Apart(pairs.shifts.start, pairs.shifts.end),), (0,))
    real = controller._Solve._claims_impossible
    monkeypatch.setattr(
        controller._Solve, "_claims_impossible", lambda self, *, plain: real(self, plain=plain) and not plain
    )
    assert solve(model, pinned=np.array([True, True]), limits=SHORT).status == Status.UNKNOWN


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_planted_roster_is_never_called_impossible(data: st.DataObject) -> None:
    model = data.draw(models(most_shifts=7))
    planted = data.draw(rosters(model))
    if check.score(model, planted).hard > check.settled_hard(model):
        return
    outcome = solve(model, pinned=planted & data.draw(rosters(model)), limits=SHORT)
    assert outcome.status == Status.OPTIMAL


@pytest.mark.slow
@pytest.mark.parametrize("wish", ["stop", "cancel", "time"])
def test_a_solve_ends_soon_after_it_is_told_to(wish: str) -> None:
    model = Month(Size(60, 20, 150, 6.0), 1, supply=2.0).model()
    event = threading.Event()
    solve(Month(Size(4, 2, 6, 2.0), 1).model(), limits=SHORT)
    timer = threading.Timer(1.5, event.set)
    timer.start()
    began = time.monotonic()
    match wish:
        case "stop":
            outcome = solve(model, stop=event, limits=Limits(seconds=60))
        case "cancel":
            outcome = solve(model, cancel=event.is_set, limits=Limits(seconds=60))
        case _:
            outcome = solve(model, limits=Limits(seconds=1.5))
    assert time.monotonic() - began < 15
    timer.join()
    assert outcome.status == (Status.CANCELLED if wish == "cancel" else Status.FEASIBLE)
    assert outcome.score == check.score(model, outcome.roster)
    assert outcome.score.hard == 0
    assert outcome.chosen.size


def test_a_start_that_breaks_the_law_is_mended_and_a_good_one_is_kept() -> None:
    model = Month(Size(10, 4, 20, 4.0), 2).model()
    best = solve(model, limits=SHORT)
    again = solve(model, start=best.roster, limits=Limits(seconds=0.05, workers=1))
    assert again.score == best.score
    everything = np.ones(len(model.pairs), np.bool_)
    assert solve(model, start=everything, limits=Limits(seconds=0.05, workers=1)).score.hard == 0


def test_a_search_that_goes_on_knows_what_was_proved() -> None:
    model = Month(Size(10, 4, 20, 4.0), 2).model()
    best = solve(model, limits=SHORT)
    assert best.status == Status.OPTIMAL
    brief, told = Limits(seconds=0.001, workers=1), list[Progress]()
    again = solve(model, start=best.roster, bound=best.bound, limits=brief, progress=told.append)
    assert (again.status, again.bound, told[-1].bound) == (Status.OPTIMAL, best.bound, best.bound)
    assert solve(model, start=best.roster, limits=brief).status == Status.FEASIBLE


def test_a_bound_of_preference_is_forgotten_where_coverage_is_worse_than_when_it_was_proved() -> None:
    pairs = drawing((0, 9, 12), (0, 10, 13))
    overlap = Apart(pairs.shifts.start, pairs.shifts.end)
    wanted = limit(Level.COVERAGE, pairs.shift, pairs.every, low=1, below=ints([1, 2]))
    dear = limit(Level.PREFERENCE, ints([0]), ints([1]), high=0, above=50)
    model, best = Model(pairs, (overlap, wanted, dear), (0, 1, 2)), np.array([False, True])
    found = solve(model, start=best, bound=Bound(0, 50), limits=Limits(seconds=0.001, workers=1))
    assert found.score == Score(0, 1, 50)
    assert found.bound == Bound(0, 50)
    later = solve(model, start=best, pinned=np.array([True, False]), bound=Bound(1, 50), limits=SHORT)
    assert (later.status, later.score) == (Status.OPTIMAL, Score(0, 2, 0))


@pytest.mark.parametrize("limits", [Limits(seconds=1e-9), Limits(memory_mb=100), Limits(work=1e-9)])
def test_however_little_is_allowed_there_is_a_roster(limits: Limits) -> None:
    model = Month(Size(10, 4, 20, 4.0), 2).model()
    found = solve(model, limits=limits)
    assert (found.status, found.score.hard) == (Status.FEASIBLE, 0)
    assert found.chosen.size
    assert found.seconds < 5


@pytest.mark.parametrize(("wish", "status"), [("stop", Status.FEASIBLE), ("cancel", Status.CANCELLED)])
def test_a_wish_that_is_older_than_the_search_still_leaves_a_roster(wish: str, status: Status) -> None:
    model = Month(Size(10, 4, 20, 4.0), 2).model()
    event = threading.Event()
    event.set()
    found = solve(model, limits=SHORT, **{wish: event})  # type: ignore[arg-type]
    assert (found.status, found.score.hard) == (status, 0)
    assert found.chosen.size


def test_a_score_that_the_check_does_not_confirm_is_loud(monkeypatch: pytest.MonkeyPatch) -> None:
    real = greedy.Walk.cool

    def lying(self: greedy.Walk, *given: object) -> None:
        real(self, *given)  # type: ignore[arg-type]
        self.best_score = self.best_score + Score(0, 0, -1)

    monkeypatch.setattr(greedy.Walk, "cool", lying)
    with pytest.raises(incumbent.ScoreMismatch, match="the check finds"):
        solve(Month(Size(10, 4, 20, 4.0), 2).model(), limits=SHORT)


def test_a_model_without_pairs_has_an_answer() -> None:
    pairs = Month(Size(3, 2, 4, 2.0), 1).pairs
    none = type(pairs)(3, pairs.days, pairs.shifts, ints([]), ints([]))
    wanted = limit(Level.COVERAGE, none.shift, none.every, rows=len(pairs.shifts), low=1)
    outcome = solve(Model(none, (wanted,), (0,)), limits=SHORT)
    assert (outcome.status, outcome.score.coverage, outcome.gap) == (Status.OPTIMAL, len(pairs.shifts), 0)


def test_limits_that_cannot_be_are_refused() -> None:
    with pytest.raises(InvalidValue, match="more than 0 seconds"):
        Limits(seconds=0)
    with pytest.raises(InvalidValue, match="At least 1 worker"):
        Limits(workers=0)


def test_clashing_pins_are_a_smallest_set() -> None:
    pairs = drawing(*((day, 9, 12) for day in range(7)))
    five = limit(Level.HARD, pairs.expert, pairs.every, high=2)
    (clash,) = clashing_pins(Model(pairs, (five,), (4,)), np.array([True, False, True, True, True, False, False]))
    assert (clash.rule, clash.amount, len(clash.pairs)) == (4, 2, 3)


@pytest.mark.slow
def test_the_sample_size_is_proven_within_thirty_seconds() -> None:
    model = Month(DISTRICT, 11).model()
    outcome = solve(model, limits=Limits(seconds=30, workers=2))
    assert outcome.gap is not None
    assert outcome.gap <= 0.01
    assert outcome.model.build_seconds < 1
