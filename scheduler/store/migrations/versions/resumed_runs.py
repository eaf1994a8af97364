"""A run that goes on knows which question its bound answers, and how much of its time is used."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("run", sa.Column("question", sa.String(), nullable=False, server_default=""))
    op.add_column("run", sa.Column("used_seconds", sa.Double(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("run", "used_seconds")
    op.drop_column("run", "question")
