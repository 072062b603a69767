"""A network that looks into what passes: it counts bytes, and where it is told to, lets no websocket through."""

import asyncio
from contextlib import suppress
from typing import Literal, Self

from tests.serving import free_port

CHUNK_BYTES = 65_536
Way = Literal["open", "refuse", "swallow"]


class NarrowNetwork:
    """Forwards each connection to the server's port. `async with NarrowNetwork(port) as network`."""

    def __init__(self, to_port: int, websockets: Way = "open") -> None:
        self.websockets = websockets
        """`refuse`: as a proxy that knows no websockets; `swallow`: as one that waits for ever."""
        self.http_bytes = 0
        """What came down in answers, headers and all."""
        self.websocket_bytes = 0
        self.requests: list[str] = []
        """The first line of each."""
        self.opened_websockets = 0
        self._opened = asyncio.Event()
        self._to_port = to_port
        self._port = free_port()
        self._writers: list[asyncio.StreamWriter] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._listening: asyncio.Server

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        self._listening = await asyncio.start_server(self._accept, "127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listening.close()
        for writer in self._writers:
            writer.transport.abort()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def opened(self, websockets: int) -> None:
        """Returns once so many were opened in all."""
        async with asyncio.timeout(10):
            while self.opened_websockets < websockets:
                self._opened.clear()
                await self._opened.wait()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: writer.transport.abort())

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.read(CHUNK_BYTES)
        self._note(head)
        is_websocket = b"upgrade: websocket" in head.lower()
        if is_websocket:
            if self.websockets == "refuse":
                writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                await writer.drain()
                return
            if self.websockets == "swallow":
                await reader.read()
                return
            self.opened_websockets += 1
            self._opened.set()
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self._to_port)
        self._writers += (writer, to_server)
        to_server.write(head)
        await asyncio.gather(self._up(reader, to_server), self._down(from_server, writer, is_websocket))

    async def _up(self, reader: asyncio.StreamReader, to_server: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK_BYTES):
                self._note(data)
                to_server.write(data)
                await to_server.drain()
        to_server.close()

    async def _down(self, from_server: asyncio.StreamReader, writer: asyncio.StreamWriter, is_websocket: bool) -> None:
        with suppress(OSError):
            while data := await from_server.read(CHUNK_BYTES):
                if is_websocket:
                    self.websocket_bytes += len(data)
                else:
                    self.http_bytes += len(data)
                writer.write(data)
                await writer.drain()
        writer.close()

    def _note(self, data: bytes) -> None:
        first = data.split(b"\r\n", 1)[0]
        if first.endswith(b"HTTP/1.1"):
            self.requests.append(first.decode("ascii", "replace"))
