"""How is a SQLite file opened so that what was acknowledged stays, on whatever version of SQLite is here?"""

import importlib
import sqlite3
import time
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from scheduler.domain.errors import Unsafe

BUSY_SECONDS = 15
TURN_SECONDS = 3
OLDEST = (3, 35, 0)
WAL_IS_SAFE_FROM = (3, 51, 3)
BACK_PORTS = (((3, 44, 6), (3, 45, 0)), ((3, 50, 7), (3, 51, 0)))
WITHDRAWN = frozenset({(3, 52, 0)})
SYNCHRONOUS = {"FULL": 2, "EXTRA": 3}

Version = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal mode and how hard each commit is pressed to the disk."""

    mode: str
    synchronous: str


def journal_for(version: Version) -> Journal:
    """WAL where it cannot corrupt the file, else the rollback journal; Unsafe when the version is too old for both."""
    if version < OLDEST:
        raise Unsafe(
            "SQLite %(version)s is too old; %(oldest)s is the oldest that works.",
            version=_dotted(version),
            oldest=_dotted(OLDEST),
        )
    safe = version >= WAL_IS_SAFE_FROM or any(first <= version < end for first, end in BACK_PORTS)
    return Journal("WAL", "FULL") if safe and version not in WITHDRAWN else Journal("DELETE", "EXTRA")


def choose_driver() -> ModuleType:
    """Python's own SQLite when its WAL is safe, else pysqlite3 when that is installed and safe, else Python's own."""
    if journal_for(version_of(sqlite3)).mode == "WAL":
        return sqlite3
    try:
        other = importlib.import_module("pysqlite3")
    except ImportError:
        return sqlite3
    return other if journal_for(version_of(other)).mode == "WAL" else sqlite3


def version_of(driver: ModuleType) -> Version:
    """The version of the SQLite library inside a driver."""
    major, minor, patch = driver.sqlite_version.split(".")[:3]
    return int(major), int(minor), int(patch)


def prepare(connection: Any, journal: Journal, foreign_keys: bool) -> None:
    """Set a new connection up and read back what was set; Unsafe when the file does not take it.

    `mmap_size` stays 0: with it, a damaged write-ahead log becomes a damaged file.
    """
    connection.isolation_level = None
    run = connection.execute
    run(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    mode = _set_journal(connection, journal.mode)
    run(f"PRAGMA synchronous = {journal.synchronous}")
    run("PRAGMA mmap_size = 0")
    run("PRAGMA secure_delete = ON")
    run("PRAGMA recursive_triggers = ON")
    run(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
    level = run("PRAGMA synchronous").fetchone()[0]
    keys = run("PRAGMA foreign_keys").fetchone()[0]
    if mode.upper() != journal.mode or level != SYNCHRONOUS[journal.synchronous] or bool(keys) != foreign_keys:
        raise Unsafe(
            "This SQLite file does not keep what is written: journal %(mode)s, synchronous %(level)s, foreign keys "
            "%(keys)s. Maybe another program has it open, its disk is full, or it lies on a network folder.",
            mode=mode,
            level=level,
            keys=keys,
        )


def _set_journal(connection: Any, mode: str) -> str:
    """The mode that the file is in afterwards; another program that has it open can prevent the change.

    SQLite does not wait by itself here; two programs that open a new file at once take turns.
    """
    latest = time.monotonic() + TURN_SECONDS
    while True:
        try:
            return str(connection.execute(f"PRAGMA journal_mode = {mode}").fetchone()[0])
        except connection.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > latest:
                return "unchanged"
        time.sleep(0.02)


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))
