"""The first schema: every table and every guard."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.migrations.guards import POSTGRES_FUNCTIONS, POSTGRES_GUARDS, sqlite_guards

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "response",
    "booking",
    "assignment",
    "shift",
    "session",
    "cover_request",
    "worked",
    "venue",
    "qualification",
    "profile",
    "feed",
    "exclusion",
    "draft_step",
    "contract",
    "account",
    "travel",
    "setting",
    "run",
    "roster_version",
    "outbox",
    "neighbourhood",
    "idempotency_key",
    "expert",
    "audit",
    "attempt",
    "activity",
)


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("intensity_points", sa.Integer(), nullable=False),
        sa.Column("host_needed", sa.Boolean(), nullable=False),
        sa.Column("two_present", sa.Boolean(), nullable=False),
        sa.Column("minimum_minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_activity"),
    )
    op.create_table(
        "attempt",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("minute", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "minute", name="pk_attempt"),
    )
    op.create_index("ix_attempt_minute", "attempt", ["minute"], unique=False)

    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("on_behalf_of", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_actor", "audit", ["actor"], unique=False)
    op.create_index("ix_audit_at", "audit", ["at"], unique=False)
    op.create_index("ix_audit_subject", "audit", ["subject"], unique=False)

    op.create_table(
        "expert",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("availability", sa.JSON(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("travel_mode", sa.String(), nullable=False),
        sa.Column("wished_minutes_a_week", sa.Integer(), nullable=True),
        sa.Column("venue_wishes", sa.JSON(), nullable=False),
        sa.Column("activity_wishes", sa.JSON(), nullable=False),
        sa.Column("hour_cents", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_expert"),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "key", name="pk_idempotency_key"),
    )
    op.create_index("ix_idempotency_key_at", "idempotency_key", ["at"], unique=False)

    op.create_table(
        "neighbourhood",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("need", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_neighbourhood"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=True),
        sa.Column("expert_id", sa.String(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_account_id", "outbox", ["account_id"], unique=False)
    op.create_index("ix_outbox_expert_id", "outbox", ["expert_id"], unique=False)
    op.create_index("ix_outbox_queue", "outbox", ["state", "lane", "due_at"], unique=False)

    op.create_table(
        "roster_version",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("window_first", sa.Date(), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("zone_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("score_hard", sa.Integer(), nullable=True),
        sa.Column("score_coverage", sa.Integer(), nullable=True),
        sa.Column("score_preference", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'published', 'superseded')", name="ck_roster_version_state"),
        sa.PrimaryKeyConstraint("id", name="pk_roster_version"),
        sa.UniqueConstraint("window_first", "number", name="uq_roster_version_window_first_number"),
    )
    op.create_index(
        "uq_roster_version_one_draft",
        "roster_version",
        ["window_first"],
        unique=True,
        sqlite_where=sa.text("state = 'draft'"),
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.create_index(
        "uq_roster_version_one_published",
        "roster_version",
        ["window_first"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )

    op.create_table(
        "run",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("window_first", sa.Date(), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("zone_name", sa.String(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("input_hash", sa.String(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("orders", sa.String(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("best", sa.JSON(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_index("ix_run_window_first", "run", ["window_first"], unique=False)
    op.create_index(
        "uq_run_one_running",
        "run",
        ["state"],
        unique=True,
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )

    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )
    op.create_table(
        "travel",
        sa.Column("from_venue_id", sa.String(), nullable=False),
        sa.Column("to_venue_id", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("from_venue_id", "to_venue_id", "mode", name="pk_travel"),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("venues", sa.JSON(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("calm", sa.Boolean(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name="fk_account_expert_id_expert"),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email_key", name="uq_account_email_key"),
    )
    op.create_index("ix_account_expert_id", "account", ["expert_id"], unique=False)

    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=True),
        sa.Column("minimum_minutes_a_week", sa.Integer(), nullable=False),
        sa.Column("maximum_minutes_a_week", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name="fk_contract_expert_id_expert", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_contract"),
    )
    op.create_index("ix_contract_expert_id", "contract", ["expert_id"], unique=False)

    op.create_table(
        "draft_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["roster_version.id"], name="fk_draft_step_version_id_roster_version", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_draft_step"),
        sa.UniqueConstraint("version_id", "position", name="uq_draft_step_version_id_position"),
    )
    op.create_table(
        "exclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name="fk_exclusion_expert_id_expert", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_exclusion"),
    )
    op.create_index("ix_exclusion_expert_id", "exclusion", ["expert_id"], unique=False)

    op.create_table(
        "feed",
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name="fk_feed_expert_id_expert", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("expert_id", name="pk_feed"),
        sa.UniqueConstraint("token_hash", name="uq_feed_token_hash"),
    )
    op.create_table(
        "profile",
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("surname", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name="fk_profile_expert_id_expert", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("expert_id", name="pk_profile"),
    )
    op.create_table(
        "qualification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["expert.id"], name="fk_qualification_expert_id_expert", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_qualification"),
    )
    op.create_index("ix_qualification_expert_id", "qualification", ["expert_id"], unique=False)

    op.create_table(
        "venue",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("neighbourhood_id", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name="fk_venue_neighbourhood_id_neighbourhood"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_venue"),
    )
    op.create_index("ix_venue_neighbourhood_id", "venue", ["neighbourhood_id"], unique=False)

    op.create_table(
        "worked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("venue_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name="fk_worked_expert_id_expert", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_worked"),
    )
    op.create_index("ix_worked_expert_id", "worked", ["expert_id"], unique=False)
    op.create_index("ix_worked_starts_at", "worked", ["starts_at"], unique=False)

    op.create_table(
        "cover_request",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.String(), nullable=False),
        sa.Column("activity_id", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("repeat", sa.String(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.Column("exception_days", sa.JSON(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("fold", sa.String(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("desirable", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_cover_request_activity_id_activity"),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name="fk_cover_request_venue_id_venue"),
        sa.PrimaryKeyConstraint("id", name="pk_cover_request"),
    )
    op.create_index("ix_cover_request_state", "cover_request", ["state"], unique=False)
    op.create_index("ix_cover_request_venue_id", "cover_request", ["venue_id"], unique=False)

    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_session_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_session"),
    )
    op.create_index("ix_session_account_id", "session", ["account_id"], unique=False)
    op.create_index("ix_session_expires_at", "session", ["expires_at"], unique=False)

    op.create_table(
        "shift",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("venue_id", sa.String(), nullable=False),
        sa.Column("activity_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("required", sa.Integer(), nullable=False),
        sa.Column("desirable", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("required_languages", sa.JSON(), nullable=False),
        sa.Column("desired_languages", sa.JSON(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("required_qualification", sa.String(), nullable=True),
        sa.Column("called_off", sa.Boolean(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name="ck_shift_ends_after_start"),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_shift_activity_id_activity"),
        sa.ForeignKeyConstraint(["request_id"], ["cover_request.id"], name="fk_shift_request_id_cover_request"),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name="fk_shift_venue_id_venue"),
        sa.PrimaryKeyConstraint("id", name="pk_shift"),
        sa.UniqueConstraint("id", "starts_at", "ends_at", name="uq_shift_id_starts_at_ends_at"),
    )
    op.create_index("ix_shift_request_id", "shift", ["request_id"], unique=False)
    op.create_index("ix_shift_starts_at", "shift", ["starts_at"], unique=False)
    op.create_index("ix_shift_venue_id", "shift", ["venue_id"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("shift_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name="ck_assignment_ends_after_start"),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name="fk_assignment_expert_id_expert"),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_assignment_shift_id_shift"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["roster_version.id"], name="fk_assignment_version_id_roster_version", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", "expert_id", "shift_id", name="pk_assignment"),
    )
    op.create_index("ix_assignment_overlap", "assignment", ["version_id", "expert_id", "starts_at"], unique=False)

    op.create_table(
        "booking",
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("shift_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name="ck_booking_ends_after_start"),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name="fk_booking_expert_id_expert"),
        sa.ForeignKeyConstraint(
            ["shift_id", "starts_at", "ends_at"],
            ["shift.id", "shift.starts_at", "shift.ends_at"],
            name="fk_booking_shift_id_starts_at_ends_at_shift",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("expert_id", "shift_id", name="pk_booking"),
    )
    op.create_index("ix_booking_overlap", "booking", ["expert_id", "starts_at"], unique=False)
    op.create_index("ix_booking_shift", "booking", ["shift_id"], unique=False)
    op.create_index("ix_booking_starts_at", "booking", ["starts_at"], unique=False)

    op.create_table(
        "response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.String(), nullable=False),
        sa.Column("shift_id", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_behalf_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name="fk_response_expert_id_expert"),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_response_shift_id_shift"),
        sa.PrimaryKeyConstraint("id", name="pk_response"),
    )
    op.create_index("ix_response_pair", "response", ["expert_id", "shift_id", "id"], unique=False)
    op.create_index("ix_response_shift_id", "response", ["shift_id"], unique=False)
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in sqlite_guards() if is_sqlite else POSTGRES_GUARDS:
        op.execute(sa.text(statement))


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for function in POSTGRES_FUNCTIONS:
            op.execute(f"DROP FUNCTION {function}()")
