"""Is what stays open explained by true counts, without a trace of anything private, and are rosters compared truly?"""

import random
from dataclasses import replace

from scheduler.domain.contracts import ContractKind
from scheduler.domain.people import Exclusion, ExclusionKind
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.rules import load_rulebook
from scheduler.rules.analysis import analyse
from scheduler.rules.bench import Bench
from scheduler.rules.compare import compare
from scheduler.rules.diagnosis import diagnose_gap
from scheduler.rules.recommend import who_can
from scheduler.rules.voices import Voice, tell_gap
from tests.builders import contract, expert, problem, roster, shift
from tests.rules.worlds import random_roster, random_world

RULES = load_rulebook()


def bench_of(made: Problem, plan: Roster) -> Bench:
    return Bench(made, plan, RULES)


def test_a_gap_says_which_rule_alone_keeps_somebody() -> None:
    limited = expert("noor", contracts=[contract(ContractKind.MIN_MAX, high=200)])
    made = problem([shift("mon 09:30-12:30"), shift("tue 09:30-12:30")], [limited, expert("sam")])
    plan = roster("noor: s1", "sam: s1")
    found = diagnose_gap(made, roster("noor: s1"), "s2", bench_of(made, plan))
    assert (found.missing, found.able) == (1, 2)
    assert dict(found.reasons) == {"limit": 1, "free": 1}
    assert [(r.rule, r.people) for r in found.relaxations] == [("contract_hours", 1)]


def test_two_rules_in_the_way_are_no_relaxation() -> None:
    limited = expert("noor", contracts=[contract(ContractKind.MIN_MAX, high=200)])
    shifts = [shift("mon 09:30-12:30"), shift("tue 09:30-12:30", venue="far")]
    made = problem(shifts, [limited])
    assert diagnose_gap(made, roster("noor: s1"), "s2", bench_of(made, Roster())).relaxations == ()


def test_every_relaxation_is_true_of_the_rules_without_it() -> None:
    rng, count = random.Random("relax"), 0
    for _ in range(12):
        made = random_world(rng)
        plan = random_roster(rng, made, 0.2)
        bench = bench_of(made, plan)
        for one in made.shifts[::3]:
            free = {c.expert for c in who_can(made, plan, one.id, RULES, bench).can}
            for relaxed in diagnose_gap(made, plan, one.id, bench).relaxations:
                others = tuple(rule for rule in RULES if rule.name != relaxed.rule)
                assert len({c.expert for c in who_can(made, plan, one.id, others).can} - free) == relaxed.people
                count += 1
    assert count


def test_an_exclusion_reads_like_unavailability_in_every_count() -> None:
    shifts = [shift("mon 09:30-12:30", venue="lydia"), shift("mon 09:30-12:30", venue="pinto")]
    private = replace(expert("noor"), exclusions=(Exclusion(ExclusionKind.VENUE, "lydia"),))
    plain = expert("noor", available="tue 09:00-17:00")
    seen = []
    for noor in (private, plain):
        made = problem(shifts[:1], [noor, expert("sam")])
        bench = bench_of(made, Roster())
        gap = diagnose_gap(made, Roster(), "s1", bench)
        seen.append((gap, [tell_gap(gap, voice) for voice in Voice]))
    assert seen[0] == seen[1]
    assert dict(seen[0][0].reasons) == {"unavailable": 1, "free": 1}


def test_a_comparison_says_what_changed_for_whom_and_by_which_rule() -> None:
    made = problem([shift("mon 09:30-12:30"), shift("tue 09:30-13:30")], [expert("noor"), expert("sam")])
    found = compare(made, roster("noor: s1"), roster("sam: s1 s2"), RULES)
    assert [(c.shift, c.before, c.after) for c in found.shifts] == [("s1", ("noor",), ("sam",)), ("s2", (), ("sam",))]
    noor, sam = found.people
    assert (noor.loses, noor.gains, noor.minutes_before, noor.minutes_after) == (("s1",), (), 180, 0)
    assert (sam.loses, sam.gains, sam.minutes_before, sam.minutes_after) == ((), ("s1", "s2"), 0, 420)
    assert "shortfall" in {rule.name for rule in found.rules}
    assert (found.coverage[0].filled, found.coverage[1].filled) == (1, 2)


def test_the_rules_of_a_comparison_add_up_to_the_scores() -> None:
    rng = random.Random("compare")
    for _ in range(10):
        made = random_world(rng)
        before, after = random_roster(rng, made, 0.2), random_roster(rng, made, 0.2)
        found = compare(made, before, after, RULES)
        assert found.score == tuple(analyse(made, r, RULES).for_others().score for r in (before, after))
        moved = sum(rule.after - rule.before for rule in found.rules)
        assert moved == sum(
            getattr(found.score[1], level) - getattr(found.score[0], level)
            for level in ("hard", "coverage", "preference")
        )
        told = {Assignment(p.expert, s) for p in found.people for s in (*p.gains, *p.loses)}
        assert told == before.assignments ^ after.assignments


def test_without_a_contract_nobody_is_called_a_relaxation() -> None:
    made = problem([shift("mon 09:30-12:30")], [replace(expert("noor"), contracts=())])
    assert diagnose_gap(made, Roster(), "s1", bench_of(made, Roster())).relaxations == ()


def test_one_tree_is_told_in_three_voices() -> None:
    limited = expert("noor", contracts=[contract(ContractKind.MIN_MAX, high=200)])
    made = problem([shift("mon 09:30-12:30"), shift("tue 09:30-12:30")], [limited, expert("sam", roles=())])
    gap = diagnose_gap(made, roster("noor: s1"), "s2", bench_of(made, roster("noor: s1")))
    planner, venue, person = (tell_gap(gap, voice) for voice in (Voice.PLANNER, Voice.COORDINATOR, Voice.EXPERT))
    assert str(planner[0]) == "One would go over a limit."
    assert str(planner[1]).startswith("If one rule gave way for one person, somebody could come: ")
    assert [str(s) for s in venue] == ["Whoever can do this work has something else then. We keep looking."]
    assert [str(s) for s in person] == ["There is still a place here."]
    assert tell_gap(replace(gap, missing=0), Voice.PLANNER) == ()
