"""What people may say of themselves for the record's counts"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for name in ("gender", "region"):
        op.add_column("participant", sa.Column(name, sa.String, nullable=False, server_default=""))
