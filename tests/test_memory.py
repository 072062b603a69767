"""What has gone leaves nothing behind, even if the garbage collector, which is told to look seldom, never looks."""

import asyncio
import resource
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from tests.serving import ServerProcess

SOCKETS, ROUNDS = 200, 4
KB_IF_KEPT = 20
"""What one connection takes while it is open."""


def resident_kb(server: ServerProcess) -> int:
    status = Path(f"/proc/{server.pid}/status").read_text("ascii")
    return int(status.partition("VmRSS:")[2].split()[0])


async def come_and_go(server: ServerProcess) -> None:
    """A crowd connects, has its snapshots, and is gone, one half of it without a word."""

    async def one(number: int) -> None:
        async with connect(f"ws://127.0.0.1:{server.port}/ws", open_timeout=60) as socket:
            await socket.recv()
            if number % 2:
                socket.transport.abort()

    for _ in range(4):
        await asyncio.gather(*(one(number) for number in range(SOCKETS // 4)))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells a process's memory by /proc")
async def test_connections_that_have_gone_take_no_memory(own_server: ServerProcess) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, 4_096), hard), hard))
    own_server.start()
    await come_and_go(own_server)
    before_kb = resident_kb(own_server)

    for _ in range(ROUNDS):
        await come_and_go(own_server)

    assert resident_kb(own_server) - before_kb < SOCKETS * ROUNDS * KB_IF_KEPT / 4
