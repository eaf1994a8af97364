"""Do patterns, prices, bounds and dives keep their promises? Small models, where every roster can be tried."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.score import Level, Score
from scheduler.optimiser.columns import Column, Pool
from scheduler.optimiser.desk import Desk
from scheduler.optimiser.dive import Dive
from scheduler.optimiser.generate import Generation
from scheduler.optimiser.guided import Guided
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.links import Links
from scheduler.optimiser.lp import Columns, LinearProgramme
from scheduler.optimiser.market import Market
from scheduler.optimiser.master import SCALE, Master
from scheduler.optimiser.responses import Responses
from scheduler.optimiser.result import Status
from scheduler.optimiser.solve import solve
from scheduler.terms import check
from scheduler.terms.kinds import Bools, Cost, Ints, Runs, cost_of_totals, ints, limit
from scheduler.terms.pairs import Model, Pairs, Shifts
from scheduler.terms.table import Table
from tests.terms.models import models, rosters

WEIGHTS = ((SCALE, SCALE), (3 * SCALE, SCALE), (SCALE, 0))


def market_of(model: Model, weights: tuple[int, int] = (SCALE, SCALE), held: Bools | None = None) -> Market:
    table = Table(model)
    links = Links(table, table.owner >= 0)
    nothing = np.zeros(len(model.pairs), np.bool_)
    desk = Desk(table, nothing if held is None else held, Pool(links))
    return Market(links, desk, weights, None, lambda: False, lambda: 60.0)


def week(seed: int, experts: int = 6, kinds: int = 2, days: int = 14) -> Model:
    """A flat model: shifts with a price for who misses and who is too many, wishes, minutes and runs of days."""
    random = np.random.default_rng(seed)
    day, kind = np.repeat(np.arange(days), kinds), np.tile(np.arange(kinds), days)
    start = day * 1440 + 60 * (7 + 8 * kind)
    shifts = Shifts(
        ints(day), ints(start), ints(start + 480), ints(np.full(days * kinds, 480)), ints(0 * day), ints(kind)
    )
    pairs = Pairs.of_mask(days, shifts, random.random((experts, days * kinds)) < 0.85)
    asked = random.integers(0, 3, days * kinds)
    one, two, three = (np.full(experts, n, np.int64) for n in (1, 2, 4))
    terms = (
        limit(Level.PREFERENCE, pairs.shift, pairs.every, rows=days * kinds, low=asked, high=asked, below=30, above=2),
        limit(Level.HARD, pairs.expert * days + pairs.day, pairs.every, rows=experts * days, high=1),
        limit(Level.HARD, pairs.expert, pairs.every, rows=experts, low=5, high=8),
        Runs(two, three, two, np.full(experts, 14, np.int64), 0 * one),
        Cost(Level.PREFERENCE, pairs.every, ints(random.integers(0, 9, len(pairs)))),
    )  # fmt: skip
    return Model(pairs, terms, tuple(range(len(terms))))


def legal_scores(model: Model) -> list[Score]:
    size = len(model.pairs)
    drawn = (((code >> np.arange(size)) & 1) == 1 for code in range(1 << size))
    return [score for roster in drawn if (score := check.score(model, roster)).hard == 0]


def worth(score: Score, weights: tuple[int, int]) -> int:
    return weights[0] * score.coverage + weights[1] * score.preference


def roster_of(model: Model, columns: list[Column]) -> Bools:
    roster = np.zeros(len(model.pairs), np.bool_)
    for column in columns:
        roster[column.pairs] = True
    return roster


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_patterns_and_links_together_cost_what_the_check_says(data: st.DataObject) -> None:
    model = data.draw(models(experts=2, most_shifts=8))
    roster = data.draw(rosters(model))
    market, score = market_of(model), check.score(model, roster)
    columns = [market.desk.column(expert, roster) for expert in range(2)]
    totals = market.links.group_totals(np.flatnonzero(roster))
    for weights in WEIGHTS if score.hard == 0 else ():
        patterns = sum(column.price(weights) for column in columns)
        assert patterns + market.links.cost(totals, weights) == worth(score, weights)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_roster_undercuts_the_bound_and_the_closed_master_meets_it(data: st.DataObject) -> None:
    model = data.draw(models(experts=2, most_shifts=5))
    legal = legal_scores(model)
    if not legal:
        return
    random = np.random.default_rng(data.draw(st.integers(0, 99)))
    weights = data.draw(st.sampled_from(WEIGHTS))
    market = market_of(model, weights)
    generation = Generation(market, range(2), np.zeros(market.links.count, np.int64))
    least = min(worth(score, weights) for score in legal)
    for spread in (0, 1, 30):
        _, value, _ = generation.ask(ints(random.normal(0, spread * SCALE, market.links.count)))
        assert value <= least
    assert generation.best is not None
    generation.descend(10, least)
    generation.settle(50, 2, 0, least)
    assert generation.best.value <= least
    assert generation.mix is not None
    if generation.closed and generation.master.columns:
        assert generation.mix.price >= generation.best.value - SCALE


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_marginal_price_is_what_one_more_pair_costs(data: st.DataObject) -> None:
    model = data.draw(models(kinds=("Linking", "Coverage", "TwoOrNone"), experts=2, most_shifts=6))
    market, roster = market_of(model), data.draw(rosters(model))
    links, prices = market.links, market.links.prices((SCALE, SCALE))
    roster[model.pairs.of(1)] = False
    before = links.totals(np.flatnonzero(roster))
    marginal = links.marginal(1, before, prices)
    for at, pair in enumerate(range(*model.pairs.of(1).indices(len(roster)))):
        after = before + links.totals(ints([pair]))
        assert marginal[at] == row_cost(links, after, prices) - row_cost(links, before, prices)


def row_cost(links: Links, totals: Ints, prices: tuple[Ints, Ints]) -> int:
    return int(cost_of_totals(totals, (links.low, links.high), prices, links.or_zero).sum())


@pytest.mark.parametrize("seed", range(4))
def test_a_dive_ends_in_a_lawful_roster_between_bound_and_target(seed: int) -> None:
    model = week(seed)
    market = market_of(model)
    generation = Generation(market, range(model.pairs.experts), np.zeros(market.links.count, np.int64))
    generation.settle(200, 2, 0, 1 << 50)
    assert generation.best is not None
    bound = generation.best.points
    columns = Dive(market, generation, 1 << 30).run()
    assert columns is not None
    score = check.score(model, roster_of(model, columns))
    assert score.hard == 0
    assert bound <= score.preference <= 1.2 * bound + 5


def test_responses_give_everybody_a_lawful_pattern_and_keep_what_is_held() -> None:
    model = week(7)
    free = responses_of(model, np.zeros(len(model.pairs), np.bool_))
    held = np.zeros(len(model.pairs), np.bool_)
    held[[int(np.flatnonzero(~free[model.pairs.of(e)])[0]) + model.pairs.of(e).start for e in (0, 2, 3)]] = True
    roster = responses_of(model, held)
    nothing = np.zeros(len(free[model.pairs.of(0)]), np.int64)
    assert market_of(model, held=held).desk.best(0, nothing, (SCALE, SCALE)).columns
    assert not free[held].any()
    assert roster[held].all()
    assert check.score(model, free).hard == check.score(model, roster).hard == 0


def responses_of(model: Model, held: Bools) -> Bools:
    market = market_of(model, held=held)
    nothing = np.zeros(market.links.rows, np.int64)
    columns = Responses(market, range(model.pairs.experts), nothing, np.random.default_rng(1)).run(10, 60.0)
    assert columns is not None
    return roster_of(model, columns)


def test_a_warm_programme_finds_what_a_fresh_one_finds() -> None:
    random = np.random.default_rng(5)
    rows, warm = 12, LinearProgramme(np.full(12, 1.0), np.full(12, np.inf))
    parts: list[Columns] = []
    for count in (15, 1, 20):
        row = [np.sort(random.choice(rows, 4, replace=False)) for _ in range(count)]
        price, top = random.integers(1, 20, count).astype(np.float64), np.full(count, np.inf)
        parts.append(Columns(price, top, ints(np.arange(count + 1) * 4), ints(np.concatenate(row)), np.ones(4 * count)))
        warm.add(parts[-1])
        if parts[1:]:
            warm.drop(ints([0, 3]))
        found, fresh = warm.solve(10), LinearProgramme(np.full(12, 1.0), np.full(12, np.inf))
        for part in parts:
            fresh.add(part)
        fresh.drop(ints([0, 3] if parts[1:] else []))
        other = fresh.solve(10)
        assert found is not None
        assert other is not None
        assert found.price == pytest.approx(other.price)
        assert found.value[[0, 3]].sum() == 0 or not parts[1:]


def test_a_master_takes_each_pattern_once_and_forgets_what_is_dropped() -> None:
    model = week(1, experts=2)
    market = market_of(model)
    master = Master(market.links, market.weights, [0, 1], np.zeros(market.links.count, np.int64))
    nobody = np.zeros(len(model.pairs), np.int64)
    replies = market.desk.every(nobody, market.weights, [0, 1], None, lambda: False)
    columns = [c for reply in replies or [] for c in reply.columns]
    assert master.add([*columns, columns[0]]) == len(columns)
    assert master.add(columns) == 0
    with_all = master.solve(10)
    master.drop(columns[:1])
    assert master.is_new(columns[0])
    without = master.solve(10)
    assert with_all is not None
    assert without is not None
    assert without.price > with_all.price


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_level_is_solved_by_columns_to_its_proof(seed: int) -> None:
    model = week(seed, experts=4, days=10)
    outcome = solve(model, limits=Limits(seconds=20))
    assert outcome.score == check.score(model, outcome.roster)
    assert outcome.score.hard == 0
    assert outcome.bound.preference is not None
    assert outcome.bound.preference <= outcome.score.preference
    assert outcome.status in {Status.OPTIMAL, Status.FEASIBLE}
    assert outcome.gap is not None
    assert outcome.gap < 0.03


def test_prices_of_a_bound_lead_to_better_rosters_than_responses_alone() -> None:
    alone, led = 0, 0
    for seed in range(6):
        model = week(seed, experts=12, kinds=3, days=28)
        market, everybody, random = market_of(model), range(12), np.random.default_rng(seed)
        first = Responses(market, everybody, np.zeros(market.links.rows, np.int64), random).run(17, 1.0)
        generation = Generation(market, everybody, np.zeros(market.links.count, np.int64))
        generation.settle(40, 4, 0, 1 << 60)
        second = Guided(market, generation.guide(), random).best()
        assert first is not None
        assert second is not None
        assert generation.best is not None
        scores = [check.score(model, roster_of(model, columns)) for columns in (first, second)]
        assert all(score.hard == 0 and worth(score, market.weights) >= generation.best.value for score in scores)
        alone, led = alone + scores[0].preference, led + scores[1].preference
    assert led < alone


def test_prices_climb_to_the_bound_of_the_master_without_one() -> None:
    model = week(3, experts=12, kinds=3, days=28)
    market, everybody = market_of(model), range(12)
    slow, fast = (Generation(market, everybody, np.zeros(market.links.count, np.int64)) for _ in range(2))
    slow.settle(40, 4, 0, 1 << 60)
    fast.ask(np.zeros(market.links.count, np.int64))
    steps = sum(1 for _ in fast.climb())
    assert slow.best is not None
    assert fast.best is not None
    assert steps > 100
    assert 0.97 * slow.best.value < fast.best.value <= slow.best.value + SCALE
    share = fast.guide().share
    assert 0 <= share.min() <= share.max() <= 1.0001
