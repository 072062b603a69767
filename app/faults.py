"""What is wrong with the database, in words, and what to do about it."""

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.entries import Damaged

FAULTS = (Damaged, SQLAlchemyError, sqlite3.Error, OSError)
"""What using a database may raise."""
DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
"""A disk that takes no more says either, as the limit is the disk's or the account's."""


def is_damage(error: Exception) -> bool:
    """Whether what is kept is not what was written; else it may just be out of reach."""
    found = cause(error)
    # Python's own complaint about a text that is no UTF-8 comes without a code of SQLite's.
    return isinstance(found, Damaged) or _code(found) in DAMAGE or "Could not decode to UTF-8" in str(found)


def in_words(error: Exception) -> str:
    """What follows after "the database": what is wrong with it, and what to do."""
    found, code = cause(error), _code(cause(error))
    if is_damage(error):
        return (
            f"is damaged ({found}). `open-floor export` writes what can still be read of it. To go on, move it away, "
            "with those files beside it that begin with its name, and put the newest backup in its place."
        )
    if code in LOCKED:
        return f"is kept locked by another program ({found}). Close whatever else has the file open."
    if code in FULL:
        return f"can't be written ({found}). Make room on its disk; if there is room, the disk is failing."
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN} or isinstance(found, OSError):
        return (
            f"can't be opened for writing ({found}). Let this account write to the file and to the folder it is in, "
            "or copy the file, with those beside it that begin with its name, to such a folder."
        )
    return f"can't be used: {found}"


def cause(error: Exception) -> BaseException:
    """What the database itself said, of what SQLAlchemy made of it."""
    return error.orig if isinstance(error, DBAPIError) and error.orig else error


def _code(found: BaseException) -> int | None:
    """SQLite's primary result code; the rest of its number says more than anybody can act on."""
    extended = getattr(found, "sqlite_errorcode", None)
    return None if extended is None else extended & 0xFF
