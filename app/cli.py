"""The command line: serve the session, rehearse it, export its record."""

import asyncio
import sqlite3
import sys
from pathlib import Path
from typing import Annotated

import typer
from filelock import FileLock

from app import logs
from app.cli_erase import erase
from app.cli_export import export
from app.cli_given import (
    DAMAGED,
    SESSION_FILE,
    ConfigFile,
    Database,
    PublicAddress,
    database_there,
    faults_told,
    settings_of,
    stop,
)
from app.cli_keys import keys
from app.config import Settings
from app.database import InUse, back_up, check_sound, check_whole_if_idle, take
from app.entries import Damaged
from app.faults import in_words
from app.floor.errors import PlanConflict
from app.main import Opened, open_session
from app.serving import run

cli = typer.Typer(
    help="Open Floor runs a live session in which every intervention comes from the floor.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@cli.command()
def serve(
    config: ConfigFile = SESSION_FILE,
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
    """Run the session: prints the links, and serves until it is stopped."""
    settings = settings_of(
        config, host=host, port=port, database=database, public_address=public_address, log_format=log_format
    )
    logs.set_up(settings.log_format)
    lock = _taken(settings)
    given = settings.chair_key.get_secret_value() if settings.chair_key else None
    with faults_told(settings):
        opened = _opened(settings)
        chair_key = opened.access.chair_key(given, renew=new_chair_key)
        secretariat_key = opened.access.first_key("secretariat")
    run(opened, chair_key, secretariat_key)
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
        stop(f"\n{error}")
    else:
        typer.echo("", err=True)


cli.command()(export)


@cli.command()
def backup(
    to: Annotated[Path, typer.Argument(help="The file for the copy; it must not be there yet.")],
    config: ConfigFile = SESSION_FILE,
    database: Database = None,
) -> None:
    """Copy the database as of this moment, also while the server runs."""
    settings = settings_of(config, database=database)
    path = database_there(settings)
    if path is None:
        stop("This database is PostgreSQL: back it up with pg_dump.")
    try:
        back_up(path, to)
        check_sound(to, alone=True)
        check_whole_if_idle(settings.database_url)
    except (OSError, sqlite3.Error) as error:
        stop(f"No backup was made: {error}")
    except Damaged as damaged:
        stop(f"{to}: a copy, but the database {in_words(damaged)}", DAMAGED)
    typer.echo(f"{to}: {to.stat().st_size} bytes")


cli.command()(erase)
cli.add_typer(keys, name="keys")


def _taken(settings: Settings) -> FileLock | None:
    try:
        with faults_told(settings):
            return take(settings.database_url)
    except InUse as in_use:
        stop(f"Another process serves the database {in_use}. Stop it first, or name another with --database.")


def _opened(settings: Settings) -> Opened:
    try:
        return open_session(settings)
    except PlanConflict as conflict:
        stop(f"The session file contradicts what has happened already:\n{conflict.values_by_name['detail']}")


def main() -> None:
    cli()


if __name__ == "__main__":
    main()
