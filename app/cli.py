"""The command line: serve the session, rehearse it, export its record."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import segno
import typer
import uvicorn
from sqlalchemy.exc import SQLAlchemyError
from uvicorn.config import LOGGING_CONFIG

from app import record
from app.addresses import lan_address
from app.config import ConfigMistakes, Settings, load_settings
from app.floor.errors import PlanConflict
from app.frames import FrameProtocol
from app.main import Opened, create_app, open_session
from app.store import Store

MISTAKE = 2
"""The exit status where what was given can't be used."""
MOST_MESSAGE_BYTES = 16_384
STOP_WITHIN_S = 3

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


@cli.command()
def serve(
    config: ConfigFile = Path("session_config.yaml"),
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0: any free one.")] = None,
    database: Database = None,
    public_address: Annotated[
        str | None, typer.Option(help="Where phones join, for example https://floor.example.org.")
    ] = None,
    new_chair_key: Annotated[
        bool, typer.Option("--new-chair-key", help="Make a new link for the chair; the one before opens no more.")
    ] = False,
) -> None:
    """Run the session: prints the three links, and serves until it is stopped."""
    settings = _settings(config, host=host, port=port, database=database, public_address=public_address)
    opened = _opened(settings)
    given = settings.chair_key.get_secret_value() if settings.chair_key else None
    chair_key = opened.access.chair_key(given, renew=new_chair_key)
    server_config = uvicorn.Config(
        create_app(opened),
        host=settings.host,
        port=settings.port,
        ws=FrameProtocol,
        ws_per_message_deflate=False,  # frames are made once for all, and no socket keeps a compressor
        ws_max_size=MOST_MESSAGE_BYTES,
        access_log=False,  # the chair's first visit has the key in its address
        forwarded_allow_ips=settings.forwarded_allow_ips,
        timeout_graceful_shutdown=STOP_WITHIN_S,
        log_level="warning",
        log_config=_log_config(),
    )
    listening = server_config.bind_socket()
    listening.listen(server_config.backlog)  # whoever follows a printed link at once is served as soon as all is up
    _print_links(settings, listening.getsockname()[1], chair_key)
    uvicorn.Server(server_config).run(sockets=[listening])


@cli.command()
def rehearse(
    address: Annotated[str, typer.Argument(help="The running server.")] = "http://127.0.0.1:8000",
    attendees: Annotated[int, typer.Option(min=1, max=2000, help="How many simulated attendees join.")] = 40,
    pace: Annotated[float, typer.Option(min=0.1, max=1000, help="How many times faster than life.")] = 1.0,
    seed: Annotated[int, typer.Option(help="The same seed plays the same people.")] = 1,
    chair_link: Annotated[str | None, typer.Option(help="The chair's link: then the chair is simulated too.")] = None,
) -> None:
    """Fill the room with simulated attendees who join a running server and behave like people."""
    from app import rehearsal  # noqa: PLC0415 - a server need not load it

    def report(progress: rehearsal.Progress) -> None:
        sys.stderr.write(f"\r\x1b[K{progress}")
        sys.stderr.flush()

    try:
        asyncio.run(
            rehearsal.rehearse(address, attendees=attendees, pace=pace, seed=seed, chair_link=chair_link, report=report)
        )
    except KeyboardInterrupt:
        typer.echo("\nThe simulated attendees have left.", err=True)
    else:
        typer.echo("", err=True)


@cli.command()
def export(
    to: Annotated[Path, typer.Argument(help="The folder for the files.")] = Path("export"),
    config: ConfigFile = Path("session_config.yaml"),
    database: Database = None,
) -> None:
    """Write the interventions (CSV) and the whole log (JSON lines). A running server is not disturbed."""
    settings = _settings(config, database=database)
    entries = _store(settings).load()
    state = record.state_of(entries)
    to.mkdir(parents=True, exist_ok=True)
    interventions, log = to / "interventions.csv", to / "log.jsonl"
    with interventions.open("w", encoding="utf-8", newline="") as out:
        count = record.write_interventions(state, out)
    with log.open("w", encoding="utf-8") as out:
        record.write_log(entries, out)
    typer.echo(f"{interventions}: {count} interventions\n{log}: {len(entries)} events")


def _settings(config: Path, *, database: str | None, **overrides: str | int | None) -> Settings:
    if database is not None and "://" not in database:
        database = f"sqlite:///{database}"
    try:
        return load_settings(config, database_url=database, **overrides)
    except ConfigMistakes as mistakes:
        _stop("\n".join(mistakes.lines))


def _store(settings: Settings) -> Store:
    try:
        return Store(settings.database_url, settings.plan.id)
    except (SQLAlchemyError, OSError) as error:
        _stop(f"The database can't be opened: {error}")


def _opened(settings: Settings) -> Opened:
    try:
        return open_session(settings)
    except PlanConflict as conflict:
        _stop(f"The session file contradicts what has happened already:\n{conflict.values_by_name['detail']}")
    except (SQLAlchemyError, OSError) as error:
        _stop(f"The database can't be opened: {error}")


def _stop(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(MISTAKE)


def _print_links(settings: Settings, port: int, chair_key: str | None) -> None:
    here = f"http://{lan_address(settings.host)}:{port}"
    public = settings.public_address or here
    chair = f"{public}/chair?key={chair_key}" if chair_key else f"{public}/chair (its link was printed at first start)"
    title = settings.plan.title["en"]
    typer.echo(f"\n  {title}\n\n  Participants  {public}/\n  Room display  {public}/room\n  Chair         {chair}\n")
    if not chair_key:
        typer.echo("  Link lost? Start once with --new-chair-key.\n")
    code = segno.make(public, error="m")
    if sys.stdout.isatty():
        code.terminal(compact=True)
    sys.stdout.flush()


def _log_config() -> dict[str, object]:
    """uvicorn's, with our own modules heard too."""
    ours = {"handlers": ["default"], "level": "INFO", "propagate": False}
    return {**LOGGING_CONFIG, "loggers": {**LOGGING_CONFIG["loggers"], "app": ours}}


def main() -> None:
    cli()


if __name__ == "__main__":
    main()
