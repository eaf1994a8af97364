"""Is the price of one toggled pair the difference of two full checks?"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.score import Score
from scheduler.terms import delta
from scheduler.terms.check import score
from scheduler.terms.delta import Ledger
from scheduler.terms.pairs import Model
from scheduler.terms.table import Table
from tests.terms.models import KINDS, models, rosters


def difference(after: Score, before: Score) -> Score:
    return Score(after.hard - before.hard, after.coverage - before.coverage, after.preference - before.preference)


def walk(model: Model, data: st.DataObject) -> None:
    """Toggle six pairs and compare each predicted change with the check."""
    if not len(model.pairs):
        return
    ledger = Ledger(Table(model), data.draw(rosters(model)))
    for pair in data.draw(st.lists(st.integers(0, len(model.pairs) - 1), min_size=6, max_size=6)):
        before, predicted = score(model, ledger.chosen), ledger.delta(pair)
        ledger.toggle(pair)
        assert predicted == difference(score(model, ledger.chosen), before)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_delta_equals_the_difference_of_two_checks(data: st.DataObject) -> None:
    walk(data.draw(models()), data)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_in_the_delta_of_a_kind_is_noticed(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A delta that forgets a sixth of the pairs must be caught by the walk above."""
    real = delta.delta

    def forgetful(arrays: Any, state: Any, pair: int) -> tuple[int, int, int]:
        return real(arrays, state, pair) if pair % 6 else (0, 0, 0)

    monkeypatch.setattr(delta, "delta", forgetful)

    @settings(max_examples=300, deadline=None, database=None, report_multiple_bugs=False)
    @given(st.data())
    def compare(data: st.DataObject) -> None:
        walk(data.draw(models(kinds=(kind,))), data)

    with pytest.raises(AssertionError):
        compare()


def test_the_totals_return_to_zero_when_everything_is_dropped_again() -> None:
    @settings(max_examples=30, deadline=None)
    @given(st.data())
    def there_and_back(data: st.DataObject) -> None:
        model = data.draw(models())
        chosen = data.draw(rosters(model))
        ledger = Ledger(Table(model), chosen)
        for pair in np.flatnonzero(chosen):
            ledger.toggle(int(pair))
        assert not any(part.any() for part in ledger.state)

    there_and_back()
