"""What does each coverage and preference rule charge, and what does it say, in the smallest roster that shows it?"""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot
from scheduler.domain.contracts import ContractKind
from scheduler.domain.people import Exclusion, ExclusionKind, Expert, Qualification, Wish
from scheduler.domain.places import Place
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Priority
from scheduler.domain.time import Days
from scheduler.rules import load_rulebook
from scheduler.rules.lone_days_off import LoneDaysOff
from scheduler.rules.rule import Rule
from scheduler.rules.short_days import ShortDays
from scheduler.rules.wishes import wished_minutes
from tests.builders import ALWAYS, SPRING, clock, contract, day_of, expert, problem, roster, shift, slots

EMPTY = roster()


@cache
def rulebook() -> dict[str, Rule]:
    return {rule.name: rule for rule in load_rulebook()}


def said(name: str, made: Problem, plan: Roster) -> list[tuple[int, str]]:
    """(amount, words) of every violation of one rule of the rulebook."""
    return [(v.amount, str(v.sentence)) for v in rulebook()[name].violations(made, plan)]


def charged(name: str, made: Problem, plan: Roster) -> int:
    return sum(amount for amount, _ in said(name, made, plan))


# Coverage


def test_an_open_place_counts_by_priority_and_need() -> None:
    kinds = [(Priority.MANDATORY, "lydia"), (Priority.HIGH, "lydia"), (Priority.LOW, "lydia"), (Priority.LOW, "coenen")]
    made = problem([shift("mon 09:00-12:00", priority=p, venue=v) for p, v in kinds])
    assert said("shortfall", made, EMPTY) == [
        (10_000, "s1 still misses 1 of 1 people."),
        (1_000, "s2 still misses 1 of 1 people."),
        (10, "s3 still misses 1 of 1 people."),
        (15, "s4 still misses 1 of 1 people."),
    ]


def test_any_required_place_goes_before_all_desirable_ones() -> None:
    made = problem([shift("mon 09:00-12:00", required=1, desirable=2, priority=Priority.LOW)], [expert("noor")])
    assert charged("shortfall", made, EMPTY) == 12
    assert said("shortfall", made, roster("noor: s1")) == [(2, "2 more would be welcome on s1, beside the 1 required.")]


def test_nobody_of_a_more_pressing_priority_is_traded_for_nine_of_the_next() -> None:
    levels = list(Priority)
    for upper, lower in pairwise(levels):
        one = charged("shortfall", problem([shift("mon 09:00-12:00", priority=upper)]), EMPTY)
        nine = charged("shortfall", problem([shift("mon 09:00-12:00", priority=lower, required=9)]), EMPTY)
        assert one > nine


def hosted(*people: Expert) -> Problem:
    """A walk-in hour for two people that needs a host."""
    made = problem([shift("mon 09:00-12:00", activity="walk-in", required=2)], people)
    return replace(made, activities=tuple(replace(a, host_needed=True) for a in made.activities))


def test_a_host_whose_qualification_ran_out_is_no_host() -> None:
    expired = Qualification("host", Days(date(2026, 1, 1), date(2027, 1, 4)))
    made = hosted(expert("noor", qualifications=(expired,)), expert("sam", roles=("consultant",)), expert("vera"))
    missing = [(50, "There is no host on s1 yet.")]
    assert said("host_required", made, EMPTY) == missing
    assert said("host_required", made, roster("noor: s1", "sam: s1")) == missing
    assert said("host_required", made, roster("vera: s1", "sam: s1")) == []


def test_an_activity_of_hosts_asks_for_no_further_host() -> None:
    assert said("host_required", problem([shift("mon 09:00-12:00", activity="drop-in")]), EMPTY) == []


def test_one_person_where_two_must_be_present_costs_more_than_two_and_less_than_none() -> None:
    made = problem([shift("mon 11:00-14:00", activity="meal", required=2)], [expert("noor"), expert("sam")])
    none, alone, two = EMPTY, roster("noor: s1"), roster("noor: s1", "sam: s1")
    assert said("two_present", made, alone) == [(50, "noor would be alone on s1, where two must be present.")]
    assert said("two_present", made, none) == said("two_present", made, two) == []
    totals = [charged("shortfall", made, plan) + charged("two_present", made, plan) for plan in (two, alone, none)]
    assert totals == [0, 150, 200]


