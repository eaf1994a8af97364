"""Where does a test get a database? An empty one at the newest schema, once on SQLite and once on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.store import Database, open_database
from tests.support.postgres import TempPostgres


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the newest schema, to be copied."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    database = open_database(f"sqlite:///{file}")
    database.upgrade()
    database.close()
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres_server: TempPostgres) -> str:
    """The name of a PostgreSQL database at the newest schema, to be copied."""
    name = postgres_server.new_database()
    database = open_database(postgres_server.url(name))
    database.upgrade()
    database.close()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of this test's own, at the newest schema."""
    yield from copied_database(request, tmp_path)


def copied_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A copy of the newest schema on the engine that the fixture was asked for, gone after the test."""
    if request.param == "sqlite":
        file = tmp_path / "store.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server: TempPostgres = request.getfixturevalue("postgres_server")
    name = server.new_database(request.getfixturevalue("postgres_template"))
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database of this test's own, at the newest schema."""
    found = open_database(database_url)
    yield found
    found.close()
