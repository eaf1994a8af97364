"""Rule: nobody works long on end without a break."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import Shift
from scheduler.domain.time import MINUTE
from scheduler.rules.couples import couples_of_shifts
from scheduler.rules.index import Index
from scheduler.rules.labour import LabourRule
from scheduler.rules.rule import as_hours
from scheduler.rules.working import CountsWork
from scheduler.terms.kinds import UNLIMITED, Ints, Sum, ints, limit
from scheduler.terms.pairs import Pairs

Chain = list[Shift]


@dataclass(frozen=True)
class Breaks(CountsWork, LabourRule):
    """A longer shift has a break in it (Arbeidstijdenwet 5:4), unpaid and no work: see `CountsWork`.

    Shorter shifts that follow each other with less than a break between them are work on end, and last no longer
    together. The amount is the number of such chains, each as short as it can be. Work before the window is left out.
    """

    name: ClassVar[str] = "breaks"
    short: ClassVar[Sentence] = Sentence("would work longer than %(hours)s hours on end without a break")

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence(
            "Nobody works longer than %(hours)s hours on end without a break of %(minutes_break)s minutes. A shift that"
            " is longer has that break in it; it is not paid and does not count as work.",
            {"hours": as_hours(self.break_after_minutes), "minutes_break": self.break_minutes},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every chain of shifts without a break that is too long."""
        found = []
        for who in sorted(roster.by_expert):
            shifts = [s for s in problem.shifts_of(roster, who) if s.span.minutes <= self.break_after_minutes]
            if len(shifts) < 2 or not self.binds(problem.expert[who], problem.window):
                continue
            for chain in self._too_long(shifts):
                text = "%(expert)s works over %(hours)s hours on end without a break, from %(shift)s to %(other)s."
                ids, hours = [shift.id for shift in chain], as_hours(self.break_after_minutes)
                violation = self.breach(
                    text, experts=[who], shifts=ids, expert=who, hours=hours, shift=ids[0], other=ids[-1]
                )
                found.append(violation)
        return found

    def _too_long(self, shifts: Chain) -> Iterator[Chain]:
        """Chains of these shifts that become too long with their last one."""
        unfinished = [[shift] for shift in shifts]
        while unfinished:
            chain = unfinished.pop(0)
            for later in shifts:
                pause = (later.span.start - chain[-1].span.end) // MINUTE
                if not 0 <= pause < self.break_minutes:
                    continue
                longer = [*chain, later]
                if (later.span.end - chain[0].span.start) // MINUTE > self.break_after_minutes:
                    yield longer
                else:
                    unfinished.append(longer)

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """A row per expert and chain: not all of it; rows of one term are chains of one length."""
        if self.break_after_minutes >= UNLIMITED:
            return
        follows = self._follows(index)
        chains = np.stack(follows)
        bound = self.bound(index)
        while chains.size:
            length = index.shifts.end[chains[-1]] - index.shifts.start[chains[0]]
            too_long = length > self.break_after_minutes
            members = _pairs_of_chains(pairs, chains[:, too_long])
            members = members[:, bound[pairs.expert[members[0]]]]
            if members.size:
                count = members.shape[1]
                rows = np.tile(np.arange(count), len(members))
                yield limit(self.level, ints(rows), ints(members.ravel()), rows=count, high=len(members) - 1)
            chains = _extended(chains[:, ~too_long], *follows)

    def _follows(self, index: Index) -> tuple[Ints, Ints]:
        """Couples of shifts, both without a break of their own, with less than a break between them."""
        start, end = index.shifts.start, index.shifts.end
        one, other = couples_of_shifts(
            ints(np.searchsorted(start, end)), ints(np.searchsorted(start, end + self.break_minutes))
        )
        short = (end - start) <= self.break_after_minutes
        kept = short[one] & short[other]
        return ints(one[kept]), ints(other[kept])


def _extended(chains: Ints, one: Ints, other: Ints) -> Ints:
    """Each chain with each shift that follows its last one; `one` is sorted."""
    first, end = np.searchsorted(one, chains[-1], "left"), np.searchsorted(one, chains[-1], "right")
    chain, couple = couples_of_shifts(ints(first), ints(end))
    return np.vstack([chains[:, chain], other[couple]])


def _pairs_of_chains(pairs: Pairs, chains: Ints) -> Ints:
    """For each chain and each expert who may work all of it: her pairs, one row per place in the chain."""
    chain = np.arange(chains.shape[1])
    by_shift, start = pairs.by_shift
    low, count = start[chains[0]], start[chains[0] + 1] - start[chains[0]]
    chain = np.repeat(chain, count)
    place = np.arange(len(chain)) - np.repeat(np.cumsum(count) - count, count) + low[chain]
    expert = pairs.expert[by_shift[place]]
    found = np.stack([pairs.find(expert, shifts[chain]) for shifts in chains])
    complete: Ints = found[:, (found >= 0).all(axis=0)]
    return complete
