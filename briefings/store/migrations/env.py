"""Run migrations on the connection that `briefings.store.migrate` gives."""

from alembic import context

from briefings.store import channel_tables, tables  # noqa: F401  the tables register themselves
from briefings.store.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite too: we begin its transactions ourselves
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
