"""How is the database made ready and checked, before any use case runs?"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from scheduler.config import Config
from scheduler.domain.errors import Busy, Sentence, Unsafe
from scheduler.services.context import App
from scheduler.store import Work, open_database
from scheduler.store.database import Database

TRIAL, TRIAL_CHARACTERS = "disk_trial", 256_000
LEAST_FREE_BYTES = 16_000_000


@contextmanager
def _opened(config: Config) -> Iterator[Database]:
    database = open_database(config.database_url)
    try:
        yield database
    finally:
        database.close()


def upgrade(config: Config) -> None:
    """Create the database of these settings or bring it to the newest schema; simultaneous starts take turns."""
    with _opened(config) as database:
        database.upgrade()


def missing_at(config: Config) -> str | None:
    """Where there should be a database of ours and is none; None when there is one. Asking makes none."""
    with _opened(config) as database:
        return None if database.is_made else database.place


def require_newest(config: Config) -> None:
    """Unsafe, with what to do, when the schema is not this program's."""
    with _opened(config) as database:
        database.check()


def check(config: Config) -> Sentence:
    """What is fine with the database; Unsafe, with what to do, when anything is not."""
    with _opened(config) as database:
        database.check()
        if drift := database.drift():
            raise Unsafe("The database differs from the schema: %(what)s.", what="; ".join(drift))
        with database.reading() as work:
            broken = work.rosters.tampered()
        if broken:
            raise Unsafe("These published rosters were changed afterwards: %(which)s.", which=", ".join(broken))
        return Sentence("The database (%(engine)s) is safe and at the newest schema.", {"engine": database.engine_name})


def keeps(app: App) -> bool:
    """Whether what people do now is kept: the database answers, its disk took the last write and has room for more.

    After a write that failed, a new one is tried here, large enough to need room.
    """
    try:
        with app.database.reading() as work:
            work.settings.value(TRIAL)
        if app.database.fault:
            for text in ("x" * TRIAL_CHARACTERS, ""):
                app.database.write(partial(_try, text))
    except Busy:
        return False
    free = app.database.free_bytes
    return free is None or free >= LEAST_FREE_BYTES


def _try(text: str, work: Work) -> None:
    work.settings.put(TRIAL, text)


def is_empty(app: App) -> bool:
    """Whether nobody can sign in and no venue is known yet."""
    with app.database.reading() as work:
        return not work.accounts.all() and not work.venues.all()
