"""Opening the database: SQLite made as durable as it can be, and any database at the newest schema."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, event, inspect, make_url, text
from sqlmodel import create_engine

from app.entries import Damaged
from app.wal import lost_commits

LOCKED_FOR_S = 5
"""So long does a command wait where another program keeps the database locked; then it is refused."""
MIGRATIONS = Path(__file__).with_name("migrations")
NEWEST_SCHEMA = max(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]
"""The files of the steps are named by their revision, which counts up."""


def open_database(url: str) -> Engine:
    """An engine on a database that is there, at the newest schema. Raises SQLAlchemyError where it can't be opened.

    Its errors do not show what was to be written: that is names, and what people said.
    """
    parsed = make_url(url)
    path = sqlite_path(url)
    if path is not None:
        _make_private(path)
        engine = create_engine(
            parsed, connect_args={"check_same_thread": False, "timeout": LOCKED_FOR_S}, hide_parameters=True
        )
        event.listen(engine, "connect", _make_durable)
    else:
        engine = create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    _migrate(engine)
    return engine


class InUse(Exception):  # noqa: N818 - says how it is
    """Another process has this database open to serve it."""


def take(url: str) -> FileLock | None:
    """Keeps an SQLite database for this process until it ends, however it ends; PostgreSQL serves several at once.

    Raises InUse if another process has taken it. The file beside the database stays: only its lock matters.
    """
    path = sqlite_path(url)
    if path is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(f"{path}.lock", mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise InUse(str(path)) from None
    return lock


def sqlite_path(url: str) -> Path | None:
    """Where an SQLite database is; None for any other."""
    parsed = make_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database
    return Path(str(parsed.database)) if is_file else None


def file_at(path: Path | None) -> tuple[int, int] | None:
    """Which file is there, by device and number; None where there is none."""
    try:
        found = path.stat() if path is not None else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None


def back_up(path: Path, to: Path) -> None:
    """A copy of an SQLite database as of this moment, also while it is being written (SQLite's online backup).

    Raises FileExistsError rather than write over an earlier backup, and sqlite3.Error where it can't be read.
    """
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(read_only(path)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)


def check_whole(path: Path) -> None:
    """Raises Damaged where acknowledged commits would be passed over in silence. Nobody else may be writing."""
    if lost := lost_commits(path):
        raise Damaged(f"at least {lost} of the newest commits, in {path.name}-wal, can't be read")


def check_whole_if_idle(url: str) -> None:
    """`check_whole`, unless somebody serves the database: what is being written can't be judged."""
    path = sqlite_path(url)
    if path is None:
        return
    with suppress(InUse):
        lock = take(url)
        try:
            check_whole(path)
        finally:
            if lock is not None:
                lock.release()


def read_only(path: Path, *, alone: bool = False) -> sqlite3.Connection:
    """A connection past SQLAlchemy that never writes. `alone`: nobody else can, so it leaves no file beside it."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro{'&immutable=1' if alone else ''}", uri=True)


def check_sound(path: Path, *, alone: bool = False) -> None:
    """Raises Damaged where SQLite finds the file damaged.

    It reads the whole file: a tenth of a second for 20,000 events, whose folding takes seconds. Damage that nothing
    touches at start would show in the middle of the session instead.
    """
    with closing(read_only(path, alone=alone)) as database:
        try:
            (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
                raise
            raise Damaged(str(error)) from error
    if found != "ok":
        raise Damaged(" ".join(found.split()))


def _make_private(path: Path) -> None:
    """It holds people's names and the secret of the cookies: nobody but its owner reads a new one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def _make_durable(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA secure_delete=ON")  # a name that was changed or erased is written over
    cursor.execute("PRAGMA synchronous=FULL")  # WAL's own default may lose the newest commits at a power cut
    cursor.close()


def _migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        if _version(connection) == NEWEST_SCHEMA:
            return  # so that a second start need not load Alembic, which takes longer than the rest
        from alembic import command  # noqa: PLC0415
        from alembic.config import Config  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return version
