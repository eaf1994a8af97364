"""Can a draft be edited, undone and published, by one person at a time, and does a published version never change?"""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import DBAPIError

from scheduler.domain.errors import Refused, Stale
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Assignment, Roster, RosterState
from scheduler.domain.score import Score
from scheduler.store import Database
from scheduler.store.rosters import Rosters
from scheduler.store.steps import Change
from tests.builders import JANUARY, roster
from tests.store.world import NOW, draft, fill, publish, run_sql

NOOR, SAM = Assignment("noor", "s1"), Assignment("sam", "s2")


def test_a_draft_comes_back_as_it_went_in(database: Database) -> None:
    fill(database)
    version = draft(roster("noor: s1 s3", "sam: s2"), NOOR)
    with database.writing() as work:
        work.rosters.add(version)
    with database.reading() as work:
        assert work.rosters.get("d1") == version
        assert work.rosters.draft_of(JANUARY) == version
        assert work.rosters.published_of(JANUARY) is None
        assert work.rosters.windows() == [JANUARY.first]


def test_a_window_has_one_draft(database: Database) -> None:
    fill(database)
    with database.writing() as work:
        work.rosters.add(draft(Roster()))
    with pytest.raises(Refused), database.writing() as work:
        work.rosters.add(draft(Roster(), id="d2", number=2))


def test_edits_are_undone_and_done_again_exactly(database: Database) -> None:
    fill(database)
    states = []
    with database.writing() as work:
        work.rosters.add(draft(roster("noor: s1"), NOOR))
        edition = work.rosters.edit("d1", 1, Change.of(added=[SAM], pinned=[SAM]))
        states.append(work.rosters.get("d1"))
        edition = work.rosters.edit("d1", edition, Change.of(removed=[NOOR]))
        states.append(work.rosters.get("d1"))
        edition = work.rosters.replace("d1", edition, roster("sam: s1 s4"), frozenset())
        assert [bool(mark) for mark in work.rosters.step_marks("d1")] == [True, False]
        for before in reversed(states):
            edition = work.rosters.undo("d1", edition)
            found = work.rosters.get("d1")
            assert (found.roster, found.pinned) == (before.roster, before.pinned)
        edition = work.rosters.undo("d1", edition)
        found = work.rosters.get("d1")
        assert (found.roster, found.pinned) == (roster("noor: s1"), frozenset({NOOR}))
        assert [bool(mark) for mark in work.rosters.step_marks("d1")] == [False, True]
        for _ in range(3):
            edition = work.rosters.redo("d1", edition)
        assert work.rosters.get("d1").roster == roster("sam: s1 s4")
        assert edition == 10


def test_what_an_expert_changed_is_no_step_and_stays_when_older_steps_are_taken_back(database: Database) -> None:
    fill(database)
    with database.writing() as work:
        work.rosters.add(draft(roster("noor: s1")))
        work.rosters.edit("d1", 1, Change.of(added=[SAM], pinned=[NOOR]))
        assert work.rosters.follow("d1", 2, Change.of(removed=[NOOR], unpinned=[NOOR])) == 3
        assert work.rosters.ahead("d1", back=True) == Change.of(removed=[SAM], unpinned=[NOOR])
        work.rosters.undo("d1", 3)
        assert work.rosters.get("d1").roster == Roster()
        work.rosters.redo("d1", 4)
        found = work.rosters.get("d1")
        assert (found.roster, found.pinned) == (roster("sam: s2"), frozenset()), "the pin is not done again either"
    with pytest.raises(Stale), database.writing() as work:
        work.rosters.follow("d1", 1, Change.of(added=[NOOR]))


def test_a_barred_pair_stays_as_it_is_and_a_step_of_nothing_else_is_forgotten(database: Database) -> None:
    fill(database)
    with database.writing() as work:
        work.rosters.add(draft(roster("noor: s1", "sam: s2")))
        work.rosters.edit("d1", 1, Change.of(removed=[NOOR]))
        work.rosters.edit("d1", 2, Change.of(removed=[SAM], added=[Assignment("sam", "s3")]))
        edition = work.rosters.undo("d1", 3, frozenset({SAM}))
        assert work.rosters.get("d1").roster == Roster()
        edition = work.rosters.redo("d1", edition)
        assert work.rosters.get("d1").roster == roster("sam: s3")
        edition = work.rosters.undo("d1", edition)
        work.rosters.undo("d1", edition, frozenset({NOOR}))
        assert work.rosters.get("d1").roster == Roster()
        assert [bool(mark) for mark in work.rosters.step_marks("d1")] == [False, True]
    with pytest.raises(Refused, match="nothing to take back"), database.reading() as work:
        work.rosters.ahead("d1", back=True)


