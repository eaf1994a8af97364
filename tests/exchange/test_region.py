"""Which problem is a region, and what stays the same when it is moved in time?"""

from datetime import date, timedelta

from scheduler.domain.roster import Assignment
from scheduler.domain.time import PlanningWindow
from scheduler.exchange.generate import generate
from scheduler.exchange.layout import read_region, region_files
from scheduler.exchange.region import Region
from tests.exchange.worlds import typed


def read(**changed: str | bytes | None) -> Region:
    """The typed region, which must be right."""
    reading = read_region(typed(**changed))
    assert reading.region is not None, [str(fault) for fault in reading.faults]
    return reading.region


def test_a_request_becomes_a_shift_in_every_week_of_the_window() -> None:
    problem = read().problem()
    assert [shift.id for shift in problem.shifts] == [
        "r1-20270322",
        "s1",
        "r1-20270329",
        "r1-20270405",
        "r1-20270412",
    ]
    assert problem.pinned == {Assignment("noor", "r1-20270322")}
    assert problem.published is None


def test_an_answer_is_a_no_unless_it_says_otherwise() -> None:
    plain = read(declines="expert,shift\nnoor,s1\n")
    told = read(declines="expert,shift,answer\nnoor,s1,yes\nsam,s1,\nnoor,r1-20270329,talk\n")
    assert plain.declines == {Assignment("noor", "s1")}
    assert told.accepted == told.problem().accepted == {Assignment("noor", "s1")}
    assert told.declines == told.problem().declined == {Assignment("sam", "s1")}
    assert told.talks == {Assignment("noor", "r1-20270329")}
    later = told.moved(1)
    assert {a.shift for a in later.talks} == {"r1-20270405"}


def test_only_accepted_requests_become_shifts() -> None:
    head = "id,venue,activity,first,repeat,start,end,state\n"
    rows = "".join(
        f"r{n},lydia,drop_in,2027-03-22,weekly,09:30,12:30,{state}\n"
        for n, state in enumerate(("submitted", "refused", "cancelled"))
    )
    assert [shift.id for shift in read(requests=head + rows, pins=None).problem().shifts] == ["s1"]


def test_another_window_has_the_later_shifts_and_no_pin_of_an_earlier_one() -> None:
    problem = read().problem(PlanningWindow(date(2027, 4, 19), 7))
    assert [shift.id for shift in problem.shifts] == ["r1-20270419"]
    assert problem.pinned == frozenset()


def test_history_counts_visits_and_how_far_people_are_from_their_wish() -> None:
    history = (
        "expert,venue,date,start,end\n"
        "noor,lydia,2027-03-15,09:30,12:30\n"
        "noor,lydia,2027-03-09,09:30,12:30\n"
        "sam,,2027-03-16,09:30,12:30\n"
        "sam,lydia,2026-06-16,09:30,12:30\n"
    )
    problem = read(history=history).problem()
    assert problem.past_visits == {("noor", "lydia"): 2}
    assert len(problem.history) == 3


def test_a_move_keeps_local_times_over_the_change_of_the_clock() -> None:
    region = read()
    moved = region.moved(-2)
    before, after = region.problem(), moved.problem()
    zone = region.window.zone
    assert moved.window.first == date(2027, 3, 8)
    assert [s.span.start.astimezone(zone).replace(tzinfo=None) - timedelta(weeks=2) for s in before.shifts] == [
        s.span.start.astimezone(zone).replace(tzinfo=None) for s in after.shifts
    ]
    assert after.pinned == {Assignment("noor", "r1-20270308")}


def test_a_region_moved_there_and_back_is_the_same_region() -> None:
    region = generate("district", 3)
    there = region.moved(31)
    assert there != region
    assert there.moved(-31) == region
    assert read_region(region_files(there)).region == there
    assert len(there.problem().shifts) == len(region.problem().shifts)


def test_a_region_moves_so_that_its_first_week_holds_a_day() -> None:
    region = read()
    for day in (date(2027, 3, 22), date(2027, 3, 28), date(2026, 1, 1), date(2031, 12, 31)):
        moved = region.moved(region.weeks_to(day))
        assert moved.window.first <= day < moved.window.first + timedelta(days=7)
