"""`open-floor keys`: who may work at a console."""

from contextlib import closing
from typing import Annotated, Literal

import typer

from app.cli_given import (
    SESSION_FILE,
    ConfigFile,
    Database,
    PublicAddress,
    faults_told,
    secret_of,
    settings_of,
    stop,
    store_of,
)
from app.serving import public_address as address_of
from app.web.access import Access

keys = typer.Typer(help="Who may work at a console: each by a link of their own.", no_args_is_help=True)
ConsoleRole = Literal["chair", "co_moderator", "secretariat"]


@keys.command("list")
def list_keys(config: ConfigFile = SESSION_FILE, database: Database = None) -> None:
    """Name those who have a key."""
    settings = settings_of(config, database=database)
    with faults_told(settings), closing(store_of(settings)) as store:
        for row in store.console_keys():
            typer.echo(f"{row.name}: {row.role}")


@keys.command("new")
def new_key(
    role: Annotated[ConsoleRole, typer.Argument(help="The secretariat takes notes and does not move the floor.")],
    name: Annotated[str | None, typer.Option(help="Whose it is; shown beside each act. Default: the role.")] = None,
    config: ConfigFile = SESSION_FILE,
    database: Database = None,
    public_address: PublicAddress = None,
) -> None:
    """Print a link for a console, also while the server runs. A link of the same name before it opens no more."""
    settings = settings_of(config, database=database, public_address=public_address)
    with faults_told(settings), closing(store_of(settings)) as store:
        key = Access(store, secret_of(settings)).new_key(name or role, role)
    page = "secretariat" if role == "secretariat" else "chair"
    typer.echo(f"{address_of(settings, settings.port)}/{page}?key={key}")


@keys.command("revoke")
def revoke_key(
    name: Annotated[str, typer.Argument(help="Whose key; see `keys list`.")],
    config: ConfigFile = SESSION_FILE,
    database: Database = None,
) -> None:
    """Take a key away, also while the server runs: its consoles are closed within a second."""
    settings = settings_of(config, database=database)
    with faults_told(settings), closing(store_of(settings)) as store:
        if not store.revoke_key(name):
            stop(f"There is no key of the name {name!r}.")
