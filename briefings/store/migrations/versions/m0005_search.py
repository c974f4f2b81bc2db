"""The index of words: FTS5 on SQLite, tsvector on PostgreSQL."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# external content: the words are indexed, the text stays in `revisions` alone
_FTS = """
CREATE VIRTUAL TABLE revision_words USING fts5(
    title, text, content='revisions', content_rowid='id', tokenize='porter unicode61'
)
"""


def upgrade() -> None:
    """Go up."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_FTS)
        op.execute("INSERT INTO revision_words(revision_words) VALUES ('rebuild')")
        return
    op.create_table(
        "revision_words",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name="fk_revision_words_revision_id"),
        sa.PrimaryKeyConstraint("revision_id", name="pk_revision_words"),
    )
    op.create_index("ix_revision_words_words", "revision_words", ["words"], postgresql_using="gin")
    op.execute(
        "INSERT INTO revision_words(revision_id, words) SELECT id, setweight(to_tsvector('english', title), 'A')"
        " || to_tsvector('english', left(text, 200000)) FROM revisions"
    )


def downgrade() -> None:
    """Go down."""
    op.drop_table("revision_words")
