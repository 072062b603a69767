"""Who may read the record, and see the session again."""

from starlette.requests import HTTPConnection

from app.web.context import Context


def may_read_record(connection: HTTPConnection, floor: Context) -> bool:
    """Whoever works at a console, at any time."""
    return floor.access.console(connection.cookies) is not None
