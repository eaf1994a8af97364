"""Who can take a shift, in the right order and the right words, without a trace of anything private?"""

import random
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot
from scheduler.domain.contracts import ContractKind
from scheduler.domain.errors import Sentence
from scheduler.domain.people import Exclusion, ExclusionKind, Expert, Qualification, Wish
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Level, Score
from scheduler.domain.time import Days
from scheduler.domain.venues import ActivityType
from scheduler.rules import load_rulebook
from scheduler.rules.bench import Bench
from scheduler.rules.ground import FOR_RUNS_ONLY
from scheduler.rules.reasons import explain_to_herself
from scheduler.rules.recommend import (
    CANNOT_BE_ASKED,
    TOO_FAR,
    WORKING_THEN,
    which_shifts_fit,
    who_can,
    why_empty,
)
from scheduler.rules.rule import Rule
from tests.builders import clock, contract, day_of, expert, problem, roster, shift, slots
from tests.rules.crowded import crowded_world, full_roster
from tests.rules.worlds import random_roster, random_world

EMPTY = roster()


@cache
def rules() -> tuple[Rule, ...]:
    return load_rulebook()


def judged(made: Problem, plan: Roster) -> Score:
    """The score that the naive judges give, without the rules about runs only and without private wishes."""
    amounts = dict.fromkeys(Level, 0)
    for rule in rules():
        if not isinstance(rule, FOR_RUNS_ONLY) and (rule.level is Level.HARD or not rule.private):
            amounts[rule.level] += sum(v.amount for v in rule.violations(made, plan))
    return Score(amounts[Level.HARD], amounts[Level.COVERAGE], amounts[Level.PREFERENCE])


def minus(a: Score, b: Score) -> Score:
    return Score(a.hard - b.hard, a.coverage - b.coverage, a.preference - b.preference)


def random_cases() -> list[tuple[Problem, Roster]]:
    rng = random.Random("candidates")
    gentle = [random_world(rng) for _ in range(12)]
    crowded = [crowded_world(rng) for _ in range(12)]
    pairs = [(made, random_roster(rng, made, 0.15)) for made in gentle]
    return pairs + [(made, random_roster(rng, made, 0.05)) for made in crowded]


@pytest.mark.parametrize("number", range(24))
def test_every_effect_and_every_refusal_is_what_the_naive_judges_say(number: int) -> None:
    made, plan = random_cases()[number]
    before, bench = judged(made, plan), Bench(made, plan, rules())
    for one in made.shifts[::3]:
        found = who_can(made, plan, one.id, rules(), bench)
        there = set(plan.by_shift.get(one.id, []))
        assert {c.expert for c in found.can} | {e for e, _ in found.cannot} == {e.id for e in made.experts} - there
        assert [c.effect for c in found.can] == sorted(c.effect for c in found.can)
        for candidate in found.can:
            change = minus(judged(made, plan.with_(Assignment(candidate.expert, one.id))), before)
            assert candidate.effect == change
        for who, _ in found.cannot:
            assert minus(judged(made, plan.with_(Assignment(who, one.id))), before).hard > 0


def test_a_bench_moved_to_another_roster_answers_like_a_new_one() -> None:
    for made, plan in random_cases()[::5]:
        bench = Bench(made, EMPTY, rules())
        for one in made.shifts[:3]:
            assert who_can(made, EMPTY, one.id, rules(), bench) == who_can(made, EMPTY, one.id, rules())
            assert who_can(made, plan, one.id, rules(), bench) == who_can(made, plan, one.id, rules())


def test_the_fitting_shifts_of_a_person_are_those_for_which_she_can_be_asked() -> None:
    for made, plan in random_cases()[::4]:
        for person in made.experts[:3]:
            fits = {f.shift: f.effect for f in which_shifts_fit(made, plan, person.id, rules())}
            expected: dict[str, Score] = {}
            for one in made.shifts:
                if len(plan.by_shift.get(one.id, [])) < one.demand.most:
                    can = {c.expert: c.effect for c in who_can(made, plan, one.id, rules()).can}
                    expected |= {one.id: can[person.id]} if person.id in can else {}
            assert fits == expected
            assert list(fits.values()) == sorted(fits.values())


# Privacy


