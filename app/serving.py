"""Serving a session that stands ready: uvicorn set up for a hall of phones, and the links for people to come by."""

import logging
import socket
import sys

import segno
import typer
import uvicorn

from app.addresses import lan_address
from app.config import Settings
from app.door import DoorProtocol
from app.main import Opened, create_app
from app.wary import WaryProtocol
from app.web.live import Live

log = logging.getLogger(__name__)

STOP_WITHIN_S = 3
BACKLOG = 16_384
"""So many may knock before they are let in, as far as the system allows; the others knock again after a second."""
LISTENERS = 16
"""uvloop takes one connection from each listener in a turn of its loop, whatever else the turn has to do."""
PING_EVERY_S, PONG_WITHIN_S = 20.0, 20.0
"""A socket whose other side has vanished without a word is let go after both."""


class Server(uvicorn.Server):
    """uvicorn's, which tells the app before it stops."""

    def __init__(self, config: uvicorn.Config, app: Live) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        log.info("stopping")
        self._app.stopping()
        await super().shutdown(sockets)


def run(opened: Opened, chair_key: str | None, secretariat_key: str | None) -> None:
    """Prints the links and serves until it is stopped. The keys are those to show, where they can be shown."""
    settings = opened.settings
    app = create_app(opened)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        backlog=BACKLOG,
        http=DoorProtocol,
        ws=WaryProtocol,
        ws_per_message_deflate=False,  # frames are made once for all, and no socket keeps a compressor
        ws_max_size=settings.limits.most_message_bytes,
        ws_ping_interval=PING_EVERY_S,
        ws_ping_timeout=PONG_WITHIN_S,
        server_header=False,
        access_log=False,  # the chair's first visit has the key in its address
        forwarded_allow_ips=settings.forwarded_allow_ips,
        timeout_graceful_shutdown=STOP_WITHIN_S,
        log_level="warning",
        log_config=None,  # its lines leave as ours do
    )
    listening = config.bind_socket()
    listening.listen(config.backlog)  # whoever follows a printed link at once is served as soon as all is up
    host, port = listening.getsockname()[:2]
    log.info("serving", extra={"session": settings.plan.id, "host": host, "port": port})
    _print_links(settings, port, chair_key, secretariat_key)
    Server(config, app).run(sockets=[listening, *(listening.dup() for _ in range(LISTENERS - 1))])


def _print_links(settings: Settings, port: int, chair_key: str | None, secretariat_key: str | None) -> None:
    public = public_address(settings, port)

    def console(screen: str, key: str | None) -> str:
        return f"{public}/{screen}?key={key}" if key else f"{public}/{screen} (its link was printed at first start)"

    typer.echo(f"\n  {settings.plan.title['en']}\n\n  Participants  {public}/\n  Room display  {public}/room")
    typer.echo(f"  Chair         {console('chair', chair_key)}")
    typer.echo(f"  Secretariat   {console('secretariat', secretariat_key)}\n")
    if not chair_key:
        typer.echo(
            "  Link lost? Start once with --new-chair-key; the secretariat's: open-floor keys new secretariat.\n"
        )
    code = segno.make(public, error="m")
    if sys.stdout.isatty():
        code.terminal(compact=True)
    sys.stdout.flush()


def public_address(settings: Settings, port: int) -> str:
    return settings.public_address or f"http://{lan_address(settings.host)}:{port}"
