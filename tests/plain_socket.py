"""One socket that shows every frame as it came, with no client's cleverness in between."""

import asyncio
import contextlib
import json
import ssl
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

Message = dict[str, Any]
WITHIN_S = 10


class PlainSocket:
    """Reads when told to, and keeps what it has read."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.frames: list[str] = []
        """Every text frame read so far, as it came."""

    @property
    def messages(self) -> list[Message]:
        return [json.loads(frame) for frame in self.frames]

    async def next(self) -> Message:
        async with asyncio.timeout(WITHIN_S):
            frame = await self.connection.recv()
        assert isinstance(frame, str), "text frames alone"
        self.frames.append(frame)
        message: Message = json.loads(frame)
        return message

    async def until(self, is_meant: Callable[[Message], bool]) -> Message:
        """The first message from here on that is meant; those before it are kept in `frames`."""
        while True:
            message = await self.next()
            if is_meant(message):
                return message

    async def say(self, message: Message | str | bytes) -> None:
        await self.connection.send(json.dumps(message) if isinstance(message, dict) else message)

    async def ask(self, do: str, command_id: str, /, **details: Any) -> Message:
        """Sends a command; the answer to it."""
        await self.say({"type": "command", "id": command_id, "do": do, "with": details})
        return await self.answer(command_id)

    async def answer(self, command_id: str = "") -> Message:
        return await self.until(lambda m: m["type"] in {"accepted", "refused"} and m["id"] == command_id)

    async def pong(self) -> None:
        """Returns once the server has done all that was sent before."""
        await self.say({"type": "ping", "sent": 1})
        await self.until(lambda m: m["type"] == "pong")


@contextlib.asynccontextmanager
async def plain_socket(
    address: str,
    *,
    as_: str = "attendee",
    cookies: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    origin: str | None = None,
    trust: ssl.SSLContext | None = None,
) -> AsyncIterator[PlainSocket]:
    secured: dict[str, Any] = {"ssl": trust} if trust else {}
    cookie = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    async with connect(
        f"{address.replace('http', 'ws', 1)}/ws?as={as_}",
        additional_headers={**(headers or {}), **({"Cookie": cookie} if cookie else {})},
        origin=None if origin is None else Origin(origin),
        compression=None,
        ping_interval=None,
        max_size=None,
        **secured,
    ) as connection:
        yield PlainSocket(connection)


async def closed_with(connection: ClientConnection) -> int:
    """The code with which the server closes it, after all that it still sends."""
    with pytest.raises(ConnectionClosed) as closed:
        await asyncio.wait_for(_read_on(connection), WITHIN_S)
    assert closed.value.rcvd is not None, "closed without a goodbye"
    return closed.value.rcvd.code


async def _read_on(connection: ClientConnection) -> None:
    while True:
        await connection.recv()


def keys_in(value: object) -> set[str]:
    """Every key of every object in it, however deep."""
    match value:
        case dict():
            return set(value) | keys_in(value.values())
        case list() | Iterable():
            return set() if isinstance(value, str) else {key for one in value for key in keys_in(one)}
    return set()
