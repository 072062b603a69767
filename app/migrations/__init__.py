"""The database's schema, step by step (Alembic). Brought up to date at start."""
