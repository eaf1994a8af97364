"""Does what an expert limits for herself read, for everybody else, exactly as if she were simply not available?"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from scheduler.domain.availability import AvailabilityLevel, DaySlot, local_parts
from scheduler.domain.errors import Sentence
from scheduler.domain.limits import GradedLimit, Period
from scheduler.domain.people import Expert, PersonalLimits
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Level
from scheduler.domain.shifts import Shift
from scheduler.rules import RULEBOOK
from scheduler.rules.analysis import analyse, contradictions
from scheduler.rules.bench import Bench
from scheduler.rules.bottleneck import bottleneck_at
from scheduler.rules.chains import chains
from scheduler.rules.compare import compare
from scheduler.rules.diagnosis import chance_of, relaxations
from scheduler.rules.recommend import which_shifts_fit, who_can, why_empty
from scheduler.rules.repair import Moment, repair
from scheduler.rules.standing import Standing
from tests.builders import at, contract, expert, problem, roster, shift
from tests.rules.faults import RULES, Fault, days, own
from tests.rules.test_planted_faults import FAULTS

PRIVATE = {rule.name for rule in RULEBOOK if rule.private}
HARD = {rule.name for rule in RULEBOOK if rule.private and rule.level is Level.HARD}
PLANTED = [fault for fault in FAULTS if fault.rule in HARD]
AWAY = Sentence("not available")


def test_every_limit_and_wish_of_ones_own_is_private() -> None:
    assert {rule.name for rule in RULEBOOK if rule.name.startswith("personal_")} <= PRIVATE
    assert {"exclusions", "nights", "wanted_colleagues"} <= PRIVATE
    assert {fault.rule for fault in PLANTED} == HARD


def pair_of(fault: Fault) -> Assignment:
    """The assignment of which others read that she is not available."""
    found = analyse(fault.problem, fault.bad, fault.rules).for_others().hard
    assert [(v.rule, v.amount, len(v.shifts)) for v in found] == [("availability", 1, 1)]
    return Assignment(found[0].experts[0], found[0].shifts[0])


def away(person: Expert, off: Shift, made: Problem) -> Expert:
    """She says nothing of what she wants and is not available for this shift."""
    parts = local_parts(off.span, made.window.zone)
    slots = [DaySlot(day, day, AvailabilityLevel.UNAVAILABLE, start, end) for day, start, end in parts]
    times = replace(person.availability, exceptions=(*person.availability.exceptions, *slots))
    return replace(person, limits=PersonalLimits(nights=True), exclusions=(), availability=times)


def twin(fault: Fault) -> Problem:
    """The same world where she is plainly not available for what her limit keeps her from."""
    made, pair = fault.problem, pair_of(fault)
    people = [away(e, made.shift[pair.shift], made) if e.id == pair.expert else e for e in made.experts]
    return replace(made, experts=tuple(people))


@pytest.mark.parametrize("fault", PLANTED, ids=[f"{f.rule}-{n}" for n, f in enumerate(PLANTED)])
def test_a_limit_of_ones_own_leaves_no_trace_where_others_look(fault: Fault) -> None:
    seen, pair, rules = [], pair_of(fault), fault.rules
    rest = fault.bad.without(pair)
    asks = next(rule for rule in rules if rule.name == fault.rule).asks_for_work
    for world in (fault.problem, twin(fault)):
        made = replace(world, shifts=tuple(s for s in world.shifts if s.id in fault.bad.by_shift))
        bench, moment = Bench(made, rest, rules), Moment(at("w0 mon 09:00", made.window), timedelta(0))
        candidates = who_can(made, rest, pair.shift, rules, bench)
        assert dict(candidates.cannot)[pair.expert] == AWAY
        assert pair.shift not in {fit.shift for fit in which_shifts_fit(made, rest, pair.expert, rules, bench)}
        pinned = replace(made, pinned=fault.bad.assignments)
        seen.append((
            analyse(made, fault.bad, rules).for_others(),
            Standing.of(made, rest, rules).moved_to(made, fault.bad).for_others.hard,
            candidates,
            why_empty(made, rest, pair.shift, rules, bench),
            (chance_of(made, rest, pair.shift, bench), relaxations(made, rest, pair.shift, bench)),
            [bottleneck_at(made, rest, s.id, bench, lambda _: True) for s in made.shifts],
            chains(rest, pair.shift, bench, lambda _: True),
            repair(made, rest, (), rules, moment, gaps=[pair.shift], bench=bench),
            compare(made, rest, fault.bad, rules),
            () if asks else contradictions(pinned, rules),
        ))  # fmt: skip
    for private, plain in zip(*seen, strict=True):
        assert private == plain


def two_a_week(**more: Any) -> Problem:
    return problem(days("mon", "wed", "fri"), [own(shifts_a_week=2), expert("sam")], **more)


def unavailable_for(made: Problem, *latest: Assignment) -> list[str]:
    found = analyse(made, roster("noor: s1 s2 s3"), RULES).for_others(latest)
    return [v.shifts[0] for v in found.hard]


def test_what_was_changed_last_is_what_she_is_not_available_for() -> None:
    told = two_a_week(published=roster("noor: s2 s3"))
    assert unavailable_for(two_a_week()) == ["s3"]
    assert unavailable_for(told) == ["s1"]
    assert unavailable_for(told, Assignment("noor", "s2")) == ["s2"]


def test_no_repair_moves_who_reads_as_not_available() -> None:
    busy = contract(high=180)
    people = [expert("sam", available="mon 00:00-24:00", contracts=[busy])]
    for noor, moved in ((own(minutes_a_week=180), 0), (expert("noor", contracts=[busy]), 2)):
        made = problem(days("mon", "wed"), [noor, *people])
        found = repair(made, roster("noor: s1"), (), RULES, Moment(at("w0 mon 09:00"), timedelta(0)), gaps=["s2"])
        assert len(found.moves) == moved


def wishing(wish: str) -> list[Expert]:
    """Noor with a private wish that the rosters below do not meet, and Sam."""
    graded = {"personal_floors": {"least_minutes": 600}, "personal_slopes": {"most_minutes": 60}}
    if wish == "wanted_colleagues":
        return [expert(a, wanted_colleagues=frozenset({b})) for a, b in (("noor", "sam"), ("sam", "noor"))]
    if wish == "personal_regular_starts":
        return [own(start_difference_minutes=30), expert("sam")]
    return [own(graded=(GradedLimit(Period.WEEK, **graded[wish]),)), expert("sam")]


@pytest.mark.parametrize("wish", sorted(PRIVATE - HARD))
def test_a_private_wish_moves_no_number_and_no_order_that_others_see(wish: str) -> None:
    shifts = [shift("mon 09:00-12:00", required=2), shift("tue 13:00-16:00", required=2), shift("wed 09:00-12:00")]
    plan, seen = roster("noor: s1"), []
    for people in (wishing(wish), [expert("noor"), expert("sam")]):
        made = problem(shifts, people)
        bench, both = Bench(made, plan, RULES), roster("noor: s1 s2", "sam: s3")
        seen.append((
            analyse(made, both, RULES).for_others(),
            compare(made, plan, both, RULES),
            [who_can(made, plan, s, RULES, bench) for s in ("s1", "s2", "s3")],
            [chains(both, s, bench, lambda _: True) for s in ("s1", "s2", "s3")],
            [bottleneck_at(made, both, s, bench, lambda _: True) for s in ("s1", "s2", "s3")],
            repair(made, plan, (), RULES, Moment(at("w0 mon 09:00"), timedelta(0)), gaps=["s2", "s3"], bench=bench),
        ))  # fmt: skip
    wished = analyse(problem(shifts, wishing(wish)), both, RULES)
    assert wish in {v.rule for v in wished.violations if v.private}
    assert seen[0] == seen[1]


def test_she_herself_reads_the_whole_sentence() -> None:
    found = analyse(two_a_week(), Roster(roster("noor: s1 s2 s3").assignments), RULES).hard
    assert [str(v.sentence) for v in found] == ["noor works 3 shifts in the week of 2027-01-04; their own limit is 2."]
