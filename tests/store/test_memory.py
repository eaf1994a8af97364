"""Is what a process remembers of the database always what stands there, whoever changed it and however?"""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from scheduler.domain.errors import NotFound
from scheduler.domain.problem import Problem
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Assignment, RosterVersion
from scheduler.store import Change, Database, load_problem, open_database
from scheduler.store.memory import KEPT, Memory
from scheduler.store.migrations.marks import MARKED
from scheduler.store.problems import PROBLEM, draft_of
from scheduler.store.tables import Row
from tests.builders import JANUARY, roster
from tests.store.world import NOW, draft, fill, publish, run_sql

DEEDS = {
    "expert": "UPDATE expert SET wished_minutes_a_week = 61 WHERE id = 'noor'",
    "contract": "DELETE FROM contract WHERE expert_id = 'noor'",
    "qualification": "INSERT INTO qualification (expert_id, position, name, first_day) "
    "VALUES ('noor', 9, 'cook', '2026-01-01')",
    "exclusion": "INSERT INTO exclusion (expert_id, position, kind, subject) VALUES ('noor', 9, 'venue', 'lydia')",
    "venue": "UPDATE venue SET name = 'Elsewhere' WHERE id = 'lydia'",
    "neighbourhood": "UPDATE neighbourhood SET need = need + 1",
    "activity": "UPDATE activity SET name = 'Tea' WHERE id = (SELECT min(id) FROM activity)",
    "shift": "UPDATE shift SET required = 3 WHERE id = 's4'",
    "booking": "DELETE FROM booking WHERE shift_id = 's1'",
    "assignment": "DELETE FROM assignment WHERE version_id = 'd2' AND shift_id = 's4'",
}


@pytest.fixture
def stocked(database: Database) -> Database:
    """The small problem with a published roster and a draft."""
    fill(database)
    publish(database, draft(roster("noor: s1 s4")))
    with database.writing() as work:
        work.rosters.add(draft(roster("noor: s1 s4"), Assignment("noor", "s4"), id="d2", number=2))
    return database


def seen(database: Database) -> tuple[Problem, RosterVersion | None]:
    with database.reading() as work:
        return load_problem(work, JANUARY), draft_of(work, JANUARY)


def fresh(database: Database) -> tuple[Problem, RosterVersion | None]:
    """The same by a process that remembers nothing."""
    other = open_database(database._engines.url.render_as_string(hide_password=False))
    found = seen(other)
    other.close()
    return found


def test_what_did_not_change_is_not_read_again(stocked: Database) -> None:
    first, again = seen(stocked), seen(stocked)
    assert again[0].shifts is first[0].shifts
    assert again[0].worked_out is first[0].worked_out
    assert again[1] is first[1]


@pytest.mark.parametrize("table", DEEDS)
def test_a_change_past_the_store_is_seen_at_once(table: str, stocked: Database) -> None:
    before = seen(stocked)
    run_sql(stocked, DEEDS[table])
    after = seen(stocked)
    assert after != before
    assert after == fresh(stocked)


def test_a_change_by_another_process_is_seen_at_once(stocked: Database) -> None:
    before = seen(stocked)
    other = open_database(stocked._engines.url.render_as_string(hide_password=False))
    seen(other)
    with other.writing() as work:
        work.responses.add(Response("sam", "s2", Answer.NO, NOW))
        work.rosters.edit("d2", work.rosters.get("d2").edition, Change.of(added=[Assignment("sam", "s3")]))
    other.close()
    after = seen(stocked)
    assert (before[0].declined, after[0].declined) == (frozenset(), frozenset({Assignment("sam", "s2")}))
    assert after[1] is not None
    assert Assignment("sam", "s3") in after[1].roster.assignments


def test_an_edit_of_the_draft_leaves_the_rest_remembered(stocked: Database) -> None:
    before = seen(stocked)[0]
    with stocked.writing() as work:
        edition = work.rosters.get("d2").edition
        work.rosters.edit(
            "d2", edition, Change.of(removed=[Assignment("noor", "s4")], unpinned=[Assignment("noor", "s4")])
        )
    after = seen(stocked)[0]
    assert after.shifts is before.shifts
    assert (before.pinned, after.pinned) == (frozenset({Assignment("noor", "s4")}), frozenset())


def change_and_fail(database: Database) -> None:
    with database.writing() as work:
        work.experts.save(replace(work.experts.get("noor"), wished_minutes_a_week=61), work.experts.edition_of("noor"))
        assert load_problem(work, JANUARY).expert["noor"].wished_minutes_a_week == 61
        work.experts.get("nobody")


def test_a_change_that_was_taken_back_leaves_no_trace(stocked: Database) -> None:
    before = seen(stocked)
    with pytest.raises(NotFound):
        change_and_fail(stocked)
    assert seen(stocked) == before == fresh(stocked)


def test_two_states_of_a_table_never_share_a_mark(stocked: Database) -> None:
    marks = set()
    for _ in range(20):
        run_sql(stocked, "UPDATE venue SET name = name")
        marks.add(run_sql(stocked, "SELECT value FROM mark WHERE subject = 'venue'")[0][0])
    assert len(marks) == 20


def test_every_table_that_a_problem_is_read_from_is_named_and_marked(stocked: Database) -> None:
    known = {table.name for table in Row.metadata.sorted_tables}
    said: list[str] = []
    engine = stocked._engines.reading

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    seen(stocked)
    event.remove(engine, "before_cursor_execute", listen)
    read = {name for text in said for name in re.findall(r"(?:FROM|JOIN) (\w+)", text)} & known
    assert read - {"mark"} == set(PROBLEM) | {"roster_version", "assignment"}
    assert set(PROBLEM) <= set(MARKED)


def test_without_its_mark_a_table_is_read_each_time(stocked: Database) -> None:
    run_sql(stocked, "DELETE FROM mark WHERE subject = 'shift'")
    before = seen(stocked)
    run_sql(stocked, DEEDS["shift"])
    assert seen(stocked) != before


def test_a_memory_holds_so_much_and_no_more() -> None:
    memory = Memory()
    for number in range(KEPT + 5):
        memory.keep(number, (1,), number)
    assert memory.recall(4) is None
    assert memory.recall(5) == ((1,), 5)


def test_a_window_of_another_time_is_another_problem(stocked: Database) -> None:
    later = JANUARY.first + timedelta(days=28)
    with stocked.reading() as work:
        assert load_problem(work, type(JANUARY)(later, 28)) != load_problem(work, JANUARY)
