"""Does the judge add up right, keep private things private, and know when nothing is possible?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot
from scheduler.domain.errors import InvalidValue
from scheduler.domain.people import Exclusion, ExclusionKind, Expert
from scheduler.domain.problem import Problem
from scheduler.domain.score import Level, Score
from scheduler.rules import declare, load_rulebook
from scheduler.rules.analysis import Coverage, analyse, contradictions, coverage_of
from scheduler.rules.fixed import settled
from scheduler.rules.index import chosen_of
from scheduler.terms.check import score
from tests.builders import AUTUMN, SPRING, at, expert, problem, roster, shift, slots
from tests.rules.test_hard_agreement import RULES as TIGHT
from tests.rules.test_hard_agreement import cases

RULES = load_rulebook()


def test_the_amounts_per_rule_add_up_to_the_score() -> None:
    made = problem(
        [shift("mon 09:00-12:00"), shift("mon 11:00-14:00", required=2, desirable=1)],
        [expert("noor", available="mon 09:00-13:00"), expert("sam"), expert("kim")],
    )
    found = analyse(made, roster("noor: s1 s2", "sam: s2", "kim: s2"), RULES)
    assert [(v.rule, v.shifts) for v in found.hard] == [("availability", ("s2",)), ("overlap", ("s1", "s2"))]
    assert found.score.hard == 2
    levels = {level: sum(row.amount for row in found.per_rule if row.level is level) for level in Level}
    assert found.score == Score(levels[Level.HARD], levels[Level.COVERAGE], levels[Level.PREFERENCE])
    assert [row.name for row in found.per_rule] == [rule.name for rule in RULES]
    assert found.coverage == Coverage(required=3, filled=3, desirable_filled=1)


def test_too_many_people_fill_no_more_places_than_there_are() -> None:
    made = problem([shift("mon 09:00-12:00", desirable=1)], [expert(name) for name in ("a", "b", "c")])
    assert coverage_of(made, roster("a: s1", "b: s1", "c: s1")) == Coverage(1, 1, 1)


@pytest.mark.parametrize("line", ["nobody: s1", "noor: s9"])
def test_a_roster_that_names_the_unknown_is_refused(line: str) -> None:
    with pytest.raises(InvalidValue, match="is not there"):
        analyse(problem([shift("mon 09:00-12:00")], [expert("noor")]), roster(line), RULES)


def world_of(one: Expert) -> Problem:
    shifts = [shift("mon 09:00-12:00", required=2), shift("tue 09:00-12:00", venue="pinto", required=2)]
    return problem(shifts, [one, expert("sam")])


MONDAY = date(2027, 1, 4)
AWAY = Availability(slots("mon-sun 00:00-24:00"), (DaySlot(MONDAY, MONDAY, AvailabilityLevel.UNAVAILABLE),))


@pytest.mark.parametrize(
    "exclusions",
    [
        [Exclusion(ExclusionKind.VENUE, "lydia")],
        [Exclusion(ExclusionKind.DAY, "2027-01-04")],
        [Exclusion(ExclusionKind.VENUE, "lydia"), Exclusion(ExclusionKind.COLLEAGUE, "sam")],
    ],
)
def test_others_read_a_private_exclusion_exactly_as_unavailability(exclusions: Sequence[Exclusion]) -> None:
    wanted = roster("noor: s1", "sam: s1")
    private = analyse(world_of(expert("noor", exclusions=exclusions)), wanted, RULES)
    plain = analyse(world_of(expert("noor", available=AWAY)), wanted, RULES)
    both = analyse(world_of(expert("noor", available=AWAY, exclusions=exclusions)), wanted, RULES)
    assert {v.rule for v in private.hard} == {"exclusions"}
    assert private.for_others().hard == plain.for_others().hard == both.for_others().hard
    assert private.for_others().score.hard == both.for_others().score.hard == plain.score.hard
    names = [(row.name, row.amount) for row in private.for_others().per_rule if row.level is Level.HARD]
    assert names == [(row.name, row.amount) for row in plain.per_rule if row.level is Level.HARD]


def test_a_pin_against_the_law_is_a_contradiction_in_words() -> None:
    made = problem([shift("mon 09:00-12:00")], [expert("noor", available="tue 09:00-12:00")], pinned=roster("noor: s1"))
    (found,) = contradictions(made, RULES)
    assert str(found.sentence) == "noor is not available for s1."
    assert contradictions(problem([shift("mon 09:00-12:00")], [expert("noor")]), RULES) == ()


def test_a_declined_place_in_the_frozen_zone_is_no_contradiction() -> None:
    made = problem(
        [shift("mon 09:00-12:00")],
        [expert("noor")],
        published=roster("noor: s1"),
        declined=roster("noor: s1"),
        frozen_until=at("tue 00:00"),
    )
    assert contradictions(made, RULES) == ()


def test_a_pin_that_people_know_of_contradicts_nothing() -> None:
    made = problem([shift("mon 09:00-12:00")], [expert("noor", available="tue 09:00-12:00")], pinned=roster("noor: s1"))
    assert contradictions(made, RULES)
    assert contradictions(replace(made, published=roster("noor: s1")), RULES) == ()


def test_without_contradictions_the_settled_roster_is_a_witness_that_solvers_accept() -> None:
    outcomes = set()
    for made, _ in cases():
        quiet = replace(made, pinned=frozenset(sorted(made.pinned)[:1]), published=None, frozen_until=None)
        model = declare(quiet, [rule for rule in TIGHT if not rule.asks_for_work])
        possible = not contradictions(quiet, TIGHT)
        outcomes.add(possible)
        assert (score(model, chosen_of(quiet, model.pairs, settled(quiet))).hard == 0) is possible
    assert outcomes == {True, False}


@pytest.mark.parametrize(
    ("window", "good", "bad"),
    [(SPRING, "sun 10:00-12:00", "sun 09:59-12:00"), (AUTUMN, "sun 08:00-12:00", "sun 07:59-12:00")],
    ids=["spring", "autumn"],
)
def test_daily_rest_counts_elapsed_hours_when_the_clock_changes(window: object, good: str, bad: str) -> None:
    shifts = [shift("sat 18:00-22:00"), shift(good), shift(bad)]
    made = problem(shifts, [expert("noor")], window=window)  # type: ignore[arg-type]
    assert analyse(made, roster("noor: s1 s2"), RULES).hard == ()
    assert [v.rule for v in analyse(made, roster("noor: s1 s3"), RULES).hard] == ["daily_rest"]


@pytest.mark.parametrize(("window", "ok"), [(SPRING, True), (AUTUMN, False)], ids=["spring", "autumn"])
def test_the_longest_shift_counts_elapsed_hours_when_the_clock_changes(window: object, ok: bool) -> None:
    made = problem([shift("sat 20:00-06:30")], [expert("noor", limits={"nights": True})], window=window)  # type: ignore[arg-type]
    names = {v.rule for v in analyse(made, roster("noor: s1"), RULES).hard}
    assert names == (set() if ok else {"longest_shift", "hours_a_day"})
