"""Feeds, every attempt to read them, and their entries."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _create_feeds()
    _create_fetches()
    _create_feed_entries()


def downgrade() -> None:
    """Go down."""
    op.drop_table("feed_entries")
    op.drop_table("fetches")
    op.drop_table("feeds")


def _create_feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publisher", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["publisher"], ["publishers.id"], name="fk_feeds_publisher"),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("url", name="uq_feeds_url"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feeds_state_next_try", "feeds", ["state", "next_try"])


def _create_fetches() -> None:
    op.create_table(
        "fetches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("n_entries", sa.Integer(), nullable=False),
        sa.Column("n_new", sa.Integer(), nullable=False),
        sa.Column("newest_entry", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_success", sa.DateTime(timezone=True), nullable=True),
        sa.Column("usual_interval", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["feed"], ["feeds.id"], name="fk_fetches_feed"),
        sa.PrimaryKeyConstraint("id", name="pk_fetches"),
    )
    op.create_index("ix_fetches_feed_at", "fetches", ["feed", "at"])


def _create_feed_entries() -> None:
    op.create_table(
        "feed_entries",
        sa.Column("feed", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.Column("known", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["feed"], ["feeds.id"], name="fk_feed_entries_feed"),
        sa.PrimaryKeyConstraint("feed", "entry", name="pk_feed_entries"),
    )
    op.create_index("ix_feed_entries_feed_published", "feed_entries", ["feed", "published"])
