"""Channels that are paused, and corrections of posts: what was corrected, new bodies and notices."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "paused_targets",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "channel", name="pk_paused_targets"),
    )
    op.create_table(
        "corrections",
        sa.Column("delivery", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name="fk_corrections_delivery"),
        sa.PrimaryKeyConstraint("delivery", "item", name="pk_corrections"),
    )
    op.add_column("parts", sa.Column("is_notice", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("parts", sa.Column("correction", sa.Text(), nullable=True))


def downgrade() -> None:
    """Go down; notices of corrections that were posted are forgotten with what they belong to."""
    op.execute(sa.text("DELETE FROM parts WHERE is_notice"))
    op.drop_column("parts", "correction")
    op.drop_column("parts", "is_notice")
    op.drop_table("corrections")
    op.drop_table("paused_targets")