def test_two_people_go_to_one_venue_rather_than_one_to_each() -> None:
    two_shifts = [shift("mon 11:00-14:00", activity="meal", required=2, venue=v) for v in ("lydia", "pinto")]
    made = problem(two_shifts, [expert("noor"), expert("sam")])
    together, apart = roster("noor: s1", "sam: s1"), roster("noor: s1", "sam: s2")
    assert charged("shortfall", made, together) == charged("shortfall", made, apart)
    assert charged("two_present", made, together) < charged("two_present", made, apart)


# Hours


def test_a_week_near_the_wish_is_free_and_each_further_half_hour_counts() -> None:
    noor = expert("noor", wished_minutes_a_week=600)
    shifts = [shift(f"{day} 09:00-12:00") for day in ("mon", "tue", "wed", "thu", "fri")]
    made = replace(problem(shifts, [noor]), window=replace(problem().window, days=7))
    amounts = [
        charged("wished_hours", made, roster(f"noor: {' '.join(f's{n + 1}' for n in range(k))}")) for k in range(6)
    ]
    # 0 to 15 hours against 10: 8.5 to 11.5 hours are free, from 5.5 down and 14.5 up each half hour counts twice.
    assert amounts == [17 * 3 + 11 * 3, 11 * 3 + 5 * 3, 5 * 3, 0, 3, 7 * 3 + 3]
    assert said("wished_hours", made, roster("noor: s1 s2"))[0][1] == (
        "noor works 6 hours in the week of 2027-01-04, fewer than the 10 wished."
    )


def weeks(**more: Any) -> list[int]:
    return wished_minutes(problem(), expert("noor", wished_minutes_a_week=600, **more))


def test_a_week_away_is_not_a_week_too_few_hours() -> None:
    away = DaySlot(day_of("w2 mon"), day_of("w2 sun"), AvailabilityLevel.UNAVAILABLE)
    assert weeks(available=Availability(slots("mon-fri 09:00-17:00"), (away,))) == [600, 0, 600, 600]


def test_a_day_away_counts_as_its_share_of_the_usual_days() -> None:
    away = DaySlot(day_of("w3 fri"), day_of("w3 sun"), AvailabilityLevel.UNAVAILABLE)
    assert weeks(available=Availability(slots("mon-fri 09:00-17:00"), (away,))) == [600, 600, 480, 600]


def test_an_evening_away_changes_no_wish() -> None:
    evening = DaySlot(day_of("fri"), day_of("fri"), AvailabilityLevel.UNAVAILABLE, clock("17:00"))
    assert weeks(available=Availability(slots("mon-fri 09:00-17:00"), (evening,))) == [600] * 4


def test_a_day_kept_free_in_private_counts_like_any_day_away() -> None:
    week = slots("mon-fri 09:00-17:00")
    plain = DaySlot(day_of("fri"), day_of("fri"), AvailabilityLevel.UNAVAILABLE)
    private = Exclusion(ExclusionKind.DAY, day_of("fri").isoformat())
    assert weeks(available=Availability(week), exclusions=[private]) == weeks(available=Availability(week, (plain,)))


def test_extra_days_open_raise_no_wish() -> None:
    extra = DaySlot(day_of("w2 sat"), day_of("w2 sun"), AvailabilityLevel.WANTED)
    assert weeks(available=Availability(slots("mon-tue 09:00-17:00"), (extra,))) == [600] * 4


def shares(balance: dict[str, int]) -> list[int]:
    """Fair minutes of somebody who wishes 10 and somebody who wishes 20 hours a week, with work for half of that."""
    people = [expert("noor", wished_minutes_a_week=600), expert("sam", wished_minutes_a_week=1200)]
    made = problem([shift("mon 09:00-14:00", required=12)], people, balance_minutes=balance)
    rule: Any = rulebook()["fair_hours"]
    return list(rule.shares(made).values())


def test_shares_are_in_proportion_to_wishes_and_not_more_than_there_is() -> None:
    assert shares({}) == [1200, 2400]


def test_who_was_short_in_earlier_weeks_has_a_larger_share_up_to_half() -> None:
    assert shares({"noor": -300, "sam": 100}) == [1500, 2300]
    assert shares({"noor": -5000, "sam": 5000}) == [1800, 1200]


