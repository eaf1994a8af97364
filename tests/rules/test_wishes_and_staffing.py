"""What do dated wishes, graded staffing and hours of a window cost, worked out by hand?"""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.domain.people import DatedWish, Expert, Wish
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.time import Days
from scheduler.rules import declare
from scheduler.rules.contract_hours_in_window import ContractHoursInWindow
from scheduler.rules.contract_hours_short import ContractHoursShort
from scheduler.rules.dated_wishes import DatedWishes
from scheduler.rules.graded_staffing import GradedStaffing
from scheduler.rules.headcount import Headcount
from scheduler.rules.rule import Rule
from scheduler.terms.kinds import Cost, Sum
from tests.builders import contract, expert, problem, roster, shift
from tests.rules.faults import days

MONDAY, TUESDAY = date(2027, 1, 4), date(2027, 1, 5)


def cost(rule: Rule, made: Problem, given: Roster) -> int:
    return sum(violation.amount for violation in rule.violations(made, given))


def wishing(*wishes: DatedWish) -> Expert:
    return expert("noor", dated_wishes=wishes)


TWO_ON_MONDAY = [shift("mon 09:00-12:00"), shift("mon 13:00-15:00", activity="meal"), *days("tue")]


@pytest.mark.parametrize(
    ("wish", "given", "expected"),
    [
        (DatedWish(MONDAY, Wish.GLADLY, weight=3), "noor: s3", 30),
        (DatedWish(MONDAY, Wish.GLADLY, weight=3), "noor: s2", 0),
        (DatedWish(MONDAY, Wish.GLADLY, "meal"), "noor: s1", 10),
        (DatedWish(MONDAY, Wish.RATHER_NOT, weight=2), "noor: s1 s2", 40),
        (DatedWish(MONDAY, Wish.RATHER_NOT, "meal"), "noor: s1 s3", 0),
        (DatedWish(TUESDAY, Wish.GLADLY, "meal"), "noor: s1", 0),
        (DatedWish(date(2026, 12, 25), Wish.GLADLY), "noor: s1", 0),
    ],
    ids=["refused", "granted by any", "another kind", "both unwanted", "other work", "nobody asks", "long ago"],
)
def test_a_wish_costs_its_weight_when_it_is_not_granted(wish: DatedWish, given: str, expected: int) -> None:
    assert cost(DatedWishes(10), problem(TWO_ON_MONDAY, [wishing(wish)]), roster(given)) == expected


def test_a_wish_that_one_shift_grants_needs_no_row() -> None:
    made = problem(TWO_ON_MONDAY, [wishing(DatedWish(MONDAY, Wish.GLADLY, "meal"), DatedWish(TUESDAY, Wish.GLADLY))])
    assert [type(term) for term in declare(made, [DatedWishes(10)]).terms] == [Cost]
    made = problem(TWO_ON_MONDAY, [wishing(DatedWish(MONDAY, Wish.GLADLY))])
    assert [type(term) for term in declare(made, [DatedWishes(10)]).terms] == [Cost, Sum]


@pytest.mark.parametrize(("people", "expected"), [(0, 14), (1, 7), (2, 0), (3, 0), (5, 6)])
def test_staffing_is_graded_on_both_sides(people: int, expected: int) -> None:
    names = ["ada", "bo", "cas", "dirk", "els"]
    made = problem([shift("mon 09:00-12:00", required=2, desirable=1)], [expert(name) for name in names])
    (asked,) = made.shifts
    priced = replace(asked, demand=replace(asked.demand, missing_points=7, extra_points=3))
    given = roster(*(f"{name}: s1" for name in names[:people]))
    assert cost(GradedStaffing(), replace(made, shifts=(priced,)), given) == expected
    assert cost(GradedStaffing(), made, given) == 0
    assert cost(Headcount(), replace(made, shifts=(priced,)), given) == 0
    assert cost(Headcount(), made, given) == max(0, people - 3)


def test_hours_of_a_contract_that_holds_for_half_the_window_count_half() -> None:
    agreed = replace(contract(), minimum_minutes_a_window=1200, maximum_minutes_a_window=1200)
    half = replace(agreed, days=Days(date(2027, 1, 18)))
    for holds, given, hard, soft in (
        (agreed, "noor: s1 s2", 1200 - 360, (40 - 12) * 4),
        (half, "noor: s1 s2", 600 - 180, (20 - 6) * 4),
        (half, "noor: s1", 600, 20 * 4),
    ):
        made = problem(days("mon", "w3 mon"), [expert("noor", contracts=[holds])])
        assert cost(ContractHoursInWindow(least_is_hard=True), made, roster(given)) == hard
        assert cost(ContractHoursInWindow(least_is_hard=False), made, roster(given)) == 0
        assert cost(ContractHoursShort(30, 4), made, roster(given)) == soft


def test_rules_that_find_no_value_declare_nothing() -> None:
    made = problem(days("mon", "tue"), [expert("noor"), expert("sam")])
    quiet = [DatedWishes(10), GradedStaffing(), ContractHoursInWindow(least_is_hard=True), ContractHoursShort(30, 4)]
    assert declare(made, quiet).terms == ()
