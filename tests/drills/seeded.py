"""What does the product do with a fault planted in it? `python -m tests.drills.seeded FAULT PROGRAM ...` runs it so.

A fault is a defect that a drill must find, or the place where the process dies by its own hand.
"""

import os
import runpy
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, update

from scheduler.exchange.faults import Faults
from scheduler.services import execute
from scheduler.store import engines, sqlite
from scheduler.store.collection import EditedCollection
from scheduler.store.keys import Keys
from scheduler.store.runs import Runs
from scheduler.store.tables import RunRow

FLUSH_SECONDS = 0.4
BEGINS = ("BEGIN IMMEDIATE", "SELECT pg_advisory_xact_lock")


def die() -> None:
    """The end, as by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def cache() -> None:
    """Acknowledge from a copy of the SQLite file that is written back a moment later."""
    real = Path(os.environ["WIJKROOSTER_DATABASE"].removeprefix("sqlite:///"))
    copy = real.with_suffix(".copy")
    for old in real.parent.glob(f"{copy.name}*"):
        old.unlink()
    _back_up(real, copy)
    os.environ["WIJKROOSTER_DATABASE"] = f"sqlite:///{copy}"

    def write_back() -> None:
        while True:
            time.sleep(FLUSH_SECONDS)
            _back_up(copy, real)

    threading.Thread(target=write_back, daemon=True).start()


def _back_up(source: Path, target: Path) -> None:
    driver = sqlite.choose_driver()
    one, other = driver.connect(str(source), timeout=30), driver.connect(str(target), timeout=30)
    one.backup(other)
    one.close()
    other.close()


def autocommit() -> None:
    """Make every statement a transaction of its own."""

    def begin(_connection: object) -> None:
        """No BEGIN and no lock, so nothing holds the statements together."""

    for name in ("_begin_sqlite", "_begin_postgres"):
        setattr(engines, name, begin)
    setattr(engines, "create_engine", partial(create_engine, isolation_level="AUTOCOMMIT"))  # noqa: B010


def lenient() -> None:
    """Leave a bad row out of an import instead of refusing all of it."""
    setattr(Faults, "add", Faults.warn)  # noqa: B010


def no_keys() -> None:
    """Take every form for a new one."""

    def claim(*_: object) -> None:
        return None

    def finish(*_: object) -> None:
        return None

    setattr(Keys, "claim", claim)  # noqa: B010
    setattr(Keys, "finish", finish)  # noqa: B010


def no_editions() -> None:
    """Let whoever saves last win: every edition that is named is taken for the newest."""

    def claim(self: EditedCollection[Any, Any], id: str, _edition: int) -> int:
        newest = self.edition_of(id) + 1
        self._run(update(self.row).where(self._key == id).values(edition=newest))
        return newest

    setattr(EditedCollection, "_claim", claim)  # noqa: B010


def no_fence() -> None:
    """Let a worker write about a run that is no longer its own."""

    def as_worker(self: Runs, id: str, _fence: int, **columns: Any) -> None:
        self._run(update(RunRow).where(RunRow.id == id).values(columns))

    setattr(Runs, "_as_worker", as_worker)  # noqa: B010


def no_recovery() -> None:
    """Leave the run of a silent worker alone."""

    def recover(*_: object) -> list[object]:
        return []

    setattr(Runs, "recover", recover)  # noqa: B010


def lazy() -> None:
    """Let SQLite acknowledge before the disk has it (synchronous=NORMAL)."""
    prepare = sqlite.prepare

    def prepared(connection: Any, journal: sqlite.Journal, foreign_keys: bool) -> None:
        prepare(connection, journal, foreign_keys)
        connection.execute("PRAGMA synchronous = NORMAL")

    sqlite.prepare = prepared


def wait_for(file: str) -> None:
    """Be ready to work, but start only when this file is there."""
    import scheduler.services.worker  # noqa: F401

    while not Path(file).exists():
        time.sleep(0.02)


def _before(owner: object, name: str) -> None:
    setattr(owner, name, lambda *_, **__: die())


def _after(owner: object, name: str) -> None:
    deed = getattr(owner, name)

    def dying(*arguments: object, **named: object) -> None:
        deed(*arguments, **named)
        die()

    setattr(owner, name, dying)


DEATHS: dict[str, Callable[[], None]] = {
    "claimed": lambda: _before(execute, "_solved"),
    "searching": lambda: _before(execute.Pulse, "hear"),
    "checkpointed": lambda: _after(Runs, "checkpoint"),
    "found": lambda: _before(execute, "_hand_in"),
    "uncommitted": lambda: _after(Runs, "finish"),
    "committed": lambda: _after(execute, "_hand_in"),
}
"""Where in a run the worker dies; `checkpointed` and `uncommitted` lie inside an open transaction."""


def die_at(number: str) -> None:
    """Die just before the n-th statement of the first writing transaction that gets so far."""
    seen = 0

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal seen
        seen = 1 if statement.startswith(BEGINS) else seen + 1
        if seen == int(number):
            die()

    event.listen(Engine, "before_cursor_execute", count)


def count_statements(file: str) -> None:
    """Write the length of the longest writing transaction to a file."""
    seen = longest = 0

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal seen, longest
        seen = 1 if statement.startswith(BEGINS) else seen + 1
        if seen > longest:
            longest = seen
            Path(file).write_text(str(longest))

    event.listen(Engine, "before_cursor_execute", count)


PLAIN = {f.__name__: f for f in (cache, autocommit, lenient, no_keys, no_editions, no_fence, no_recovery, lazy)}
WITH_VALUE = {"wait": wait_for, "die_at": die_at, "count": count_statements}


def plant(fault: str) -> None:
    """Plant a fault by its name, such as `no_keys`, `die=found` or `die_at=17`."""
    name, _, value = fault.partition("=")
    if name == "die":
        DEATHS[value]()
    elif name in WITH_VALUE:
        WITH_VALUE[name](value)
    else:
        PLAIN[name]()


def main() -> None:
    """Plant, then become the program."""
    faults, program = sys.argv[1], sys.argv[2:]
    for fault in faults.split(","):
        plant(fault)
    sys.argv = program
    runpy.run_module(program[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