def test_an_hour_goes_to_whoever_is_furthest_below_her_share() -> None:
    people = [expert("noor", wished_minutes_a_week=600), expert("sam", wished_minutes_a_week=600)]
    made = problem([shift(f"{day} 09:00-15:00") for day in ("mon", "tue", "wed", "thu")], people)
    assert charged("fair_hours", made, roster("noor: s1 s2", "sam: s3 s4")) == 0
    uneven = charged("fair_hours", made, roster("noor: s1 s2 s3", "sam: s4"))
    assert 0 < uneven < charged("fair_hours", made, roster("noor: s1 s2 s3 s4"))


# Likes and faces


@pytest.mark.parametrize(
    ("level", "amount"),
    [
        (AvailabilityLevel.WANTED, 4),
        (AvailabilityLevel.AVAILABLE, 6),
        (AvailabilityLevel.NEUTRAL, 9),
        (AvailabilityLevel.ASK_FIRST, 24),
    ],
)
def test_a_time_costs_what_it_is_less_than_wanted(level: AvailabilityLevel, amount: int) -> None:
    made = problem(
        [shift("mon 09:00-12:00")], [expert("noor", available=Availability(slots("mon 08:00-13:00", level)))]
    )
    assert charged("preferences", made, roster("noor: s1")) == amount


def test_a_favourite_place_and_favourite_work_at_a_wanted_time_cost_nothing() -> None:
    wanted = Availability(slots("mon 08:00-13:00", AvailabilityLevel.WANTED))
    likes: dict[str, Any] = {"venue_wishes": (("lydia", Wish.GLADLY),), "activity_wishes": (("drop-in", Wish.GLADLY),)}
    made = problem([shift("mon 09:00-12:00")], [expert("noor", available=wanted, **likes)])
    assert said("preferences", made, roster("noor: s1")) == []
    unloved = replace(made.experts[0], venue_wishes=(("lydia", Wish.RATHER_NOT),))
    assert said("preferences", replace(made, experts=(unloved,)), roster("noor: s1")) == [
        (15, "noor would rather not have the place or the work of s1.")
    ]


def test_a_regular_costs_nothing_and_every_venue_after_the_first_does() -> None:
    made = problem(
        [shift("mon 09:00-12:00"), shift("tue 09:00-12:00", venue="pinto"), shift("wed 09:00-12:00", venue="coenen")],
        [expert("noor")],
        past_visits={("noor", "lydia"): 3, ("noor", "pinto"): 2},
    )
    assert said("familiar_faces", made, roster("noor: s1")) == []
    assert said("familiar_faces", made, roster("noor: s1 s2 s3")) == [
        (4, "noor was at pinto 2 times before."),
        (9, "noor is new at coenen."),
        (8, "noor works at 3 venues in this period."),
    ]


def test_the_way_from_home_counts_beyond_the_free_minutes() -> None:
    made = problem(
        [shift("mon 09:00-12:00"), shift("tue 09:00-12:00", venue="far")],
        [expert("noor"), expert("sam", home=None), expert("vera", home=Place(52.3799, 4.6401))],
    )
    assert said("travel", made, roster("noor: s1 s2")) == [(14, "noor travels 93 minutes to far.")]
    assert said("travel", made, roster("sam: s2", "vera: s2")) == []


def test_a_long_wait_between_two_shifts_of_a_day_counts() -> None:
    made = problem([shift("mon 09:00-12:00"), shift("mon 13:00-15:00"), shift("mon 16:01-18:00")], [expert("noor")])
    assert said("split_days", made, roster("noor: s1 s2")) == []
    assert said("split_days", made, roster("noor: s2 s3")) == [(12, "noor waits 1.02 hours between s2 and s3.")]


def test_who_comes_for_a_moment_costs_what_is_missing_and_who_stays_home_nothing() -> None:
    made = problem([shift("mon 09:00-10:00"), shift("mon 11:00-13:00"), shift("tue 09:00-10:15")], [expert("noor")])
    rule = ShortDays(180, 30, 4)
    assert rule.violations(made, roster("")) == rule.violations(made, roster("noor: s1 s2")) == []
    (found,) = rule.violations(made, roster("noor: s1 s2 s3"))
    assert (found.amount, found.shifts) == (12, ("s3",))
    assert ShortDays(180, 30, 0).violations(made, roster("noor: s3")) == []


def test_a_day_off_alone_costs_what_is_missing_and_the_border_nothing() -> None:
    days = [shift(f"{day} 09:00-12:00") for day in ("tue", "thu", "sun")]
    made, rule = problem(days, [expert("noor")]), LoneDaysOff(3, 5)
    first, second = rule.violations(made, roster("noor: s1 s2 s3"))
    assert (first.amount, first.shifts, second.amount, second.shifts) == (10, ("s1", "s2"), 5, ("s2", "s3"))
    assert rule.violations(made, roster("noor: s1 s3")) == []
    assert LoneDaysOff(3, 0).violations(made, roster("noor: s1 s2")) == []


