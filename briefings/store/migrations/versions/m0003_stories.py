"""Developments and issues over days."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _create_developments()
    _create_development_articles()
    _create_issues()
    _create_issue_entries()


def downgrade() -> None:
    """Go down."""
    op.drop_table("issue_entries")
    op.drop_table("issues")
    op.drop_table("development_articles")
    op.drop_table("developments")


def _create_developments() -> None:
    op.create_table(
        "developments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_known", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_developments"),
        sqlite_autoincrement=True,
    )


def _create_development_articles() -> None:
    op.create_table(
        "development_articles",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("development", sa.Integer(), nullable=False),
        sa.Column("known", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_development_articles_article"),
        sa.ForeignKeyConstraint(["development"], ["developments.id"], name="fk_development_articles_development"),
        sa.PrimaryKeyConstraint("article", name="pk_development_articles"),
    )
    op.create_index("ix_development_articles_development", "development_articles", ["development"])


def _create_issues() -> None:
    op.create_table(
        "issues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("first_known", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issues"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_issues_topic", "issues", ["topic"])


def _create_issue_entries() -> None:
    op.create_table(
        "issue_entries",
        sa.Column("mention", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("known", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["issue"], ["issues.id"], name="fk_issue_entries_issue"),
        sa.ForeignKeyConstraint(["mention"], ["findings.id"], name="fk_issue_entries_mention"),
        sa.PrimaryKeyConstraint("mention", "topic", name="pk_issue_entries"),
    )
    op.create_index("ix_issue_entries_issue", "issue_entries", ["issue"])
    op.create_index("ix_issue_entries_topic_known", "issue_entries", ["topic", "known"])
