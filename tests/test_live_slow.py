"""Sockets that do not drain, and the end of the server: nobody is held up by anybody."""

import asyncio
import contextlib
import re
import signal
import socket
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.frames import Opcode

from app.client import Client, chair_cookies
from app.client.joining import tls
from app.hub import MOST_BACKLOG_BYTES
from tests.plain_socket import closed_with, plain_socket
from tests.raw_socket import frame
from tests.serving import ServerProcess
from tests.test_metrics import measured

RESYNC = '{"type": "resync"}'
LONGEST: dict[str, Any] = {"group": "academia", "name": "𐍈" * 80, "organisation": "𐍈" * 120, "summary": "𐍈" * 280}
"""As many bytes as a request may have."""


@contextlib.asynccontextmanager
async def unread_console(server: ServerProcess) -> AsyncIterator[ClientConnection]:
    """The socket of a console whose network has all but gone: the system between takes little, and nothing is read."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.setblocking(False)
    await asyncio.get_running_loop().sock_connect(narrow, ("127.0.0.1", server.port))
    cookies = await chair_cookies(server.chair_link)
    async with connect(
        f"ws://127.0.0.1:{server.port}/ws?as=chair",
        sock=narrow,
        additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())},
        compression=None,
        ping_interval=None,
        max_queue=1,
        max_size=None,
    ) as connection:
        yield connection
        connection.transport.abort()


@contextlib.asynccontextmanager
async def crowded(server: ServerProcess) -> AsyncIterator[Client]:
    """The console of a session with a list so long that sixty snapshots are far more than a socket may owe."""
    server.start()
    async with await server.chair() as chair:
        await chair.command("start_session")
        await asyncio.gather(*(chair.command("add_request", **LONGEST) for _ in range(50)))
        await chair.until(lambda c: len(c.state["list"]) == 50)
        yield chair


async def owing(server: ServerProcess, connection: ClientConnection) -> None:
    """Asks for so many snapshots, and no more, that one of them can't be handed to the system."""
    async with httpx.AsyncClient(base_url=server.address, verify=tls()) as http:
        for _ in range(60):
            await connection.send(RESYNC)
            metrics = (await http.get("/metrics")).text
            if not re.search(r'^open_floor_slowest_socket_bytes{view="chair"} 0\.0$', metrics, re.MULTILINE):
                return
    pytest.fail("the system between took everything")


async def test_a_screen_that_does_not_read_is_dropped_delays_nobody_and_comes_back_to_a_snapshot(
    own_server: ServerProcess,
) -> None:
    async with crowded(own_server) as chair, await own_server.phone("Bo") as phone:
        async with unread_console(own_server) as unread:
            for _ in range(60):
                await unread.send(RESYNC)
            for number in range(5):
                await chair.command("announce", text=f"Notice {number}")
                await phone.until(lambda c: c.state.get("notice", {}).get("text") == f"Notice {number}")  # noqa: B023

            assert await closed_with(unread) == 1013
            assert (await measured(own_server))["open_floor_sockets_dropped_total", "chair"] == 1
            assert "a socket was dropped: it did not take what it was sent  role='chair'" in own_server.log

        async with await own_server.chair() as again:
            assert again.state == chair.state


async def test_who_owes_too_much_and_says_goodbye_is_no_fault(own_server: ServerProcess) -> None:
    async with crowded(own_server), unread_console(own_server) as unread:
        async with httpx.AsyncClient(base_url=own_server.address, verify=tls()) as http:
            while True:
                metrics = (await http.get("/metrics")).text
                owed = re.search(r'^open_floor_slowest_socket_bytes{view="chair"} (\S+)$', metrics, re.MULTILINE)
                assert owed is not None
                if float(owed[1]) > MOST_BACKLOG_BYTES:
                    break
                await unread.send(RESYNC)

        resync, close = frame(RESYNC.encode()), frame((1000).to_bytes(2), Opcode.CLOSE)
        unread.transport.write(resync + close)  # at once: the answer to the one is due after the other

        async with await own_server.chair() as another:
            await another.command("announce", text="All is well")


async def test_open_sockets_do_not_keep_the_server_from_stopping_and_are_told_to_come_back(
    own_server: ServerProcess,
) -> None:
    async with (
        crowded(own_server),
        unread_console(own_server) as unread,
        plain_socket(own_server.address) as phone,
        plain_socket(own_server.address, as_="room") as room,
    ):
        await owing(own_server, unread)
        for reader in (phone, room):
            await reader.pong()

        asked_at = time.monotonic()
        status = await asyncio.to_thread(own_server.end, signal.SIGTERM)

        assert time.monotonic() - asked_at < 5
        assert status in {0, -signal.SIGTERM, 128 + signal.SIGTERM}
        for reader in (phone, room):
            assert await closed_with(reader.connection) == 1012
