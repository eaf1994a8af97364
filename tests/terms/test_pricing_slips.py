"""Would a slip in one part of the pricing be noticed by the comparison with all subsets?"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from scheduler.domain.score import Level
from scheduler.terms import layers, patterns
from scheduler.terms.kinds import Conflict
from scheduler.terms.machines import RunMachine
from scheduler.terms.persons import Person
from scheduler.terms.plans import plans_of
from scheduler.terms.relaxed import Relaxed
from tests.terms.models import models
from tests.terms.test_patterns import compare

Patch = Callable[[pytest.MonkeyPatch], None]


def _answering(module: Any, name: str, change: Callable[[Any], Any]) -> Patch:
    """The function of this name gives a changed answer."""
    real = getattr(module, name)
    return lambda patch: patch.setattr(module, name, lambda *given: change(real(*given)))


def _without_couples_of_a_day(person: Person) -> Person:
    keep = person.day[person.couples.one] != person.day[person.couples.two]
    return person._replace(couples=type(person.couples)(*(part[keep] for part in person.couples)))


def _plans_without(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(patterns, "plans_of", lambda person, rows: plans_of(_without_couples_of_a_day(person), rows))


def _no_day_rows(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(patterns, "plans_of", lambda person, rows: plans_of(person, rows[:0]))


def _bound_too_high(patch: pytest.MonkeyPatch) -> None:
    real = Relaxed.charged
    patch.setattr(Relaxed, "charged", lambda *given: (real(*given)[0], real(*given)[1] + 640))


def _counters_end_late(counted: Any) -> Any:
    late = [c._replace(amount=np.roll(c.amount, 1, axis=1)) for c in counted.counters]
    return counted._replace(counters=late)


def _free_windows(counted: Any) -> Any:
    free = [c._replace(amount=np.zeros_like(c.amount)) for c in counted.counters]
    return counted._replace(counters=free)


def _meetings_never_paid_back(patch: pytest.MonkeyPatch) -> None:
    real = layers.first_meetings
    patch.setattr(patterns, "MOST_CELLS", 1)
    patch.setattr(patterns, "first_meetings", lambda states, bit: 2 * real(states, bit))


SLIPS: dict[str, tuple[tuple[str, ...], Patch]] = {
    "runs may be of any length": (
        ("Runs",),
        _answering(layers, "run_machine", lambda m: RunMachine(m.after[:1] * 0, m.toll[:, :1] * 0, m.settled)),
    ),
    "days in runs are free": (
        ("SoftRuns",),
        _answering(layers, "run_machine", lambda m: m._replace(toll=m.toll * 0)),
    ),
    "history costs nothing": (
        ("SoftRuns",),
        _answering(layers, "run_machine", lambda m: m._replace(settled=m.settled * 0)),
    ),
    "yesterday is forgotten": (
        ("Apart", "Conflict"),
        _answering(patterns, "borders_of", lambda b: b._replace(price=np.zeros_like(b.price))),
    ),
    "couples of one day are forgotten": (("Conflict",), _plans_without),
    "groups are not met": (
        ("Distinct",),
        _answering(patterns, "flags_of", lambda f: (f[0]._replace(symbol=np.zeros_like(f[0].symbol)), f[1])),
    ),
    "a group is met anew every day": (
        ("Distinct",),
        _answering(patterns, "flags_of", lambda f: (f[0]._replace(keep=np.zeros_like(f[0].keep)), f[1])),
    ),
    "what a meeting is charged is not all paid back": (("Distinct",), _meetings_never_paid_back),
    "totals are one too small": (("Sum",), _answering(patterns, "counters_of", _counters_end_late)),
    "totals are free": (("Sum",), _answering(patterns, "counters_of", _free_windows)),
    "rows of one day are forgotten": (("Sum",), _no_day_rows),
    "everybody has rested": (
        ("Gap",),
        _answering(patterns, "breaks_of", lambda b: b._replace(after=np.zeros_like(b.after))),
    ),
    "what is relaxed is charged too dear": (("Distinct", "Cost"), _bound_too_high),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_noticed(slip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds, plant = SLIPS[slip]
    plant(monkeypatch)

    @settings(max_examples=400, deadline=None, database=None, phases=[Phase.generate])
    @given(st.data())
    def compare_many(data: st.DataObject) -> None:
        compare(data.draw(models(kinds=kinds, experts=2, most_shifts=9)), data.draw(st.integers(0, 1 << 20)))

    with pytest.raises(AssertionError):
        compare_many()


@pytest.mark.parametrize("name", ["MOST_WORK", "MOST_CELLS", "MOST_TOTALS"])
def test_a_bound_holds_when_nearly_everything_is_relaxed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, name, 1)
    kinds = ("Cost", "Sum", "Runs", "Distinct")

    @settings(max_examples=100, deadline=None)
    @given(st.data())
    def compare_many(data: st.DataObject) -> None:
        compare(data.draw(models(kinds=kinds, experts=2, most_shifts=9)), data.draw(st.integers(0, 1 << 20)))

    compare_many()


def test_a_bound_holds_when_couples_lie_days_apart() -> None:
    @settings(max_examples=100, deadline=None)
    @given(st.data())
    def compare_many(data: st.DataObject) -> None:
        model = data.draw(models(kinds=("Cost", "Runs"), experts=2, most_shifts=9))
        random = np.random.default_rng(data.draw(st.integers(0, 99)))
        first, second = model.pairs.couples(60 * 24 * 5)
        keep = random.random(len(first)) < 0.4
        level = Level(int(random.integers(0, 3)))
        apart = Conflict(level, first[keep], second[keep], random.integers(1, 6, int(keep.sum())))
        compare(replace(model, terms=(*model.terms, apart), source=(*model.source, 9)), 3)

    compare_many()


def test_a_bound_holds_when_days_have_too_many_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.terms.plans.MOST_PLANS", 2)

    @settings(max_examples=100, deadline=None)
    @given(st.data())
    def compare_many(data: st.DataObject) -> None:
        compare(data.draw(models(experts=2, most_shifts=9)), data.draw(st.integers(0, 1 << 20)))

    compare_many()
