"""Do shifts at one time ask for more people than can come where that is said, and is nothing said where some can?"""

import random

import pytest

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Level
from scheduler.domain.shifts import ShiftId
from scheduler.rules import load_rulebook
from scheduler.rules.bench import Bench
from scheduler.rules.bottleneck import Bottleneck, at_once, bottleneck_at
from scheduler.rules.ground import FOR_RUNS_ONLY
from scheduler.rules.recommend import who_can
from tests.builders import expert, problem, roster, shift
from tests.rules.test_private import AWAY
from tests.rules.test_repair import legal, tight_world
from tests.rules.worlds import random_world

RULES = tuple(rule for rule in load_rulebook() if not isinstance(rule, FOR_RUNS_ONLY))
EVENING = "w2 wed 19:00-21:00"
TURKISH = frozenset({"tr"})


def found_at(made: Problem, plan: Roster, place: ShiftId) -> Bottleneck | None:
    return bottleneck_at(made, plan, place, Bench(made, plan, RULES), lambda _: True)


def evening(people: str, shifts: int = 3) -> Problem:
    """Shifts of one evening and another the day after; who is named with a + speaks Turkish too."""
    crew = [expert(p.rstrip("+"), languages=("nl", "tr") if p.endswith("+") else ("nl",)) for p in people.split()]
    return problem([*(shift(EVENING) for _ in range(shifts)), shift("w2 thu 19:00-21:00")], crew)


def test_shifts_of_one_evening_that_ask_for_more_than_can_come_are_named_together() -> None:
    made = evening("noor sam")
    assert found_at(made, roster("noor: s1 s4", "sam: s2"), "s3") == Bottleneck(("s1", "s2", "s3"), 3, 2)


def test_two_open_places_with_one_person_for_both_are_a_bottleneck() -> None:
    assert found_at(evening("noor", 2), roster("noor: s3"), "s1") == Bottleneck(("s1", "s2"), 2, 1)


def test_nothing_is_said_where_somebody_can_come_or_move_over() -> None:
    assert found_at(evening("noor sam tom"), roster("noor: s1", "sam: s2"), "s3") is None
    crew = [expert("noor"), expert("sam", languages=("nl", "tr"))]
    made = problem([shift(EVENING), shift(EVENING, required_languages=TURKISH)], crew)
    assert found_at(made, roster("sam: s1"), "s2") is None, "Sam moves over, Noor takes her place"


def test_nothing_is_said_where_a_shift_has_somebody_to_spare() -> None:
    made = problem([shift(EVENING, desirable=1), shift(EVENING)], [expert("noor"), expert("sam")])
    assert found_at(made, roster("noor: s1", "sam: s1"), "s2") is None


def test_shifts_for_which_others_are_asked_do_not_compete() -> None:
    crew = [expert("noor"), expert("sam"), expert("tom", roles=())]
    made = problem([shift(EVENING), shift(EVENING), shift(EVENING, required_languages=TURKISH)], crew)
    assert found_at(made, roster("noor: s1", "sam: s2"), "s3") is None, "nobody speaks Turkish: it stands alone"


def test_who_would_still_be_kept_away_by_another_shift_cannot_come() -> None:
    made = problem([shift(EVENING), shift("w2 wed 19:00-22:00"), shift("w2 wed 21:00-22:00")], [expert("noor")])
    assert found_at(made, roster("noor: s1"), "s2") == Bottleneck(("s1", "s2"), 2, 1)
    assert found_at(made, roster("noor: s1 s3"), "s2") is None, "s3 keeps her away, whatever else she leaves"


def test_a_shift_that_began_keeps_its_people() -> None:
    made, plan = evening("noor sam"), roster("noor: s1", "sam: s2")
    bench = Bench(made, plan, RULES)
    assert bottleneck_at(made, plan, "s3", bench, lambda s: s != "s1") == Bottleneck(("s2", "s3"), 2, 1)


def hard(made: Problem, plan: Roster) -> int:
    return sum(v.amount for rule in RULES if rule.level is Level.HARD for v in rule.violations(made, plan))


def naively_able(made: Problem, plan: Roster, place: ShiftId, rivals: set[ShiftId]) -> set[str]:
    """The same people by the naive judge: on it, free for it, or free once off the others at that time."""
    away = {who for who, said in who_can(made, plan, place, RULES).cannot if said == AWAY}
    found, before = set(plan.by_shift.get(place, ())), hard(made, plan)
    for one in made.experts:
        mine = {Assignment(one.id, s) for s in rivals} & plan.assignments
        moved = Roster((plan.assignments - mine) | {Assignment(one.id, place)})
        if one.id not in away and hard(made, moved) <= before:
            found.add(one.id)
    return found


@pytest.mark.slow
def test_a_bottleneck_is_true_of_the_naive_judge() -> None:
    rng, told, silent = random.Random("bottleneck"), 0, 0
    for number in range(60):
        made = (tight_world, random_world)[number % 2](rng)
        plan = legal(rng, made)
        for one in made.shifts:
            if len(plan.by_shift.get(one.id, ())) >= one.demand.required:
                continue
            found = found_at(made, plan, one.id)
            if found is None:
                silent += 1
                continue
            told += 1
            assert one.id in found.shifts
            spans = [made.shift[s].span for s in found.shifts]
            assert all(a.meets(b) for a in spans for b in spans)
            rivals = {s.id for s in at_once(made, one)}
            people = set().union(*(naively_able(made, plan, s, rivals) for s in found.shifts))
            assert (len(people), sum(made.shift[s].demand.required for s in found.shifts)) == (
                found.people,
                found.places,
            )
            assert found.people < found.places
    assert told > 20
    assert silent > 20
