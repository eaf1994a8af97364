"""Which limits does a roster break, and by how much? The specification of every kind of term, without a solver."""

from dataclasses import dataclass
from functools import singledispatch

import numpy as np

from scheduler.domain.score import Level, Score
from scheduler.terms import spells
from scheduler.terms.kinds import Apart, Bools, Conflict, Cost, Distinct, Gap, Ints, Runs, Sum, Term, ints
from scheduler.terms.pairs import Model, Pairs


@dataclass(frozen=True, slots=True)
class Breach:
    """One limit that costs something: the term, the place in it (see `amounts`) and the amount at the term's level."""

    term: int
    where: int
    amount: int


@singledispatch
def amounts(term: Term, pairs: Pairs, chosen: Bools) -> Ints:
    """What each place of a term costs under this roster.

    A place is: Cost: an entry (and the constant last); Sum and Gap: a row; Conflict: a couple; Apart, Runs, Distinct:
    an expert.
    """
    raise TypeError(type(term).__name__)


@amounts.register
def _cost(term: Cost, pairs: Pairs, chosen: Bools) -> Ints:
    return np.append(np.where(chosen[term.pair], term.amount, 0), term.constant)


@amounts.register
def _sum(term: Sum, pairs: Pairs, chosen: Bools) -> Ints:
    total = np.zeros(len(term.low), np.int64)
    on = chosen[term.pair]
    np.add.at(total, term.row[on], term.weight[on])
    return term.cost(total)


@amounts.register
def _apart(term: Apart, pairs: Pairs, chosen: Bools) -> Ints:
    used = np.flatnonzero(chosen)
    begin, finish = term.start[pairs.shift[used]], term.end[pairs.shift[used]]
    order = np.lexsort((begin, pairs.expert[used]))
    lowest, width = int(begin.min(initial=0)), int(finish.max(initial=0)) - int(begin.min(initial=0)) + 1
    base = pairs.expert[used][order] * width - lowest
    later = np.searchsorted(base + begin[order], base + finish[order]) - np.arange(len(used)) - 1
    found = np.zeros(pairs.experts, np.int64)
    np.add.at(found, pairs.expert[used][order], np.maximum(later, 0))
    return found


@amounts.register
def _conflict(term: Conflict, pairs: Pairs, chosen: Bools) -> Ints:
    return np.where(chosen[term.first] & chosen[term.second], term.amount, 0)


@amounts.register
def _runs(term: Runs, pairs: Pairs, chosen: Bools) -> Ints:
    limits = ints([term.shortest, term.longest, term.shortest_rest, term.longest_rest, term.before])
    return spells.run_amounts(ints(pairs.worked(chosen)), limits) * term.price


@amounts.register
def _distinct(term: Distinct, pairs: Pairs, chosen: Bools) -> Ints:
    used = np.flatnonzero(chosen & (term.group >= 0))
    groups = int(term.group.max(initial=0)) + 1
    met = np.unique(pairs.expert[used] * groups + term.group[used])
    count = np.bincount(met // groups, minlength=pairs.experts)
    return ints(np.maximum(count - term.high, 0) * term.above)


@amounts.register
def _gap(term: Gap, pairs: Pairs, chosen: Bools) -> Ints:
    order = np.lexsort((term.busy_start, term.busy_expert))
    busy_expert = term.busy_expert[order]
    windows = spells.Windows(
        term.start, term.end, term.rest, term.piece, pairs.first[term.expert], pairs.first[term.expert + 1],
        ints(np.searchsorted(busy_expert, term.expert)), ints(np.searchsorted(busy_expert, term.expert + 1)),
        term.busy_start[order], term.busy_end[order],
    )  # fmt: skip
    return ints(spells.missing_rests(pairs.spans, chosen, windows) * term.price)


def breaches(model: Model, chosen: Bools) -> list[Breach]:
    """Every place of every term that costs something."""
    found = []
    for index, term in enumerate(model.terms):
        cost = amounts(term, model.pairs, chosen)
        found += [Breach(index, int(where), int(cost[where])) for where in np.flatnonzero(cost)]
    return found


def amount_per_term(model: Model, chosen: Bools) -> list[int]:
    """What each term costs in all."""
    return [int(amounts(term, model.pairs, chosen).sum()) for term in model.terms]


def score(model: Model, chosen: Bools) -> Score:
    """The amounts of all terms added per level."""
    total = dict.fromkeys(Level, 0)
    for term, amount in zip(model.terms, amount_per_term(model, chosen), strict=True):
        total[term.level] += amount
    return Score(total[Level.HARD], total[Level.COVERAGE], total[Level.PREFERENCE])


def settled_hard(model: Model) -> int:
    """The hard amount at places that no eligible pair touches: history has broken them, no roster can mend them."""
    nothing = np.zeros(len(model.pairs), np.bool_)
    found = 0
    for term in model.terms:
        if term.level == Level.HARD:
            found += int(amounts(term, model.pairs, nothing)[~touched(term, model.pairs)].sum())
    return found


def touched(term: Term, pairs: Pairs) -> Bools:
    """Which places of the term (see `amounts`) does an eligible pair touch?"""
    match term:
        case Sum():
            return np.bincount(term.row, minlength=len(term.low)) > 0
        case Gap():
            first, last = pairs.first[term.expert], pairs.first[term.expert + 1]
            begin, finish = pairs.spans
            rows = zip(first, last, term.start, term.end, strict=True)
            return np.array([np.any((begin[a:b] < end) & (finish[a:b] > start)) for a, b, start, end in rows], np.bool_)
        case Runs():
            return np.diff(pairs.first) > 0
        case _:
            return np.ones(len(amounts(term, pairs, np.zeros(len(pairs), np.bool_))), np.bool_)
