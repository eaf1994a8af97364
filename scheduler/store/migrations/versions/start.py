"""The first schema: every table and every guard."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from scheduler.store.migrations.guards import POSTGRES_FUNCTIONS, POSTGRES_GUARDS, sqlite_guards
from scheduler.store.migrations.marks import POSTGRES_FUNCTION, marks

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "mark", "neighbourhood", "venue", "activity", "travel", "expert", "profile", "contract", "qualification",
    "exclusion", "worked", "cover_request", "shift", "roster_version", "assignment", "booking", "withdrawal",
    "response", "draft_step", "run", "account", "session", "feed", "attempt", "idempotency_key", "outbox", "audit",
    "setting",
)  # fmt: skip


def upgrade() -> None:
    _places()
    _people()
    _cover()
    _rosters()
    _accounts()
    _records()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (*(sqlite_guards() if is_sqlite else POSTGRES_GUARDS), *marks(is_sqlite)):
        op.execute(sa.text(statement))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for function in (*POSTGRES_FUNCTIONS, POSTGRES_FUNCTION):
            op.execute(f"DROP FUNCTION {function}()")


def _places() -> None:
    op.create_table("neighbourhood", *_words("id", "name"), *_wholes("need"), sa.PrimaryKeyConstraint("id"))
    op.create_table(
        "venue",
        *_words("id", "name", "kind", "neighbourhood_id", "address", "contact_name", "contact_phone"),
        *_wholes("edition"),
        *_numbers("latitude", "longitude", nullable=True),
        *_documents("attributes"),
        *_wholes("minutes_a_month", "cents_a_month", nullable=True),
        *_flags("budget_is_hard"),
        sa.ForeignKeyConstraint(["neighbourhood_id"], ["neighbourhood.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("ix_venue_neighbourhood_id", "venue", ["neighbourhood_id"])
    op.create_table(
        "activity",
        *_words("id", "name", "role"),
        *_wholes("intensity_points", "minimum_minutes"),
        *_flags("host_needed", "two_present", "stand_by"),
        *_documents("never_before"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "travel",
        *_words("from_venue_id", "to_venue_id", "mode"),
        *_wholes("minutes"),
        sa.PrimaryKeyConstraint("from_venue_id", "to_venue_id", "mode"),
    )


def _people() -> None:
    op.create_table(
        "expert",
        *_words("id", "travel_mode"),
        *_wholes("edition"),
        *_documents("roles", "languages", "themes", "availability", "limits", "venue_wishes", "activity_wishes"),
        *_documents("dated_wishes", "wanted_colleagues", "stand_by"),
        *_numbers("latitude", "longitude", nullable=True),
        *_wholes("wished_minutes_a_week", "hour_cents", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "profile",
        *_words("expert_id", "first_name", "surname", "email", "phone"),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("expert_id"),
    )
    op.create_table(
        "contract",
        *_wholes("id", "position", "minimum_minutes_a_week", "minimum_minutes_a_window"),
        *_words("expert_id", "kind"),
        *_days("first_day"),
        *_days("end_day", nullable=True),
        *_wholes("maximum_minutes_a_week", "maximum_minutes_a_window", nullable=True),
        *_flags("one_shift_a_day"),
        *_documents("rolling"),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("ix_contract_expert_id", "contract", ["expert_id"])
    op.create_table(
        "qualification",
        *_wholes("id", "position"),
        *_words("expert_id", "name"),
        *_days("first_day"),
        *_days("end_day", nullable=True),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("ix_qualification_expert_id", "qualification", ["expert_id"])
    op.create_table(
        "exclusion",
        *_wholes("id", "position"),
        *_words("expert_id", "kind", "subject"),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("ix_exclusion_expert_id", "exclusion", ["expert_id"])
    op.create_table(
        "worked",
        *_wholes("id"),
        *_words("expert_id"),
        *_instants("starts_at", "ends_at"),
        *_words("venue_id", "activity_id", nullable=True),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("ix_worked_expert_id", "worked", ["expert_id"])
    _index("ix_worked_starts_at", "worked", ["starts_at"])


def _cover() -> None:
    op.create_table(
        "cover_request",
        *_words("id", "venue_id", "activity_id", "repeat", "note", "state", "answer"),
        *_wholes("edition", "headcount", "desirable", "priority"),
        *_days("first_day"),
        *_days("until_day", nullable=True),
        *_documents("exception_days", "themes", "languages"),
        *_clocks("start", "end"),
        *_words("fold", nullable=True),
        *_instants("submitted_at", "answer_due_at"),
        *_instants("answered_at", nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"]),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("ix_cover_request_state", "cover_request", ["state"])
    _index("ix_cover_request_venue_id", "cover_request", ["venue_id"])
    op.create_table(
        "shift",
        *_words("id", "venue_id", "activity_id"),
        *_words("request_id", "required_qualification", nullable=True),
        *_instants("starts_at", "ends_at"),
        *_wholes("required", "desirable", "priority"),
        *_wholes("missing_points", "extra_points", nullable=True),
        *_documents("required_languages", "desired_languages", "themes"),
        *_flags("called_off"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"]),
        sa.ForeignKeyConstraint(["request_id"], ["cover_request.id"]),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("id", "starts_at", "ends_at"),
    )
    _index("ix_shift_request_id", "shift", ["request_id"])
    _index("ix_shift_starts_at", "shift", ["starts_at"])
    _index("ix_shift_venue_id", "shift", ["venue_id"])


def _rosters() -> None:
    op.create_table(
        "roster_version",
        *_words("id", "zone_name", "state"),
        *_wholes("edition", "number", "window_days"),
        *_days("window_first"),
        *_instants("created_at"),
        *_wholes("based_on", "score_hard", "score_coverage", "score_preference", nullable=True),
        *_instants("published_at", nullable=True),
        *_words("published_by", "digest", nullable=True),
        sa.CheckConstraint("state IN ('draft', 'published', 'superseded')", name="state"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("window_first", "number"),
    )
    _index("uq_roster_version_one_draft", "roster_version", ["window_first"], unique=True, where="state = 'draft'")
    _index(
        "uq_roster_version_one_published", "roster_version", ["window_first"], unique=True, where="state = 'published'"
    )
    op.create_table(
        "assignment",
        *_words("version_id", "expert_id", "shift_id"),
        *_instants("starts_at", "ends_at"),
        *_flags("pinned"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"]),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"]),
        sa.ForeignKeyConstraint(["version_id"], ["roster_version.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("version_id", "expert_id", "shift_id"),
    )
    _index("ix_assignment_overlap", "assignment", ["version_id", "expert_id", "starts_at"])
    op.create_table(
        "booking",
        *_words("expert_id", "shift_id"),
        *_instants("starts_at", "ends_at"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"]),
        sa.ForeignKeyConstraint(
            ["shift_id", "starts_at", "ends_at"], ["shift.id", "shift.starts_at", "shift.ends_at"], onupdate="CASCADE"
        ),
        sa.PrimaryKeyConstraint("expert_id", "shift_id"),
    )
    _index("ix_booking_overlap", "booking", ["expert_id", "starts_at"])
    _index("ix_booking_shift", "booking", ["shift_id"])
    _index("ix_booking_starts_at", "booking", ["starts_at"])
    op.create_table(
        "withdrawal",
        *_words("expert_id", "shift_id"),
        *_instants("at"),
        *_flags("called_off"),
        *_wholes("changes"),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"]),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"]),
        sa.PrimaryKeyConstraint("expert_id", "shift_id"),
    )
    op.create_table(
        "response",
        *_wholes("id"),
        *_words("expert_id", "shift_id", "answer"),
        *_instants("at"),
        *_words("on_behalf_by", nullable=True),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"]),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("ix_response_pair", "response", ["expert_id", "shift_id", "id"])
    _index("ix_response_shift_id", "response", ["shift_id"])
    op.create_table(
        "draft_step",
        *_wholes("id", "position"),
        *_words("version_id"),
        *_flags("done"),
        *_documents("change"),
        sa.ForeignKeyConstraint(["version_id"], ["roster_version.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("version_id", "position"),
    )
    op.create_table(
        "run",
        *_words("id", "zone_name", "state", "requested_by", "draft", "input_hash", "orders", "status", "error"),
        *_days("window_first"),
        *_wholes("window_days", "workers", "seed", "fence"),
        *_numbers("seconds"),
        *_instants("created_at"),
        *_instants("lease_until", "started_at", "finished_at", nullable=True),
        *_documents("progress"),
        *_documents("best", nullable=True),
        *_words("result", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("ix_run_window_first", "run", ["window_first"])
    _index("uq_run_one_running", "run", ["state"], unique=True, where="state = 'running'")


def _accounts() -> None:
    op.create_table(
        "account",
        *_words("id", "email", "email_key", "display_name", "role", "language", "theme"),
        *_wholes("edition"),
        *_documents("venues"),
        *_words("expert_id", "password_hash", nullable=True),
        *_flags("active", "calm", "is_sample"),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email_key"),
    )
    _index("ix_account_expert_id", "account", ["expert_id"])
    op.create_table(
        "session",
        *_words("token_hash", "account_id", "csrf"),
        *_instants("created_at", "seen_at", "expires_at"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    _index("ix_session_account_id", "session", ["account_id"])
    _index("ix_session_expires_at", "session", ["expires_at"])
    op.create_table(
        "feed",
        *_words("expert_id", "token_hash"),
        *_wholes("revision"),
        *_instants("created_at"),
        *_instants("used_at", nullable=True),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("expert_id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_table(
        "attempt",
        *_words("kind", "subject"),
        *_wholes("count"),
        *_instants("at"),
        sa.PrimaryKeyConstraint("kind", "subject"),
    )
    _index("ix_attempt_at", "attempt", ["at"])
    op.create_table(
        "idempotency_key",
        *_words("account_id", "key", "action", "body_hash"),
        *_documents("result", nullable=True),
        *_instants("at"),
        sa.PrimaryKeyConstraint("account_id", "key"),
    )
    _index("ix_idempotency_key_at", "idempotency_key", ["at"])


def _records() -> None:
    op.create_table(
        "outbox",
        *_words("id", "kind", "message_id", "state", "error"),
        *_words("account_id", "expert_id", nullable=True),
        *_documents("payload"),
        *_wholes("lane", "attempts"),
        *_instants("created_at", "due_at"),
        *_instants("sent_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("ix_outbox_account_id", "outbox", ["account_id"])
    _index("ix_outbox_expert_id", "outbox", ["expert_id"])
    _index("ix_outbox_queue", "outbox", ["state", "lane", "due_at"])
    op.create_table(
        "audit",
        *_wholes("id"),
        *_instants("at"),
        *_words("actor", "role", "action", "subject", "request_id", "origin", "on_behalf_of", "result", "chain"),
        *_documents("fields"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("ix_audit_actor", "audit", ["actor"])
    _index("ix_audit_at", "audit", ["at"])
    _index("ix_audit_subject", "audit", ["subject"])
    op.create_table("setting", *_words("key"), *_documents("value"), sa.PrimaryKeyConstraint("key"))


def _columns(kind: Any, names: tuple[str, ...], nullable: bool) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=nullable) for name in names]


def _words(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return _columns(sa.String(), names, nullable)


def _instants(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return _columns(sa.DateTime(timezone=True), names, nullable)


def _wholes(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return _columns(sa.Integer(), names, nullable)


def _numbers(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return _columns(sa.Double(), names, nullable)


def _flags(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return _columns(sa.Boolean(), names, nullable)


def _documents(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return _columns(sa.JSON(), names, nullable)


def _days(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return _columns(sa.Date(), names, nullable)


def _clocks(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return _columns(sa.Time(), names, nullable)


def _index(name: str, table: str, names: list[str], unique: bool = False, where: str = "") -> None:
    some = sa.text(where) if where else None
    op.create_index(name, table, names, unique=unique, sqlite_where=some, postgresql_where=some)
