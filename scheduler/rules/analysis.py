"""What is right and wrong with a roster? The judge that knows no solver and no array: only the rules in words."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from scheduler.domain.errors import Sentence, invalid
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Level, Score, Violation
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.rules.availability import NOT_AVAILABLE, Availability
from scheduler.rules.fixed import given, settled
from scheduler.rules.preferences import Preferences
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
    """The score, every violation with its words, one amount per rule in the order of the rules, and the coverage.

    `told` is what people knew of beforehand.
    """

    score: Score
    violations: tuple[Violation, ...]
    per_rule: tuple[RuleAmount, ...]
    coverage: Coverage
    told: frozenset[Assignment] = frozenset()

    @property
    def hard(self) -> tuple[Violation, ...]:
        """The violations that forbid publishing."""
        return tuple(v for v in self.violations if v.level is Level.HARD)

    def for_others(self, latest: Collection[Assignment] = ()) -> "Analysis":
        """The same for everybody but the expert herself: what is private is plain unavailability, once, or nothing.

        A limit of her own over several shifts reads as not being available for one of them: one of `latest` (what was
        changed last) if it can be, else one that nobody was told of, the last of these. No amount of it remains, nor
        how much she likes a time at which she is not available. A private wish that is not met keeps nobody from a
        shift, so that others read nothing of it.
        """
        said = [v for v in self.violations if v.level is Level.HARD or not v.private]
        plain = [_as_unavailable(v, self.told, latest) if v.private else v for v in said]
        seen = {(v.rule, v.experts, v.shifts, str(v.sentence)): v for v in plain if v.rule == Availability.name}
        away = {(v.experts, v.shifts) for v in seen.values()}
        rest = [v for v in plain if v.rule != Availability.name]
        rest = [v for v in rest if v.rule != Preferences.name or (v.experts, v.shifts) not in away]
        shown = (*sorted(seen.values(), key=lambda v: (v.experts, v.shifts)), *rest)
        hidden = {v.rule for v in self.violations if v.private}
        counted = dict.fromkeys({Availability.name, Preferences.name, *hidden}, 0)
        for v in shown:
            if v.rule in counted:
                counted[v.rule] += v.amount
        per_rule = tuple(RuleAmount(name, level, counted.get(name, known)) for name, level, known in self.per_rule)
        return replace(self, score=score_of(per_rule), violations=shown, per_rule=per_rule)


def analyse(problem: Problem, roster: Roster, rules: Sequence[Rule]) -> Analysis:
    """Judge a roster by these rules; raises InvalidValue when it names an expert or a shift that is not there."""
    found = judge(problem, roster, rules)
    per_rule = tuple(RuleAmount(rule.name, rule.level, sum([v.amount for v in each])) for rule, each in found)
    violations = tuple(chain.from_iterable(each for _, each in found))
    return Analysis(score_of(per_rule), violations, per_rule, coverage_of(problem, roster), problem.told)


def judge(problem: Problem, roster: Roster, rules: Sequence[Rule]) -> list[tuple[Rule, list[Violation]]]:
    """What each rule finds wrong; raises InvalidValue as `analyse` does."""
    _require_known(problem, roster)
    return [(rule, rule.violations(problem, roster)) for rule in rules]


def _require_known(problem: Problem, roster: Roster) -> None:
    for assignment in roster.assignments:
        if assignment.expert not in problem.expert or assignment.shift not in problem.shift:
            invalid(
                "The roster names expert %(expert)s on shift %(shift)s, and one of them is not there.",
                expert=assignment.expert,
                shift=assignment.shift,
            )


def contradictions(problem: Problem, rules: Sequence[Rule]) -> tuple[Violation, ...]:
    """Why no roster can keep the hard rules that do not ask for work, as others may read it; empty when one can.

    Less work never breaks them. Hence the roster of just the assignments that are settled beforehand keeps them exactly
    when some roster does: no solver needed. Whether more work can satisfy the others is for a solver to say. What
    people were told already stands whatever it breaks, so that only a pin they do not know of can contradict a rule.
    """
    hard = [rule for rule in rules if rule.level is Level.HARD and not rule.asks_for_work]
    roster = settled(problem)
    fresh = Roster(roster.assignments - given(problem).assignments)
    judged = analyse(problem, roster, hard)
    clashes = tuple(v for v in judged.violations if fresh.assignments and added_in(v, fresh))
    return replace(judged, violations=clashes).for_others(fresh.assignments).hard


def added_in(violation: Violation, added: Roster) -> set[ShiftId]:
    """The shifts of a breach with somebody new of it; one that names nobody, or no shift, is of all of them."""
    found = {shift for who in violation.experts or added.by_expert for shift in added.by_expert.get(who, ())}
    return found & set(violation.shifts) if violation.shifts else found


def coverage_of(problem: Problem, roster: Roster) -> Coverage:
    """How many places are asked for and filled."""
    return coverage_on(problem.shifts, roster)


def coverage_on(shifts: Iterable[Shift], roster: Roster) -> Coverage:
    """How many places these shifts ask for, and how many are filled."""
    required = filled = desirable = 0
    for shift in shifts:
        people, wanted = len(roster.by_shift.get(shift.id, ())), shift.demand.required
        required += wanted
        filled += min(people, wanted)
        desirable += min(max(people - wanted, 0), shift.demand.desirable)
    return Coverage(required, filled, desirable)


def _as_unavailable(violation: Violation, told: Collection[Assignment], latest: Collection[Assignment]) -> Violation:
    who = violation.experts[0]
    mine = reversed([Assignment(who, shift) for shift in violation.shifts])
    shift = max(mine, key=lambda pair: (pair in latest, pair not in told)).shift
    sentence = Sentence(NOT_AVAILABLE, {"expert": who, "shift": shift})
    return Violation(Availability.name, Level.HARD, 1, sentence, (who,), (shift,))


def score_of(per_rule: Iterable[RuleAmount]) -> Score:
    """The amounts of the rules, added up by level."""
    total = dict.fromkeys(Level, 0)
    for rule in per_rule:
        total[rule.level] += rule.amount
    return Score(total[Level.HARD], total[Level.COVERAGE], total[Level.PREFERENCE])
