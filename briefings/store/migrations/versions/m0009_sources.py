"""Pages looked at again, outages of feeds that were told, files of the inbox."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "page_looks",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("looked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("n_gone", sa.Integer(), nullable=False),
        sa.Column("first_gone", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retracted", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_page_looks_article"),
        sa.PrimaryKeyConstraint("article", name="pk_page_looks"),
    )
    op.create_table(
        "feed_outages",
        sa.Column("feed", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["feed"], ["feeds.id"], name="fk_feed_outages_feed"),
        sa.PrimaryKeyConstraint("feed", "since", name="pk_feed_outages"),
    )
    op.create_table(
        "inbox_files",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_inbox_files"),
    )
    op.create_index("ix_inbox_files_sha256", "inbox_files", ["sha256"])


def downgrade() -> None:
    """Go down; an article that was retracted has no newest revision again unless its last one is made so."""
    op.execute(
        sa.text(
            "UPDATE revisions SET replaced = NULL WHERE article IN (SELECT article FROM page_looks "
            "WHERE retracted IS NOT NULL) AND revision = (SELECT max(r.revision) FROM revisions r "
            "WHERE r.article = revisions.article)"
        )
    )
    op.drop_index("ix_inbox_files_sha256", "inbox_files")
    op.drop_table("inbox_files")
    op.drop_table("feed_outages")
    op.drop_table("page_looks")
