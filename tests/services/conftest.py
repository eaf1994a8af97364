"""Where does a test get a world? One per engine, in a database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.world import World, build_world, small_roster
from tests.store.conftest import copied_database, postgres_template, sqlite_template

__all__ = ["postgres_template", "sqlite_template"]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of this test's own: the fast part leaves PostgreSQL to the tests of the store."""
    yield from copied_database(request, tmp_path)


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    """The small agency with its roster published, on either engine."""
    found = build_world(database_url, tmp_path, live=small_roster())
    yield found
    found.database.close()


@pytest.fixture
def quick_world(sqlite_template: Path, tmp_path: Path) -> Iterator[World]:
    """The same on SQLite only, for what does not depend on the engine."""
    file = tmp_path / "world.db"
    file.write_bytes(sqlite_template.read_bytes())
    found = build_world(f"sqlite:///{file}", tmp_path, live=small_roster())
    yield found
    found.database.close()
