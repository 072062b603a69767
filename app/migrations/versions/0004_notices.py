"""What was announced is kept beside the log, as all words that may name somebody"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

event = sa.table("event", *(sa.column(name) for name in ("session", "seq", "name")), sa.column("data", sa.JSON))
words = sa.table("words", *(sa.column(name) for name in ("session", "about", "text")))


def upgrade() -> None:
    connection = op.get_bind()
    said = connection.execute(
        sa.select(event.c.session, event.c.seq, event.c.data)
        .where(event.c.name == "Announced")
        .order_by(event.c.session, event.c.seq)
    ).all()
    counts: dict[str, int] = {}
    for session, seq, data in said:
        notice = ""
        if data["text"]:
            counts[session] = counts.get(session, 0) + 1
            notice = f"a{counts[session]}"
            connection.execute(words.insert().values(session=session, about=notice, text=data["text"]))
        kept = data | {"text": "", "notice": notice}
        connection.execute(event.update().where(event.c.session == session, event.c.seq == seq).values(data=kept))
