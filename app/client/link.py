"""One socket at a time, from opening to end, with its heartbeat and clock. It does not know what is said."""

import asyncio
import contextlib
import json
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.typing import Origin

from app.client.clock import Clock, local_ms
from app.client.errors import NotAdmitted
from app.client.joining import tls

FIRST_PINGS = 5
PING_EVERY_S = 20  # home routers forget idle sockets after about 60 s
PONG_WITHIN_S = 5
OPEN_WITHIN_S = 5
LONGEST_BACKOFF_S = 10
LARGEST_MESSAGE_BYTES = 16 * 2**20
CLOSED_BY_POLICY = 1008
TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500


def backoff_s() -> Iterator[float]:
    """Seconds before each attempt: growing, without end, and spread so that a crowd does not come at once."""
    longest = 0.5
    while True:
        yield random.uniform(longest / 4, longest)  # noqa: S311 - it guards no secret
        longest = min(LONGEST_BACKOFF_S, longest * 2)


class Link:
    """Where to connect and as whom; at most one socket is open."""

    def __init__(self, address: str, view: str, cookies: Mapping[str, str]) -> None:
        self.url = f"{address.rstrip('/').replace('http', 'ws', 1)}/ws?as={view}"
        self.clock = Clock()
        self._origin = Origin("{0.scheme}://{0.netloc}".format(urlsplit(address)))
        self._cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._socket: ClientConnection | None = None
        self._pong: asyncio.Future[None] | None = None

    async def send(self, frame: str) -> None:
        """Sent if there is a socket to send it on. The caller repeats what matters after the next snapshot."""
        if self._socket is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._socket.send(frame)

    def drop(self) -> None:
        """Cuts the connection as a bad network does: no goodbye."""
        if self._socket is not None:
            self._socket.transport.abort()

    async def run(self, receive: Callable[[dict[str, Any]], Awaitable[None]]) -> Exception:
        """Connects and hands each message to `receive` until the connection ends; returns how it ended.

        Raises `NotAdmitted` where connecting again would not help.
        """
        try:
            async with connect(
                self.url,
                origin=self._origin,
                additional_headers={"Cookie": self._cookie} if self._cookie else None,
                ssl=tls() if self.url.startswith("wss") else None,
                compression=None,  # hundreds of clients may share this process
                open_timeout=OPEN_WITHIN_S,
                close_timeout=1,
                ping_interval=None,  # the protocol has pings of its own
                max_size=LARGEST_MESSAGE_BYTES,
            ) as socket:
                await self._listen(socket, receive)
        except InvalidStatus as problem:
            status = problem.response.status_code
            if status >= SERVER_ERROR or status == TOO_MANY_REQUESTS:
                return problem
            raise NotAdmitted(f"{self.url}: status {status}") from problem
        except ConnectionClosed as problem:
            if problem.rcvd is not None and problem.rcvd.code == CLOSED_BY_POLICY:
                raise NotAdmitted(f"{self.url}: {problem.rcvd.reason}") from problem
            return problem
        except (OSError, TimeoutError, InvalidHandshake) as problem:
            return problem
        raise AssertionError("a connection ends by an exception")

    async def _listen(self, socket: ClientConnection, receive: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._socket = socket
        self.clock.forget()
        heart = asyncio.create_task(self._beat(socket))
        try:
            while True:
                message = json.loads(await socket.recv())
                if message["type"] == "pong":
                    self._ponged(message)
                else:
                    await receive(message)
        finally:
            self._socket = None
            heart.cancel()

    async def _beat(self, socket: ClientConnection) -> None:
        for _ in range(FIRST_PINGS):
            await self._ping(socket)
        while True:
            await asyncio.sleep(PING_EVERY_S)
            await self._ping(socket)

    async def _ping(self, socket: ClientConnection) -> None:
        self._pong = asyncio.get_running_loop().create_future()
        await self.send(json.dumps({"type": "ping", "sent": round(local_ms())}))
        try:
            async with asyncio.timeout(PONG_WITHIN_S):
                await self._pong
        except TimeoutError:
            socket.transport.abort()  # half-open: nobody would ever tell us

    def _ponged(self, message: Mapping[str, Any]) -> None:
        self.clock.sample(message["sent"], message["now"], local_ms())
        if self._pong is not None and not self._pong.done():
            self._pong.set_result(None)
