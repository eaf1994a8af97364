"""Is an instance that was built around a roster ever called impossible, and is a contradiction always?"""

from dataclasses import replace
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.score import Level
from scheduler.optimiser import cpsat
from scheduler.optimiser.cpsat import Effort
from scheduler.optimiser.encoding import Encoding
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.progress import Progress
from scheduler.optimiser.result import Status
from scheduler.optimiser.solve import solve
from scheduler.terms import check
from scheduler.terms.cliques import Cliques
from scheduler.terms.kinds import Apart, Bools, Conflict, Distinct, Gap, Runs, Sum, Term, limit
from scheduler.terms.pairs import Model, Pairs
from scheduler.terms.table import Table
from tests.terms.models import KINDS, Draw, draw_pairs, draw_term

pytestmark = pytest.mark.slow

HARD_KINDS = tuple(kind for kind in KINDS if kind != "Cost")
LIMITS = Limits(seconds=20, workers=1)


def planted(source: Draw) -> tuple[Model, Bools]:
    """Every kind as a law, each drawn at random and then moved no further than the roster in it needs."""
    pairs = draw_pairs(source, 3, 12)
    drawn = [draw_term(kind, source, pairs) for kind in HARD_KINDS]
    roster = source.random.random(len(pairs)) < source.random.choice([0.2, 0.5, 0.9])
    for term in drawn:
        if isinstance(term, Apart):
            roster = thinned(term, pairs, roster)
    terms = tuple(replace(fitted(term, pairs, roster), level=Level.HARD) for term in drawn)
    model = Model(pairs, terms, tuple(range(len(terms))))
    assert check.score(model, roster).hard == check.settled_hard(model) == 0
    return model, roster


def thinned(term: Apart, pairs: Pairs, roster: Bools) -> Bools:
    """The roster without what meets something earlier in it."""
    kept = np.zeros_like(roster)
    for pair in np.flatnonzero(roster):
        kept[pair] = True
        kept[pair] = not check.amounts(term, pairs, kept).any()
    return kept


def fitted(term: Term, pairs: Pairs, roster: Bools) -> Term:
    """The term with limits that the roster just keeps, where it broke them."""
    match term:
        case Sum():
            total = np.zeros(len(term.low), np.int64)
            np.add.at(total, term.row, term.weight * roster[term.pair])
            fits = term.or_zero & (total == 0)
            return replace(
                term,
                low=np.where(fits, term.low, np.minimum(term.low, total)),
                high=np.maximum(term.high, total),
            )
        case Conflict():
            kept = ~(roster[term.first] & roster[term.second])
            return replace(term, first=term.first[kept], second=term.second[kept], amount=term.amount[kept])
        case Runs():
            return fitted_runs(term, pairs.worked(roster))
        case Distinct():
            met = check.amounts(replace(term, high=0 * term.high, above=0 * term.above + 1), pairs, roster)
            return replace(term, high=np.maximum(term.high, met))
        case Gap():
            return replace(term, rest=term.rest - check.amounts(replace(term, price=0 * term.price + 1), pairs, roster))
        case _:
            return term


def fitted_runs(term: Runs, worked: Bools) -> Runs:
    bounds = [bound.copy() for bound in (term.shortest, term.longest, term.shortest_rest, term.longest_rest)]
    for expert, days in enumerate(worked.tolist()):
        before = int(term.before[expert])
        line, at = [before > 0] * abs(before) + days, 0
        for works, group in groupby(line):
            length, (least, most) = len(list(group)), bounds[:2] if works else bounds[2:]
            if at + length < len(line) and (at or before):
                least[expert] = min(least[expert], length)
            most[expert] = max(most[expert], length)
            at += length
    shortest, longest, shortest_rest, longest_rest = bounds
    return Runs(shortest, longest, shortest_rest, longest_rest, term.before)


@st.composite
def instances(draw: st.DrawFn) -> tuple[Model, Bools, int]:
    """A planted instance, pins out of its roster, and a number of pairs."""
    source = Draw(draw)
    model, roster = planted(source)
    pins = roster & (source.random.random(len(roster)) < source.random.choice([0.0, 0.3, 1.0]))
    return model, pins, source.number(1, max(1, len(roster)))


@settings(max_examples=250, deadline=None)
@given(instances())
def test_a_roster_with_every_kind_of_law_around_it_is_never_called_impossible(
    instance: tuple[Model, Bools, int],
) -> None:
    """The search may end with its first lawful roster."""
    model, pins, _ = instance
    lawful = list[Progress]()

    def tell(news: Progress) -> None:
        if news.score.hard == 0:
            lawful.append(news)

    outcome = solve(model, pinned=pins, limits=LIMITS, progress=tell, stop=lambda: bool(lawful))
    assert outcome.status in {Status.OPTIMAL, Status.FEASIBLE}
    assert outcome.score.hard == 0
    assert outcome.roster[pins].all()


@settings(max_examples=200, deadline=None)
@given(instances())
def test_neither_of_the_two_proofs_calls_a_planted_instance_impossible(instance: tuple[Model, Bools, int]) -> None:
    """CP-SAT starts from the pins alone, so that no other part of the solve finds the roster first."""
    model, pins, _ = instance
    table = Table(model)
    for plain in (False, True):
        encoding = Encoding(table, Cliques(table), pins, model.pairs.every, pins)
        answer = cpsat.run(encoding.programme, None, Effort(20.0, plain=plain))
        assert answer.values is not None
        found = encoding.roster_of(answer.values)
        assert found[pins].all()
        assert check.score(model, found).hard == 0


@settings(max_examples=60, deadline=None)
@given(instances())
def test_the_same_instances_with_a_contradiction_are_called_impossible(instance: tuple[Model, Bools, int]) -> None:
    """At least n and at most n - 1 of all pairs: no single limit tells, only the two together."""
    model, pins, number = instance
    every = model.pairs.every
    terms = (limit(Level.HARD, 0 * every, every, low=number), limit(Level.HARD, 0 * every, every, high=number - 1))
    outcome = solve(Model(model.pairs, (*model.terms, *terms), (*model.source, 98, 99)), pinned=pins, limits=LIMITS)
    assert outcome.status == Status.IMPOSSIBLE
    assert outcome.score.hard > 0