SHIFTS = [shift("mon 09:00-12:00", required=2), shift("mon 10:00-13:00", venue="coenen", required=2)]
PLAINLY = DaySlot(day_of("mon"), day_of("mon"), AvailabilityLevel.UNAVAILABLE, clock("09:00"), clock("12:00"))
ALL_DAY = DaySlot(day_of("mon"), day_of("mon"), AvailabilityLevel.UNAVAILABLE)
EXCLUSIONS = {
    "venue": (Exclusion(ExclusionKind.VENUE, "lydia"), PLAINLY),
    "neighbourhood": (Exclusion(ExclusionKind.NEIGHBOURHOOD, "pijp"), PLAINLY),
    "colleague": (Exclusion(ExclusionKind.COLLEAGUE, "sam"), PLAINLY),
    "day": (Exclusion(ExclusionKind.DAY, day_of("mon").isoformat()), ALL_DAY),
}
PEOPLE: dict[str, dict[str, Any]] = {
    "able": {},
    "without the role": {"roles": ()},
    "without a contract": {"contracts": ()},
    "over a limit": {"limits": {"minutes_a_week": 60}},
    "working elsewhere": {},
    "declined": {},
}


def twins(exclusion: Exclusion, slot: DaySlot, more: dict[str, Any]) -> tuple[Expert, Expert]:
    """Noor with a private exclusion, and Noor who is plainly not available."""
    weekly = slots("mon-sun 00:00-24:00")
    private = expert("noor", available=Availability(weekly), exclusions=[exclusion], wished_minutes_a_week=480, **more)
    plain = expert("noor", available=Availability(weekly, (slot,)), wished_minutes_a_week=480, **more)
    return private, plain


@pytest.mark.parametrize("kind", EXCLUSIONS)
@pytest.mark.parametrize("person", PEOPLE)
def test_a_private_exclusion_leaves_no_trace_in_any_text(kind: str, person: str) -> None:
    plan = roster("sam: s1", "noor: s2") if person == "working elsewhere" else roster("sam: s1")
    others = [expert("sam"), expert("vera", wished_minutes_a_week=600), expert("wim", roles=())]
    told = []
    for noor in twins(*EXCLUSIONS[kind], PEOPLE[person]):
        made = problem(SHIFTS, [noor, *others], declined=roster("noor: s1") if person == "declined" else None)
        told.append((who_can(made, plan, "s1", rules()), why_empty(made, plan, "s1", rules())))
    assert told[0] == told[1]
    reason = "is no host" if person == "without the role" else "not available"
    assert str(dict(told[0][0].cannot)["noor"]) == reason


def test_being_avoided_by_a_colleague_reads_like_not_being_available() -> None:
    sam = expert("sam", exclusions=[Exclusion(ExclusionKind.COLLEAGUE, "noor")])
    made = problem([shift("mon 09:00-12:00", required=2)], [sam, expert("noor")])
    found = who_can(made, roster("sam: s1"), "s1", rules())
    assert found.cannot == (("noor", Sentence("not available")),)


@pytest.mark.parametrize("kind", EXCLUSIONS)
def test_the_private_rule_says_in_short_what_availability_says(kind: str) -> None:
    said = []
    for name, noor in zip(("exclusions", "availability"), twins(*EXCLUSIONS[kind], {}), strict=True):
        made, rule = problem(SHIFTS, [noor, expert("sam")]), by_name(name)
        broken = rule.violations(made, roster("sam: s1", "noor: s1"))
        said.append([rule.in_short(violation, "s1") for violation in broken])
    assert said[0] == said[1] == [Sentence("not available")]


# Words


def texts(sentences: Any) -> list[str]:
    return [str(s) for s in sentences]


def test_the_best_candidate_is_known_there_and_the_reasons_say_so() -> None:
    made = problem(
        [shift("mon 09:00-12:00", desired_languages=["tr"]), shift("tue 09:00-12:00")],
        [expert("noor", wished_minutes_a_week=360), expert("vera", languages=("nl", "tr"), wished_minutes_a_week=360)],
        past_visits={("noor", "lydia"): 6},
    )
    noor, vera = sorted(who_can(made, roster("noor: s2"), "s1", rules()).can, key=lambda c: c.expert)
    assert texts(noor.reasons_for) == [
        "Familiar face: 6 times here in the last months",
        "Said that this time is fine",
        "Comes to 6 of 6 wished hours this week",
        "8 minutes by bike",
    ]
    assert texts(noor.reasons_against) == ["Does not speak tr (desired, not required)"]
    assert "Speaks tr" in texts(vera.reasons_for)
    assert texts(vera.reasons_against) == ["Is new here"]


