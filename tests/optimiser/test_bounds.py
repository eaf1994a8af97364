"""Does a bound hold, whatever the prices it comes from, and does the road for large models keep the same promises?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.score import Level, Score
from scheduler.optimiser import bounding, covering, gaps, large
from scheduler.optimiser import solve as controller
from scheduler.optimiser.ascent import Ascent, points
from scheduler.optimiser.cases import Cases
from scheduler.optimiser.columns import Pool
from scheduler.optimiser.core import Core, core_of
from scheduler.optimiser.cpsat import Effort
from scheduler.optimiser.desk import Desk
from scheduler.optimiser.gaps import Gaps
from scheduler.optimiser.incumbent import Incumbent
from scheduler.optimiser.lately import Lately
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.links import Links
from scheduler.optimiser.lp import Reals
from scheduler.optimiser.master import SCALE
from scheduler.optimiser.prepare import prepare
from scheduler.optimiser.progress import Monitor
from scheduler.optimiser.relaxation import relax, relaxation_of
from scheduler.optimiser.solve import solve
from scheduler.terms import check
from scheduler.terms.cliques import Cliques
from scheduler.terms.kinds import Bools, Distinct, Gap, ints, limit
from scheduler.terms.pairs import Model
from scheduler.terms.patterns import Pricer
from scheduler.terms.table import Table
from tests.benchmarks.synthetic import Month, Size
from tests.terms.models import models, rosters

pytestmark = pytest.mark.slow


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_no_roster_undercuts_the_bound_at_any_prices(data: st.DataObject) -> None:
    """Layered models of every kind of term; pins and history that breaks the law included."""
    model = with_weeks(data.draw(models(experts=2, most_shifts=5)), data.draw(st.integers(0, 999)))
    held = data.draw(rosters(model)) & data.draw(rosters(model))
    legal = [score for roster, score in legal_rosters(model) if roster[held].all()]
    if not legal or not len(model.pairs):
        return
    table, random = Table(model), np.random.default_rng(data.draw(st.integers(0, 99)))
    links = Links(table, table.owner >= 0)
    ascent = Ascent(links, Desk(table, held, Pool(links)), lambda: False, Lately(len(model.pairs)))
    for weights in ((SCALE, 0), (SCALE, SCALE), (SCALE // 4, SCALE)):
        answer = relax(relaxation_of(links, weights), links, 5, lambda: False, exact=weights[1] == 0)
        duals = [ints(random.normal(0, spread * SCALE, links.count)) for spread in (0, 5, 200)]
        for dual in [*duals, *([links.within(weights, answer.dual)] if answer.dual is not None else [])]:
            asked = ascent.begin(weights, dual, max(score.coverage for score in legal))
            for _ in range(9):
                assert asked is not None
                assert asked.value <= min(worth(score, asked.weights) for score in legal)
                asked = ascent.step()
            for splits in (3, 30):
                asked = ascent.ask(weights, dual + ints(random.normal(0, SCALE, links.count)), splits)
                assert asked is not None
                assert asked.value <= min(worth(score, weights) for score in legal)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_cases_of_groups_find_the_cheapest_pattern_itself(data: st.DataObject) -> None:
    """Familiar places whose days interleave: the cases split until the least of them has a pattern at its price."""
    model = data.draw(models(experts=2, most_shifts=6))
    random, pairs = np.random.default_rng(data.draw(st.integers(0, 999))), model.pairs
    place, price = ints(random.integers(0, 3, len(pairs))), ints(random.integers(1, 40, pairs.experts))
    places = Distinct(Level.PREFERENCE, place, ints(random.integers(0, 2, pairs.experts)), price)
    model = Model(pairs, (*model.terms, places), tuple(range(len(model.terms) + 1)))
    if not len(pairs):
        return
    table = Table(model)
    links = Links(table, table.owner >= 0)
    desk, weights = Desk(table, np.zeros(len(pairs), np.bool_), Pool(links)), (SCALE, SCALE)
    for expert in range(pairs.experts):
        cases, mine = Cases(desk, expert), pairs.of(expert)
        pricer, size = desk.pricer(expert), mine.stop - mine.start
        patterns = [(code >> np.arange(size)) & 1 == 1 for code in range(1 << size)]
        lawful = [(chosen, score) for chosen in patterns if (score := pricer.score(chosen)).hard == 0]
        toll = np.zeros(size, np.int64)
        for spread in (0, 1, 10, 60):
            toll = toll + ints(random.normal(0, spread * SCALE, size))
            least = min((int(toll[chosen].sum()) + worth(score, weights) for chosen, score in lawful), default=None)
            for splits in (0, 2, 60):
                bound, pattern = cases.ask(toll, weights, splits)
                assert least is None or bound <= least
            if least is not None and is_exact(model, pricer):
                assert pattern is not None
                assert least <= bound + SCALE


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_roster_undercuts_what_the_scarcest_shifts_cost(data: st.DataObject) -> None:
    model = with_weeks(data.draw(models(experts=2, most_shifts=5)), data.draw(st.integers(0, 999)))
    legal = legal_rosters(model)
    if not legal or not len(model.pairs) or check.settled_hard(model):
        return
    kept = data.draw(rosters(model)) | data.draw(rosters(model))
    core, nothing = Core(model, kept), np.zeros(len(model.pairs), np.bool_)
    found = core.solve(nothing, nothing, Effort(5.0))
    assert found is not None
    bound = found.bound
    assert check.score(core.model, found.roster).hard == 0
    assert bound <= min(score.coverage for _, score in legal)
    assert found.proven == (check.score(core.model, found.roster).coverage == bound)
    for emphasis in (1, 3, core.emphasis(bound, 1)):
        dearer = core.emphasised(emphasis)
        for chosen, score in legal:
            after = check.score(dearer, chosen)
            assert (after.hard, after.preference) == (score.hard, score.preference)
            assert after.coverage <= core.allowed(score.coverage, bound, emphasis)


class _LateRoster(bounding.Bounds):
    """Bounds whose roster comes near the core only when they have been at work for some answers."""

    answers = 20

    def _fitting(self) -> int:
        self.answers -= 1
        return super()._fitting() if self.answers < 0 else 1


def test_bounds_begin_again_when_the_roster_comes_near_the_core() -> None:
    model = Month(Size(8, 4, 20, 4.0), 1, 0.8).model()
    best, table, nothing = solve(model, limits=Limits(seconds=60)), Table(model), np.zeros(len(model.pairs), np.bool_)
    monitor = Monitor(Limits(seconds=30, workers=1))
    cover = covering.Covering(table, Cliques(table), Incumbent(model, best.roster, monitor), nothing, monitor)
    bounds = _LateRoster(cover)
    cover.bound()
    bounds.prefer(until=1.0)
    bounds.settle()
    assert bounds.answers < 0
    assert bounds.emphasis > 1
    assert monitor.bound.preference is not None
    assert 0.95 * best.score.preference < monitor.bound.preference <= best.score.preference


def test_the_less_the_core_leaves_open_the_dearer_places_outside_it_are() -> None:
    emphases = [Core.emphasis(explained=100_000, left=left) for left in (100_000, 1_200, 400, 100, 1, 0)]
    assert emphases == [1, 2, 4, 13, 20, 20]


def test_no_more_coverage_is_hoped_for_when_its_phase_is_over() -> None:
    model = Month(Size(8, 4, 20, 4.0), 1, 0.8).model()
    table, nothing, monitor = Table(model), np.zeros(len(model.pairs), np.bool_), Monitor(Limits(seconds=3, workers=1))
    search = large.Large(table, Cliques(table), Incumbent(model, nothing, monitor), nothing, monitor)
    assert search.bounds.hopeful
    search.run()
    assert not search.bounds.hopeful


def test_a_core_of_everything_is_settled_exactly() -> None:
    model = Month(Size(10, 4, 20, 4.0), 3).model()
    best, table = solve(model, limits=Limits(seconds=60)), Table(model)
    links, nothing = Links(table, table.owner >= 0), np.zeros(len(model.pairs), np.bool_)
    core = core_of(table, np.full(len(model.pairs), SCALE), 4_000)
    assert core.kept.all()
    found = core.solve(nothing, nothing, Effort(20.0))
    assert found is not None
    assert found.proven
    assert found.bound == best.score.coverage
    assert core_of(table, links.toll(np.zeros(links.count, np.int64)), 4_000).kept.sum() < len(model.pairs)


def test_cores_grow_while_each_is_settled_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Month(Size(12, 5, 24, 4.0), 5, 0.8).model()
    table, nothing = Table(model), np.zeros(len(model.pairs), np.bool_)
    monkeypatch.setattr(covering, "FIRST_PAIRS", len(model.pairs) // 8)
    monkeypatch.setattr(covering, "MIDDLING_PAIRS", 0)
    monitor = Monitor(Limits(seconds=60, workers=1))
    incumbent = Incumbent(model, nothing, monitor)
    cover = covering.Covering(table, Cliques(table), incumbent, nothing, monitor)
    cover.bound()
    first, shown = cover.core, monitor.bound.coverage
    assert first is not None
    assert shown is not None
    cover.widen(workers=1)
    assert cover.core is not None
    assert cover.core.pairs > first.pairs
    assert shown < cover.explained <= incumbent.score.coverage
    assert monitor.bound.coverage == cover.explained
    assert incumbent.score.hard == 0


def test_a_core_grows_by_what_its_roster_leaves_open(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Month(Size(16, 6, 30, 4.0), 3, 1.0).model()
    best = solve(model, limits=Limits(seconds=60))
    table, nothing = Table(model), np.zeros(len(model.pairs), np.bool_)
    monkeypatch.setattr(covering, "FIRST_PAIRS", len(model.pairs) // 10)
    monkeypatch.setattr(covering, "MIDDLING_PAIRS", 0)
    monitor = Monitor(Limits(seconds=60, workers=1))
    cover = covering.Covering(table, Cliques(table), Incumbent(model, nothing, monitor), nothing, monitor)
    cover.bound()
    cover.widen(workers=1)
    priced, explained, roster = cover.core, cover.explained, cover.incumbent.roster
    assert cover.can_grow(10)
    assert not cover.can_grow(0)
    assert explained < 0.95 * best.score.coverage
    cover.grow(workers=1)
    assert monitor.bound.coverage == best.score.coverage
    assert (cover.core, cover.explained) == (priced, explained)
    assert (cover.incumbent.roster == roster).all()


def test_prices_get_better_step_by_step() -> None:
    model = Month(Size(12, 5, 24, 4.0), 5).model()
    table = Table(model)
    links = Links(table, table.owner >= 0)
    ascent = Ascent(
        links, Desk(table, np.zeros(len(model.pairs), np.bool_), Pool(links)), lambda: False, Lately(len(model.pairs))
    )
    best = solve(model, limits=Limits(seconds=60))
    first = ascent.begin((SCALE, SCALE), np.zeros(links.count, np.int64), best.score.coverage)
    assert first is not None
    steps = [first, *(asked for _ in range(200) if (asked := ascent.step()) is not None)]
    bounds = [points(ascent.worth(asked)) for asked in steps]
    assert max(bounds) <= best.score.preference
    assert max(bounds) - bounds[0] > 0.5 * (best.score.preference - bounds[0])


def test_an_ascent_ends_between_two_experts() -> None:
    table = Table(Month(Size(12, 5, 24, 4.0), 5).model())
    links = Links(table, table.owner >= 0)
    asked = iter([False] * 5)
    ascent = Ascent(
        links,
        Desk(table, np.zeros(len(table.pairs), np.bool_), Pool(links)),
        lambda: next(asked, True),
        Lately(len(table.pairs)),
    )
    assert ascent.begin((SCALE, SCALE), np.zeros(links.count, np.int64), 0) is None


def is_exact(model: Model, pricer: Pricer) -> bool:
    """Is everything of an expert counted but the groups that were released? Soft rests are not."""
    relaxed, gaps = pricer.relaxed, any(isinstance(term, Gap) for term in model.terms)
    return pricer.complete and not (gaps or relaxed.rows or relaxed.groups or len(relaxed.couples.one))


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


def legal_rosters(model: Model) -> list[tuple[Bools, Score]]:
    """All rosters that break no more hard limits than history does, with their scores."""
    settled, size = check.settled_hard(model), len(model.pairs)
    rosters = ((code >> np.arange(size)) & 1 == 1 for code in range(1 << size))
    return [(roster, score) for roster in rosters if (score := check.score(model, roster)).hard == settled]


def worth(score: Score, weights: tuple[int, int]) -> int:
    return weights[0] * score.coverage + weights[1] * score.preference


@pytest.mark.parametrize(("seed", "middling"), [(1, True), (2, True), (1, False), (2, False)])
def test_the_road_for_large_models_bounds_honestly_and_gives_no_coverage_back(
    seed: int, middling: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Month(Size(10, 4, 20, 4.0), seed).model()
    best = solve(model, limits=Limits(seconds=60))
    monkeypatch.setattr(controller, "WHOLE_PAIRS", 0)
    if not middling:
        for module in (bounding, covering, large):
            monkeypatch.setattr(module, "MIDDLING_PAIRS", 0)
    outcome = solve(model, limits=Limits(seconds=6))
    assert outcome.score == check.score(model, outcome.roster)
    assert best.score <= outcome.score
    assert outcome.bound.coverage is not None
    assert outcome.bound.preference is not None
    assert outcome.bound.coverage <= best.score.coverage
    if outcome.score.coverage == best.score.coverage:
        assert outcome.bound.preference <= best.score.preference
    assert outcome.gap is not None
    assert outcome.gap < (0.05 if middling else 0.2)
    if middling:
        assert outcome.bound.coverage == outcome.score.coverage


def test_preparing_runs_every_kernel() -> None:
    prepare()


def test_groups_that_interleave_are_bounded_well_when_many_calls_learn_together() -> None:
    """Nearly all of what familiar venues cost is in the bound: cases are split, and tolls do not jump after a call."""
    model = Month(Size(16, 8, 30, 5.0), 2).model()
    table = Table(model)
    links = Links(table, table.owner >= 0)
    desk = Desk(table, np.zeros(len(model.pairs), np.bool_), Pool(links))
    ascent, best = Ascent(links, desk, lambda: False, Lately(len(table.pairs))), solve(model, limits=Limits(seconds=20))
    answer = relax(relaxation_of(links, (16 * SCALE, SCALE)), links, 5, lambda: False, exact=False)
    assert answer.dual is not None
    assert ascent.begin((16 * SCALE, SCALE), answer.dual, best.score.coverage) is not None
    while not ascent.settled:
        ascent.step()
    assert ascent.best is not None
    bound = points(ascent.worth(ascent.best))
    assert 0.99 * best.score.preference <= bound <= best.score.preference


class _CountedGaps(Gaps):
    """Gaps that count the weeks they look at."""

    looked = 0

    def _solve(self, inside: Bools, shares: Reals) -> None:
        self.looked += 1
        super()._solve(inside, shares)


@pytest.mark.parametrize(("worth", "is_once"), [(1.0, True), (0.0, False)])
def test_a_round_through_the_weeks_that_gains_too_little_is_the_last(
    worth: float, is_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Month(Size(8, 4, 20, 4.0), 1, 0.8).model()
    table, nothing, monitor = Table(model), np.zeros(len(model.pairs), np.bool_), Monitor(Limits(seconds=60))
    monkeypatch.setattr(gaps, "_WORTH", worth)
    counted = _CountedGaps(table, Cliques(table), Incumbent(model, nothing, monitor), nothing, monitor)
    counted.close(lambda: np.zeros(0), lambda: False)
    assert (counted.looked == 4) == is_once
    assert counted.looked % 4 == 0
