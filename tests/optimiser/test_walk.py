"""Does a walk stay where it is told to stay?"""

import numpy as np

from scheduler.optimiser.greedy import Walk, build_roster
from scheduler.optimiser.lately import Lately
from scheduler.terms.check import score
from scheduler.terms.kinds import ints
from scheduler.terms.moves import Heat
from scheduler.terms.table import Table
from tests.benchmarks.square import Square, model_of


def test_a_walk_takes_mostly_pairs_that_are_wanted() -> None:
    model = model_of(Square(12, 4, 60, seed=1))
    table, nothing = Table(model), np.zeros(len(model.pairs), np.bool_)
    roster = build_roster(table, nothing, nothing)
    wanted, share = np.random.default_rng(1).random(len(roster)) < 0.5, []
    for named in (None, wanted):
        walk = Walk(table, roster, nothing, score(model, roster), seed=1)
        walk.wanted = lambda named=named: named  # type: ignore[misc]
        walk.cool((Heat(0.0, 2000.0), Heat(0.0, 500.0)), iter([0.0, 0.3, 0.6, 1.0]).__next__)
        share.append(float(wanted[walk.ledger.chosen & ~roster].mean()))
    assert share[1] > share[0] + 0.1


def test_pairs_are_wanted_once_enough_answers_tell_and_forgotten_when_none_chooses_them() -> None:
    lately = Lately(3)
    lately.note(ints([0]))
    assert lately.wanted is None
    for _ in range(150):
        lately.note(ints([1]))
    assert lately.wanted is not None
    assert lately.wanted.tolist() == [False, True, False]