def test_the_wait_in_the_night_of_the_clock_change_is_what_really_passes() -> None:
    made = problem([shift("sun 00:30-01:30"), shift("sun 03:00-04:00")], [expert("noor")], window=SPRING)
    assert said("split_days", made, roster("noor: s1 s2")) == []


def test_what_was_told_stays_unless_the_person_declined() -> None:
    made = problem(
        [shift("mon 09:00-12:00"), shift("tue 09:00-12:00")],
        [expert("noor"), expert("sam")],
        published=roster("noor: s1 s2"),
    )
    assert said("stability", made, roster("noor: s1", "sam: s2")) == [
        (15, "noor was told to work s2, and is taken off."),
        (3, "sam is asked for s2 for the first time."),
    ]
    declined = replace(made, declined=roster("noor: s2").assignments)
    assert charged("stability", declined, roster("noor: s1", "sam: s2")) == 3
    assert said("stability", replace(made, published=None), roster("sam: s2")) == []


def test_whoever_said_yes_is_taken_off_only_for_a_good_reason() -> None:
    made = problem(
        [shift("mon 09:00-12:00"), shift("tue 09:00-12:00")],
        [expert("noor"), expert("sam")],
        published=roster("noor: s1 s2"),
        accepted=roster("noor: s2", "sam: s1").assignments,
    )
    assert said("kept_yes", made, roster("noor: s1", "sam: s2")) == [(150, "noor said yes to s2, and is taken off.")]
    assert said("kept_yes", made, roster("noor: s2", "sam: s1")) == []
    assert said("kept_yes", replace(made, published=None), EMPTY) == []
    assert said("kept_yes", replace(made, declined=roster("noor: s2").assignments), EMPTY) == []
    never_asked = charged("stability", made, roster("noor: s2"))
    assert charged("kept_yes", made, roster("noor: s1")) > 5 * never_asked


def test_one_speaker_and_one_who_offers_the_theme_are_enough() -> None:
    made = problem(
        [shift("mon 09:00-12:00", required=2, desired_languages=["tr", "ar"], themes=["money"])],
        [expert("noor", languages=("tr",)), expert("sam", themes=frozenset({"money"}))],
    )
    assert charged("desired_languages", made, EMPTY) == 24
    assert said("desired_languages", made, roster("noor: s1")) == [
        (12, "Nobody on s1 speaks ar, which the venue would like.")
    ]
    assert said("themes", made, roster("noor: s1")) == [(9, "Nobody on s1 offers the theme money.")]
    assert said("themes", made, roster("noor: s1", "sam: s1")) == []


@pytest.mark.parametrize("kind", list(ContractKind))
def test_only_who_is_hired_in_on_the_day_itself_costs_anything(kind: ContractKind) -> None:
    before = contract(ContractKind.SELF_EMPLOYED, Days(date(2020, 1, 1), day_of("mon")))
    later = contract(kind, Days(day_of("mon"), day_of("mon") + timedelta(days=1)))
    made = problem([shift("mon 09:00-12:00")], [expert("noor", contracts=(before, later, contract(days=ALWAYS)))])
    expected = [(15, "noor is hired in for s1; own staff goes first.")]
    assert said("own_staff_first", made, roster("noor: s1")) == (expected if kind is ContractKind.SELF_EMPLOYED else [])


# All together


def test_no_soft_rule_reads_what_may_never_count() -> None:
    """Declines, limits and private exclusions change no amount of anybody's assignments."""
    plan = roster("noor: s1", "sam: s2")
    shifts = [shift("mon 09:00-12:00", required=2), shift("tue 09:00-12:00")]
    people = [expert("noor", wished_minutes_a_week=600), expert("sam", wished_minutes_a_week=600)]
    plain = problem(shifts, people)
    hidden = replace(people[0], exclusions=(Exclusion(ExclusionKind.VENUE, "pinto"),), hour_cents=2000)
    other = problem(shifts, [hidden, people[1]], declined=roster("noor: s2"))
    for rule in rulebook().values():
        if rule.level > 0:
            assert rule.violations(plain, plan) == rule.violations(other, plan), rule.name
