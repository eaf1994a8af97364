"""Can an expert be in two places at once? The database itself refuses it, also past the store and in a race."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from scheduler.domain.errors import Refused
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.time import PlanningWindow
from scheduler.store import Database, Work, open_database
from scheduler.store.steps import Change
from tests.builders import JANUARY, expert, problem, roster, shift
from tests.store.world import draft, fill, run_sql, store_problem

EARLY, MEETING, LATER = Assignment("noor", "s1"), Assignment("noor", "s2"), Assignment("noor", "s3")
WITHOUT_GUARD = {
    "sqlite": ["DROP TRIGGER ex_booking_overlap_insert"],
    "postgresql": ["ALTER TABLE booking DROP CONSTRAINT ex_booking_overlap"],
}
OVERLAPS = (
    "SELECT count(*) FROM booking a JOIN booking b ON a.expert_id = b.expert_id AND a.shift_id < b.shift_id "
    "AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"
)


def test_a_second_booking_at_the_same_time_is_refused_by_name(database: Database) -> None:
    fill(database)
    with database.writing() as work:
        work.bookings.add(EARLY)
    with pytest.raises(Refused, match="noor already works then"), database.writing() as work:
        work.bookings.add(MEETING)
    with database.reading() as work:
        assert work.bookings.in_window(JANUARY) == roster("noor: s1")


def test_a_shift_that_starts_as_another_ends_is_no_overlap(database: Database) -> None:
    fill(database)
    with database.writing() as work:
        for booking in (LATER, EARLY, Assignment("sam", "s3"), Assignment("sam", "s1")):
            work.bookings.add(booking)
        work.bookings.discard(LATER)
        work.bookings.add(LATER)
    with database.reading() as work:
        assert work.bookings.in_window(JANUARY) == roster("noor: s1 s3", "sam: s1 s3")


def test_one_of_many_bookings_that_meets_another_names_its_expert(database: Database) -> None:
    fill(database)
    both = [Assignment("sam", "s4"), EARLY, MEETING]
    with pytest.raises(Refused, match="noor already works then"), database.writing() as work:
        work.bookings.add_all(both)


def test_the_guard_holds_past_the_store_for_insert_and_update(database: Database) -> None:
    fill(database)
    with database.writing() as work:
        work.bookings.add_all([EARLY, Assignment("sam", "s2")])
    insert = (
        "INSERT INTO booking (expert_id, shift_id, starts_at, ends_at) "
        "SELECT 'noor', id, starts_at, ends_at FROM shift WHERE id = 's2'"
    )
    update = "UPDATE booking SET expert_id = 'noor' WHERE expert_id = 'sam'"
    for statement in (insert, update):
        with pytest.raises(DBAPIError, match="ex_booking_overlap"):
            run_sql(database, statement)
    assert run_sql(database, OVERLAPS) == [(0,)]


def test_a_shift_cannot_move_onto_another_shift_of_its_people(database: Database) -> None:
    given = fill(database)
    with database.writing() as work:
        work.bookings.add_all([EARLY, LATER])
    moved = "UPDATE shift SET starts_at = (SELECT starts_at FROM shift WHERE id = 's1') WHERE id = 's3'"
    with pytest.raises(DBAPIError, match="ex_booking_overlap"):
        run_sql(database, moved)
    onto = replace(given.shift["s3"], span=given.shift["s1"].span)
    with pytest.raises(Refused, match="already works then"), database.writing() as work:
        work.shifts.save(onto)


def test_a_draft_refuses_overlap_too_and_another_version_does_not_matter(database: Database) -> None:
    fill(database)
    other = PlanningWindow(date(2027, 2, 1), 28)
    with database.writing() as work:
        work.rosters.add(draft(roster("noor: s1")))
        work.rosters.add(draft(Roster(frozenset({MEETING})), id="d2", window=other))
    with pytest.raises(Refused, match="noor already works then"), database.writing() as work:
        work.rosters.edit("d1", 1, Change.of(added=[MEETING]))
    with database.writing() as work:
        assert work.rosters.edit("d1", 1, Change.of(added=[MEETING], removed=[EARLY])) == 2


@pytest.mark.parametrize("guarded", [True, False], ids=["with the guard", "control without it"])
def test_racing_planners_never_double_book_and_do_when_the_guard_is_gone(
    database: Database, database_url: str, guarded: bool
) -> None:
    """Four planners look whether somebody is free and book her a moment later, as people at screens do."""
    experts, hours = [expert(f"e{n}") for n in range(5)], ["09:00-12:00", "10:00-13:00", "11:00-14:00", "12:00-15:00"]
    given = problem(experts=experts, shifts=[shift(f"{day} {hour}") for day in ("mon", "tue", "wed") for hour in hours])
    with database.writing() as work:
        store_problem(work, given)
    if not guarded:
        for statement in WITHOUT_GUARD[database.engine_name]:
            run_sql(database, statement)
    outcomes = _race(database_url, [e.id for e in given.experts], [s.id for s in given.shifts])
    [(pairs,)] = run_sql(database, OVERLAPS)
    assert sum(booked for booked, _ in outcomes) >= len(experts)
    assert (pairs == 0) is guarded
    assert (sum(refused for _, refused in outcomes) > 0) is guarded


def _race(url: str, experts: list[str], shifts: list[str]) -> list[tuple[int, int]]:
    gate = Barrier(4)
    with ThreadPoolExecutor(4) as pool:
        racers = [pool.submit(_book_what_is_free, url, gate, experts, shifts[n::4]) for n in range(4)]
        return [racer.result() for racer in racers]


def _book(wish: Assignment, work: Work) -> None:
    work.bookings.add(wish)


def _book_what_is_free(url: str, gate: Barrier, experts: list[str], shifts: list[str]) -> tuple[int, int]:
    database, booked, refused = open_database(url), 0, 0
    for wish in (Assignment(e, s) for s in shifts for e in experts):
        with database._engines.reading.begin() as connection:
            meets = text(
                "SELECT count(*) FROM booking b JOIN shift s ON b.starts_at < s.ends_at AND s.starts_at < b.ends_at "
                "WHERE s.id = :shift AND b.expert_id = :expert"
            )
            is_free = not connection.execute(meets, {"shift": wish.shift, "expert": wish.expert}).scalar_one()
        gate.wait(60)
        if is_free:
            try:
                database.write(partial(_book, wish))
                booked += 1
            except Refused:
                refused += 1
    database.close()
    return booked, refused
