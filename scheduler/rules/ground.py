"""What do a problem and its rules say about every expert and shift before any roster is looked at?"""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Level
from scheduler.rules.availability import Availability
from scheduler.rules.frozen_zone import FrozenZone
from scheduler.rules.headcount import Headcount
from scheduler.rules.index import Index
from scheduler.rules.pins import Pins
from scheduler.rules.rule import Rule
from scheduler.terms.kinds import Bools, Ints, Term, ints
from scheduler.terms.pairs import Model, Pairs, assemble
from scheduler.terms.table import Table

FOR_RUNS_ONLY = (FrozenZone, Pins, Headcount)
"""Rules that say what a run may touch, or which shift is full, and nothing about the person who is considered."""


class Ground:
    """Which rule forbids what, and the tables of all terms; everything is computed when first asked.

    `silent` rules are availability and all private hard ones: one thing to whoever reads. Private wishes are left out,
    so that no effect tells of them. `hand_made` assignments have pairs in the tables even where a rule forbids them.
    """

    def __init__(self, problem: Problem, rules: Sequence[Rule], hand_made: Roster) -> None:
        self.problem, self.index, self.hand_made = problem, Index(problem), hand_made
        told = (rule for rule in rules if rule.level is Level.HARD or not rule.private)
        self.rules = tuple(rule for rule in told if not isinstance(rule, FOR_RUNS_ONLY))
        hard = [rule for rule in self.rules if rule.level is Level.HARD]
        self.silent = tuple(rule for rule in hard if rule.private or isinstance(rule, Availability))
        self._alone: dict[ExpertId, Problem] = {}
        self.open_rules = tuple(rule for rule in hard if rule not in self.silent)

    @cached_property
    def silently_never(self) -> Bools:
        """Matrix experts x shifts: not available, for whatever reason."""
        found = np.zeros((len(self.problem.experts), len(self.problem.shifts)), np.bool_)
        for rule in self.silent:
            never = rule.forbids(self.index, self.index.everybody)
            if never is not None:
                found |= never
        return found

    @cached_property
    def first_open(self) -> Ints:
        """Matrix experts x shifts: the number of the first open rule that forbids the pair, from 1; 0 for none."""
        found = np.zeros((len(self.problem.experts), len(self.problem.shifts)), np.int64)
        for number, rule in enumerate(self.open_rules, start=1):
            never = rule.forbids(self.index, self.index.everybody)
            if never is not None:
                found[never & (found == 0)] = number
        return found

    @cached_property
    def silent_table(self) -> Table:
        """The silent rules over all pairs that they allow."""
        pairs = self._pairs(~self.silently_never)
        return Table(assemble(pairs, (rule.terms(self.index, pairs) for rule in self.silent)))

    @cached_property
    def table(self) -> Table:
        """All rules over the eligible pairs."""
        pairs, declared = self._declared
        return Table(assemble(pairs, (terms for _, terms in declared)))

    @cached_property
    def tables(self) -> tuple[tuple[Rule, Table], ...]:
        """Each open hard rule that has terms, over the eligible pairs."""
        pairs, declared = self._declared
        return tuple(
            (rule, Table(Model(pairs, terms, (0,) * len(terms))))
            for rule, terms in declared
            if terms and rule in self.open_rules
        )

    def alone(self, expert: ExpertId) -> Problem:
        """The problem as far as it is about one expert."""
        if expert not in self._alone:
            self._alone[expert] = self.problem.about_expert(expert)
        return self._alone[expert]

    def knows(self, roster: Roster) -> bool:
        """Whether every assignment has its pair in all tables."""
        numbers = self.numbers(roster.assignments)
        return all(bool((table.pairs.find(*numbers) >= 0).all()) for table in (self.table, self.silent_table))

    def numbers(self, assignments: Iterable[Assignment]) -> tuple[Ints, Ints]:
        """The expert and shift numbers of the assignments that the problem knows."""
        expert_at, shift_at = self.index.expert_at, self.index.shift_at
        known = [a for a in assignments if a.expert in expert_at and a.shift in shift_at]
        return ints([expert_at[a.expert] for a in known]), ints([shift_at[a.shift] for a in known])

    @cached_property
    def _declared(self) -> tuple[Pairs, list[tuple[Rule, tuple[Term, ...]]]]:
        pairs = self._pairs(~self.silently_never & (self.first_open == 0))
        return pairs, [(rule, tuple(rule.terms(self.index, pairs))) for rule in self.rules]

    def _pairs(self, eligible: Bools) -> Pairs:
        eligible = eligible.copy()
        eligible[self.numbers(self.hand_made.assignments)] = True
        return Pairs.of_mask(self.problem.window.days, self.index.shifts, eligible)
