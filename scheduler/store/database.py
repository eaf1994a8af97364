"""One transaction, and the collections that live in it, on SQLite and PostgreSQL alike."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from scheduler.domain.errors import Busy, DiskFault
from scheduler.store import schema
from scheduler.store.accounts import Accounts
from scheduler.store.attempts import Attempts
from scheduler.store.audit import Audit
from scheduler.store.bookings import Bookings
from scheduler.store.clashes import gave_way, saying_busy, saying_unusable
from scheduler.store.engines import Engines, check_safe, open_engines
from scheduler.store.experts import Experts
from scheduler.store.feeds import Feeds
from scheduler.store.history import History
from scheduler.store.keys import Keys
from scheduler.store.memory import Memory, Recollection
from scheduler.store.outbox import Outbox
from scheduler.store.requests import Requests
from scheduler.store.responses import Responses
from scheduler.store.rosters import Rosters
from scheduler.store.runs import Runs
from scheduler.store.sessions import Sessions
from scheduler.store.settings import Settings
from scheduler.store.shifts import Shifts
from scheduler.store.travel import TravelTimes
from scheduler.store.venues import Activities, Neighbourhoods, Venues
from scheduler.store.withdrawals import Withdrawals

Result = TypeVar("Result")
RETRY_SECONDS = 0.05


class Work:
    """The collections of one unit of work."""

    def __init__(self, session: Session, recall: Recollection) -> None:
        self.recall = recall
        self.feeds = Feeds(session)
        self.neighbourhoods = Neighbourhoods(session)
        self.venues = Venues(session, self.feeds)
        self.activities = Activities(session)
        self.travel = TravelTimes(session)
        self.experts = Experts(session)
        self.history = History(session)
        self.requests = Requests(session)
        self.shifts = Shifts(session, self.feeds)
        self.withdrawals = Withdrawals(session)
        self.bookings = Bookings(session, self.feeds, self.withdrawals)
        self.responses = Responses(session)
        self.rosters = Rosters(session, self.bookings)
        self.runs = Runs(session)
        self.accounts = Accounts(session)
        self.sessions = Sessions(session)
        self.outbox = Outbox(session)
        self.audit = Audit(session)
        self.settings = Settings(session)
        self.keys = Keys(session)
        self.attempts = Attempts(session)


class Database:
    """Where units of work come from. One writer at a time on both engines; readers see one consistent moment."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._fault: DiskFault | None = None
        self._memory = Memory()

    @property
    def engine_name(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engines.writing.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """A unit that can only read; the database refuses a write in it."""
        with saying_busy(writes=False), self._unit(self._engines.reading, writes=False) as work:
            yield work

    @contextmanager
    def writing(self) -> Iterator[Work]:
        """A unit that commits on leaving the block and rolls back if it raises.

        Busy when its turn does not come, DiskFault when the disk does not take it.
        """
        try:
            with saying_busy(writes=True), self._unit(self._engines.writing, writes=True) as work:
                yield work
            self._fault = None
        except DiskFault as fault:
            self._fault = fault
            raise

    def write(self, deed: Callable[[Work], Result], tries: int = 5) -> Result:
        """Run a deed in a writing unit, again from its start when the engine gave way to another writer."""
        for attempt in range(1, tries):
            try:
                with self.writing() as work:
                    return deed(work)
            except Busy as busy:
                if not isinstance(busy.__cause__, DBAPIError) or not gave_way(busy.__cause__):
                    raise
                time.sleep(RETRY_SECONDS * attempt)
        with self.writing() as work:
            return deed(work)

    @property
    def fault(self) -> DiskFault | None:
        """What was wrong with the disk at the last write of this process; None when it went well."""
        return self._fault

    @property
    def free_bytes(self) -> int | None:
        """Room on the disk of a SQLite file; None for a server, which looks after its own."""
        file = self._engines.url.database
        return shutil.disk_usage(Path(file).parent).free if self.engine_name == "sqlite" and file else None

    @property
    def place(self) -> str:
        """Where it is, for a person: the path of a SQLite file, the address of a server without its password."""
        url = self._engines.url
        return url.database or "" if self.engine_name == "sqlite" else url.set(query={}).render_as_string()

    @property
    def is_made(self) -> bool:
        """Whether somebody made it ready, of this or another schema; asking makes none."""
        file = Path(self.place)
        if self.engine_name == "sqlite" and not (file.exists() and file.stat().st_size):
            return False
        with saying_unusable(), self._engines.reading.connect() as connection:
            return not schema.is_blank(connection)

    @contextmanager
    def _unit(self, engine: Engine, *, writes: bool) -> Iterator[Work]:
        with Session(engine, autoflush=False) as session, session.begin():
            yield Work(session, Recollection(session, self._memory, writes=writes))

    def upgrade(self, revision: str = "head") -> None:
        """Bring the schema up to a revision; two processes that start together take turns."""
        with saying_unusable(), self._engines.migrating() as connection:
            schema.upgrade(connection, revision)

    def downgrade(self, revision: str) -> None:
        """Take the schema down to a revision (``base`` removes everything)."""
        with self._engines.migrating() as connection:
            schema.downgrade(connection, revision)

    def drift(self) -> list[str]:
        """Every difference between the tables in the code and in the database; empty is good."""
        with self._engines.writing.connect() as connection:
            return schema.drift(connection)

    def check(self) -> None:
        """Raise Unsafe when the engine may lose what it acknowledged, or the schema or a guard is missing."""
        with saying_unusable(), self._engines.reading.connect() as connection:
            check_safe(connection)
            schema.check(connection)

    def close(self) -> None:
        """End every connection."""
        self._engines.close()


def open_database(url: str) -> Database:
    """The database at ``sqlite:///path`` or ``postgresql+psycopg://...``; Unsafe when it cannot be opened safely."""
    return Database(open_engines(url))
