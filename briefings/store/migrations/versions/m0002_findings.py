"""What was extracted from articles, and what of it is hidden."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    _create_findings()
    _create_quotations()
    _create_issue_mentions()
    _create_positions()
    _create_response_mentions()
    _create_hidden_items()


def downgrade() -> None:
    """Go down."""
    op.drop_table("hidden_items")
    op.drop_table("response_mentions")
    op.drop_table("positions")
    op.drop_table("issue_mentions")
    op.drop_table("quotations")
    op.drop_table("findings")


def _create_findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_findings_article"),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_findings_article", "findings", ["article"])


def _create_quotations() -> None:
    op.create_table(
        "quotations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content_start", sa.Integer(), nullable=False),
        sa.Column("content_end", sa.Integer(), nullable=False),
        sa.Column("cue_start", sa.Integer(), nullable=True),
        sa.Column("cue_end", sa.Integer(), nullable=True),
        sa.Column("mention_start", sa.Integer(), nullable=True),
        sa.Column("mention_end", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("speaker_words", sa.Text(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["findings.id"], name="fk_quotations_id"),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name="fk_quotations_revision_id"),
        sa.PrimaryKeyConstraint("id", "revision_id", name="pk_quotations"),
    )
    op.create_index("ix_quotations_person_published", "quotations", ["person", "published"])
    op.create_index("ix_quotations_revision_id", "quotations", ["revision_id"])


def _create_issue_mentions() -> None:
    op.create_table(
        "issue_mentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("matter_start", sa.Integer(), nullable=False),
        sa.Column("matter_end", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=False),
        sa.Column("cue_start", sa.Integer(), nullable=True),
        sa.Column("cue_end", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["findings.id"], name="fk_issue_mentions_id"),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name="fk_issue_mentions_revision_id"),
        sa.PrimaryKeyConstraint("id", "revision_id", name="pk_issue_mentions"),
    )
    op.create_index("ix_issue_mentions_revision_id", "issue_mentions", ["revision_id"])


def _create_positions() -> None:
    op.create_table(
        "positions",
        sa.Column("mention", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mention", "revision_id"],
            ["issue_mentions.id", "issue_mentions.revision_id"],
            name="fk_positions_mention_revision_id",
        ),
        sa.PrimaryKeyConstraint("revision_id", "mention", "number", name="pk_positions"),
    )


def _create_response_mentions() -> None:
    op.create_table(
        "response_mentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("is_quoted", sa.Boolean(), nullable=False),
        sa.Column("is_silence", sa.Boolean(), nullable=False),
        sa.Column("development_start", sa.Integer(), nullable=True),
        sa.Column("development_end", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["findings.id"], name="fk_response_mentions_id"),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name="fk_response_mentions_revision_id"),
        sa.PrimaryKeyConstraint("id", "revision_id", name="pk_response_mentions"),
    )
    op.create_index("ix_response_mentions_actor_id_published", "response_mentions", ["actor_id", "published"])
    op.create_index("ix_response_mentions_revision_id", "response_mentions", ["revision_id"])


def _create_hidden_items() -> None:
    op.create_table(
        "hidden_items",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "number", name="pk_hidden_items"),
    )
