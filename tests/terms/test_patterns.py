"""Is the best pattern of one expert the best of all subsets, and does its score say what the check says?"""

from concurrent.futures import ThreadPoolExecutor
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.score import Level, Score
from scheduler.terms import check, patterns
from scheduler.terms.kinds import UNLIMITED, Apart, Bools, Distinct, Ints, Runs, Sum, Term, ints, limit
from scheduler.terms.pairs import Model, Pairs, Shifts
from scheduler.terms.patterns import IMPOSSIBLE, SCALE, Pricer
from scheduler.terms.table import Table
from tests.terms.models import KINDS, models

PERSONAL = tuple(kind for kind in KINDS if kind not in ("Linking", "Coverage", "TwoOrNone"))
WEIGHTS = (64 * 7, 64)


def own_score(model: Model, table: Table, expert: int, chosen: Bools) -> Score:
    """What the check says of one expert's choice, without what others share or nobody can change."""
    found = dict.fromkeys(Level, 0)
    for term in model.terms:
        cost = check.amounts(term, model.pairs, chosen)
        found[term.level] += int(cost[_places(term, model, expert)].sum())
    return Score(*found.values())


def _places(term: Term, model: Model, expert: int) -> Bools:
    """The places of a term (see `check.amounts`) that are this expert's alone, and that her pairs touch."""
    pairs, nothing = model.pairs, np.zeros(len(model.pairs), np.bool_)
    count = len(check.amounts(term, pairs, nothing))
    match term.__class__.__name__:
        case "Cost":
            return np.append(pairs.expert[term.pair] == expert, False)  # type: ignore[union-attr]
        case "Sum":
            assert isinstance(term, Sum)
            owners = [set(pairs.expert[term.pair[term.row == row]].tolist()) for row in range(count)]
            return np.array([owner == {expert} for owner in owners], np.bool_)
        case "Conflict":
            return np.asarray(pairs.expert[term.first] == expert)  # type: ignore[union-attr]
        case "Gap":
            return np.asarray((term.expert == expert) & check.touched(term, pairs))  # type: ignore[union-attr]
        case _:
            return np.asarray((np.arange(count) == expert) & (np.diff(pairs.first) > 0))


def all_choices(model: Model, expert: int) -> list[Bools]:
    """Every subset of the expert's pairs."""
    mine, found = model.pairs.of(expert), []
    for bits in product((False, True), repeat=mine.stop - mine.start):
        chosen = np.zeros(len(model.pairs), np.bool_)
        chosen[mine] = bits
        found.append(chosen)
    return found


def worth(price: Ints, chosen: Bools, score: Score, weights: tuple[int, int] = WEIGHTS) -> int:
    return int(price[chosen].sum()) + weights[0] * score.coverage + weights[1] * score.preference


def compare(model: Model, seed: int, calls: int = 4) -> None:
    """Price expert 0 a few times and compare with all subsets."""
    table = Table(model)
    pricer, mine = Pricer(table, 0), model.pairs.of(0)
    scored = [(chosen, own_score(model, table, 0, chosen)) for chosen in all_choices(model, 0)]
    random = np.random.default_rng(seed)
    for chosen, score in scored:
        assert pricer.score(chosen[mine]) == score
    lawful = [(chosen, score) for chosen, score in scored if score.hard == 0]
    for weights in (WEIGHTS, WEIGHTS, (64, 64), (0, 64))[:calls]:
        price = random.integers(-64 * 12, 64 * 6, len(model.pairs)).astype(np.int64)
        answer = pricer.best(price[mine], weights, count=3)
        least = min((worth(price, chosen, score, weights) for chosen, score in lawful), default=IMPOSSIBLE)
        assert answer.bound <= least
        values = []
        for pattern in answer.patterns:
            chosen = np.zeros(len(model.pairs), np.bool_)
            chosen[pattern.pairs] = True
            assert pattern.score == own_score(model, table, 0, chosen)
            assert pattern.score.hard == 0
            values.append(worth(price, chosen, pattern.score, weights))
        assert values == sorted(values)
        assert len({pattern.pairs.tobytes() for pattern in answer.patterns}) == len(values) <= 3
        if pricer.exact and lawful:
            assert answer.bound == least == values[0]


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_subset_beats_the_bound_and_none_beats_the_pattern(data: st.DataObject) -> None:
    model = data.draw(models(kinds=PERSONAL, experts=2, most_shifts=9))
    compare(model, data.draw(st.integers(0, 1 << 20)))


