"""Who can take this shift, why is it empty, and which open shifts fit this person? Ranked by effect, in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert, ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Score
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.rules.bench import Bench
from scheduler.rules.reasons import reasons
from scheduler.rules.rule import Rule

__all__ = [
    "Bench",
    "Candidate",
    "Fit",
    "Recommendations",
    "which_shifts_fit",
    "who_can",
    "why_empty",
]

WORKING_THEN = frozenset({"overlap", "daily_rest"})
TOO_FAR = frozenset({"home_distance"})
NO_LANGUAGE = (
    "None of them speaks %(languages)s.",
    "One does not speak %(languages)s.",
    "%(count)s do not speak %(languages)s.",
)
NO_QUALIFICATION = (
    "None of them has a valid proof of %(qualification)s.",
    "One has no valid proof of %(qualification)s.",
    "%(count)s have no valid proof of %(qualification)s.",
)
CANNOT_BE_ASKED = frozenset({"contract", "declines", "stand_by_offered"})
"""Rules that count as not available where only numbers are told."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can take the shift; `effect` is the change of the score, lower is better."""

    expert: ExpertId
    effect: Score
    reasons_for: tuple[Sentence, ...]
    reasons_against: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Recommendations:
    """Who can take a shift, best first, and who cannot with the first reason in short; nobody who is on it already."""

    can: tuple[Candidate, ...]
    cannot: tuple[tuple[ExpertId, Sentence], ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """An open shift that an expert can take; `effect` is the change of the score, lower is better."""

    shift: ShiftId
    effect: Score
    reasons_for: tuple[Sentence, ...]
    reasons_against: tuple[Sentence, ...]


def who_can(
    problem: Problem, roster: Roster, shift_id: ShiftId, rules: Sequence[Rule], bench: Bench | None = None
) -> Recommendations:
    """Everybody else for one shift; whether it is full, frozen or pinned is not asked.

    A `bench` for the same problem and rules saves the preparation.
    """
    bench, shift = _bench(problem, roster, rules, bench), problem.shift[shift_id]
    others = _others(problem, roster, shift_id)
    can, cannot = [], []
    for expert, (effect, rule) in zip(others, bench.of_shift(shift_id, (e.id for e in others)), strict=True):
        if rule is None:
            can.append(Candidate(expert.id, effect, *reasons(problem, roster, expert, shift, rules)))
        else:
            first = _lasting(problem, expert, shift, rules) or rule
            cannot.append((expert.id, bench.words(first, expert.id, shift_id)))
    return Recommendations(tuple(sorted(can, key=lambda c: (c.effect, c.expert))), tuple(cannot))


def which_shifts_fit(
    problem: Problem, roster: Roster, expert_id: ExpertId, rules: Sequence[Rule], bench: Bench | None = None
) -> tuple[Fit, ...]:
    """The shifts with an open place that the expert can take, best first."""
    bench, expert = _bench(problem, roster, rules, bench), problem.expert[expert_id]
    people = roster.by_shift
    open_shifts = [s for s in problem.shifts if len(people.get(s.id, ())) < s.demand.most]
    asked = [s for s in open_shifts if expert_id not in people.get(s.id, ())]
    judged = zip(asked, bench.of_expert(expert_id, (s.id for s in asked)), strict=True)
    found = [(effect, shift) for shift, (effect, rule) in judged if rule is None]
    best = sorted(found, key=lambda pair: (pair[0], pair[1].span.start, pair[1].id))
    return tuple(Fit(s.id, effect, *reasons(problem, roster, expert, s, rules)) for effect, s in best)


def why_empty(
    problem: Problem, roster: Roster, shift_id: ShiftId, rules: Sequence[Rule], bench: Bench | None = None
) -> tuple[Sentence, ...]:
    """How many could do this work, and how many of them each kind of reason keeps away: numbers, never names."""
    bench, shift = _bench(problem, roster, rules, bench), problem.shift[shift_id]
    day, role = problem.starts_on[shift_id], problem.activity[shift.activity].role
    acting = [e for e in _others(problem, roster, shift_id) if e.may_act_as(role, day)]
    if not acting:
        return (Sentence("Nobody else can act as %(role)s here.", {"role": role}),)
    if len(acting) == 1:
        first = Sentence("One other person can act as %(role)s here.", {"role": role})
    else:
        first = Sentence("%(count)s others can act as %(role)s here.", {"role": role, "count": len(acting)})
    able, lacking = _able(acting, shift, day)
    groups = Counter(kind_of_reason(rule, bench) for _, rule in bench.of_shift(shift_id, (e.id for e in able)))
    texts = (
        ("working", Sentence("One already works then."), Sentence("%(count)s already work then.")),
        ("unavailable", Sentence("One is not available."), Sentence("%(count)s are not available.")),
        ("limit", Sentence("One would go over a limit."), Sentence("%(count)s would go over a limit.")),
        ("far", Sentence("One lives too far away."), Sentence("%(count)s live too far away.")),
        ("free", Sentence("One can still be asked."), Sentence("%(count)s can still be asked.")),
    )
    told = ((groups[group], one, many) for group, one, many in texts if groups[group])
    return first, *lacking, *(one if count == 1 else Sentence(many.text, {"count": count}) for count, one, many in told)


def _lasting(problem: Problem, expert: Expert, shift: Shift, rules: Sequence[Rule]) -> Rule | None:
    """The rule about what she lacks for this work at any time, in the order in which `why_empty` counts."""
    day, needed = problem.starts_on[shift.id], shift.required_qualification
    lacks = (
        ("role", not expert.may_act_as(problem.activity[shift.activity].role, day)),
        ("required_language", not shift.required_languages <= expert.languages),
        ("required_qualification", needed is not None and not expert.is_qualified(needed, day)),
    )
    name = next((name for name, is_lacking in lacks if is_lacking), None)
    return next((rule for rule in rules if rule.name == name), None)


def _bench(problem: Problem, roster: Roster, rules: Sequence[Rule], bench: Bench | None) -> Bench:
    if bench is None:
        return Bench(problem, roster, rules)
    return bench if bench.roster == roster else bench.moved_to(roster)


def _others(problem: Problem, roster: Roster, shift_id: ShiftId) -> list[Expert]:
    people = set(roster.by_shift.get(shift_id, []))
    return [e for e in problem.experts if e.id not in people]


def _able(acting: list[Expert], shift: Shift, day: date) -> tuple[list[Expert], list[Sentence]]:
    """Who has the languages and the qualification that the shift requires, and how many have not."""
    able, told = acting, []
    for language in sorted(shift.required_languages):
        speaking = [e for e in able if language in e.languages]
        told += _lacking(len(able), len(speaking), NO_LANGUAGE, {"languages": language})
        able = speaking
    needed = shift.required_qualification
    if needed is not None:
        qualified = [e for e in able if e.is_qualified(needed, day)]
        told += _lacking(len(able), len(qualified), NO_QUALIFICATION, {"qualification": needed})
        able = qualified
    return able, told


def _lacking(asked: int, found: int, texts: tuple[str, str, str], values: Mapping[str, object]) -> list[Sentence]:
    """How many of those asked fall out: none of them is left, one falls out, or some."""
    nobody, one, some = texts
    if found == asked:
        return []
    if not found and asked > 1:
        return [Sentence(nobody, values)]
    return [Sentence(one, values) if asked - found == 1 else Sentence(some, {**values, "count": asked - found})]


def kind_of_reason(rule: Rule | None, bench: Bench) -> str:
    """The group in which a verdict counts where only numbers are told: free, working, unavailable, far or limit."""
    if rule is None:
        return "free"
    if rule in bench.ground.silent or rule.name in CANNOT_BE_ASKED:
        return "unavailable"
    if rule.name in WORKING_THEN:
        return "working"
    return "far" if rule.name in TOO_FAR else "limit"
