"""No request may send more than the longest message: what is larger is refused before it fills the memory."""

from contextlib import suppress

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOO_LARGE = 413


class BodyLimit:
    """To the pages its sender has gone: they end as they would then, whether they read a body or not.

    FastAPI's own `max_body_size` raises instead, and so does harm to a compressed file that is on its way.
    """

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self._app = app
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received, has_answered = 0, False

        async def receive_within_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            return message if received <= self._most_bytes else {"type": "http.disconnect"}

        async def send_unless_too_large(message: Message) -> None:
            nonlocal has_answered
            if has_answered or received <= self._most_bytes:
                has_answered = True
                await send(message)

        with suppress(ClientDisconnect):
            await self._app(scope, receive_within_limit, send_unless_too_large)
        if not has_answered and received > self._most_bytes:
            await PlainTextResponse(f"at most {self._most_bytes} bytes", TOO_LARGE)(scope, receive, send)
