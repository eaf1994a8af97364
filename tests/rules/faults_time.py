"""Planted faults against the rules of time, load and money."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from scheduler.domain.limits import OnHolidays, RollingLimit
from scheduler.domain.people import WorkedMinutes
from scheduler.domain.time import PlanningWindow
from tests.builders import JANUARY, SPRING, contract, expert, problem, roster, shift, worked
from tests.rules.faults import Fault, days, noor, own

NIGHTS = {"nights": True}


def nights(*names: str) -> list[Any]:
    """A night shift of six hours before the morning of each of these days."""
    return [shift(f"{name} 00:00-06:00") for name in names]


def weeks_ago(count: int, minutes: int) -> tuple[WorkedMinutes, ...]:
    """So many minutes of work on the Wednesday of each week before the window."""
    starts = [JANUARY.midnight(2 - 7 * back) + timedelta(hours=1) for back in range(1, count + 1)]
    return tuple(WorkedMinutes("noor", start, start + timedelta(minutes=minutes)) for start in starts)


def under(limit: RollingLimit) -> Any:
    """An expert whose contract has a rolling limit."""
    return noor(contracts=[replace(contract(), rolling=(limit,))])


HEAVY = [shift("tue 09:00-12:00", activity="walk-in"), shift("wed 09:00-12:00", activity="walk-in")]
SUNDAY = (worked("noor", "w0 sun 10:00-12:00"),)
DECEMBER = PlanningWindow(date(2026, 12, 28), 28)

FAULTS = (
    Fault(
        "hours_in_thirteen_weeks",
        problem(days("mon", "tue"), [noor()], history=weeks_ago(12, 600)),
        roster("noor: s1 s2"),
        roster("noor: s1"),
        tighter={"minutes": 12 * 570 + 180},
    ),
    Fault(
        "breaks",
        problem([shift("mon 09:00-12:00"), shift("mon 12:29-15:00"), shift("mon 12:30-15:00")], [noor()]),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "breaks",
        problem([shift("mon 09:00-11:00"), shift("mon 11:00-13:00"), shift("mon 13:00-15:00")], [noor()]),
        roster("noor: s1 s2 s3"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "nights",
        problem([shift("mon 22:00-00:01"), shift("mon 22:00-24:00")], [noor()]),
        roster("noor: s1"),
        roster("noor: s2"),
    ),
    Fault(
        "nights_in_a_row",
        problem(nights("mon", "tue", "wed"), [own(**NIGHTS)], history=(worked("noor", "w0 sun 00:00-06:00"),)),
        roster("noor: s1 s2 s3"),
        roster("noor: s1 s2"),
        tighter={"nights_in_a_row": 3},
    ),
    Fault(
        "nights_in_thirteen_weeks",
        problem(nights("mon", "w2 mon"), [own(**NIGHTS)], history=(worked("noor", "w0 mon 00:00-06:00"),)),
        roster("noor: s1 s2"),
        roster("noor: s1"),
        tighter={"most_nights": 2},
    ),
    Fault(
        "rest_after_nights",
        problem([shift("mon 22:00-04:00"), shift("tue 17:59-21:00"), shift("tue 18:00-21:00")], [own(**NIGHTS)]),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "rest_after_nights",
        problem(
            [*nights("mon", "tue"), shift("thu 03:59-05:00"), shift("thu 04:00-05:00")],
            [own(**NIGHTS)],
            history=(worked("noor", "w0 sun 00:00-06:00"),),
        ),
        roster("noor: s1 s2 s3"),
        roster("noor: s1 s2 s4"),
    ),
    Fault(
        "rolling_limits",
        problem(days("mon", "tue"), [under(RollingLimit(3, minutes=420))], history=SUNDAY),
        roster("noor: s1 s2"),
        roster("noor: s2"),
    ),
    Fault(
        "rolling_limits",
        problem(days("mon", "wed", "thu"), [under(RollingLimit(3, shifts=1))]),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "rolling_limits",
        problem(
            [*days("mon", "tue"), shift("mon 13:00-14:00")],
            [under(RollingLimit(3, work_days=2))],
            history=SUNDAY,
        ),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "personal_hours_a_year",
        problem(days("w4 fri", "w4 sun"), [own(minutes_a_year=500)], history=(worked("noor", "w0 sat 09:00-12:00"),)),
        roster("noor: s1 s2"),
        roster("noor: s1"),
    ),
    Fault(
        "personal_hours_a_year",
        problem(
            days("mon", "thu", "w2 mon"),
            [own(minutes_a_year=180)],
            window=DECEMBER,
            history=(worked("noor", "w0 sun 09:00-12:00", DECEMBER),),
        ),
        roster("noor: s1"),
        roster("noor: s3"),
    ),
    Fault(
        "personal_earnings_a_week",
        problem(days("mon", "sun", "w2 mon"), [noor(limits={"cents_a_week": 5999}, hour_cents=1000)]),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "personal_earnings_a_year",
        problem(
            days("mon", "tue"),
            [noor(limits={"cents_a_year": 6000}, hour_cents=1000)],
            history=(worked("noor", "w0 sat 09:00-09:01"),),
        ),
        roster("noor: s1 s2"),
        roster("noor: s1"),
    ),
    Fault(
        "personal_holidays",
        problem(days("fri", "sun", "w2 mon", "w2 tue"), [own(holidays=OnHolidays.NEVER)], window=SPRING),
        roster("noor: s3"),
        roster("noor: s1 s4"),
    ),
    Fault(
        "personal_load_a_week",
        problem([*HEAVY, shift("wed 13:00-14:00"), shift("w2 wed 09:00-12:00")], [own(load_points_a_week=10)]),
        roster("noor: s1 s2"),
        roster("noor: s1 s3 s4"),
    ),
    Fault(
        "personal_load_in_four_weeks",
        problem(
            HEAVY,
            [own(load_points_in_four_weeks=12)],
            history=(replace(worked("noor", "w0 sun 10:00-11:00"), activity="walk-in"),),
        ),
        roster("noor: s1 s2"),
        roster("noor: s2"),
    ),
    Fault(
        "personal_days_between_heavy",
        problem([*HEAVY, shift("thu 09:00-12:00", activity="walk-in")], [own(days_between_heavy=1)]),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "personal_days_between_heavy",
        problem(
            [shift("mon 09:00-12:00", activity="walk-in"), shift("mon 09:00-12:00")],
            [own(days_between_heavy=1), expert("sam")],
            history=(replace(worked("noor", "w0 sun 10:00-12:00"), activity="walk-in"),),
        ),
        roster("noor: s1"),
        roster("noor: s2", "sam: s1"),
    ),
)

IN_SHORT = {
    "hours_in_thirteen_weeks": "would go over the limit of 117 hours in thirteen weeks",
    "breaks": "would work longer than 5.5 hours on end without a break",
    "nights_in_a_row": "would go over the limit of nights in a row: 3",
    "nights_in_thirteen_weeks": "would go over the limit of 2 nights in thirteen weeks",
    "rest_after_nights": "would not get 14 hours of rest after working at night",
    "rolling_limits": "would go over what the contract allows in 3 days",
}