def test_an_edit_after_an_undo_forgets_what_was_undone(database: Database) -> None:
    fill(database)
    with database.writing() as work:
        work.rosters.add(draft(Roster()))
        work.rosters.edit("d1", 1, Change.of(added=[NOOR]))
        work.rosters.undo("d1", 2)
        work.rosters.edit("d1", 3, Change.of(added=[SAM]))
    with pytest.raises(Refused, match="nothing to do again"), database.writing() as work:
        work.rosters.redo("d1", 4)


def test_the_second_of_two_planners_hears_that_the_draft_changed(database: Database) -> None:
    fill(database)
    with database.writing() as work:
        work.rosters.add(draft(Roster()))
        work.rosters.edit("d1", 1, Change.of(added=[NOOR]))
    with database.reading() as work:
        published = work.rosters.get("d1").published(NOW, "ada", Score())
    deeds: list[Callable[[Rosters], object]] = [
        lambda rosters: rosters.edit("d1", 1, Change.of(added=[SAM])),
        lambda rosters: rosters.replace("d1", 1, Roster(), frozenset()),
        lambda rosters: rosters.undo("d1", 1),
        lambda rosters: rosters.publish(published, 1),
    ]
    for deed in deeds:
        with pytest.raises(Stale), database.writing() as work:
            deed(work.rosters)
    with database.reading() as work:
        assert work.rosters.get("d1").roster == roster("noor: s1")


def test_only_the_roster_that_was_checked_is_published(database: Database) -> None:
    fill(database)
    with database.writing() as work:
        work.rosters.add(draft(roster("noor: s1")))
    other = draft(roster("sam: s1")).published(NOW, "ada", Score())
    with pytest.raises(Refused, match="not the one that was checked"), database.writing() as work:
        work.rosters.publish(other, 1)
    with database.reading() as work:
        assert work.bookings.in_window(JANUARY) == Roster()


def test_publishing_supersedes_and_rewrites_the_bookings_of_the_window(database: Database) -> None:
    fill(database)
    first = publish(database, draft(roster("noor: s1 s3"), NOOR))
    second = publish(database, draft(roster("noor: s3", "sam: s1"), id="d2", number=2))
    with database.reading() as work:
        assert (first.number, second.number, work.rosters.next_number(JANUARY)) == (1, 2, 3)
        assert work.bookings.in_window(JANUARY) == second.roster
        assert [v.state for v in work.rosters.of_window(JANUARY)] == [RosterState.PUBLISHED, RosterState.SUPERSEDED]
        assert work.rosters.numbered(JANUARY, 1) == work.rosters.get("d1")
        assert work.rosters.published_of(JANUARY) == second
        assert second.score == Score(0, 10, -3)
        assert work.rosters.tampered() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assignment SET shift_id = 's4' WHERE version_id = 'd1'",
        "UPDATE assignment SET pinned = (NOT pinned) WHERE version_id = 'd1'",
        "DELETE FROM assignment WHERE version_id = 'd1'",
        "INSERT INTO assignment SELECT version_id, 'sam', shift_id, starts_at, ends_at, pinned FROM assignment",
        "UPDATE roster_version SET published_by = 'eve' WHERE id = 'd1'",
        "UPDATE roster_version SET state = 'draft' WHERE id = 'd1'",
        "UPDATE roster_version SET state = 'superseded', number = 7 WHERE id = 'd1'",
        "DELETE FROM roster_version WHERE id = 'd1'",
    ],
)
def test_a_published_version_cannot_be_changed_past_the_store(database: Database, statement: str) -> None:
    fill(database)
    before = publish(database, draft(roster("noor: s1")))
    if statement.startswith("INSERT"):
        columns = "(version_id, expert_id, shift_id, starts_at, ends_at, pinned)"
        statement = statement.replace("assignment SELECT", f"assignment {columns} SELECT")
    with pytest.raises(DBAPIError, match="_is_fixed"):
        run_sql(database, statement)
    with database.reading() as work:
        assert work.rosters.get("d1") == before


def test_a_superseded_version_cannot_come_back(database: Database) -> None:
    fill(database)
    publish(database, draft(roster("noor: s1")))
    publish(database, draft(roster("sam: s1"), id="d2", number=2))
    for state in ("published", "draft"):
        with pytest.raises(DBAPIError, match="_is_fixed"):
            run_sql(database, f"UPDATE roster_version SET state = '{state}' WHERE id = 'd1'")


