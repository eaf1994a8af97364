"""Does the schema go up, down and up again, also when two programs start at once, and is a missing part noticed?"""

import multiprocessing

import pytest

from scheduler.domain.errors import Unsafe
from scheduler.store import Database, open_database
from tests.store.world import fill, run_sql


def test_the_schema_goes_up_down_and_up_and_equals_the_tables_in_the_code(empty_url: str) -> None:
    database = open_database(empty_url)
    database.upgrade()
    assert database.drift() == []
    fill(database)
    database.downgrade("base")
    with pytest.raises(Unsafe, match="schema -"):
        database.check()
    database.upgrade()
    assert database.drift() == []
    database.check()
    with database.reading() as work:
        assert work.experts.all() == []
    database.close()


def test_an_upgrade_of_a_newest_schema_keeps_every_row(database: Database) -> None:
    given = fill(database)
    database.upgrade()
    with database.reading() as work:
        assert tuple(work.shifts.all()) == given.shifts


def test_a_column_that_the_code_does_not_know_is_drift(database: Database) -> None:
    run_sql(database, "ALTER TABLE venue ADD COLUMN nickname TEXT")
    assert any("nickname" in difference for difference in database.drift())


def test_a_database_without_a_guard_is_refused(database: Database) -> None:
    drop = {
        "sqlite": "DROP TRIGGER response_is_fixed_update",
        "postgresql": "ALTER TABLE response DISABLE TRIGGER response_is_fixed",
    }
    run_sql(database, drop[database.engine_name])
    assert database.drift()
    with pytest.raises(Unsafe, match="lacks the guard response_is_fixed"):
        database.check()


@pytest.mark.slow
def test_two_programs_that_start_at_once_both_find_the_schema(empty_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(2) as pool:
        outcomes = pool.map(_start, [empty_url, empty_url], chunksize=1)
    assert outcomes == ["ready", "ready"]


def _start(url: str) -> str:
    database = open_database(url)
    database.upgrade()
    database.check()
    database.close()
    return "ready"


def test_a_database_is_made_once_it_has_a_schema_and_its_place_is_told_without_a_password(database: Database) -> None:
    assert database.is_made
    assert ".db" in database.place or database.place.startswith("postgresql")
    database.downgrade("base")
    assert not database.is_made
