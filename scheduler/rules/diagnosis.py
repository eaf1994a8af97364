"""Can an open place still be filled, and which rule, lifted for one person, would fill it?"""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert, ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Level
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.rules.bench import Bench
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


class Chance(StrEnum):
    """Whether a place can still be filled as things stand."""

    SOMEBODY = "somebody"
    NOBODY_THEN = "nobody then"
    NOBODY_ABLE = "nobody able"


def chance_of(problem: Problem, roster: Roster, shift_id: ShiftId, bench: Bench) -> Chance:
    """Whether somebody else can come to a shift, nobody who could do it can then, or nobody could do it at all."""
    able = _able(problem, roster, problem.shift[shift_id])
    if not able:
        return Chance.NOBODY_ABLE
    verdicts = bench.moved_to(roster).of_shift(shift_id, (e.id for e in able))
    return Chance.SOMEBODY if any(verdict.rule is None for verdict in verdicts) else Chance.NOBODY_THEN


def relaxations(problem: Problem, roster: Roster, shift_id: ShiftId, bench: Bench) -> tuple[Relaxation, ...]:
    """The rules that stand alone between a shift and somebody who could come, those with most people first."""
    bench, able = bench.moved_to(roster), _able(problem, roster, problem.shift[shift_id])
    alone: dict[str, set[ExpertId]] = defaultdict(set)
    by_name = {rule.name: rule for rule in bench.ground.open_rules}
    for expert, verdict in zip(able, bench.of_shift(shift_id, (e.id for e in able)), strict=True):
        if verdict.rule is not None and verdict.rule.name in by_name and verdict.rule.name not in NEVER_LIFTED:
            broken = _broken(bench, expert.id, shift_id)
            if len(broken) == 1:
                alone[broken[0].name].add(expert.id)
    found = [Relaxation(name, by_name[name].explain(), len(people)) for name, people in alone.items()]
    return tuple(sorted(found, key=lambda r: (-r.people, r.rule)))


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
