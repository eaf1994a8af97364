"""How is the first solve on a machine kept quick? Every kernel is compiled beforehand, into the cache on disk."""

import numpy as np

from scheduler.domain.score import Level
from scheduler.optimiser import greedy
from scheduler.optimiser.master import SCALE
from scheduler.terms import check, moves
from scheduler.terms.cliques import cliques_of_days
from scheduler.terms.delta import Ledger
from scheduler.terms.kinds import Apart, Conflict, Distinct, Runs, gap, ints, limit
from scheduler.terms.pairs import Model, Pairs, Shifts
from scheduler.terms.patterns import Pricer
from scheduler.terms.repair import repair
from scheduler.terms.table import Table


def prepare() -> None:
    """Run every kernel once: about 45 seconds of work the first time on a machine, one afterwards."""
    model = _tiny_model()
    table, nothing = Table(model), np.zeros(len(model.pairs), np.bool_)
    roster = greedy.build_roster(table, nothing, nothing)
    walk = greedy.Walk(table, roster, nothing, check.score(model, roster), seed=1)
    walk.typical_step()
    walk.steps = 10
    walk.cool((moves.Heat(0.0, 1.0), moves.Heat(0.0, 0.5)), iter((0.0, 1.0)).__next__)
    ledger = Ledger(table, nothing)
    cliques_of_days(table)
    moves.insert_listed(ledger.arrays, ledger.state, greedy.places_of(table, nothing), table.pairs.every)
    ledger.deltas(table.pairs.every)
    pricer = Pricer(table, 0)
    pricer.best(table.pairs.every, (SCALE, SCALE))
    repair(pricer.person, pricer.plans, ints(np.zeros(len(pricer.plans.last))), ints(pricer.plans.first[:-1]))


def _tiny_model() -> Model:
    """Two shifts, one expert and a term of every kind that has a kernel."""
    start = ints([540, 1980])
    shifts = Shifts(ints([0, 1]), start, start + 180, ints([180, 180]), ints([0, 1]), ints([0, 0]))
    pairs = Pairs.of_mask(2, shifts, np.ones((1, 2), np.bool_))
    one, two = ints([1]), ints([2])
    terms = (
        Apart(shifts.start, shifts.end),
        Conflict(Level.PREFERENCE, ints([0]), one, one),
        limit(Level.COVERAGE, pairs.shift, pairs.every, low=1),
        limit(Level.HARD, ints([0, 0, 1]), ints([0, 1, 0]), 180, high=ints([200, 100])),
        Runs(one, two, one, two, ints([0])),
        Distinct(Level.PREFERENCE, ints(pairs.shift), one, one),
        gap(Level.HARD, ints([0]), ints([0]), ints([2880]), 60),
    )
    return Model(pairs, terms, tuple(range(len(terms))))
