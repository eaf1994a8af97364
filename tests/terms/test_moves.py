"""Does a walk keep what it promises: true sums, held pairs, no new hard breach, the same steps for the same seed?"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.terms import moves
from scheduler.terms.check import score
from scheduler.terms.delta import Ledger
from scheduler.terms.table import Table
from tests.terms.models import models, rosters


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_walk_never_adds_a_hard_breach_and_tells_the_true_change(data: st.DataObject) -> None:
    model = data.draw(models())
    if not len(model.pairs):
        return
    held, roster = data.draw(rosters(model)), data.draw(rosters(model))
    before, after = score(model, roster), []
    for _ in range(2):
        ledger = Ledger(Table(model), roster)
        pair, start = model.pairs.by_shift
        search = moves.search_of(ledger.arrays, ledger.state, moves.Places(pair, start, held))
        hard, coverage, preference = moves.wander(search, moves.Heat(2.0, 2.0), 7, 300)
        found = score(model, ledger.chosen)
        assert hard <= 0
        assert (hard, coverage, preference) == (
            found.hard - before.hard, found.coverage - before.coverage, found.preference - before.preference
        )  # fmt: skip
        assert np.array_equal(ledger.chosen[held], roster[held])
        after.append(ledger.chosen.tolist())
    assert after[0] == after[1]
