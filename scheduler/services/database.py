"""How is the database made ready and checked, before any use case runs?"""

from collections.abc import Iterator
from contextlib import contextmanager

from scheduler.config import Config
from scheduler.domain.errors import Sentence, Unsafe
from scheduler.services.context import App
from scheduler.store import open_database
from scheduler.store.database import Database


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


def is_empty(app: App) -> bool:
    """Whether nobody can sign in and no venue is known yet."""
    with app.database.reading() as work:
        return not work.accounts.all() and not work.venues.all()
