"""The zero of the server's clock"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "clock",
        sa.Column("session", sa.String, primary_key=True),
        sa.Column("boot", sa.String, nullable=False),
        sa.Column("zero_ms", sa.BigInteger, nullable=False),
    )
