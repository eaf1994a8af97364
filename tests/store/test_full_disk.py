"""Is a full or broken disk told apart from a busy database, on both engines?"""

import logging
from pathlib import Path

import pytest
from sqlalchemy import text

from scheduler.domain.errors import Busy, DiskFault
from scheduler.store import Database, Work, open_database

FULL = "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '{state}'; END $$"  # noqa: E501
AT_EACH_SETTING = "CREATE TRIGGER no_room BEFORE INSERT ON setting FOR EACH ROW EXECUTE FUNCTION no_room()"


def run(work: Work, *statements: str) -> None:
    """Say it to the engine itself."""
    for statement in statements:
        work.settings._session.execute(text(statement))


def write_much(work: Work) -> None:
    """More than a full file takes."""
    work.settings.put("big", "x" * 10**6)


@pytest.fixture
def small(tmp_path: Path) -> Database:
    """A SQLite file that may not grow any more on its one connection, as on a full disk."""
    database = open_database(f"sqlite:///{tmp_path / 'small.db'}")
    database.upgrade()
    with database.writing() as work:
        run(work, "PRAGMA max_page_count = 1")
    return database


def test_a_full_disk_is_told_apart_from_a_busy_database_until_it_has_room_again(
    small: Database, caplog: pytest.LogCaptureFixture
) -> None:
    assert small.fault is None
    with caplog.at_level(logging.ERROR), pytest.raises(DiskFault, match="disk of the server is full"):
        small.write(write_much)
    assert "database or disk is full" in caplog.text
    assert small.fault is not None
    with small.reading() as work:
        assert work.settings.value("big") is None
    with pytest.raises(DiskFault), small.writing() as work:
        write_much(work)
    with small.writing() as work:
        run(work, "PRAGMA max_page_count = 100000")
        write_much(work)
    assert small.fault is None
    small.close()


@pytest.mark.parametrize(("state", "said"), [("53100", "is full"), ("58030", "cannot use its own disk")])
def test_a_server_whose_disk_is_full_or_broken_says_so(postgres_url: str, state: str, said: str) -> None:
    database = open_database(postgres_url)
    database.upgrade()
    with database.writing() as work:
        run(work, FULL.format(state=state), AT_EACH_SETTING)
    with pytest.raises(DiskFault, match=said):
        database.write(write_much)
    assert database.fault is not None
    assert database.free_bytes is None
    database.close()


def test_a_file_that_is_gone_from_under_the_program_is_not_called_busy(tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    database = open_database(f"sqlite:///{folder / 'a.db'}")
    database.upgrade()
    database.close()
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    with pytest.raises(DiskFault, match="cannot use its own disk"), database.reading() as work:
        work.settings.value("a")


def test_the_room_on_the_disk_of_a_file_is_known(small: Database) -> None:
    assert small.free_bytes
    assert issubclass(DiskFault, Busy)
    small.close()
