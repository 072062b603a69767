"""WS /ws: live state out, commands in.

A plain ASGI callable before all else: a hall of phones stays connected, and every layer above would stay with it.
"""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from app.frames import EXTENSION
from app.web.context import Context
from app.web.headers import HEADERS
from app.web.screen import Screen, actor_of

PATH = "/ws"
FORBIDDEN, NOT_FOUND = 403, 404


class Live:
    """Takes the sockets, which are at `/ws` alone; everything else goes on to `app`."""

    def __init__(self, app: ASGIApp, floor: Context) -> None:
        self._app = app
        self._floor = floor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        if scope["path"] != PATH:
            await _answer(NOT_FOUND, send)
            return
        screen = self._screen(scope)
        await receive()  # websocket.connect
        if screen is None:
            await _answer(FORBIDDEN, send)
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


async def _answer(status: int, send: Send) -> None:
    """By HTTP, as any other answer, to what asks for a socket and gets none."""
    headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b""})
