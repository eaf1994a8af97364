"""Planted faults of what contracts and people say about whole planning windows, days together and what may follow."""

from dataclasses import replace

from scheduler.domain.problem import Problem
from tests.builders import contract, expert, problem, roster, shift
from tests.rules.faults import Fault, days, noor, own


def never_before(made: Problem, earlier: str, later: str) -> Problem:
    """The same where `later` is never done on the day after `earlier`."""
    kinds = (replace(a, never_before=frozenset({later})) if a.id == earlier else a for a in made.activities)
    return replace(made, activities=tuple(kinds))


ONE_A_DAY = replace(contract(), one_shift_a_day=True)
FOUR_HOURS = replace(contract(), maximum_minutes_a_window=240)
FAULTS = (
    Fault(
        "activity_successions",
        never_before(
            problem(
                [shift("mon 18:00-21:00", activity="walk-in"), *days("tue", "wed")],
                [noor()],
            ),
            "walk-in",
            "drop-in",
        ),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "contract_hours_in_window",
        problem(days("mon", "w4 sun"), [noor(contracts=[FOUR_HOURS])]),
        roster("noor: s1 s2"),
        roster("noor: s2"),
    ),
    Fault(
        "contract_hours_in_window",
        problem(days("mon"), [noor(contracts=[replace(contract(), minimum_minutes_a_window=180)])]),
        roster(),
        roster("noor: s1"),
        tighter={"least_is_hard": True},
    ),
    Fault(
        "contract_one_shift_a_day",
        problem([shift("mon 09:00-12:00"), shift("mon 12:00-14:00")], [noor(contracts=[ONE_A_DAY])]),
        roster("noor: s1 s2"),
        roster("noor: s2"),
    ),
    Fault(
        "personal_work_days_together",
        problem(days("mon", "tue", "w2 mon"), [own(least_days_in_a_row=2)]),
        roster("noor: s2"),
        roster("noor: s1 s2"),
    ),
    Fault(
        "personal_days_off_together",
        problem(days("tue", "thu", "fri"), [own(least_days_off_in_a_row=2)]),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "personal_weekends",
        problem(days("sat", "sun", "w2 sun"), [own(weekends_a_window=1)]),
        roster("noor: s1 s3"),
        roster("noor: s1 s2"),
    ),
    Fault(
        "personal_shifts_of_activity",
        problem(
            [*days("mon", "tue"), shift("wed 09:00-12:00", activity="walk-in")],
            [own(shifts_of_activity=(("drop-in", 1),))],
        ),
        roster("noor: s1 s2"),
        roster("noor: s1 s3"),
    ),
    Fault(
        "personal_shifts_of_activity",
        problem(days("mon"), [own(shifts_of_activity=(("drop-in", 0),)), expert("sam")]),
        roster("noor: s1"),
        roster("sam: s1"),
    ),
)
IN_SHORT = {
    "activity_successions": "does work the day before that this may not follow (s1)",
    "contract_hours_in_window": "would go over the 4 hours of the contract in the planning window",
    "contract_one_shift_a_day": "works that day already (s1), and the contract says one shift a day",
}
