"""Runs the steps on the connection that the store hands over; the store owns the transaction."""

from alembic import context

from scheduler.store.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    user_module_prefix="tables.",
)
with context.begin_transaction():
    context.run_migrations()
