"""What differs between two rosters of one problem: which shifts, for whom, and what does each rule say of it?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster, RosterChange, changes_between
from scheduler.domain.score import Level, Score, Violation
from scheduler.domain.shifts import ShiftId
from scheduler.rules.analysis import Analysis, Coverage, analyse
from scheduler.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What one expert gains and gives up, in order of start, and her minutes before and after."""

    expert: ExpertId
    gains: tuple[ShiftId, ...]
    loses: tuple[ShiftId, ...]
    minutes_before: int
    minutes_after: int


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule whose amount differs; `times` is how often it is not kept, before and after."""

    name: str
    level: Level
    before: int
    after: int
    times: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rosters side by side, as everybody but the experts themselves may read it.

    `broken` are hard violations that only the second has, `mended` those that only the first has.
    """

    score: tuple[Score, Score]
    coverage: tuple[Coverage, Coverage]
    shifts: tuple[RosterChange, ...]
    people: tuple[PersonChange, ...]
    rules: tuple[RuleChange, ...]
    broken: tuple[Violation, ...]
    mended: tuple[Violation, ...]


def compare(problem: Problem, before: Roster, after: Roster, rules: Sequence[Rule]) -> Comparison:
    """The difference between two rosters, judged by the naive judge."""
    return compare_judged(
        problem,
        (before, analyse(problem, before, rules).for_others()),
        (after, analyse(problem, after, rules).for_others()),
    )


def compare_judged(problem: Problem, before: tuple[Roster, Analysis], after: tuple[Roster, Analysis]) -> Comparison:
    """The same for rosters that were judged already; the judgements are those for others."""
    (old, was), (new, now) = before, after
    moved = {a.expert for a in old.assignments ^ new.assignments}
    often, oftener = (Counter(v.rule for v in each.violations) for each in (was, now))
    return Comparison(
        score=(was.score, now.score),
        coverage=(was.coverage, now.coverage),
        shifts=tuple(sorted(changes_between(old, new), key=lambda c: (problem.place_in_time[c.shift], c.shift))),
        people=tuple(_person(problem, old, new, expert) for expert in sorted(moved)),
        rules=tuple(
            RuleChange(one.name, one.level, one.amount, other.amount, (often[one.name], oftener[one.name]))
            for one, other in zip(was.per_rule, now.per_rule, strict=True)
            if one.amount != other.amount
        ),
        broken=tuple(v for v in now.hard if v not in was.hard),
        mended=tuple(v for v in was.hard if v not in now.hard),
    )


def _person(problem: Problem, before: Roster, after: Roster, expert: ExpertId) -> PersonChange:
    old, new = problem.shifts_of(before, expert), problem.shifts_of(after, expert)
    return PersonChange(
        expert,
        gains=tuple(s.id for s in new if s not in old),
        loses=tuple(s.id for s in old if s not in new),
        minutes_before=sum(s.span.minutes for s in old),
        minutes_after=sum(s.span.minutes for s in new),
    )
