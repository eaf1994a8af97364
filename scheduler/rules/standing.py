"""What does a change of a roster do to its judgement? Only the people and shifts that it touches are judged anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Violation
from scheduler.rules.analysis import Analysis, Coverage, RuleAmount, coverage_of, coverage_on, judge, score_of
from scheduler.rules.rule import Reach, Rule

Breaches = tuple[Violation, ...]
EVERYBODY = ""


class Found(NamedTuple):
    """The breaches of one rule, by the id of the person or shift that they are of, and their amount in all."""

    parts: dict[str, Breaches]
    amount: int

    def moved_to(self, parts: dict[str, Breaches]) -> "Found":
        """The same with these parts judged anew."""
        changed = {part: now for part, now in parts.items() if now != self.parts.get(part, ())}
        if not changed:
            return self
        kept = self.parts | changed
        for part, now in changed.items():
            if not now:
                del kept[part]
        before = chain.from_iterable(self.parts.get(part, ()) for part in changed)
        return Found(kept, self.amount - _amount(before) + _amount(chain.from_iterable(changed.values())))


@dataclass(frozen=True)
class Standing:
    """A roster and all that is wrong with it; move it along with the roster instead of judging from nothing."""

    problem: Problem
    rules: tuple[Rule, ...]
    roster: Roster
    found: tuple[Found, ...]
    coverage: Coverage

    @classmethod
    def of(cls, problem: Problem, roster: Roster, rules: Sequence[Rule]) -> "Standing":
        """Everything judged from nothing; raises InvalidValue when the roster names somebody who is not there."""
        found = tuple(_parted(rule, breaches) for rule, breaches in judge(problem, roster, rules))
        return cls(problem, tuple(rules), roster, found, coverage_of(problem, roster))

    def moved_to(self, problem: Problem, roster: Roster) -> "Standing":
        """Another roster of a problem that may differ from this one in its pins and in nothing else."""
        moved = (roster.assignments ^ self.roster.assignments) | (problem.pinned ^ self.problem.pinned)
        moved = frozenset(a for a in moved if a.expert in problem.expert and a.shift in problem.shift)
        parts = {
            Reach.EXPERT: [_Part(e, problem.about_expert(e), _of_expert(roster, e)) for e in {a.expert for a in moved}],
            Reach.SHIFT: [_Part(s, problem.about_shift(s), _of_shift(roster, s)) for s in {a.shift for a in moved}],
            Reach.ROSTER: [_Part(EVERYBODY, problem, roster)],
        }
        found = tuple(
            known.moved_to({part.id: tuple(rule.violations(part.problem, part.roster)) for part in parts[rule.reach]})
            for rule, known in zip(self.rules, self.found, strict=True)
        )
        return Standing(problem, self.rules, roster, found, self._coverage(roster, {a.shift for a in moved}))

    @cached_property
    def for_others(self) -> Analysis:
        """The judgement as everybody but the expert herself may read it."""
        return self.analysis().for_others()

    def analysis(self) -> Analysis:
        """The judgement as `analyse` gives it; the order of a rule's violations is free."""
        per_rule = tuple(
            RuleAmount(rule.name, rule.level, found.amount) for rule, found in zip(self.rules, self.found, strict=True)
        )
        violations = tuple(chain.from_iterable(chain.from_iterable(f.parts.values() for f in self.found)))
        return Analysis(score_of(per_rule), violations, per_rule, self.coverage, self.problem.told)

    def _coverage(self, roster: Roster, shifts: Iterable[str]) -> Coverage:
        touched = [self.problem.shift[s] for s in shifts]
        before, after = coverage_on(touched, self.roster), coverage_on(touched, roster)
        known = self.coverage
        return Coverage(
            known.required,
            known.filled - before.filled + after.filled,
            known.desirable_filled - before.desirable_filled + after.desirable_filled,
        )


class _Part(NamedTuple):
    """What a rule has to look at to judge one person, or one shift, anew."""

    id: str
    problem: Problem
    roster: Roster


def _parted(rule: Rule, breaches: Sequence[Violation]) -> Found:
    parts: dict[str, list[Violation]] = {}
    for breach in breaches:
        parts.setdefault(_part_of(rule, breach), []).append(breach)
    return Found({part: tuple(found) for part, found in parts.items()}, _amount(breaches))


def _part_of(rule: Rule, breach: Violation) -> str:
    if rule.reach is Reach.EXPERT:
        return breach.experts[0]
    return breach.shifts[0] if rule.reach is Reach.SHIFT else EVERYBODY


def _amount(breaches: Iterable[Violation]) -> int:
    return sum([breach.amount for breach in breaches])


def _of_expert(roster: Roster, expert: str) -> Roster:
    return Roster(frozenset(Assignment(expert, shift) for shift in roster.by_expert.get(expert, ())))


def _of_shift(roster: Roster, shift: str) -> Roster:
    return Roster(frozenset(Assignment(expert, shift) for expert in roster.by_shift.get(shift, ())))
