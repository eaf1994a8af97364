"""What do the scarcest shifts cost at least, whole persons and all? They alone go to CP-SAT; other shifts stay open."""

from dataclasses import dataclass, replace

import numpy as np

from scheduler.domain.score import Level
from scheduler.optimiser import cpsat, greedy
from scheduler.optimiser.cpsat import Effort
from scheduler.optimiser.encoding import Encoding
from scheduler.optimiser.master import SCALE
from scheduler.terms import check
from scheduler.terms.cliques import Cliques
from scheduler.terms.kinds import UNLIMITED, Bools, Conflict, Cost, Distinct, Ints, Runs, Sum, Term, ints
from scheduler.terms.pairs import Model, Pairs
from scheduler.terms.table import Table

_MOST_EMPHASIS, _SPENT = 20, 0.012
"""How many times its price an open place outside the core counts at most for the bound of preference, and the share of
the coverage that the roster may thereby seem to cost more than it does."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A bound of coverage for the whole model, the core's best roster, and whether the core has no better one."""

    bound: int
    roster: Bools
    proven: bool


class Core:
    """A part of the pairs, and a model of them that no roster undercuts: the limits are those that others cannot keep.

    Dropping pairs never breaks what the part promises: a low bound asks only what is left when all others are chosen.
    """

    def __init__(self, model: Model, kept: Bools) -> None:
        self.whole, self.kept = model, kept
        self._new = np.cumsum(kept) - 1
        pairs = model.pairs
        part = Pairs(pairs.experts, pairs.days, pairs.shifts, pairs.expert[kept], pairs.shift[kept])
        terms = [(self._part(t), s) for t, s in zip(model.terms, model.source, strict=True) if t.level < 2]
        self.model = Model(part, tuple(t for t, _ in terms), tuple(s for _, s in terms))

    def solve(self, roster: Bools, held: Bools, effort: Effort) -> Answer | None:
        """What CP-SAT finds, beginning with this roster of the whole model; None where it found no lawful one."""
        table, pinned = Table(self.model), held[self.kept]
        start = greedy.build_roster(table, roster[self.kept] | pinned, pinned)
        score = check.score(self.model, start)
        encoding = Encoding(table, Cliques(table), start, table.pairs.every, pinned)
        programme = encoding.programme
        answer = cpsat.run(programme, Level.COVERAGE, effort)
        if answer.values is None:
            return None
        best = encoding.roster_of(answer.values)
        bound = answer.bound + score.coverage - programme.hinted(Level.COVERAGE)
        return Answer(bound, best, proven=check.score(self.model, best).coverage <= bound)

    @property
    def pairs(self) -> int:
        """How many pairs are in it."""
        return int(self.kept.sum())

    def spread(self, roster: Bools, held: Bools) -> Bools:
        """A roster of the core as one of the whole model, where of the other pairs only held ones are chosen."""
        found = held.copy()
        found[self.kept] = roster
        return found

    @staticmethod
    def emphasis(explained: int, left: int) -> int:
        """How many times as dear places outside the core should be when so much coverage is explained by it and so
        much is left; 1 is as they are. The less is left, the more may depend on it."""
        return _MOST_EMPHASIS if not left else min(_MOST_EMPHASIS, 1 + int(_SPENT * abs(explained) / left))

    def emphasised(self, emphasis: int) -> Model:
        """The whole model with places outside the core so many times as dear."""
        return replace(self.whole, terms=tuple(self._emphasised(term, emphasis) for term in self.whole.terms))

    @staticmethod
    def allowed(coverage: int, bound: int, emphasis: int) -> int:
        """The most that a roster of this coverage or less can cost in the emphasised model: only what the core does
        not need can be spent outside it."""
        return coverage + (emphasis - 1) * max(0, coverage - bound)

    def _emphasised(self, term: Term, emphasis: int) -> Term:
        if not isinstance(term, Sum) or term.level != Level.COVERAGE:
            return term
        part = self._part_of_sum(term)
        others = (part.low <= 0) & (part.high >= 0)
        others[part.row] = False
        below, above = (np.where(others, emphasis * price, price) for price in (term.below, term.above))
        return replace(term, below=ints(below), above=ints(above))

    def _part(self, term: Term) -> Term:
        kept, new = self.kept, self._new
        match term:
            case Cost():
                mine = kept[term.pair]
                bonus = int(np.minimum(term.amount[~mine], 0).sum())
                return Cost(term.level, ints(new[term.pair[mine]]), term.amount[mine], term.constant + bonus)
            case Sum():
                return self._part_of_sum(term)
            case Conflict():
                mine = kept[term.first] & kept[term.second]
                return Conflict(
                    term.level, ints(new[term.first[mine]]), ints(new[term.second[mine]]), term.amount[mine]
                )
            case Runs():
                one = np.ones_like(term.longest)
                return replace(
                    term,
                    shortest=one,
                    shortest_rest=one,
                    longest_rest=one * UNLIMITED,
                    before=np.maximum(term.before, 0),
                )
            case Distinct():
                return replace(term, group=term.group[kept])
            case _:
                return term

    def _part_of_sum(self, term: Sum) -> Sum:
        mine, rows = self.kept[term.pair], len(term.low)
        lost_row, lost = term.row[~mine], term.weight[~mine]
        most = ints(np.bincount(lost_row, np.maximum(lost, 0), rows))
        least = ints(np.bincount(lost_row, np.minimum(lost, 0), rows))
        return replace(
            term, row=term.row[mine], pair=ints(self._new[term.pair[mine]]), weight=term.weight[mine],
            low=term.low - most, high=term.high - least,
        )  # fmt: skip


def core_of(table: Table, toll: Ints, most: int) -> Core:
    """At most so many pairs, of the shifts that are worth most: by the price of their common rows, and by what leaving
    them out costs the only expert who can come. Shifts that are worth nothing are never among them."""
    pairs, shifts, sums = table.pairs, len(table.pairs.shifts), table.sums
    dearest, row = np.zeros(shifts, np.int64), np.repeat(np.arange(len(sums.low)), np.diff(sums.start))
    np.maximum.at(dearest, pairs.shift, np.abs(toll))
    own = (table.owner[row] >= 0) & (sums.level[row] == Level.COVERAGE)
    np.maximum.at(dearest, pairs.shift[sums.pair[own]], SCALE * np.abs(sums.weight[own]) * sums.below[row[own]])
    order = np.argsort(-dearest, kind="stable")
    room = np.cumsum(np.bincount(pairs.shift, minlength=shifts)[order]) <= most
    return Core(table.model, np.isin(pairs.shift, order[room & (dearest[order] > 0)]))
