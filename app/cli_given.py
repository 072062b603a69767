"""What every command is given, and how each ends where something is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from app.config import ConfigMistakes, Settings, load_settings
from app.database import sqlite_path
from app.faults import FAULTS, in_words, is_damage
from app.store import Store

MISTAKE = 2
"""The exit status where what was given can't be used."""
DAMAGED = 1
"""The exit status where the database is damaged; `export` has written the good part of it then."""

SESSION_FILE = Path("session_config.yaml")
ConfigFile = Annotated[Path, typer.Option(help="The session file.")]
Database = Annotated[
    str | None, typer.Option(help="Database file or URL; default: DATABASE_URL, then the session file.")
]
PublicAddress = Annotated[str | None, typer.Option(help="Where phones join, for example https://floor.example.org.")]


def settings_of(config: Path, *, database: str | None, **overrides: str | int | None) -> Settings:
    if database is not None and "://" not in database:
        database = f"sqlite:///{database}"
    try:
        return load_settings(config, database_url=database, **overrides)
    except ConfigMistakes as mistakes:
        stop("\n".join(mistakes.lines))


def store_of(settings: Settings) -> Store:
    database_there(settings)
    return Store(settings.database_url, settings.plan.id)


def secret_of(settings: Settings) -> str | None:
    return settings.secret.get_secret_value() if settings.secret else None


def database_there(settings: Settings) -> Path | None:
    """A mistyped name must not make a new one. None: it is not a file."""
    path = sqlite_path(settings.database_url)
    if path is not None and not path.exists():
        stop(f"There is no database {path}.")
    return path


@contextmanager
def faults_told(settings: Settings) -> Iterator[None]:
    """What goes wrong with the database ends the command with one line, not with a traceback."""
    try:
        yield
    except FAULTS as error:
        _stop_at(settings, error)


def _stop_at(settings: Settings, error: Exception) -> NoReturn:
    path = sqlite_path(settings.database_url)
    stop(f"The database {path or 'server'} {in_words(error)}", DAMAGED if is_damage(error) else MISTAKE)


def stop(reason: str, status: int = MISTAKE) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(status)
