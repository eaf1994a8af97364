"""Does the judgement that moves along with a roster say what the naive one says, for every rule and edit by edit?"""

import random
from collections import Counter
from functools import cache

import pytest

from scheduler.domain.errors import InvalidValue
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.rules.analysis import Analysis, analyse
from scheduler.rules.preferences import Preferences
from scheduler.rules.rule import Reach, Rule
from scheduler.rules.shortfall import Shortfall
from scheduler.rules.standing import Standing
from tests.builders import expert, problem, roster, shift
from tests.rules.company import in_company
from tests.rules.crowded import crowded_world
from tests.rules.richer import richer
from tests.rules.test_company_agreement import RULES as COMPANY
from tests.rules.test_hard_agreement import RULES as HARD
from tests.rules.test_soft_agreement import RULES as SOFT
from tests.rules.worlds import random_roster, random_world

RULES = {rule.name: rule for rule in (*HARD, *SOFT, *COMPANY)}
WORLDS, EDITS = 60, 5


@cache
def worlds() -> list[Problem]:
    rng = random.Random("standing")
    return [in_company(richer(make(rng))) for make in (crowded_world, random_world) for _ in range(WORLDS // 2)]


def bag(analysis: Analysis) -> tuple[object, ...]:
    return Counter(map(repr, analysis.violations)), analysis.score, analysis.per_rule, analysis.coverage


def walks(rules: tuple[Rule, ...]) -> list[tuple[Analysis, Analysis]]:
    """The judgement moved along and the naive one, after each of some random edits and pins."""
    rng, found = random.Random("edits"), []
    for world in worlds():
        now, given = world, random_roster(rng, world, 0.35)
        standing = Standing.of(now, given, rules)
        for _ in range(EDITS):
            pair = Assignment(rng.choice(now.experts).id, rng.choice(now.shifts).id)
            given = given.moved_to(given.assignments ^ {pair})
            now = now.with_pins(now.pinned ^ {pair}) if rng.random() < 0.3 else now
            standing = standing.moved_to(now, given)
            found.append((standing.analysis(), analyse(now, Roster(given.assignments), rules)))
    return found


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_judged_by_its_parts_says_what_it_says_of_the_whole(name: str) -> None:
    for moved, naive in walks((RULES[name],)):
        assert bag(moved) == bag(naive)


@pytest.mark.slow
def test_all_rules_together_agree_and_so_does_what_others_read() -> None:
    broken = 0
    for moved, naive in walks(tuple(RULES.values())):
        assert bag(moved) == bag(naive)
        assert bag(moved.for_others()) == bag(naive.for_others())
        broken += bool(naive.hard)
    assert broken > WORLDS


@pytest.mark.parametrize(("name", "reach"), [("overlap", Reach.SHIFT), ("headcount", Reach.EXPERT)])
def test_a_rule_that_claims_to_look_less_far_than_it_does_is_caught(
    name: str, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(RULES[name]), "reach", reach)
    with pytest.raises((AssertionError, IndexError)):
        assert all(bag(moved) == bag(naive) for moved, naive in walks((RULES[name],)))


def test_a_roster_moved_along_is_the_roster_made_anew() -> None:
    rng = random.Random("rosters")
    for world in worlds():
        before, after = random_roster(rng, world, 0.4), random_roster(rng, world, 0.4)
        moved, made = before.moved_to(after.assignments), Roster(after.assignments)
        assert (moved, moved.by_expert, moved.by_shift) == (made, made.by_expert, made.by_shift)


def test_only_what_an_edit_touches_is_judged_again() -> None:
    made = problem([shift("mon 09:00-12:00"), shift("tue 09:00-12:00")], [expert("noor"), expert("sam")])
    rules = (Preferences(5, 3, 1, 9, 2), Shortfall(mandatory=4, high=3, medium=2, low=1, missing_desirable=1))
    before = Standing.of(made, roster("noor: s1"), rules)
    after = before.moved_to(made, roster("noor: s1", "sam: s2"))
    for old, new in zip(before.found, after.found, strict=True):
        shared = old.parts.keys() & new.parts.keys()
        assert all(old.parts[part] is new.parts[part] for part in shared)
    assert after.found[1].parts.keys() < before.found[1].parts.keys()


def test_a_roster_that_names_somebody_unknown_is_refused() -> None:
    with pytest.raises(InvalidValue, match="nobody"):
        Standing.of(problem([shift("mon 09:00-12:00")], [expert("noor")]), roster("nobody: s1"), ())
