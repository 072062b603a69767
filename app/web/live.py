"""WS /ws: live state out, commands in.

A plain ASGI callable before all else: a hall of phones stays connected, and every layer above would stay with it.
"""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from app.frames import EXTENSION
from app.web.context import Context
from app.web.screen import Screen, actor_of

PATH = "/ws"


class Live:
    """Takes the sockets at `/ws`; everything else goes on to `app`."""

    def __init__(self, app: ASGIApp, floor: Context) -> None:
        self._app = app
        self._floor = floor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket" or scope["path"] != PATH:
            await self._app(scope, receive, send)
            return
        screen = self._screen(scope)
        await receive()  # websocket.connect
        if screen is None:
            await send({"type": "websocket.close"})  # before it was accepted: HTTP 403
            return
        await send({"type": "websocket.accept"})
        scope.clear()  # headers and all: nobody asks for them again
        screen.begin()
        try:
            while (message := await receive())["type"] != "websocket.disconnect":
                await screen.take(message.get("text") or "")
        finally:
            screen.end()

    def stopping(self) -> None:
        """The server is about to stop: it closes the sockets itself, but knows nothing of what stands in for them."""
        self._floor.links.drop_all()

    def _screen(self, scope: Scope) -> Screen | None:
        connection = HTTPConnection(scope)
        actor = actor_of(connection, self._floor)
        if actor is None:
            return None
        return Screen(self._floor, scope["extensions"][EXTENSION], actor, connection)