def test_what_speaks_against_somebody_is_said_as_well() -> None:
    asked = slots("mon-sun 00:00-24:00", AvailabilityLevel.ASK_FIRST)
    noor = expert(
        "noor",
        available=Availability(asked),
        contracts=[contract(ContractKind.SELF_EMPLOYED)],
        wished_minutes_a_week=60,
        venue_wishes=(("lydia", Wish.RATHER_NOT),),
        activity_wishes=(("drop-in", Wish.RATHER_NOT),),
    )
    made = problem([shift("mon 09:00-12:00"), shift("mon 15:00-17:00")], [noor])
    (found,) = who_can(made, roster("noor: s2"), "s1", rules()).can
    assert texts(found.reasons_against) == [
        "Is new here",
        "Would like to be asked first",
        "Would rather not come here",
        "Would rather not do this work",
        "Comes to 5 hours this week, more than the 1 wished",
        "Is hired in; own staff goes first",
        "Has 3 hours between this and s2 on the same day",
    ]


def test_who_would_be_alone_and_who_is_the_missing_host_is_said() -> None:
    duo = ActivityType("drop-in", "For two", "consultant", host_needed=True, two_present=True)
    made = problem([shift("mon 09:00-12:00", required=2)], [expert("host"), expert("other", roles=("consultant",))])
    made = replace(made, activities=(duo, *made.activities[1:]))
    host, other = sorted(who_can(made, EMPTY, "s1", rules()).can, key=lambda c: c.expert)
    assert "Is the host that is missing" in texts(host.reasons_for)
    assert {"Is no host; one is still missing", "Would be alone until a second person comes"} <= set(
        texts(other.reasons_against)
    )
    (second,) = who_can(made, roster("other: s1"), "s1", rules()).can
    assert {"Is the host that is missing", "Then nobody is alone"} <= set(texts(second.reasons_for))


def test_the_first_reason_of_everybody_who_cannot_comes_from_the_rule_itself() -> None:
    people = [
        expert("away", available="tue 09:00-17:00"),
        expert("busy"),
        expert("limit", contracts=[contract(ContractKind.MIN_MAX, high=240)]),
        expert("norole", roles=("consultant",)),
    ]
    made = problem([shift("mon 09:00-12:00"), shift("mon 11:00-14:00"), shift("wed 09:00-12:00")], people)
    found = who_can(made, roster("busy: s2", "limit: s3"), "s1", rules())
    assert found.can == ()
    assert {who: str(s) for who, s in found.cannot} == {
        "away": "not available",
        "busy": "already works then (s2)",
        "limit": "would go over the 4 hours of the contract this week",
        "norole": "is no host",
    }
    assert texts(why_empty(made, roster("busy: s2", "limit: s3"), "s1", rules())) == [
        "3 others can act as host here.",
        "One already works then.",
        "One is not available.",
        "One would go over a limit.",
    ]


def test_more_than_one_for_the_same_kind_of_reason_is_counted() -> None:
    people = [expert("a", available="tue 09:00-17:00"), expert("b", available="tue 09:00-17:00")]
    made = problem([shift("mon 09:00-12:00")], people)
    assert texts(why_empty(made, EMPTY, "s1", rules())) == ["2 others can act as host here.", "2 are not available."]
    alone = problem([shift("mon 09:00-12:00")], people[:1])
    assert texts(why_empty(alone, EMPTY, "s1", rules()))[0] == "One other person can act as host here."


def by_name(name: str) -> Rule:
    return next(rule for rule in rules() if rule.name == name)


def test_a_gap_that_nobody_is_able_to_fill_says_so() -> None:
    made = problem([shift("mon 09:00-12:00")], [expert("noor", roles=("consultant",))])
    assert texts(why_empty(made, EMPTY, "s1", rules())) == ["Nobody else can act as host here."]


