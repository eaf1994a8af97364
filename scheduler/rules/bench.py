"""May this expert take this shift, why not, and what would it change? Answered in microseconds, without a solver."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Level, Score
from scheduler.domain.shifts import ShiftId
from scheduler.rules.availability import NOT_AVAILABLE, Availability
from scheduler.rules.frozen_zone import FrozenZone
from scheduler.rules.headcount import Headcount
from scheduler.rules.index import Index, chosen_of
from scheduler.rules.pins import Pins
from scheduler.rules.rule import Rule
from scheduler.terms.delta import Ledger
from scheduler.terms.kinds import Bools, Ints, Term, ints
from scheduler.terms.pairs import Model, Pairs, assemble
from scheduler.terms.table import Table

FOR_RUNS_ONLY = (FrozenZone, Pins, Headcount)
"""Rules that say what a run may touch, or which shift is full, and nothing about the person who is considered."""


class Bench:
    """A problem, its rules and one roster, laid out for questions; keep it while none of the three changes.

    Unavailability and private exclusions are one thing here, asked before anything else, so that no answer, no order of
    reasons and no count can tell one from the other.
    """

    def __init__(self, problem: Problem, roster: Roster, rules: Sequence[Rule], index: Index | None = None) -> None:
        self.problem, self.roster = problem, roster
        self.rules = tuple(rule for rule in rules if not isinstance(rule, FOR_RUNS_ONLY))
        self.index = index or Index(problem)
        hard = [rule for rule in self.rules if rule.level is Level.HARD]
        self.silent = tuple(rule for rule in hard if rule.private or isinstance(rule, Availability))
        self.open_rules = tuple(rule for rule in hard if rule not in self.silent)

    def moved_to(self, roster: Roster) -> "Bench":
        """The same bench for another roster; what does not depend on the roster is not computed again."""
        found = Bench(self.problem, roster, self.rules, self.index)
        for name in ("_silently_never", "_first_open"):
            if name in self.__dict__:
                found.__dict__[name] = self.__dict__[name]
        known = "_tables" in self.__dict__ and self._knows(roster)
        if known:
            found.__dict__["_tables"] = self._tables
        return found

    def effect(self, expert: ExpertId, shift: ShiftId) -> Score | None:
        """How the score changes when the expert takes the shift; None when she cannot."""
        pair = self._pair(expert, shift)
        if pair < 0 or self._is_silently_out(expert, shift):
            return None
        change = self._ledger.delta(pair)
        return change if change.hard <= 0 else None

    def blocking_rule(self, expert: ExpertId, shift: ShiftId) -> Rule | None:
        """The first rule that keeps the expert from the shift; availability stands for every private one."""
        if self._is_silently_out(expert, shift):
            return self.silent[0]
        number = int(self._first_open[self.index.expert_at[expert], self.index.shift_at[shift]])
        if number:
            return self.open_rules[number - 1]
        pair = self._pair(expert, shift)
        if self._ledger.delta(pair).hard <= 0:
            return None
        return next(rule for rule, ledger in self._ledgers if ledger.delta(pair).hard > 0)

    def words(self, rule: Rule, expert: ExpertId, shift: ShiftId) -> Sentence:
        """Why this rule keeps the expert from the shift, said by the rule itself about her alone."""
        if rule in self.silent:
            return Sentence(NOT_AVAILABLE, {"expert": expert, "shift": shift})
        mine = [a for a in self.roster.assignments if a.expert == expert]
        shifts = {a.shift for a in mine} | {shift}
        alone = replace(
            self.problem,
            experts=(self.problem.expert[expert],),
            shifts=tuple(self.problem.shift[s] for s in shifts),
        )
        before = Roster(frozenset(mine))
        known = rule.violations(alone, before)
        fresh = [v for v in rule.violations(alone, before.with_(Assignment(expert, shift))) if v not in known]
        return fresh[0].sentence if fresh else rule.explain()

    @property
    def _ledger(self) -> Ledger:
        return self._all_ledgers[0]

    @property
    def _silent_ledger(self) -> Ledger:
        return self._all_ledgers[1]

    @cached_property
    def _all_ledgers(self) -> tuple[Ledger, Ledger]:
        whole, silent, _ = self._tables
        return self._filled(whole), self._filled(silent)

    @cached_property
    def _ledgers(self) -> tuple[tuple[Rule, Ledger], ...]:
        """One ledger for each hard rule that has terms."""
        return tuple((rule, self._filled(table)) for rule, table in self._tables[2])

    def _filled(self, table: Table) -> Ledger:
        return Ledger(table, chosen_of(self.problem, table.pairs, self.roster))

    @cached_property
    def _tables(self) -> tuple[Table, Table, tuple[tuple[Rule, Table], ...]]:
        """(all rules over the eligible pairs, the silent ones over all they allow, one per open hard rule)."""
        wide = self._pairs(~self._silently_never)
        narrow = self._pairs(~self._silently_never & (self._first_open == 0))
        declared = [(rule, tuple(rule.terms(self.index, narrow))) for rule in self.rules]
        whole = assemble(narrow, (terms for _, terms in declared))
        silent = assemble(wide, (rule.terms(self.index, wide) for rule in self.silent))
        single = tuple((rule, _table(narrow, terms)) for rule, terms in declared if rule in self.open_rules and terms)
        return Table(whole), Table(silent), single

    def _pairs(self, eligible: Bools) -> Pairs:
        """The eligible pairs and those of the roster, which may have been put there by hand."""
        eligible = eligible.copy()
        eligible[self._numbers(self.roster)] = True
        return Pairs.of_mask(self.problem.window.days, self.index.shifts, eligible)

    def _numbers(self, roster: Roster) -> tuple[Ints, Ints]:
        expert_at, shift_at = self.index.expert_at, self.index.shift_at
        known = [a for a in roster.assignments if a.expert in expert_at and a.shift in shift_at]
        return ints([expert_at[a.expert] for a in known]), ints([shift_at[a.shift] for a in known])

    def _knows(self, roster: Roster) -> bool:
        """Whether every assignment is a pair of the tables."""
        return all(bool((table.pairs.find(*self._numbers(roster)) >= 0).all()) for table in self._tables[:2])

    def _pair(self, expert: ExpertId, shift: ShiftId) -> int:
        numbers = ints([self.index.expert_at[expert]]), ints([self.index.shift_at[shift]])
        return int(self._ledger.table.pairs.find(*numbers)[0])

    def _is_silently_out(self, expert: ExpertId, shift: ShiftId) -> bool:
        row, column = self.index.expert_at[expert], self.index.shift_at[shift]
        if self._silently_never[row, column]:
            return True
        pair = int(self._silent_ledger.table.pairs.find(ints([row]), ints([column]))[0])
        return self._silent_ledger.delta(pair).hard > 0

    @cached_property
    def _silently_never(self) -> Bools:
        """Matrix experts x shifts: not available, for whatever reason."""
        found = np.zeros((len(self.problem.experts), len(self.problem.shifts)), np.bool_)
        for rule in self.silent:
            never = rule.forbids(self.index, self.index.everybody)
            if never is not None:
                found |= never
        return found

    @cached_property
    def _first_open(self) -> Ints:
        """Matrix experts x shifts: the number of the first open rule that forbids the pair, from 1; 0 for none."""
        found = np.zeros((len(self.problem.experts), len(self.problem.shifts)), np.int64)
        for number, rule in enumerate(self.open_rules, start=1):
            never = rule.forbids(self.index, self.index.everybody)
            if never is not None:
                found[never & (found == 0)] = number
        return found


def _table(pairs: Pairs, terms: Sequence[Term]) -> Table:
    return Table(Model(pairs, tuple(terms), (0,) * len(terms)))