def test_replacing_or_emptying_is_no_way_around(database: Database) -> None:
    fill(database)
    publish(database, draft(roster("noor: s1")))
    around = {
        "sqlite": "INSERT OR REPLACE INTO roster_version SELECT * FROM roster_version WHERE id = 'd1'",
        "postgresql": "TRUNCATE assignment",
    }
    with pytest.raises(DBAPIError, match="_is_fixed"):
        run_sql(database, around[database.engine_name])


def test_the_store_refuses_to_edit_or_remove_a_published_version(database: Database) -> None:
    fill(database)
    version = publish(database, draft(roster("noor: s1")))
    with pytest.raises(Refused), database.writing() as work:
        work.rosters.edit("d1", version.edition, Change.of(removed=[NOOR]))
    with pytest.raises(Refused), database.writing() as work:
        work.rosters.remove("d1")


def test_a_draft_can_be_thrown_away(database: Database) -> None:
    fill(database)
    with database.writing() as work:
        work.rosters.add(draft(roster("noor: s1"), NOOR))
        work.rosters.edit("d1", 1, Change.of(added=[SAM]))
        work.rosters.remove("d1")
        assert work.rosters.draft_of(JANUARY) is None
        work.rosters.add(draft(Roster(), id="d2"))


def test_a_version_changed_with_the_guards_off_is_found_out(database: Database) -> None:
    fill(database)
    publish(database, draft(roster("noor: s1")))
    off = {
        "sqlite": "DROP TRIGGER assignment_is_fixed_update",
        "postgresql": "ALTER TABLE assignment DISABLE TRIGGER assignment_is_fixed",
    }
    run_sql(database, off[database.engine_name])
    run_sql(database, "UPDATE assignment SET expert_id = 'sam' WHERE version_id = 'd1'")
    with database.reading() as work:
        assert work.rosters.tampered() == ["d1"]


def test_somebody_who_said_no_is_not_booked_until_a_newer_yes(database: Database) -> None:
    fill(database)
    no, yes = (Response("noor", "s1", answer, NOW) for answer in (Answer.NO, Answer.YES))
    with database.writing() as work:
        work.responses.add(no)
        work.rosters.add(draft(roster("noor: s1")))
    with pytest.raises(Refused, match="said no"), database.writing() as work:
        work.bookings.add(NOOR)
    with pytest.raises(Refused, match="said no"), database.writing() as work:
        work.rosters.publish(work.rosters.get("d1").published(NOW, "ada", Score()), 1)
    with database.writing() as work:
        work.responses.add(yes)
        work.rosters.publish(work.rosters.get("d1").published(NOW, "ada", Score()), 1)
    with database.reading() as work:
        assert work.bookings.has(NOOR)


def test_a_declined_booking_leaves_and_publishing_keeps_the_others(database: Database) -> None:
    fill(database)
    publish(database, draft(roster("noor: s1", "sam: s4")))
    with database.writing() as work:
        assert work.bookings.discard(NOOR)
        assert not work.bookings.discard(NOOR)
        work.responses.add(Response("noor", "s1", Answer.NO, NOW))
    with database.reading() as work:
        assert work.bookings.in_window(JANUARY) == roster("sam: s4")
        assert work.rosters.published_of(JANUARY).roster == roster("noor: s1", "sam: s4")  # type: ignore[union-attr]


def test_a_shift_is_called_off_once_nobody_is_booked(database: Database) -> None:
    fill(database)
    publish(database, draft(roster("noor: s1")))
    with database.writing() as work:
        work.rosters.add(draft(roster("noor: s1 s3"), id="d2", number=2))
    with pytest.raises(Refused, match="still has 1 people"), database.writing() as work:
        work.shifts.remove("s1")
    with database.writing() as work:
        assert work.bookings.clear_shift("s1", NOW) == ["noor"]
        work.shifts.remove("s1")
    with database.reading() as work:
        assert [s.id for s in work.shifts.all()] == ["s2", "s3", "s4"]
        assert work.shifts.get("s1").id == "s1"
        assert work.shifts.called_off(["s1", "s2"]) == {"s1"}
        assert work.rosters.get("d1").roster == roster("noor: s1")
        assert work.rosters.get("d2").roster == roster("noor: s3")
        assert work.rosters.tampered() == []
