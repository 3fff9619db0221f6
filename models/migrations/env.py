"""Run by Alembic, inside the transaction and on the connection that `models.migrate` gives it."""

from alembic import context

from models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
    transactional_ddl=True,  # SQLite too: our BEGIN is explicit, so a failed step leaves nothing behind
)
with context.begin_transaction():
    context.run_migrations()
