"""Are limits, wishes and staffing that cannot be refused where they are made?"""

from datetime import date
from typing import Any

import pytest

from scheduler.domain.contracts import Contract, ContractKind
from scheduler.domain.errors import InvalidValue
from scheduler.domain.people import DatedWish, PersonalLimits, Wish
from scheduler.domain.shifts import Demand
from scheduler.domain.time import Days

MONDAY = date(2027, 1, 4)


@pytest.mark.parametrize(
    "limits",
    [
        {"least_days_in_a_row": 0},
        {"least_days_off_in_a_row": 0},
        {"least_days_in_a_row": 3, "days_in_a_row": 2},
        {"weekends_a_window": -1},
        {"shifts_of_activity": (("meal", -1),)},
        {"shifts_of_activity": (("meal", 1), ("meal", 2))},
    ],
)
def test_limits_that_contradict_themselves_are_refused(limits: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        PersonalLimits(**limits)


def test_days_together_may_be_as_many_as_days_in_a_row() -> None:
    assert PersonalLimits(least_days_in_a_row=2, days_in_a_row=2).least_days_in_a_row == 2


@pytest.mark.parametrize(("least", "most"), [(-1, None), (61, 60)])
def test_hours_of_a_window_that_cannot_be_kept_are_refused(least: int, most: int | None) -> None:
    with pytest.raises(InvalidValue, match="planning window cannot be kept"):
        Contract(
            ContractKind.EMPLOYED, Days(MONDAY), minimum_minutes_a_window=least, maximum_minutes_a_window=most
        )  # fmt: skip


@pytest.mark.parametrize("weight", [0, 10_001])
def test_a_wish_has_a_weight(weight: int) -> None:
    with pytest.raises(InvalidValue, match="weight of a wish"):
        DatedWish(MONDAY, Wish.GLADLY, weight=weight)


def test_a_shift_may_ask_for_nobody_only_where_it_takes_somebody() -> None:
    assert Demand(0, extra_points=3).most == 0
    for points in ({"missing_points": 3}, {"missing_points": -1, "extra_points": 0}, {"extra_points": -1}):
        with pytest.raises(InvalidValue):
            Demand(0, **points)
