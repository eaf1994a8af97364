"""How does a transaction begin on each engine: a reader that cannot write, a writer that is alone, a migration?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from scheduler.domain.errors import Unsafe
from scheduler.store import sqlite

PURPOSE = "wijkrooster_purpose"
READ, WRITE = "read", "write"
WRITER_LOCK = 0x57524B31
LOCK_SECONDS = 15
OLDEST_POSTGRES = 13


@dataclass(frozen=True)
class Engines:
    """One pool seen in two ways, and the address for migrations."""

    reading: Engine
    writing: Engine
    url: URL

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """One transaction that is alone; on SQLite without foreign keys, which are checked before it commits."""
        engine = _make_engine(self.url, foreign_keys=False, poolclass=NullPool)
        with engine.execution_options(**{PURPOSE: WRITE}).begin() as connection:
            yield connection
            if engine.dialect.name == "sqlite":
                broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                if broken:
                    raise Unsafe("The migration left %(count)s rows that point at nothing.", count=len(broken))

    def close(self) -> None:
        """End every connection of the pool."""
        self.writing.dispose()


def open_engines(url: str) -> Engines:
    """The engines of an address; Unsafe for one that this program cannot keep its promises on."""
    address = _address(url)
    name = address.get_backend_name()
    if name == "sqlite" and address.database in {None, "", ":memory:"}:
        raise Unsafe("A database in memory is gone when the program ends. Maybe use sqlite:///wijkrooster.db.")
    if name not in {"sqlite", "postgresql"}:
        raise Unsafe("%(name)s is not supported: use SQLite or PostgreSQL.", name=name)
    engine = _make_engine(address, foreign_keys=True)
    return Engines(
        reading=engine.execution_options(**{PURPOSE: READ}),
        writing=engine.execution_options(**{PURPOSE: WRITE}),
        url=address,
    )


def _address(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:
        raise Unsafe(
            "The address of the database cannot be read. Maybe use sqlite:///wijkrooster.db or "
            "postgresql://user@host/name."
        ) from error


def _make_engine(url: URL, foreign_keys: bool, **options: Any) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, foreign_keys, **options)
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True, **options
    )
    event.listen(engine, "connect", _prepare_postgres)
    event.listen(engine, "begin", _begin_postgres)
    return engine


def _sqlite_engine(url: URL, foreign_keys: bool, **options: Any) -> Engine:
    driver = sqlite.choose_driver()
    journal = sqlite.journal_for(sqlite.version_of(driver))
    waiting = {"timeout": sqlite.BUSY_SECONDS}
    engine = create_engine(url, module=driver, connect_args=waiting, hide_parameters=True, **options)

    def prepare(connection: Any, _record: object) -> None:
        sqlite.prepare(connection, journal, foreign_keys)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    """The driver's own deferred BEGIN ignores the busy timeout once it turns into a writer; ours asks at once."""
    reads = connection.get_execution_options().get(PURPOSE) == READ
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _prepare_postgres(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
    connection.commit()


def _begin_postgres(connection: Connection) -> None:
    """A reader sees one moment; a writer takes the one lock first, so that both engines let one in at a time."""
    if connection.get_execution_options().get(PURPOSE) == READ:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")


def check_safe(connection: Connection) -> None:
    """Raise Unsafe when the server may forget what it acknowledged; SQLite was checked as it was opened."""
    if connection.dialect.name != "postgresql":
        return
    version = int((connection.dialect.server_version_info or (0,))[0])
    if version < OLDEST_POSTGRES:
        raise Unsafe("PostgreSQL %(version)s is too old; 13 is the oldest that works.", version=version)
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        value = connection.execute(text("SELECT current_setting(:name)"), {"name": setting}).scalar_one()
        if value == "off":
            raise Unsafe("PostgreSQL has %(setting)s off: it may forget what it acknowledged.", setting=setting)
