"""The command line: serve the session, rehearse it, export its record."""

import asyncio
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer
from filelock import FileLock

from app import logs
from app.cli_export import export
from app.config import ConfigMistakes, Settings, load_settings
from app.database import InUse, back_up, check_sound, check_whole_if_idle, sqlite_path, take
from app.entries import Damaged
from app.faults import FAULTS, in_words, is_damage
from app.floor.errors import PlanConflict
from app.main import Opened, open_session
from app.serving import public_address as address_of
from app.serving import run
from app.store import Store
from app.web.access import Access

MISTAKE = 2
"""The exit status where what was given can't be used."""
DAMAGED = 1
"""The exit status where the database is damaged; `export` has written the good part of it then."""

cli = typer.Typer(
    help="Open Floor runs a live session in which every intervention comes from the floor.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

ConfigFile = Annotated[Path, typer.Option(help="The session file.")]
Database = Annotated[
    str | None, typer.Option(help="Database file or URL; default: DATABASE_URL, then the session file.")
]
PublicAddress = Annotated[str | None, typer.Option(help="Where phones join, for example https://floor.example.org.")]


@cli.command()
def serve(
    config: ConfigFile = Path("session_config.yaml"),
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0: any free one.")] = None,
    database: Database = None,
    public_address: PublicAddress = None,
    log_format: Annotated[
        str | None, typer.Option(help="What it says on stderr: text, or json, an object a line.")
    ] = None,
    new_chair_key: Annotated[
        bool, typer.Option("--new-chair-key", help="Make a new link for the chair; the one before opens no more.")
    ] = False,
) -> None:
    """Run the session: prints the three links, and serves until it is stopped."""
    settings = _settings(
        config, host=host, port=port, database=database, public_address=public_address, log_format=log_format
    )
    logs.set_up(settings.log_format)
    lock = _taken(settings)
    given = settings.chair_key.get_secret_value() if settings.chair_key else None
    with _faults_told(settings):
        opened = _opened(settings)
        chair_key = opened.access.chair_key(given, renew=new_chair_key)
    run(opened, chair_key)
    if lock is not None:
        lock.release()


@cli.command()
def rehearse(
    address: Annotated[str, typer.Argument(help="The running server.")] = "http://127.0.0.1:8000",
    attendees: Annotated[int, typer.Option(min=1, max=2000, help="How many simulated attendees join.")] = 40,
    pace: Annotated[float, typer.Option(min=0.1, max=1000, help="How many times faster than life.")] = 1.0,
    seed: Annotated[int, typer.Option(help="The same seed plays the same people.")] = 1,
    chair_link: Annotated[str | None, typer.Option(help="The chair's link: then the chair is simulated too.")] = None,
    secretariat_link: Annotated[
        list[str] | None, typer.Option(help="A link of the secretariat's: then somebody simulated takes notes.")
    ] = None,
) -> None:
    """Fill the room with simulated attendees who join a running server and behave like people."""
    from app import rehearsal  # noqa: PLC0415 - a server need not load it
    from app.client import ClientError  # noqa: PLC0415

    def report(progress: rehearsal.Progress) -> None:
        sys.stderr.write(f"\r\x1b[K{progress}")
        sys.stderr.flush()

    try:
        asyncio.run(
            rehearsal.rehearse(
                address,
                attendees=attendees,
                pace=pace,
                seed=seed,
                chair_link=chair_link,
                secretariat_links=secretariat_link or (),
                report=report,
            )
        )
    except KeyboardInterrupt:
        typer.echo("\nThe simulated attendees have left.", err=True)
    except ClientError as error:
        _stop(f"\n{error}")
    else:
        typer.echo("", err=True)


cli.command()(export)


@cli.command()
def backup(
    to: Annotated[Path, typer.Argument(help="The file for the copy; it must not be there yet.")],
    config: ConfigFile = Path("session_config.yaml"),
    database: Database = None,
) -> None:
    """Copy the database as of this moment, also while the server runs."""
    settings = _settings(config, database=database)
    path = _database_there(settings)
    if path is None:
        _stop("This database is PostgreSQL: back it up with pg_dump.")
    try:
        back_up(path, to)
        check_sound(to, alone=True)
        check_whole_if_idle(settings.database_url)
    except (OSError, sqlite3.Error) as error:
        _stop(f"No backup was made: {error}")
    except Damaged as damaged:
        _stop(f"{to}: a copy, but the database {in_words(damaged)}", DAMAGED)
    typer.echo(f"{to}: {to.stat().st_size} bytes")


keys = typer.Typer(help="Who may work at a console: each by a link of their own.", no_args_is_help=True)
cli.add_typer(keys, name="keys")
ConsoleRole = Literal["chair", "co_moderator", "secretariat"]


@keys.command("list")
def list_keys(config: ConfigFile = Path("session_config.yaml"), database: Database = None) -> None:
    """Name those who have a key."""
    settings = _settings(config, database=database)
    with _faults_told(settings):
        for row in _store(settings).console_keys():
            typer.echo(f"{row.name}: {row.role}")


@keys.command("new")
def new_key(
    role: Annotated[ConsoleRole, typer.Argument(help="The secretariat takes notes and does not move the floor.")],
    name: Annotated[str | None, typer.Option(help="Whose it is; shown beside each act. Default: the role.")] = None,
    config: ConfigFile = Path("session_config.yaml"),
    database: Database = None,
    public_address: PublicAddress = None,
) -> None:
    """Print a link for a console, also while the server runs. A link of the same name before it opens no more."""
    settings = _settings(config, database=database, public_address=public_address)
    secret = settings.secret.get_secret_value() if settings.secret else None
    with _faults_told(settings):
        key = Access(_store(settings), secret).new_key(name or role, role)
    typer.echo(f"{address_of(settings, settings.port)}/chair?key={key}")


@keys.command("revoke")
def revoke_key(
    name: Annotated[str, typer.Argument(help="Whose key; see `keys list`.")],
    config: ConfigFile = Path("session_config.yaml"),
    database: Database = None,
) -> None:
    """Take a key away, also while the server runs: its consoles are closed within a second."""
    settings = _settings(config, database=database)
    with _faults_told(settings):
        if not _store(settings).revoke_key(name):
            _stop(f"There is no key of the name {name!r}.")


def _settings(config: Path, *, database: str | None, **overrides: str | int | None) -> Settings:
    if database is not None and "://" not in database:
        database = f"sqlite:///{database}"
    try:
        return load_settings(config, database_url=database, **overrides)
    except ConfigMistakes as mistakes:
        _stop("\n".join(mistakes.lines))


def _store(settings: Settings) -> Store:
    _database_there(settings)
    return Store(settings.database_url, settings.plan.id)


def _database_there(settings: Settings) -> Path | None:
    """A mistyped name must not make a new one. None: it is not a file."""
    path = sqlite_path(settings.database_url)
    if path is not None and not path.exists():
        _stop(f"There is no database {path}.")
    return path


def _taken(settings: Settings) -> FileLock | None:
    try:
        with _faults_told(settings):
            return take(settings.database_url)
    except InUse as in_use:
        _stop(f"Another process serves the database {in_use}. Stop it first, or name another with --database.")


def _opened(settings: Settings) -> Opened:
    try:
        return open_session(settings)
    except PlanConflict as conflict:
        _stop(f"The session file contradicts what has happened already:\n{conflict.values_by_name['detail']}")


@contextmanager
def _faults_told(settings: Settings) -> Iterator[None]:
    """What goes wrong with the database ends the command with one line, not with a traceback."""
    try:
        yield
    except FAULTS as error:
        _stop_at(settings, error)


def _stop_at(settings: Settings, error: Exception) -> NoReturn:
    path = sqlite_path(settings.database_url)
    _stop(f"The database {path or 'server'} {in_words(error)}", DAMAGED if is_damage(error) else MISTAKE)


def _stop(reason: str, status: int = MISTAKE) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(status)


def main() -> None:
    cli()


if __name__ == "__main__":
    main()
