"""What is right and wrong with a roster? The judge that knows no solver and no array: only the rules in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from scheduler.domain.errors import invalid
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Score, Violation
from scheduler.rules.availability import Availability
from scheduler.rules.fixed import settled
from scheduler.rules.rule import Rule


class RuleAmount(NamedTuple):
    """What one rule costs in all."""

    name: str
    level: Level
    amount: int


class Coverage(NamedTuple):
    """Places that are required, required places that are filled, and desirable places that are filled."""

    required: int
    filled: int
    desirable_filled: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """The score, every violation with its words, one amount per rule in the order of the rules, and the coverage."""

    score: Score
    violations: tuple[Violation, ...]
    per_rule: tuple[RuleAmount, ...]
    coverage: Coverage

    @property
    def hard(self) -> tuple[Violation, ...]:
        """The violations that forbid publishing."""
        return tuple(v for v in self.violations if v.level is Level.HARD)

    def for_others(self) -> "Analysis":
        """The same for everybody but the expert herself: a private exclusion is plain unavailability, once."""
        plain = [_as_unavailable(v) if v.private else v for v in self.violations]
        seen = {(v.rule, v.experts, v.shifts, str(v.sentence)): v for v in plain if v.rule == Availability.name}
        first = sorted(seen.values(), key=lambda v: (v.experts, v.shifts))
        others = [v for v in plain if v.rule != Availability.name]
        shown = first + others
        return replace(
            self,
            score=_score(shown),
            violations=tuple(shown),
            per_rule=tuple(RuleAmount(name, level, _amount(shown, name)) for name, level, _ in self.per_rule),
        )


def analyse(problem: Problem, roster: Roster, rules: Sequence[Rule]) -> Analysis:
    """Judge a roster by these rules; raises InvalidValue when it names an expert or a shift that is not there."""
    for assignment in roster.assignments:
        if assignment.expert not in problem.expert or assignment.shift not in problem.shift:
            invalid(
                "The roster names expert %(expert)s on shift %(shift)s, and one of them is not there.",
                expert=assignment.expert,
                shift=assignment.shift,
            )
    found = [violation for rule in rules for violation in rule.violations(problem, roster)]
    per_rule = tuple(RuleAmount(rule.name, rule.level, _amount(found, rule.name)) for rule in rules)
    return Analysis(_score(found), tuple(found), per_rule, coverage_of(problem, roster))


def contradictions(problem: Problem, rules: Sequence[Rule]) -> tuple[Violation, ...]:
    """Why no roster can keep the hard rules; empty when there is one.

    Every hard rule but pins and the frozen zone only limits, so less work never breaks it. Hence the roster of just
    the assignments that are settled beforehand keeps the hard rules exactly when some roster does: no solver needed.
    """
    hard = [rule for rule in rules if rule.level is Level.HARD]
    return analyse(problem, settled(problem), hard).hard


def coverage_of(problem: Problem, roster: Roster) -> Coverage:
    """How many places are asked for and filled."""
    people = {shift.id: len(roster.by_shift.get(shift.id, [])) for shift in problem.shifts}
    return Coverage(
        sum(s.demand.required for s in problem.shifts),
        sum(min(people[s.id], s.demand.required) for s in problem.shifts),
        sum(min(max(people[s.id] - s.demand.required, 0), s.demand.desirable) for s in problem.shifts),
    )


def _as_unavailable(violation: Violation) -> Violation:
    return replace(violation, rule=Availability.name, private=False)


def _amount(violations: Sequence[Violation], rule: str) -> int:
    return sum(v.amount for v in violations if v.rule == rule)


def _score(violations: Sequence[Violation]) -> Score:
    total = dict.fromkeys(Level, 0)
    for violation in violations:
        total[violation.level] += violation.amount
    return Score(total[Level.HARD], total[Level.COVERAGE], total[Level.PREFERENCE])
