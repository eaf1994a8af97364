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
from scheduler.rules.diagnosis import Chance, chance_of, relaxations
from scheduler.rules.recommend import who_can
from scheduler.rules.voices import TO_A_VENUE, tell_relaxations
from tests.builders import contract, expert, problem, roster, shift
from tests.rules.worlds import random_roster, random_world

RULES = load_rulebook()


def bench_of(made: Problem, plan: Roster) -> Bench:
    return Bench(made, plan, RULES)


def test_a_gap_says_which_rule_alone_keeps_somebody() -> None:
    limited = expert("noor", contracts=[contract(ContractKind.MIN_MAX, high=200)])
    made = problem([shift("mon 09:30-12:30"), shift("tue 09:30-12:30")], [limited, expert("sam")])
    plan = roster("noor: s1", "sam: s1")
    (found,) = relaxations(made, roster("noor: s1"), "s2", bench_of(made, plan))
    assert (found.rule, found.people) == ("contract_hours", 1)
    assert str(tell_relaxations([found])[0]).startswith("If one rule gave way for one person, somebody could come: ")


def test_two_rules_in_the_way_are_no_relaxation() -> None:
    limited = expert("noor", contracts=[contract(ContractKind.MIN_MAX, high=200)])
    shifts = [shift("mon 09:30-12:30"), shift("tue 09:30-12:30", venue="far")]
    made = problem(shifts, [limited])
    assert relaxations(made, roster("noor: s1"), "s2", bench_of(made, Roster())) == ()


def test_every_relaxation_is_true_of_the_rules_without_it() -> None:
    rng, count = random.Random("relax"), 0
    for _ in range(12):
        made = random_world(rng)
        plan = random_roster(rng, made, 0.2)
        bench = bench_of(made, plan)
        for one in made.shifts[::3]:
            free = {c.expert for c in who_can(made, plan, one.id, RULES, bench).can}
            for relaxed in relaxations(made, plan, one.id, bench):
                others = tuple(rule for rule in RULES if rule.name != relaxed.rule)
                assert len({c.expert for c in who_can(made, plan, one.id, others).can} - free) == relaxed.people
                count += 1
    assert count


def test_an_exclusion_reads_like_unavailability_whoever_asks_for_a_chance() -> None:
    shifts = [shift("mon 09:30-12:30", venue="lydia"), shift("mon 09:30-12:30", venue="pinto")]
    private = replace(expert("noor"), exclusions=(Exclusion(ExclusionKind.VENUE, "lydia"),))
    plain = expert("noor", available="tue 09:00-17:00")
    for noor in (private, plain):
        made = problem(shifts[:1], [noor])
        bench = bench_of(made, Roster())
        assert chance_of(made, Roster(), "s1", bench) is Chance.NOBODY_THEN
        assert relaxations(made, Roster(), "s1", bench) == ()


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
    assert relaxations(made, Roster(), "s1", bench_of(made, Roster())) == ()


def test_a_venue_reads_whether_somebody_can_still_be_asked() -> None:
    limited = expert("noor", contracts=[contract(ContractKind.MIN_MAX, high=200)])
    made = problem([shift("mon 09:30-12:30"), shift("tue 09:30-12:30")], [limited, expert("sam", roles=())])
    bench = bench_of(made, Roster())
    assert chance_of(made, Roster(), "s2", bench) is Chance.SOMEBODY
    assert chance_of(made, roster("noor: s1"), "s2", bench) is Chance.NOBODY_THEN
    nobody = problem([shift("mon 09:30-12:30", required_languages=frozenset({"tr"}))], [expert("noor")])
    assert chance_of(nobody, Roster(), "s1", bench_of(nobody, Roster())) is Chance.NOBODY_ABLE
    assert set(TO_A_VENUE) == set(Chance)