def test_a_gap_names_the_language_and_the_qualification_that_are_missing() -> None:
    proof = (Qualification("first_aid", Days(date(2026, 1, 1))),)
    people = [
        expert("dutch"),
        expert("unproven", languages=("nl", "tr")),
        expert("away", languages=("nl", "tr"), qualifications=proof, available="tue 09:00-17:00"),
        expert("able", languages=("nl", "tr"), qualifications=proof),
    ]
    needs = shift("mon 09:00-12:00", required_languages=("nl", "tr"), required_qualification="first_aid")
    assert texts(why_empty(problem([needs], people), EMPTY, "s1", rules())) == [
        "4 others can act as host here.",
        "One does not speak tr.",
        "One has no valid proof of first_aid.",
        "One is not available.",
        "One can still be asked.",
    ]
    twice = problem([needs], [people[0], replace(people[0], id="second")])
    assert texts(why_empty(twice, EMPTY, "s1", rules()))[1:] == ["None of them speaks tr."]
    shown = why_empty(problem([needs], people[1:2]), EMPTY, "s1", rules())
    assert texts(shown) == ["One other person can act as host here.", "One has no valid proof of first_aid."]


def test_the_list_of_who_cannot_gives_the_reason_under_which_the_sentence_counts_them() -> None:
    people = [
        expert("both", available="tue 09:00-17:00"),
        expert("away", languages=("nl", "tr"), available="tue 09:00-17:00"),
    ]
    made = problem([shift("mon 09:00-12:00", required_languages=("tr",))], people)
    told = {who: str(s) for who, s in who_can(made, EMPTY, "s1", rules()).cannot}
    assert told == {"both": "does not speak tr", "away": "not available"}
    assert texts(why_empty(made, EMPTY, "s1", rules()))[1:] == ["One does not speak tr.", "One is not available."]


def test_who_lacks_a_language_counts_as_that_also_when_something_private_stands_in_the_way() -> None:
    hidden = (Exclusion(ExclusionKind.VENUE, "lydia"),)
    needs = shift("mon 09:00-12:00", required_languages=("tr",))
    plain, private = expert("noor"), expert("noor", exclusions=hidden)
    told = [why_empty(problem([needs], [one, expert("sam")]), EMPTY, "s1", rules()) for one in (plain, private)]
    assert told[0] == told[1]


def test_a_frozen_or_full_shift_still_has_candidates_for_the_planner() -> None:
    made = problem([shift("mon 09:00-12:00")], [expert("noor"), expert("sam")], published=roster("sam: s1"))
    made = replace(made, frozen_until=made.shifts[0].span.end)
    assert [c.expert for c in who_can(made, roster("sam: s1"), "s1", rules()).can] == ["noor"]


def test_she_reads_up_to_four_reasons_why_her_in_words_to_her() -> None:
    made = problem(
        [shift("mon 09:00-12:00", desired_languages=["tr"])],
        [
            expert("noor", languages=("nl", "tr"), wished_minutes_a_week=360, venue_wishes=(("lydia", Wish.GLADLY),)),
            expert("sam", languages=("nl", "tr"), wished_minutes_a_week=160),
            expert("new", available="mon 09:00-12:00"),
        ],
        past_visits={("noor", "lydia"): 4},
    )
    plan = roster("noor: s1", "sam: s1", "new: s1")

    def told(who: str) -> list[str]:
        return texts(explain_to_herself(made, plan, Assignment(who, "s1"), rules()))

    assert told("noor") == [
        "You came to lydia 4 times before.",
        "You said that you can at this time.",
        "You said that you like to come to this place.",
        "With this shift you work 3 of the 6 hours that you want in that week.",
    ]
    able = "Somebody is needed as host, and you can be that."
    assert told("sam") == [
        "You said that you can at this time.",
        "You speak tr, for which the house asks.",
        able,
    ], "more hours than she wishes are no reason why her"
    assert told("new")[-1] == able


def test_full_rosters_are_answered_too() -> None:
    rng = random.Random("full")
    made = crowded_world(rng)
    plan = full_roster(rng, made)
    for one in made.shifts[:4]:
        found = who_can(made, plan, one.id, rules())
        assert len(found.can) + len(found.cannot) == len(made.experts) - len(plan.by_shift.get(one.id, []))


def test_the_groups_of_why_empty_name_rules_that_exist() -> None:
    assert {rule.name for rule in rules()} >= WORKING_THEN | TOO_FAR | CANNOT_BE_ASKED


def test_who_did_not_offer_to_stand_by_counts_as_not_available() -> None:
    duty = problem([shift("mon 09:00-12:00", activity="walk-in")], [expert("noor"), expert("sam")])
    duty = replace(duty, activities=tuple(replace(a, stand_by=a.id == "walk-in") for a in duty.activities))
    told = texts(why_empty(duty, EMPTY, "s1", rules()))
    assert told == ["2 others can act as consultant here.", "2 are not available."]
