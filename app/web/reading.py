"""Who may read the record, and see the session again."""

from starlette.requests import HTTPConnection

from app.web.context import Context


def may_read_record(connection: HTTPConnection, floor: Context) -> bool:
    """Everybody once it is published; before that, whoever works at a console."""
    return bool(floor.room.state.published_ms) or floor.access.console(connection.cookies) is not None
