"""Does the flat table say what its terms say, also where several became one or many are looked at in blocks?"""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.terms import check, clashing
from scheduler.terms.delta import Ledger
from scheduler.terms.kinds import UNLIMITED, Apart, Conflict, Ints, Runs, ints, spread
from scheduler.terms.pairs import Model, Pairs, Shifts
from scheduler.terms.table import Table
from tests.terms.models import Draw, models

DAYS, EXPERTS = 12, 3


def daily_pairs() -> Pairs:
    """One shift a day, open to everybody."""
    day = ints(range(DAYS))
    start = day * 1440 + 540
    shifts = Shifts(day, start, start + 60, spread(60, DAYS), spread(0, DAYS), spread(0, DAYS))
    return Pairs.of_mask(DAYS, shifts, np.ones((EXPERTS, DAYS), np.bool_))


def drawn(draw: Draw, before: Ints) -> Runs:
    """A term that binds one thing for some experts."""
    limits = [spread(1, EXPERTS), spread(UNLIMITED, EXPERTS), spread(1, EXPERTS), spread(UNLIMITED, EXPERTS)]
    some = draw.random.random(EXPERTS) < 0.7
    limits[draw.number(0, 3)][some] = draw.array(1, 4, EXPERTS)[some]
    shortest, longest, rest, longest_rest = limits
    return Runs(shortest, longest, rest, longest_rest, before if draw.number(0, 2) else draw.array(-2, 2, EXPERTS))


@st.composite
def models_of_runs(draw: st.DrawFn) -> Model:
    """Up to five terms, most of them with the same history."""
    source = Draw(draw)
    before = source.array(-2, 2, EXPERTS)
    terms = tuple(drawn(source, before) for _ in range(source.number(1, 5)))
    return Model(daily_pairs(), terms, tuple(range(len(terms))))


@given(models_of_runs(), st.permutations(range(DAYS * EXPERTS)))
def test_runs_that_became_one_add_up_to_what_they_say_apart(model: Model, order: list[int]) -> None:
    pairs = model.pairs
    ledger = Ledger(Table(model), np.zeros(len(pairs), np.bool_))
    score = check.score(model, ledger.chosen)
    for pair in order[:20]:
        change = ledger.delta(pair)
        ledger.toggle(pair)
        assert score + change == (score := check.score(model, ledger.chosen))


def test_a_shortest_and_a_longest_run_become_one_term_and_two_longest_stay_two() -> None:
    pairs = daily_pairs()
    one, none, two, five = (spread(value, EXPERTS) for value in (1, UNLIMITED, 2, 5))
    unknown, known = spread(0, EXPERTS), ints([0, 3, 0])

    def table(*terms: Runs) -> list[list[list[int]]]:
        found: list[list[list[int]]] = Table(Model(pairs, terms, tuple(range(len(terms))))).runs.limits.tolist()
        return found

    shortest, longest = Runs(two, none, one, none, unknown), Runs(one, five, one, none, unknown)
    rest = Runs(one, none, two, none, unknown)
    merged = [[2] * 3, [5] * 3, [2] * 3, [UNLIMITED] * 3, [0] * 3]
    assert table(shortest, longest, rest) == [merged]
    assert len(table(longest, longest)) == 2
    first, second = table(shortest, Runs(one, five, one, none, known))
    assert (first[1], second[1]) == ([5, UNLIMITED, 5], [UNLIMITED, 5, UNLIMITED])
    assert (first[4], second[4]) == ([0, 0, 0], [0, 3, 0])
    assert table(Runs(one, none, one, none, unknown)) == []


@pytest.mark.parametrize("block", [1, 7, 10_000])
@given(model=models(("Apart", "Conflict"), experts=4, most_shifts=8))
def test_couples_are_those_of_the_terms_whatever_the_blocks(block: int, model: Model) -> None:
    pairs = model.pairs
    expected: Counter[tuple[int, int, int]] = Counter()
    for term in model.terms:
        if isinstance(term, Apart):
            for one, two in combinations(range(len(pairs)), 2):
                first, second = (int(pairs.shift[pair]) for pair in (one, two))
                met = term.start[first] < term.end[second] and term.start[second] < term.end[first]
                if pairs.expert[one] == pairs.expert[two] and met:
                    expected[one, two, 0] += 1
        elif isinstance(term, Conflict):
            for one, two, amount in zip(term.first.tolist(), term.second.tolist(), term.amount.tolist(), strict=True):
                expected[min(one, two), max(one, two), int(term.level)] += amount
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clashing, "BLOCK", block)
        table = clashing.couple_table(model)
    pair = np.repeat(np.arange(len(pairs)), np.diff(table.start)).tolist()
    found = dict(
        zip(zip(pair, table.other.tolist(), table.level.tolist(), strict=True), table.amount.tolist(), strict=True)
    )
    both = {(one, two, level): amount for (one, two, level), amount in expected.items()}
    both |= {(two, one, level): amount for (one, two, level), amount in expected.items()}
    assert found == both
    assert len(found) == len(table.other)
