"""Publishers, articles and their revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _create_publishers()
    _create_articles()
    _create_article_topics()
    _create_revisions()


def downgrade() -> None:
    """Go down."""
    op.drop_table("revisions")
    op.drop_table("article_topics")
    op.drop_table("articles")
    op.drop_table("publishers")


def _create_publishers() -> None:
    op.create_table(
        "publishers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("carries", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_publishers"),
        sa.UniqueConstraint("name", name="uq_publishers_name"),
    )


def _create_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publisher", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("first_known", sa.DateTime(timezone=True), nullable=False),
        sa.Column("copy_of", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["copy_of"], ["articles.id"], name="fk_articles_copy_of"),
        sa.ForeignKeyConstraint(["publisher"], ["publishers.id"], name="fk_articles_publisher"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("identity", name="uq_articles_identity"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_first_known", "articles", ["first_known"])


def _create_article_topics() -> None:
    op.create_table(
        "article_topics",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_article_topics_article"),
        sa.PrimaryKeyConstraint("topic", "article", name="pk_article_topics"),
    )
    op.create_index("ix_article_topics_article", "article_topics", ["article"])


def _create_revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced", sa.DateTime(timezone=True), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("is_teaser", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_revisions_article"),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.UniqueConstraint("article", "revision", name="uq_revisions_article_revision"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_revisions_known", "revisions", ["known"])
    op.create_index("ix_revisions_published", "revisions", ["published"])
    op.create_index("ix_revisions_sha256", "revisions", ["sha256"])
