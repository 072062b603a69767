"""Alembic's entry: runs on the connection that the store hands over."""

from alembic import context
from sqlmodel import SQLModel

from app import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite can't alter a table in place
)
assert tables  # its import fills the metadata  # noqa: S101
with context.begin_transaction():
    context.run_migrations()
