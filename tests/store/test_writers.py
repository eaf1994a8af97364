"""Do writers take turns, wait for each other, and try again where the engine asks for it, without losing anything?"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from scheduler.domain.errors import Busy, Stale, Unsafe
from scheduler.store import Database, Work, engines, open_database, sqlite
from tests.builders import expert

WRITERS, ROUNDS = 6, 10


def test_writers_that_read_first_and_write_later_lose_nothing(database: Database, database_url: str) -> None:
    """Each adds one to what it read. No try is repeated here: the unit itself must wait for its turn."""

    def count_up() -> None:
        own = open_database(database_url)
        for _ in range(ROUNDS):
            with own.writing() as work:
                work.settings.put("count", work.settings.value("count", 0) + 1)
        own.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        for writer in [pool.submit(count_up) for _ in range(WRITERS)]:
            writer.result()
    with database.reading() as work:
        assert work.settings.value("count") == WRITERS * ROUNDS


def test_of_many_who_save_one_edition_exactly_one_succeeds(database: Database, database_url: str) -> None:
    with database.writing() as work:
        work.experts.add(expert("x"))

    def save(cents: int) -> bool:
        own = open_database(database_url)
        try:
            with own.writing() as work:
                work.experts.save(replace(work.experts.get("x"), hour_cents=cents), 1)
        except Stale:
            return False
        finally:
            own.close()
        return True

    with ThreadPoolExecutor(WRITERS) as pool:
        outcomes = list(pool.map(save, range(WRITERS)))
    assert sum(outcomes) == 1
    with database.reading() as work:
        assert work.experts.get("x").hour_cents == outcomes.index(True)


def test_a_deed_is_tried_again_after_the_engine_gave_way(
    database: Database, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0)
    own, tries = open_database(database_url), []

    def deed(work: Work) -> str:
        tries.append(1)
        work.settings.put("a", len(tries))
        if len(tries) == 1 and own.engine_name == "postgresql":
            work.settings._session.execute(
                text("DO $$ BEGIN RAISE EXCEPTION 'gave way' USING ERRCODE = '40001'; END $$")
            )
        return "done"

    with _another_writer(database, seconds=0.12) if own.engine_name == "sqlite" else _nobody():
        assert own.write(deed) == "done"
    with database.reading() as work:
        assert work.settings.value("a") == len(tries)
    own.close()


def test_a_writer_whose_turn_does_not_come_hears_that_the_database_is_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0)
    monkeypatch.setattr(engines, "LOCK_SECONDS", 1)
    own = open_database(database_url)
    with _another_writer(database, seconds=2), pytest.raises(Busy), own.writing() as work:
        work.settings.put("a", 1)
    with own.writing() as work:
        assert work.settings.value("a") is None
        work.settings.put("a", 2)
    own.close()


def test_a_full_disk_is_said_and_heals(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'small.db'}")
    database.upgrade()

    def fill_up(work: Work) -> None:
        session = work.settings._session
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
        work.settings.put("big", "x" * 10**6)

    with pytest.raises(Busy):
        database.write(fill_up)
    database.close()
    with database.writing() as work:
        assert work.settings.value("big") is None
        work.settings.put("big", "x" * 10**6)
    database.close()


def test_a_file_that_cannot_be_opened_is_said_at_start(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'missing' / 'a.db'}")
    for start in (database.upgrade, database.check):
        with pytest.raises(Unsafe, match="unable to open"):
            start()


def test_an_error_that_trying_again_does_not_cure_is_raised_at_once(database: Database) -> None:
    tries = []

    def deed(work: Work) -> None:
        tries.append(1)
        work.settings.put("a", 1)
        work.settings._session.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(DBAPIError):
        database.write(deed)
    assert tries == [1]


@contextmanager
def _nobody() -> Iterator[None]:
    yield


@contextmanager
def _another_writer(database: Database, seconds: float) -> Iterator[None]:
    """Somebody who holds the file from before the block until so many seconds later."""
    holds, over = Event(), Event()

    def hold() -> None:
        with database.writing() as work:
            work.settings.put("b", 1)
            holds.set()
            over.wait(seconds)

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        holds.wait(30)
        yield
        held.result()
