"""The worker's own marks and the platform events it has seen."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _create_platform_events()
    _create_marks()


def downgrade() -> None:
    """Go down."""
    op.drop_table("marks")
    op.drop_table("platform_events")


def _create_platform_events() -> None:
    op.create_table(
        "platform_events",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event", name="pk_platform_events"),
    )
    op.create_index("ix_platform_events_at", "platform_events", ["at"])


def _create_marks() -> None:
    op.create_table(
        "marks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_marks"),
    )
