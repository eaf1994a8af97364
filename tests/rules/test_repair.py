"""Does a repair fill what can be filled, by few changes, breaking nothing and surprising nobody?"""

import random
from datetime import timedelta
from functools import cache, partial

import pytest

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Level, Score
from scheduler.rules import load_rulebook
from scheduler.rules.bench import Bench
from scheduler.rules.chains import chains
from scheduler.rules.ground import FOR_RUNS_ONLY
from scheduler.rules.repair import Moment, Move, repair
from scheduler.rules.rule import Rule
from tests.builders import at, expert, problem, roster, shift
from tests.rules.crowded import crowded_world
from tests.rules.worlds import random_roster, random_world

MOMENT = Moment(at("mon 08:00"), timedelta(days=4))


@cache
def rules() -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rulebook() if not isinstance(rule, FOR_RUNS_ONLY))


def judged(made: Problem, plan: Roster) -> Score:
    amounts = dict.fromkeys(Level, 0)
    for rule in rules():
        amounts[rule.level] += sum(v.amount for v in rule.violations(made, plan))
    return Score(*(amounts[level] for level in Level))


def minus(a: Score, b: Score) -> Score:
    return Score(a.hard - b.hard, a.coverage - b.coverage, a.preference - b.preference)


def tight_world(rng: random.Random) -> Problem:
    """Few people who speak some languages, and many shifts at the same times, some of which ask for a language."""
    spoken = [("nl",), ("nl", "tr"), ("nl", "ar"), ("nl", "ar", "tr")]
    times = ("09:30-12:30", "10:00-13:00", "13:00-16:00")
    shifts = [
        shift(f"w2 {day} {rng.choice(times)}", required_languages=frozenset(rng.choice([(), ("tr",), ("ar",)])))
        for day in ("mon", "tue", "wed", "thu")
        for _ in range(3)
    ]
    return problem(shifts, [expert(f"e{n}", languages=rng.choice(spoken)) for n in range(5)])


def legal(rng: random.Random, made: Problem) -> Roster:
    """A roster that breaks no more than an empty one, as full as it comes."""
    bench, plan = Bench(made, Roster(), rules()).scratch(), Roster()
    for pair in sorted(random_roster(rng, made, 0.6).assignments):
        if len(plan.by_shift.get(pair.shift, [])) < made.shift[pair.shift].demand.required:
            for who, _ in bench.takers(pair.shift):
                if who == pair.expert:
                    bench.toggle(pair)
                    plan = plan.with_(pair)
    return plan


@cache
def cases() -> list[tuple[Problem, Roster, list[Assignment]]]:
    rng, found = random.Random("repair"), []
    for number in range(60):
        made = (tight_world, tight_world, random_world, crowded_world)[number % 4](rng)
        plan = legal(rng, made)
        if plan.assignments:
            out = rng.choice(sorted(plan.by_expert))
            found.append((made, plan, [Assignment(out, s) for s in plan.by_expert[out]]))
    return found


def test_a_repair_says_truly_what_it_does_and_breaks_nothing() -> None:
    filled = chained = 0
    for made, plan, lost in cases():
        moment = Moment(made.window.midnight(0), timedelta(days=4))
        hole = Roster(plan.assignments - set(lost))
        found = repair(made, plan, lost, rules(), moment)
        assert found.effect == minus(judged(made, found.roster), judged(made, hole))
        assert found.effect.hard <= 0
        assert found.effect.coverage <= 0
        taken = hole.assignments - found.roster.assignments
        assert not taken & made.pinned
        assert all(not moment.is_soon(made.shift[a.shift].span.start) or a not in made.told for a in taken)
        gone = {a.expert for a in lost}
        assert not {a.expert for a in found.roster.assignments - hole.assignments} & gone
        filled += len(lost) - len(found.open)
        chained += any(move.leaves for move in found.moves)
    assert filled > 20
    assert chained


def test_a_place_stays_open_only_when_nobody_can_come() -> None:
    for made, plan, lost in cases():
        found = repair(made, plan, lost, rules(), Moment(made.window.midnight(0), timedelta(days=4)))
        before = judged(made, found.roster)
        for place in found.open:
            for one in made.experts:
                pair = Assignment(one.id, place)
                if one.id not in {a.expert for a in lost} and pair not in found.roster.assignments:
                    change = minus(judged(made, found.roster.with_(pair)), before)
                    assert change.hard > 0 or change.coverage > 0


@pytest.mark.slow
def test_a_chain_does_what_it_says() -> None:
    count = 0
    for made, plan, _ in cases():
        before, bench = judged(made, plan), Bench(made, plan, rules())
        for one in made.shifts[::2]:
            for found in chains(plan, one.id, bench, partial(MOMENT.may_move, made)):
                left, wanted = Assignment(found.expert, found.leaves), Assignment(found.expert, one.id)
                after = plan.without(left).with_(wanted).with_(Assignment(found.successor, found.leaves))
                assert minus(judged(made, after), before) == found.effect
                assert found.effect.hard <= 0
                assert found.effect.coverage < 0
                assert left in plan.assignments
                assert left not in made.pinned
                count += 1
    assert count > 10


def small(pinned: Roster | None = None) -> Problem:
    """Sam alone speaks Turkish; Noor can do the rest."""
    shifts = [shift("w2 mon 09:30-12:30"), shift("w2 mon 09:30-12:30", required_languages=frozenset({"tr"}))]
    return problem(shifts, [expert("noor"), expert("sam", languages=("nl", "tr"))], pinned=pinned)


def test_one_moves_over_and_another_takes_her_shift() -> None:
    found = repair(small(), roster("sam: s1"), [], rules(), MOMENT, gaps=["s2"])
    assert found.moves == (Move("s2", "sam", "s1", False), Move("s1", "noor", None, False))
    assert found.roster == roster("noor: s1", "sam: s2")
    assert found.open == ()


def test_a_pin_is_not_moved_and_the_place_stays_open() -> None:
    made = small(pinned=roster("sam: s1"))
    assert repair(made, roster("sam: s1"), [], rules(), MOMENT, gaps=["s2"]).open == ("s2",)


@pytest.mark.parametrize(("days", "is_open"), [(4, False), (9, True)])
def test_who_was_told_is_not_moved_inside_the_call_up_term(days: int, is_open: bool) -> None:
    made = problem(small().shifts, small().experts, published=roster("sam: s1"))
    moment = Moment(MOMENT.now, timedelta(days=days))
    found = repair(made, roster("sam: s1"), [], rules(), moment, gaps=["s2"])
    assert bool(found.open) is is_open


def test_somebody_new_on_a_shift_that_starts_soon_is_invited() -> None:
    made = problem([shift("wed 09:30-12:30"), shift("w2 wed 09:30-12:30")], [expert("noor"), expert("sam")])
    given = roster("noor: s1 s2")
    found = repair(made, given, sorted(given.assignments), rules(), MOMENT)
    assert found.moves == (Move("s1", "sam", None, True), Move("s2", "sam", None, False))


def test_a_change_tomorrow_costs_more_than_one_next_month() -> None:
    costs = [MOMENT.cost(at(text)) for text in ("mon 09:00", "tue 09:00", "w2 mon 09:00", "w4 mon 09:00")]
    assert costs == sorted(costs, reverse=True)
    assert len(set(costs)) == len(costs)