@pytest.mark.slow
@pytest.mark.parametrize("kind", PERSONAL)
def test_each_kind_alone(kind: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.data())
    def one_kind(data: st.DataObject) -> None:
        compare(data.draw(models(kinds=(kind,), experts=2, most_shifts=10)), data.draw(st.integers(0, 1 << 20)))

    one_kind()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_rounding_of_huge_prices_never_lifts_the_bound(data: st.DataObject) -> None:
    model = data.draw(models(kinds=PERSONAL, experts=1, most_shifts=8))
    table = Table(model)
    pricer = Pricer(table, 0)
    price = np.random.default_rng(data.draw(st.integers(0, 99))).integers(-(1 << 40), 1 << 39, len(model.pairs))
    answer = pricer.best(price, WEIGHTS)
    lawful = [(c, s) for c in all_choices(model, 0) if (s := own_score(model, table, 0, c)).hard == 0]
    least = min((worth(price, chosen, score) for chosen, score in lawful), default=IMPOSSIBLE)
    assert answer.bound <= least
    if pricer.exact and lawful:
        assert answer.bound > least - (1 << 20)


def test_threads_answer_as_one_thread_does() -> None:
    start = np.sort(np.random.default_rng(5).integers(0, 28 * 24, 300)) * 60
    none = np.zeros(300, np.int64)
    shifts = Shifts(start // 1440, start, start + 240, none + 240, none, none)
    pairs = Pairs.of_mask(28, shifts, np.random.default_rng(6).random((40, 300)) < 0.4)
    hours = limit(Level.HARD, pairs.expert * 4 + pairs.day // 7, pairs.every, 240, rows=160, high=1200)
    month = limit(Level.PREFERENCE, pairs.expert, pairs.every, 240, rows=40, low=3000, high=4000)
    table = Table(Model(pairs, (Apart(start, start + 600), hours, month), (0, 1, 2)))
    prices = np.random.default_rng(7).integers(-64 * 900, 64 * 300, len(pairs))

    def answer(expert: int) -> tuple[int, list[int]]:
        priced = Pricer(table, expert).best(prices[pairs.of(expert)], WEIGHTS)
        return priced.bound, priced.patterns[0].pairs.tolist()

    alone = [answer(expert) for expert in range(40)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(answer, range(40))) == alone
    assert len({bound for bound, _ in alone}) > 30


def test_a_day_with_thousands_of_plans_is_bounded_exactly() -> None:
    slot = np.repeat(np.arange(5), 5)
    start = ints(480 + 120 * slot)
    shifts = Shifts(ints(slot * 0), start, start + 120, ints(slot * 0 + 120), ints(slot * 0), ints(slot * 0))
    pairs = Pairs.of_mask(1, shifts, np.ones((1, 25), np.bool_))
    apart = Apart(shifts.start, shifts.end)
    pricer = Pricer(Table(Model(pairs, (apart,), (0,))), 0)
    assert pricer.best(np.full(25, -SCALE), (SCALE, SCALE)).bound == -5 * SCALE


def test_weekends_that_no_sweep_counts_are_priced_to_a_lawful_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "MOST_CELLS", 20_000)
    days, kinds = 364, 4
    day = ints(np.repeat(np.arange(days), kinds))
    start = day * 1440 + np.tile(np.arange(kinds), days)
    shifts = Shifts(day, start, start + 480, ints(np.full(len(day), 480)), ints(day * 0), ints(day * 0))
    pairs = Pairs.of_mask(days, shifts, np.ones((1, len(day)), np.bool_))
    weekend = ints(np.where(pairs.day % 7 > 4, pairs.day // 7, -1))
    nobody = ints([0])
    terms = (
        Apart(ints(day * 10), ints(day * 10 + 10)),
        limit(Level.HARD, pairs.expert, pairs.every, 1, rows=1, low=170, high=180),
        Distinct(Level.HARD, weekend, ints([20]), ints([1])),
        Runs(ints([2]), ints([5]), ints([2]), ints([UNLIMITED]), nobody),
    )
    pricer = Pricer(Table(Model(pairs, terms, tuple(range(len(terms))))), 0)
    prices = -64 * np.random.default_rng(4).integers(0, 99, len(pairs))
    found = pricer.best(ints(prices), WEIGHTS)
    cheapest = int(prices[found.patterns[0].pairs].sum())
    assert pricer.relaxed.met
    assert found.bound <= cheapest <= 0.98 * found.bound
