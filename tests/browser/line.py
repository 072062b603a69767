"""The network between a screen and the server, real sockets on loopback: to be held, cut, refused and healed."""

import asyncio
from contextlib import suppress
from typing import Self

from tests.serving import free_port

CHUNK_BYTES = 65_536


class Line:
    """Forwards each connection to the server's port. `async with Line(port) as line`, and load `line.address`."""

    def __init__(self, to_port: int) -> None:
        self.attempts = 0
        """How many connections were asked for."""
        self._to_port = to_port
        self._port = free_port()
        self._refuses = False
        self._asked, self._up, self._down = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._listening: asyncio.Server

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        self.heal()
        self._listening = await asyncio.start_server(self._accept, "127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listening.close()
        self.cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def hold(self, *, up: bool = True, down: bool = True) -> None:
        """Nothing goes through any more, and nobody is told: half-open for who has a connection, stuck for who asks."""
        if up:
            self._up.clear()
        if down:
            self._down.clear()

    def cut(self) -> None:
        """Ends every connection, and refuses new ones until healed. What was held is lost."""
        self._refuses = True
        for writer in self._writers:
            writer.transport.abort()

    def heal(self) -> None:
        """All goes through again; what was held arrives late."""
        self._refuses = False
        self._up.set()
        self._down.set()

    async def asked(self, more_than: int) -> None:
        """Returns once more connections than this were asked for."""
        async with asyncio.timeout(10):
            while self.attempts <= more_than:
                self._asked.clear()
                await self._asked.wait()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.attempts += 1
        self._asked.set()
        if self._refuses:
            writer.transport.abort()
            return
        try:
            to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self._to_port)
        except OSError:
            writer.transport.abort()
            return
        for one in (writer, to_writer):
            self._writers.add(one)
        self._spawn(reader, to_writer, self._up)
        self._spawn(to_reader, writer, self._down)

    def _spawn(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, gate: asyncio.Event) -> None:
        task = asyncio.create_task(self._forward(reader, writer, gate))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, gate: asyncio.Event) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK_BYTES):
                await gate.wait()
                writer.write(data)
                await writer.drain()
            await gate.wait()
        writer.close()
        self._writers.discard(writer)
