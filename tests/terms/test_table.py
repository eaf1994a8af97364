"""Do terms that became one in the flat table still say what they said apart?"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scheduler.terms import check
from scheduler.terms.delta import Ledger
from scheduler.terms.kinds import UNLIMITED, Ints, Runs, ints, spread
from scheduler.terms.pairs import Model, Pairs, Shifts
from scheduler.terms.table import Table
from tests.terms.models import Draw

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
    which, some = draw.number(0, 3), draw.random.random(EXPERTS) < 0.7
    limits[which][some] = draw.array(1, 4, EXPERTS)[some]
    return Runs(*limits, before if draw.number(0, 2) else draw.array(-2, 2, EXPERTS))


@given(st.data())
def test_runs_that_became_one_add_up_to_what_they_say_apart(data: st.DataObject) -> None:
    draw, pairs = Draw(data.draw), daily_pairs()
    before = draw.array(-2, 2, EXPERTS)
    terms = tuple(drawn(draw, before) for _ in range(draw.number(1, 5)))
    model = Model(pairs, terms, tuple(range(len(terms))))
    ledger = Ledger(Table(model), np.zeros(len(pairs), np.bool_))
    score = check.score(model, ledger.chosen)
    for pair in draw.random.permutation(len(pairs))[:20].tolist():
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
