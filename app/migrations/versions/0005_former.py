"""Who somebody was as of each event, so that what was put right can be taken back after a restart"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "former",
        sa.Column("session", sa.String, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        *(
            sa.Column(name, sa.String, nullable=False)
            for name in ("id", "name", "organisation", "language", "gender", "region")
        ),
    )
