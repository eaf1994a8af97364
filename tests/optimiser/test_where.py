"""Does a search look where it is told to look?"""

import numpy as np

from scheduler.optimiser.greedy import Walk, build_roster
from scheduler.optimiser.lately import Lately
from scheduler.optimiser.neighbourhoods import NEIGHBOURHOODS, Choice
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


def test_a_batch_never_waits_for_another_neighbourhood_than_the_one_that_is_new() -> None:
    choice = Choice(np.random.default_rng(1), 10.0)
    for name in choice.records:
        for _ in range(2):
            choice.learn(name, 0.0, 1.0, proven=True, target=1.0)
    choice.offer("crews", 8.0)
    assert choice.pick() == "crews"
    assert choice.pick(but="crews") in NEIGHBOURHOODS
