"""Is the schema in the database the schema of this program, with every guard in place, and how does it get there?"""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from scheduler.domain.errors import Unsafe
from scheduler.store.migrations.marks import MARKED
from scheduler.store.tables import Row

MIGRATIONS = Path(__file__).parent / "migrations"
SQLITE_GUARDS = frozenset(
    f"{guard}_{deed}"
    for guard, deeds in {
        "ex_booking_overlap": ("insert", "update"),
        "ex_assignment_overlap": ("insert", "update"),
        "booking_declined": ("insert", "update"),
        "roster_version_is_fixed": ("insert", "update", "delete"),
        "assignment_is_fixed": ("insert", "update", "delete"),
        "response_is_fixed": ("insert", "update", "delete"),
        "audit_is_fixed": ("insert", "update", "delete"),
        **{f"{table}_is_marked": ("insert", "update", "delete") for table in MARKED},
    }.items()
    for deed in deeds
)
POSTGRES_GUARDS = frozenset(
    {
        "ex_booking_overlap",
        "ex_assignment_overlap",
        "booking_declined",
        "roster_version_is_fixed",
        "assignment_is_fixed",
        "response_is_fixed",
        "audit_is_fixed",
        *(f"{table}_is_marked" for table in MARKED),
    }
)


def upgrade(connection: Connection, revision: str) -> None:
    """Run the steps up to a revision in the transaction of this connection."""
    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take steps back down to a revision."""
    command.downgrade(_config(connection), revision)


def drift(connection: Connection) -> list[str]:
    """Every difference between the tables of the code and of the database, and every guard that is missing."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": Row.metadata})
    found = [str(difference) for difference in compare_metadata(context, Row.metadata)]
    return found + [f"missing guard {name}" for name in sorted(_expected(connection) - _guards(connection))]


def is_blank(connection: Connection) -> bool:
    """Whether no step was ever taken here."""
    return MigrationContext.configure(connection).get_current_revision() is None


def check(connection: Connection) -> None:
    """Raise Unsafe when the schema is another one than this program's, or when a guard is missing."""
    current = MigrationContext.configure(connection).get_current_revision()
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    if current != head:
        raise Unsafe(
            "The database is at schema %(current)s, this program needs %(head)s. Maybe run: scheduler db upgrade.",
            current=current or "-",
            head=head,
        )
    missing = _expected(connection) - _guards(connection)
    if missing:
        raise Unsafe("The database lacks the guard %(name)s.", name=min(missing))


def _expected(connection: Connection) -> frozenset[str]:
    return SQLITE_GUARDS if connection.dialect.name == "sqlite" else POSTGRES_GUARDS


def _guards(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        asked = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' "
            "UNION SELECT conname FROM pg_constraint WHERE contype = 'x' "
            "AND connamespace = current_schema()::regnamespace"
        )
    return {str(name) for name in connection.execute(text(asked)).scalars()}


def _config(connection: Connection) -> Any:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
