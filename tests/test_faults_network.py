"""Clients that hardly read, and clients that have vanished without a word: the others are served as before."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect

from app import serving
from app.client import Client, chair_cookies
from app.client.joining import tls
from tests.serving import ServerProcess
from tests.test_live_slow import RESYNC, crowded

LAGGARDS = 8
ROUNDS = 3
MOST_MORE_BYTES = 24_000_000
"""What the process may grow by: more than a bounded backlog for each, far less than all that they have asked for."""


class Metrics:
    """What the server says of itself."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def of(self, name: str) -> float:
        found = re.search(rf"^{re.escape(name)} (\S+)$", (await self._http.get("/metrics")).text, re.MULTILINE)
        assert found, name
        return float(found[1])

    async def until(self, name: str, holds: Callable[[float], bool]) -> None:
        async with asyncio.timeout(20):
            while not holds(await self.of(name)):
                pass

    async def resident_bytes(self) -> float:
        return await self.of("process_resident_memory_bytes")


@asynccontextmanager
async def metrics(server: ServerProcess) -> AsyncIterator[Metrics]:
    async with httpx.AsyncClient(base_url=server.address, verify=tls(), timeout=20) as http:
        yield Metrics(http)


class Laggard:
    """A screen on a network that has all but gone. Its system takes little, and it reads a byte when it is told to."""

    def __init__(self, connection: ClientConnection, line: socket.socket) -> None:
        self._connection = connection
        self._line = line

    async def resync(self) -> None:
        await self._connection.send(RESYNC)

    def read_a_byte(self) -> None:
        with suppress(BlockingIOError, ConnectionError):
            self._line.recv(1)


@asynccontextmanager
async def laggard(server: ServerProcess, cookies: dict[str, str], view: str) -> AsyncIterator[Laggard]:
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.setblocking(False)
    await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", server.port))
    async with connect(
        f"ws://127.0.0.1:{server.port}/ws?as={view}",
        sock=line,
        additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())},
        compression=None,
        ping_interval=None,
        max_size=None,
    ) as connection:
        connection.transport.pause_reading()  # from here on nothing answers a ping, and nobody says goodbye
        yield Laggard(connection, line)
        connection.transport.abort()


async def test_clients_that_read_a_byte_now_and_then_delay_nobody_and_do_not_make_the_server_grow(
    own_server: ServerProcess,
) -> None:
    async with crowded(own_server) as chair, await own_server.phone("Bo") as phone, metrics(own_server) as said:
        cookies = await chair_cookies(own_server.chair_link)
        grown_to = [await said.resident_bytes()]
        for number in range(ROUNDS):
            async with AsyncExitStack() as stack:
                slow = [await stack.enter_async_context(laggard(own_server, cookies, "chair")) for _ in range(LAGGARDS)]
                for _ in range(60):
                    for one in slow:
                        await one.resync()
                        one.read_a_byte()
                await shown(chair, phone, f"Notice {number}")
                await said.until('open_floor_connections{view="chair"}', lambda count: count == 1)
                grown_to.append(await said.resident_bytes())
        assert max(grown_to) - grown_to[0] < MOST_MORE_BYTES, grown_to


async def shown(chair: Client, phone: Client, notice: str) -> None:
    await chair.command("announce", text=notice)
    for one in (chair, phone):
        await one.until(lambda c: c.state.get("notice", {}).get("text") == notice)


def hasty_pings() -> None:
    serving.PING_EVERY_S, serving.PONG_WITHIN_S = 3.0, 0.3


@pytest.mark.parametrize("owes", [False, True], ids=["with all taken", "with something on its way"])
async def test_a_client_that_has_vanished_without_a_word_is_let_go(own_server: ServerProcess, owes: bool) -> None:
    own_server.prepare = hasty_pings
    async with crowded(own_server) as chair, metrics(own_server) as said:
        gone = await own_server.joined("Ana")
        cookies = dict(gone.cookies) if not owes else await chair_cookies(own_server.chair_link)
        view = "chair" if owes else "attendee"
        async with laggard(own_server, cookies, view) as vanished:
            if owes:
                while not await said.of('open_floor_slowest_socket_bytes{view="chair"}'):
                    await vanished.resync()
            else:
                await chair.until(lambda c: c.state["online"] == 1)

            await said.until('open_floor_connections{view="chair"}', lambda count: count == 1)
            await chair.until(lambda c: c.state["online"] == 0)
            await chair.command("announce", text="Who answers stays")
