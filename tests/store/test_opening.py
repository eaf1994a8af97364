"""Is a database only opened in a way in which what was acknowledged stays?"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from scheduler.domain.errors import NotFound, Unsafe
from scheduler.domain.venues import Neighbourhood
from scheduler.store import Database, Work, open_database, sqlite
from scheduler.store.sqlite import Journal


@pytest.mark.parametrize(
    ("version", "journal"),
    [
        ((3, 35, 0), Journal("DELETE", "EXTRA")),
        ((3, 40, 1), Journal("DELETE", "EXTRA")),
        ((3, 44, 5), Journal("DELETE", "EXTRA")),
        ((3, 44, 6), Journal("WAL", "FULL")),
        ((3, 45, 0), Journal("DELETE", "EXTRA")),
        ((3, 50, 7), Journal("WAL", "FULL")),
        ((3, 51, 2), Journal("DELETE", "EXTRA")),
        ((3, 51, 3), Journal("WAL", "FULL")),
        ((3, 52, 0), Journal("DELETE", "EXTRA")),
        ((3, 53, 4), Journal("WAL", "FULL")),
    ],
)
def test_the_write_ahead_log_is_used_only_where_it_cannot_corrupt(version: sqlite.Version, journal: Journal) -> None:
    assert sqlite.journal_for(version) == journal


def test_a_sqlite_that_is_too_old_is_refused() -> None:
    with pytest.raises(Unsafe, match=r"SQLite 3\.34\.1 is too old"):
        sqlite.journal_for((3, 34, 1))


def test_the_file_is_opened_as_the_version_asks(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    journal = sqlite.journal_for(sqlite.version_of(sqlite.choose_driver()))
    with database._engines.reading.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "mmap_size", "busy_timeout")
        }
    assert found == {
        "journal_mode": journal.mode.lower(),
        "synchronous": sqlite.SYNCHRONOUS[journal.synchronous],
        "foreign_keys": 1,
        "secure_delete": 1,
        "mmap_size": 0,
        "busy_timeout": sqlite.BUSY_SECONDS * 1000,
    }
    database.close()


def test_an_unsafe_version_falls_back_to_the_rollback_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "choose_driver", lambda: sqlite3)
    monkeypatch.setattr(sqlite, "version_of", lambda driver: (3, 40, 1))
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    database.upgrade()
    database.check()
    with database.writing() as work:
        work.neighbourhoods.add(Neighbourhood("pijp", "De Pijp"))
    with database._engines.reading.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "delete"
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 3
    database.close()


@pytest.mark.slow
def test_a_file_that_stays_in_an_unsafe_journal_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, driver = tmp_path / "a.db", sqlite.choose_driver()
    other = driver.connect(file)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE t (a)")
    other.commit()
    monkeypatch.setattr(sqlite, "choose_driver", lambda: driver)
    monkeypatch.setattr(sqlite, "version_of", lambda driver: (3, 40, 1))
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0)
    database = open_database(f"sqlite:///{file}")
    with pytest.raises(Unsafe, match="does not keep what is written"):
        database.check()
    other.close()
    database.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://x/y"])
def test_an_address_without_a_lasting_database_is_refused(url: str) -> None:
    with pytest.raises(Unsafe):
        open_database(url)


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit", "full_page_writes"])
def test_a_postgresql_that_may_forget_is_refused(postgres_url: str, setting: str) -> None:
    database = open_database(postgres_url)
    database.upgrade()
    database.check()
    with _set_off(database, setting), pytest.raises(Unsafe, match=f"{setting} off"):
        database.check()
    database.check()
    database.close()


@contextmanager
def _set_off(database: Database, setting: str) -> Iterator[None]:
    server = database._engines.writing.execution_options(isolation_level="AUTOCOMMIT")

    def change(statement: str) -> None:
        with server.connect() as connection:
            connection.execute(text(statement))
            connection.execute(text("SELECT pg_reload_conf()"))
        database.close()
        time.sleep(0.3)

    change(f"ALTER SYSTEM SET {setting} = off")
    try:
        yield
    finally:
        change(f"ALTER SYSTEM RESET {setting}")


def test_a_reading_unit_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError), database.reading() as work:
        work.neighbourhoods.add(Neighbourhood("pijp", "De Pijp"))
    with database.writing() as work:
        work.neighbourhoods.add(Neighbourhood("pijp", "De Pijp"))


def test_a_reading_unit_sees_one_moment(database: Database) -> None:
    with database.reading() as reader:
        assert reader.neighbourhoods.all() == []
        with database.writing() as writer:
            writer.neighbourhoods.add(Neighbourhood("pijp", "De Pijp"))
        assert reader.neighbourhoods.all() == []
    with database.reading() as reader:
        assert len(reader.neighbourhoods.all()) == 1


def test_a_unit_that_raises_leaves_nothing(database: Database) -> None:
    def fail_half_way(work: Work) -> None:
        work.neighbourhoods.add(Neighbourhood("pijp", "De Pijp"))
        raise NotFound("The second half is missing.")

    with pytest.raises(NotFound):
        database.write(fail_half_way)
    with database.reading() as work:
        assert work.neighbourhoods.all() == []
