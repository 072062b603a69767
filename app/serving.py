"""Serving a session that stands ready: uvicorn set up for a hall of phones, and the links for people to come by."""

import socket
import sys

import segno
import typer
import uvicorn
from uvicorn.config import LOGGING_CONFIG

from app.addresses import lan_address
from app.config import Settings
from app.main import Opened, create_app
from app.wary import WaryProtocol
from app.web.live import Live

STOP_WITHIN_S = 3


class Server(uvicorn.Server):
    """uvicorn's, which tells the app before it stops."""

    def __init__(self, config: uvicorn.Config, app: Live) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.stopping()
        await super().shutdown(sockets)


def run(opened: Opened, chair_key: str | None) -> None:
    """Prints the links and serves until it is stopped. `chair_key`: the one to show, where it can be shown."""
    settings = opened.settings
    app = create_app(opened)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        ws=WaryProtocol,
        ws_per_message_deflate=False,  # frames are made once for all, and no socket keeps a compressor
        ws_max_size=settings.limits.most_message_bytes,
        server_header=False,
        access_log=False,  # the chair's first visit has the key in its address
        forwarded_allow_ips=settings.forwarded_allow_ips,
        timeout_graceful_shutdown=STOP_WITHIN_S,
        log_level="warning",
        log_config=log_config(),
    )
    listening = config.bind_socket()
    listening.listen(config.backlog)  # whoever follows a printed link at once is served as soon as all is up
    _print_links(settings, listening.getsockname()[1], chair_key)
    Server(config, app).run(sockets=[listening])


def _print_links(settings: Settings, port: int, chair_key: str | None) -> None:
    public = public_address(settings, port)
    chair = f"{public}/chair?key={chair_key}" if chair_key else f"{public}/chair (its link was printed at first start)"
    title = settings.plan.title["en"]
    typer.echo(f"\n  {title}\n\n  Participants  {public}/\n  Room display  {public}/room\n  Chair         {chair}\n")
    if not chair_key:
        typer.echo("  Link lost? Start once with --new-chair-key.\n")
    code = segno.make(public, error="m")
    if sys.stdout.isatty():
        code.terminal(compact=True)
    sys.stdout.flush()


def public_address(settings: Settings, port: int) -> str:
    return settings.public_address or f"http://{lan_address(settings.host)}:{port}"


def log_config() -> dict[str, object]:
    """uvicorn's, with our own modules heard too."""
    ours = {"handlers": ["default"], "level": "INFO", "propagate": False}
    return {**LOGGING_CONFIG, "loggers": {**LOGGING_CONFIG["loggers"], "app": ours}}
