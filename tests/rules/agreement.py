"""How is it shown that a rule says the same to people and to solvers? Every rule stands in one agreement test."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level
from scheduler.rules.index import Index, chosen_of
from scheduler.rules.rule import Rule
from scheduler.terms.check import score
from scheduler.terms.pairs import Pairs, assemble

Cases = Sequence[tuple[Problem, list[Roster]]]
Blind = Callable[[Problem], Problem]


def cases_of(
    seed: str, world: Callable[[random.Random], Problem], roster: Callable[[random.Random, Problem], Roster], *,
    worlds: int, rosters: int,
) -> Cases:  # fmt: skip
    """Random worlds with random rosters, the same on every machine."""
    rng = random.Random(seed)
    made = [world(rng) for _ in range(worlds)]
    return [(problem, [roster(rng, problem) for _ in range(rosters)]) for problem in made]


def declared(rule: Rule, told: Problem, problem: Problem, rosters: list[Roster]) -> list[int]:
    """What the mask and the check of the terms of a rule find, over all pairs and not only eligible ones.

    The rule is told of the problem `told`, which a test may have made blind for some fact.
    """
    index = Index(told)
    shape = (len(problem.experts), len(index.shifts))
    pairs = Pairs.of_mask(problem.window.days, index.shifts, np.ones(shape, np.bool_))
    forbidden = np.zeros(shape, np.bool_)
    if rule.level is Level.HARD:
        for crew in (slice(0, 2), slice(2, shape[0])):
            mask = rule.forbids(index, crew)
            forbidden[crew] = False if mask is None else mask
    model = assemble(pairs, [rule.terms(index, pairs)])
    found = []
    for roster in rosters:
        chosen = chosen_of(problem, pairs, roster)
        total = score(model, chosen)
        amounts = {Level.HARD: total.hard, Level.COVERAGE: total.coverage, Level.PREFERENCE: total.preference}
        amount = amounts.pop(rule.level)
        assert set(amounts.values()) == {0}
        found.append(amount + int(forbidden.ravel()[chosen].sum()))
    return found


def said(rule: Rule, problem: Problem, roster: Roster) -> int:
    """What the violations of a rule add up to; each of them is fit to be shown."""
    violations = rule.violations(problem, roster)
    assert all(v.amount > 0 and v.level is rule.level and v.rule == rule.name and str(v.sentence) for v in violations)
    assert all(v.private is rule.private for v in violations)
    return sum(v.amount for v in violations)


def agrees(rule: Rule, cases: Cases) -> list[int]:
    """Check a rule on every roster; the amounts that were found."""
    amounts = []
    for number, (problem, rosters) in enumerate(cases):
        found = [said(rule, problem, roster) for roster in rosters]
        assert declared(rule, problem, problem, rosters) == found, f"{rule.name} in world {number}"
        amounts += found
    return amounts


def differs(rule: Rule, slipped: Rule, blind: Blind, cases: Cases) -> bool:
    """Whether some random roster tells a slip in the declaration from the truth."""
    return any(
        [said(rule, problem, roster) for roster in rosters] != declared(slipped, blind(problem), problem, rosters)
        for problem, rosters in cases
    )


def seeing(problem: Problem) -> Problem:
    """No slip."""
    return problem


def experts(change: Callable[[Expert], Expert]) -> Blind:
    """Blind for something about every expert."""
    return lambda problem: replace(problem, experts=tuple(change(e) for e in problem.experts))


def person(**changes: Any) -> Blind:
    """Every expert has these values."""
    return experts(lambda e: replace(e, **changes))


def limits(**changes: Any) -> Blind:
    """Every expert has these limits of her own."""
    return experts(lambda e: replace(e, limits=replace(e.limits, **changes)))


def shifts(**changes: Any) -> Blind:
    """Every shift has these values."""
    return lambda problem: replace(problem, shifts=tuple(replace(s, **changes) for s in problem.shifts))


def activities(**changes: Any) -> Blind:
    """Every activity type has these values."""
    return lambda problem: replace(problem, activities=tuple(replace(a, **changes) for a in problem.activities))


def problems(**changes: Any) -> Blind:
    """The problem has these values."""
    return lambda problem: replace(problem, **changes)


forgetful = problems(history=())


def elsewhere(problem: Problem) -> Problem:
    """Days are counted in another zone."""
    return replace(problem, window=replace(problem.window, zone_name="Europe/Moscow"))
