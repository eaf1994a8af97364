"""What does the database itself refuse, in the words of each engine? The guards of the first step; never edited."""

from collections.abc import Iterator

OVERLAPPING = (("booking", ()), ("assignment", ("version_id",)))
APPEND_ONLY = ("response", "audit")


def sqlite_guards() -> Iterator[str]:
    """Triggers that refuse overlap, a booking that was declined, and any change of what was published or said."""
    for table, scope in OVERLAPPING:
        yield from _sqlite_overlap(table, scope)
    yield from _sqlite_declined()
    yield from _sqlite_versions()
    for table in APPEND_ONLY:
        name = f"{table}_is_fixed"
        taken = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608
        yield _sqlite_trigger(f"{name}_insert", f"INSERT ON {table}", name, taken)
        yield _sqlite_trigger(f"{name}_update", f"UPDATE ON {table}", name, "1")
        yield _sqlite_trigger(f"{name}_delete", f"DELETE ON {table}", name, "1")


def _sqlite_trigger(name: str, deed: str, message: str, when: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {deed} WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"


def _sqlite_overlap(table: str, scope: tuple[str, ...]) -> Iterator[str]:
    key = ("expert_id", *scope)
    same = " AND ".join(f"o.{column} = NEW.{column}" for column in key)
    meets = "o.starts_at < NEW.ends_at AND NEW.starts_at < o.ends_at"
    itself = " AND ".join(f"o.{column} = OLD.{column}" for column in (*key, "shift_id"))
    name = f"ex_{table}_overlap"
    others = f"EXISTS (SELECT 1 FROM {table} o WHERE {same} AND {meets}"  # noqa: S608
    yield _sqlite_trigger(f"{name}_insert", f"INSERT ON {table}", name, f"{others} AND o.shift_id <> NEW.shift_id)")
    yield _sqlite_trigger(f"{name}_update", f"UPDATE ON {table}", name, f"{others} AND NOT ({itself}))")


def _sqlite_declined() -> Iterator[str]:
    newest = (
        "(SELECT answer FROM response WHERE expert_id = NEW.expert_id AND shift_id = NEW.shift_id "
        "ORDER BY id DESC LIMIT 1) = 'no'"
    )
    name = "booking_declined"
    yield _sqlite_trigger(f"{name}_insert", "INSERT ON booking", name, newest)
    yield _sqlite_trigger(f"{name}_update", "UPDATE OF expert_id, shift_id ON booking", name, newest)


def _sqlite_versions() -> Iterator[str]:
    kept = (
        *("id", "edition", "number", "window_first", "window_days", "zone_name", "created_at", "based_on"),
        *("published_at", "published_by", "score_hard", "score_coverage", "score_preference", "digest"),
    )
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in kept)
    moves_on = f"OLD.state = 'published' AND NEW.state = 'superseded' AND {same}"
    taken = (
        "EXISTS (SELECT 1 FROM roster_version v WHERE v.state <> 'draft' AND (v.id = NEW.id OR "
        "(v.window_first = NEW.window_first AND (v.number = NEW.number OR NEW.state = 'published'))))"
    )
    name = "roster_version_is_fixed"
    yield _sqlite_trigger(f"{name}_insert", "INSERT ON roster_version", name, taken)
    fixed = f"OLD.state <> 'draft' AND NOT ({moves_on})"
    yield _sqlite_trigger(f"{name}_update", "UPDATE ON roster_version", name, fixed)
    yield _sqlite_trigger(f"{name}_delete", "DELETE ON roster_version", name, "OLD.state <> 'draft'")
    name = "assignment_is_fixed"
    for deed, rows in (("insert", ("NEW",)), ("update", ("OLD", "NEW")), ("delete", ("OLD",))):
        state = "(SELECT state FROM roster_version WHERE id = {row}.version_id)"
        fixed = " OR ".join(f"{state.format(row=row)} <> 'draft'" for row in rows)
        yield _sqlite_trigger(f"{name}_{deed}", f"{deed.upper()} ON assignment", name, fixed)


POSTGRES_GUARDS = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "ALTER TABLE booking ADD CONSTRAINT ex_booking_overlap "
    "EXCLUDE USING gist (expert_id WITH =, tstzrange(starts_at, ends_at) WITH &&)",
    "ALTER TABLE assignment ADD CONSTRAINT ex_assignment_overlap "
    "EXCLUDE USING gist (version_id WITH =, expert_id WITH =, tstzrange(starts_at, ends_at) WITH &&)",
    """
    CREATE FUNCTION booking_declined() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF (SELECT answer FROM response WHERE expert_id = NEW.expert_id AND shift_id = NEW.shift_id
          ORDER BY id DESC LIMIT 1) = 'no' THEN
        RAISE EXCEPTION 'booking_declined';
      END IF;
      RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER booking_declined BEFORE INSERT OR UPDATE OF expert_id, shift_id ON booking "
    "FOR EACH ROW EXECUTE FUNCTION booking_declined()",
    """
    CREATE FUNCTION roster_version_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF OLD.state = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
      END IF;
      IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'superseded'
         AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'roster_version_is_fixed';
    END $$
    """,
    "CREATE TRIGGER roster_version_is_fixed BEFORE UPDATE OR DELETE ON roster_version "
    "FOR EACH ROW EXECUTE FUNCTION roster_version_is_fixed()",
    """
    CREATE FUNCTION assignment_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE found text; BEGIN
      IF TG_OP <> 'INSERT' THEN
        SELECT state INTO found FROM roster_version WHERE id = OLD.version_id FOR SHARE;
        IF found <> 'draft' THEN RAISE EXCEPTION 'assignment_is_fixed'; END IF;
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      SELECT state INTO found FROM roster_version WHERE id = NEW.version_id FOR SHARE;
      IF found <> 'draft' THEN RAISE EXCEPTION 'assignment_is_fixed'; END IF;
      RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER assignment_is_fixed BEFORE INSERT OR UPDATE OR DELETE ON assignment "
    "FOR EACH ROW EXECUTE FUNCTION assignment_is_fixed()",
    """
    CREATE FUNCTION is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION '%_is_fixed', TG_TABLE_NAME;
    END $$
    """,
    *(
        f"CREATE TRIGGER {table}_is_fixed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION is_fixed()"
        for table in APPEND_ONLY
    ),
    *(
        f"CREATE TRIGGER {table}_keeps_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION is_fixed()"
        for table in ("response", "audit", "roster_version", "assignment")
    ),
)
POSTGRES_FUNCTIONS = ("booking_declined", "roster_version_is_fixed", "assignment_is_fixed", "is_fixed")
