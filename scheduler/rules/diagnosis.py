"""Why does a place stay open, and which rule, lifted for one person, would fill it?"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert, ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Level
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.rules.bench import Bench
from scheduler.rules.recommend import kind_of_reason
from scheduler.rules.rule import Rule

NEVER_LIFTED = frozenset(
    {"role", "contract", "required_language", "required_qualification", "overlap", "declines", "availability"}
)
"""What no planner can lift: a proof that is missing, a no, two places at once."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """If this rule alone gave way for one person, so many people could take the shift."""

    rule: str
    sentence: Sentence
    people: int


@dataclass(frozen=True, slots=True)
class Gap:
    """The reasons of one open place as a tree of counts: who can act, and what keeps them; never who."""

    shift: ShiftId
    missing: int
    able: int
    reasons: tuple[tuple[str, int], ...]
    relaxations: tuple[Relaxation, ...]


def diagnose_gap(problem: Problem, roster: Roster, shift_id: ShiftId, bench: Bench) -> Gap:
    """Why one shift misses somebody, and which rules stand alone between it and somebody who could come."""
    shift, bench = problem.shift[shift_id], bench.moved_to(roster)
    able = _able(problem, roster, shift)
    verdicts = list(zip(able, bench.of_shift(shift_id, (e.id for e in able)), strict=True))
    reasons = Counter(kind_of_reason(verdict.rule, bench) for _, verdict in verdicts)
    alone: dict[str, set[ExpertId]] = defaultdict(set)
    by_name = {rule.name: rule for rule in bench.ground.open_rules}
    for expert, verdict in verdicts:
        if verdict.rule is not None and verdict.rule.name in by_name and verdict.rule.name not in NEVER_LIFTED:
            broken = _broken(bench, expert.id, shift_id)
            if len(broken) == 1:
                alone[broken[0].name].add(expert.id)
    relaxed = [Relaxation(name, by_name[name].explain(), len(people)) for name, people in alone.items()]
    missing = max(0, shift.demand.required - len(roster.by_shift.get(shift_id, ())))
    ranked = tuple(sorted(relaxed, key=lambda r: (-r.people, r.rule)))
    return Gap(shift_id, missing, len(able), _ranked(reasons), ranked)


def _able(problem: Problem, roster: Roster, shift: Shift) -> list[Expert]:
    """Everybody not on the shift who has its role, languages and qualification: what cannot change before it."""
    day, role, wanted = problem.starts_on[shift.id], problem.activity[shift.activity].role, shift.required_qualification
    there = set(roster.by_shift.get(shift.id, ()))
    return [
        e
        for e in problem.experts
        if e.id not in there
        and e.may_act_as(role, day)
        and shift.required_languages <= e.languages
        and (wanted is None or e.is_qualified(wanted, day))
    ]


def _broken(bench: Bench, expert: ExpertId, shift: ShiftId) -> list[Rule]:
    """The open hard rules that would say more about her, if she took the shift, than they say now."""
    alone = bench.ground.alone(expert)
    before = Roster(frozenset(Assignment(expert, s) for s in bench.roster.by_expert.get(expert, ())))
    after = before.with_(Assignment(expert, shift))

    def amount(rule: Rule, roster: Roster) -> int:
        return sum(v.amount for v in rule.violations(alone, roster))

    hard = [rule for rule in bench.ground.open_rules if rule.level is Level.HARD]
    return [rule for rule in hard if amount(rule, after) > amount(rule, before)]


def _ranked(reasons: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])))
