"""Does the suite's own PostgreSQL start, give fresh databases, and leave nothing behind?"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.support.postgres import PostgresUnavailable, TempPostgres

ROOT = Path(__file__).parents[2]


def wait_until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def test_each_database_is_empty_and_alone(postgres_server: TempPostgres, postgres_url: str) -> None:
    with connect(postgres_url) as first:
        first.execute("CREATE TABLE shift (id int)")
    other = postgres_server.new_database()
    with connect(postgres_server.url(other)) as second:
        assert second.execute("SELECT to_regclass('shift')").fetchone() == (None,)
    postgres_server.drop_database(other)


def test_a_database_can_be_copied_from_a_prepared_one(postgres_server: TempPostgres) -> None:
    prepared = postgres_server.new_database()
    with connect(postgres_server.url(prepared)) as connection:
        connection.execute("CREATE TABLE shift (id int)")
    copy = postgres_server.new_database(template=prepared)
    with connect(postgres_server.url(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM shift").fetchone() == (0,)


def test_the_server_keeps_what_it_acknowledges_and_can_exclude_overlaps(postgres_url: str) -> None:
    with connect(postgres_url) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
        connection.execute("CREATE EXTENSION btree_gist")


def test_a_stopped_server_leaves_no_folder() -> None:
    with TempPostgres() as server:
        folder = server.folder
        assert folder.is_dir()
    assert not folder.exists()


def test_a_wrong_pg_bin_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    server = TempPostgres()
    with pytest.raises(PostgresUnavailable, match=f"{tmp_path} holds no initdb"):
        server.__enter__()
    assert not server.folder.exists()


KILLED = """
import os
from tests.support.postgres import TempPostgres
with TempPostgres() as server:
    process = (server.folder / "data" / "postmaster.pid").read_text().split()[0]
    print(server.folder, process, flush=True)
    os.kill(os.getpid(), 9)
"""


def test_the_server_ends_and_clears_up_when_the_suite_is_killed() -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert killed.returncode == -9
    folder, process = killed.stdout.split()
    assert Path(folder).name.startswith("wijkrooster-pg-")
    wait_until(lambda: not is_alive(int(process)))
    wait_until(lambda: not Path(folder).exists())
