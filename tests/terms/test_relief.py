"""Does given work no longer break a ceiling, while nothing may be added where it did?"""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.score import Level
from scheduler.terms import check
from scheduler.terms.kinds import UNLIMITED, Bools, Runs, Sum, Term, ints
from scheduler.terms.pairs import Model
from scheduler.terms.relief import relieve
from tests.terms.models import KINDS, models, rosters
from tests.terms.test_check import drawing

CEILINGS = ("Sum", "Apart", "Conflict", "Runs", "Distinct", "Gap")


def ceilings_of(model: Model) -> Model:
    """The hard part of a model without anything that more work can mend."""
    hard = [_ceiling(term) for term in model.terms if term.level == Level.HARD]
    return Model(model.pairs, tuple(hard), tuple(range(len(hard))))


def _ceiling(term: Term) -> Term:
    match term:
        case Sum():
            return replace(term, low=np.full_like(term.low, -UNLIMITED))
        case Runs():
            one, without = np.ones_like(term.longest), np.full_like(term.longest, UNLIMITED)
            before = np.minimum(term.before, term.longest)
            return replace(term, shortest=one, shortest_rest=one, longest_rest=without, before=before)
        case _:
            return term


def one_a_day(model: Model, roster: Bools, fixed: Bools) -> Bools:
    """The roster with at most one new pair on a day of one expert, and none on a day that is given."""
    busy = model.pairs.worked(fixed)
    found = fixed.copy()
    for pair in np.flatnonzero(roster & ~fixed):
        place = model.pairs.expert[pair], model.pairs.day[pair]
        found[pair], busy[place] = not busy[place], True
    return found


@settings(max_examples=400)
@given(st.data())
def test_given_work_is_no_breach_and_anything_more_is(data: st.DataObject) -> None:
    model = ceilings_of(data.draw(models(CEILINGS)))
    fixed = data.draw(rosters(model))
    relieved = relieve(model, fixed)
    unmendable = check.score(model, fixed).hard
    still = check.score(relieved, fixed).hard
    assert still == 0
    more = one_a_day(model, data.draw(rosters(model)), fixed)
    legal = check.score(relieved, more).hard == 0
    assert legal == (check.score(model, more).hard == unmendable)


@settings(max_examples=200)
@given(st.data())
def test_two_new_shifts_on_one_day_break_no_limit_unseen(data: st.DataObject) -> None:
    model = ceilings_of(data.draw(models(CEILINGS)))
    fixed = data.draw(rosters(model))
    relieved, more = relieve(model, fixed), fixed | data.draw(rosters(model))
    if check.score(relieved, more).hard == 0:
        assert check.score(model, more).hard == check.score(model, fixed).hard


@settings(max_examples=100)
@given(st.data())
def test_without_given_work_every_limit_stays(data: st.DataObject) -> None:
    """But for rests that history alone has cut short."""
    model = data.draw(models(tuple(kind for kind in KINDS if kind != "Gap")))
    roster, nobody = data.draw(rosters(model)), np.zeros(len(model.pairs), np.bool_)
    assert check.amount_per_term(relieve(model, nobody), roster) == check.amount_per_term(model, roster)


def test_whoever_has_a_day_that_stands_alone_for_good_gets_no_new_work() -> None:
    pairs = drawing((0, 9, 12), (2, 9, 12), (3, 9, 12))
    together = Runs(ints([2]), ints([9]), ints([1]), ints([UNLIMITED]), ints([-1]))
    model = Model(pairs, (together,), (0,))
    alone, mendable = np.array([True, False, False]), np.array([False, True, False])
    assert check.score(model, alone).hard == 1
    assert check.score(relieve(model, alone), alone).hard == 0
    assert check.score(relieve(model, alone), np.array([True, True, True])).hard > 0
    assert check.score(relieve(model, mendable), mendable).hard == 1
    assert check.score(relieve(model, mendable), np.array([False, True, True])).hard == 0
