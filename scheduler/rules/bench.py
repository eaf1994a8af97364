"""May this expert take this shift, why not, and what would it change? Answered in microseconds, without a solver."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Score
from scheduler.domain.shifts import ShiftId
from scheduler.rules.availability import Availability
from scheduler.rules.ground import Ground, pair_of
from scheduler.rules.index import chosen_of
from scheduler.rules.rule import Rule
from scheduler.terms.delta import Ledger, State
from scheduler.terms.table import Table


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

    def moved_to(self, ground: Ground, roster: Roster) -> "Ledgers":
        """The totals of another roster: copies, with the few pairs toggled that differ."""

        def moved(ledger: Ledger) -> Ledger:
            found, old = copy(ledger), ledger.state
            found.state = State(
                old.chosen.copy(), old.total.copy(), old.worked.copy(), old.visits.copy(), old.met.copy()
            )
            for pair in np.flatnonzero(old.chosen != chosen_of(ground.problem, ledger.table.pairs, roster)):
                found.toggle(int(pair))
            return found

        return Ledgers(moved(self.whole), moved(self.silent), tuple((r, moved(ledger)) for r, ledger in self.single))


class Bench:
    """A problem, its rules and one roster, laid out for questions; keep it, and move it along with the roster.

    Unavailability and private exclusions are one thing here, asked before anything else, so that no answer, no order of
    reasons and no count can tell one from the other.
    """

    def __init__(self, problem: Problem, roster: Roster, rules: Sequence[Rule], like: "Bench | None" = None) -> None:
        """`like` is a bench of the same problem and rules whose preparation is used again."""
        reused = like is not None and like.ground.knows(roster)
        self.ground: Ground = like.ground if like and reused else Ground(problem, rules, roster)
        self._ledgers: Ledgers = (
            like._ledgers.moved_to(self.ground, roster) if like and reused else Ledgers.of(self.ground, roster)
        )
        self.roster = roster

    def moved_to(self, roster: Roster) -> "Bench":
        """A bench for another roster of the same problem; only what differs is computed again."""
        return Bench(self.ground.problem, roster, self.ground.rules, like=self)

    def effect(self, expert: ExpertId, shift: ShiftId) -> Score | None:
        """How the score changes when the expert takes the shift; None when she cannot."""
        row, column = self._numbers(expert, shift)
        pair = pair_of(self._ledgers.whole, row, column)
        if pair < 0 or self.is_unavailable(expert, shift):
            return None
        change = self._ledgers.whole.delta(pair)
        return change if change.hard <= 0 else None

    def blocking_rule(self, expert: ExpertId, shift: ShiftId) -> Rule | None:
        """The first rule that keeps the expert from the shift; availability stands for every private one."""
        if self.is_unavailable(expert, shift):
            return self.ground.silent[0]
        row, column = self._numbers(expert, shift)
        forbidding = int(self.ground.first_open[row, column])
        if forbidding:
            return self.ground.open_rules[forbidding - 1]
        pair = pair_of(self._ledgers.whole, row, column)
        if self._ledgers.whole.delta(pair).hard <= 0:
            return None
        return next(rule for rule, ledger in self._ledgers.single if ledger.delta(pair).hard > 0)

    def is_unavailable(self, expert: ExpertId, shift: ShiftId) -> bool:
        """Whether the expert is not available, for whatever reason."""
        row, column = self._numbers(expert, shift)
        if self.ground.silently_never[row, column]:
            return True
        silent = self._ledgers.silent
        return silent.delta(pair_of(silent, row, column)).hard > 0

    def words(self, rule: Rule, expert: ExpertId, shift: ShiftId) -> Sentence:
        """Why this rule keeps the expert from the shift, in a few words of the rule itself about her alone."""
        if rule in self.ground.silent:
            return Availability.short
        mine = self.roster.by_expert.get(expert, [])
        alone = self._alone(expert, {*mine, shift})
        before = Roster(frozenset(Assignment(expert, s) for s in mine))
        after = rule.violations(alone, before.with_(Assignment(expert, shift)))
        about_it = [v for v in after if shift in v.shifts]
        if not about_it:
            known = rule.violations(alone, before)
            about_it = [v for v in after if v not in known]
        return rule.in_short(about_it[0], shift) if about_it else rule.explain()

    def _alone(self, expert: ExpertId, shift_ids: set[ShiftId]) -> Problem:
        """The problem as far as it is about one expert and some shifts: a rule judges it in no time."""
        problem = self.ground.problem
        shifts = tuple(problem.shift[s] for s in shift_ids)
        return replace(
            problem,
            experts=(problem.expert[expert],),
            shifts=shifts,
            venues=tuple(problem.venue[v] for v in {s.venue for s in shifts}),
            declined=frozenset(a for a in (Assignment(expert, s) for s in shift_ids) if a in problem.declined),
            history=self.ground.history.get(expert, ()),
        )

    def _numbers(self, expert: ExpertId, shift: ShiftId) -> tuple[int, int]:
        return self.ground.index.expert_at[expert], self.ground.index.shift_at[shift]
