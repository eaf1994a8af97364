"""May this expert take this shift, why not, and what would it change? Answered in microseconds, without a solver."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Score
from scheduler.domain.shifts import ShiftId
from scheduler.rules.availability import Availability
from scheduler.rules.ground import Ground
from scheduler.rules.index import chosen_of
from scheduler.rules.rule import Rule
from scheduler.rules.scratch import Scratch
from scheduler.terms.delta import Ledger
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.table import Table

SILENT, NO_RULE = -1, 0
"""Numbers of verdicts; the open rules count on from 1."""


@dataclass(frozen=True, slots=True)
class Ledgers:
    """Running totals of one roster: of all rules, of the silent ones, and of each open hard rule by itself."""

    whole: Ledger
    silent: Ledger
    single: tuple[tuple[Rule, Ledger], ...]

    @classmethod
    def of(cls, ground: Ground, roster: Roster) -> "Ledgers":
        """The totals counted from nothing."""

        def filled(table: Table) -> Ledger:
            return Ledger(table, chosen_of(ground.problem, table.pairs, roster))

        return cls(
            filled(ground.table), filled(ground.silent_table), tuple((r, filled(table)) for r, table in ground.tables)
        )

    def moved(self, experts: Ints, shifts: Ints) -> "Ledgers":
        """The totals after these assignments were toggled."""
        pairs = self.whole.table.pairs.find(experts, shifts)
        return Ledgers(
            self.whole.moved(pairs),
            self.silent.moved(self.silent.table.pairs.find(experts, shifts)),
            tuple((rule, ledger.moved(pairs)) for rule, ledger in self.single),
        )


class Verdict(NamedTuple):
    """How the score changes when somebody takes a shift, and the first rule that forbids it, if one does.

    Availability stands for every private rule.
    """

    effect: Score
    rule: Rule | None


class Bench:
    """A problem, its rules and one roster, laid out for questions; keep it, and move it along with the roster.

    Unavailability, private exclusions and limits of one's own are one thing here, asked before anything else, so that
    no answer, no order of reasons and no count can tell one from the other.
    """

    def __init__(self, problem: Problem, roster: Roster, rules: Sequence[Rule], like: "Bench | None" = None) -> None:
        """`like` is a bench of the same problem and rules whose preparation is used again."""
        reused = like is not None and like.ground.knows(roster)
        self.ground: Ground = like.ground if like and reused else Ground(problem, rules, roster)
        if like and reused:
            moved = self.ground.numbers(like.roster.assignments ^ roster.assignments)
            self._ledgers: Ledgers = like._ledgers.moved(*moved)
        else:
            self._ledgers = Ledgers.of(self.ground, roster)
        self.roster: Roster = roster

    def moved_to(self, roster: Roster) -> "Bench":
        """A bench for another roster of the same problem; only what differs is computed again."""
        return self if roster == self.roster else Bench(self.ground.problem, roster, self.ground.rules, like=self)

    def scratch(self) -> Scratch:
        """A copy of the totals to try moves on."""
        return Scratch(self.ground, self._ledgers.whole, self._ledgers.silent)

    def effect(self, expert: ExpertId, shift: ShiftId) -> Score | None:
        """How the score changes when the expert takes the shift; None when she cannot."""
        (found,) = self.of_expert(expert, [shift])
        return found.effect if found.rule is None else None

    def of_shift(self, shift: ShiftId, experts: Iterable[ExpertId]) -> list[Verdict]:
        """The verdict on each of these experts for one shift, with everybody else where they are."""
        rows = ints([self.ground.index.expert_at[e] for e in experts])
        return self._verdicts(rows, np.full(len(rows), self.ground.index.shift_at[shift]))

    def of_expert(self, expert: ExpertId, shifts: Iterable[ShiftId]) -> list[Verdict]:
        """The verdict on each of these shifts for one expert, one at a time."""
        columns = ints([self.ground.index.shift_at[s] for s in shifts])
        return self._verdicts(np.full(len(columns), self.ground.index.expert_at[expert]), columns)

    def _verdicts(self, experts: Ints, shifts: Ints) -> list[Verdict]:
        number = ints(np.where(self._unavailable(experts, shifts), SILENT, self.ground.first_open[experts, shifts]))
        free = np.flatnonzero(number == NO_RULE)
        pairs = self._ledgers.whole.table.pairs.find(experts[free], shifts[free])
        change = np.zeros((len(number), 3), np.int64)
        change[free] = self._ledgers.whole.deltas(pairs)
        breaks = change[free, 0] > 0
        number[free[breaks]] = self._first_broken(pairs[breaks])
        rules = (self.ground.silent[0], None, *self.ground.open_rules)
        return [
            Verdict(Score(*row), rules[n - SILENT]) for row, n in zip(change.tolist(), number.tolist(), strict=True)
        ]

    def _first_broken(self, pairs: Ints) -> Ints:
        """The number of the first open rule that breaks when each pair is chosen."""
        found, asked = np.zeros(len(pairs), np.int64), np.arange(len(pairs))
        for rule, ledger in self._ledgers.single:
            if not len(asked):
                break
            breaks = ledger.deltas(pairs[asked])[:, 0] > 0
            found[asked[breaks]] = self.ground.open_rules.index(rule) + 1
            asked = asked[~breaks]
        return found

    def _unavailable(self, experts: Ints, shifts: Ints) -> Bools:
        """Who is not available, for whatever reason."""
        found: Bools = self.ground.silently_never[experts, shifts].copy()
        asked = np.flatnonzero(~found)
        ledger = self._ledgers.silent
        found[asked] = ledger.deltas(ledger.table.pairs.find(experts[asked], shifts[asked]))[:, 0] > 0
        return found

    def words(self, rule: Rule, expert: ExpertId, shift: ShiftId) -> Sentence:
        """Why this rule keeps the expert from the shift, in a few words of the rule itself about her alone."""
        if rule in self.ground.silent:
            return Availability.short
        if rule.short is not None and "%" not in rule.short.text and type(rule).in_short is Rule.in_short:
            return rule.short
        row, column = self.ground.index.expert_at[expert], self.ground.index.shift_at[shift]
        is_about_the_pair = self.ground.first_open[row, column] != NO_RULE
        mine = [] if is_about_the_pair else self.roster.by_expert.get(expert, [])
        alone = self.ground.alone(expert)
        before = Roster(frozenset(Assignment(expert, s) for s in mine))
        after = rule.violations(alone, before.with_(Assignment(expert, shift)))
        about_it = [v for v in after if shift in v.shifts]
        if not about_it:
            known = rule.violations(alone, before)
            about_it = [v for v in after if v not in known]
        return rule.in_short(about_it[0], shift) if about_it else rule.explain()
