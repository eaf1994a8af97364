"""How can a reader know in one look that a table has not changed? Each has a mark that every change draws anew."""

from collections.abc import Iterator

MARKED = (
    *("neighbourhood", "venue", "activity", "travel", "expert", "profile", "contract", "qualification", "exclusion"),
    *("worked", "shift", "roster_version", "assignment", "booking", "response", "setting"),
)
"""The tables that a reader may remember; a mark is random, so that no two states of a table share one."""

_SQLITE_MARK = "random()"
_POSTGRES_MARK = "(random() * 9007199254740991)::bigint"
_POSTGRES_DRAW = f"""
    CREATE FUNCTION draw_mark() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      UPDATE mark SET value = {_POSTGRES_MARK} WHERE subject = TG_TABLE_NAME;
      RETURN NULL;
    END $$
"""  # noqa: S608
POSTGRES_FUNCTION = "draw_mark"


def marks(is_sqlite: bool) -> Iterator[str]:
    """The table of marks and the triggers that draw them."""
    columns = "subject VARCHAR NOT NULL, value BIGINT NOT NULL, CONSTRAINT pk_mark PRIMARY KEY (subject)"
    yield f"CREATE TABLE mark ({columns})"
    if not is_sqlite:
        yield _POSTGRES_DRAW
    drawn = _SQLITE_MARK if is_sqlite else _POSTGRES_MARK
    for table in MARKED:
        yield f"INSERT INTO mark (subject, value) VALUES ('{table}', {drawn})"  # noqa: S608
        yield from _sqlite_triggers(table) if is_sqlite else _postgres_triggers(table)


def _sqlite_triggers(table: str) -> Iterator[str]:
    draw = f"UPDATE mark SET value = {_SQLITE_MARK} WHERE subject = '{table}'"  # noqa: S608
    for deed in ("insert", "update", "delete"):
        yield f"CREATE TRIGGER {table}_is_marked_{deed} AFTER {deed.upper()} ON {table} BEGIN {draw}; END"


def _postgres_triggers(table: str) -> Iterator[str]:
    yield (
        f"CREATE TRIGGER {table}_is_marked AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION draw_mark()"
    )
