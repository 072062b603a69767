"""A websocket whose client breaks the protocol as it is told to: bytes out, frames in."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from websockets.frames import Opcode

from tests.plain_socket import WITHIN_S

KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def frame(payload: bytes, opcode: int = Opcode.TEXT, *, fin: bool = True, reserved: int = 0) -> bytes:
    """As a client sends it, masked with zeros; libraries refuse to make one that breaks the rules."""
    size = len(payload)
    if size < 126:
        length = bytes([0x80 | size])
    elif size < 0x10000:
        length = b"\xfe" + size.to_bytes(2)
    else:
        length = b"\xff" + size.to_bytes(8)
    return bytes([fin << 7 | reserved << 4 | opcode]) + length + b"\0\0\0\0" + payload


def fragments(pieces: list[bytes], opcode: int = Opcode.TEXT) -> bytes:
    """One message in so many frames."""
    last = len(pieces) - 1
    return b"".join(
        frame(piece, opcode if place == 0 else Opcode.CONT, fin=place == last) for place, piece in enumerate(pieces)
    )


class RawSocket:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self.writer = writer
        self.pings = 0

    async def send(self, content: bytes) -> None:
        self.writer.write(content)
        async with asyncio.timeout(WITHIN_S):
            await self.writer.drain()

    async def next_frame(self) -> tuple[int, bytes]:
        """Opcode and payload. Raises IncompleteReadError, or ConnectionError, where the server has cut the line."""
        async with asyncio.timeout(WITHIN_S):
            first, length = await self._reader.readexactly(2)
            if length == 126:
                length = int.from_bytes(await self._reader.readexactly(2))
            elif length == 127:
                length = int.from_bytes(await self._reader.readexactly(8))
            return first & 0x0F, await self._reader.readexactly(length)

    async def messages_until(self, is_last: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
        """All up to one, and that. Raises AssertionError where the server closes first."""
        messages = []
        while True:
            opcode, payload = await self.next_frame()
            assert opcode != Opcode.CLOSE, f"closed with {int.from_bytes(payload[:2])}"
            if opcode == Opcode.TEXT:
                messages.append(json.loads(payload))
                if is_last(messages[-1]):
                    return messages

    async def answers(self) -> list[dict[str, Any]]:
        """Whatever the server says to all that was sent before."""
        self.pings += 1
        await self.send(frame(json.dumps({"type": "ping", "sent": -self.pings}).encode()))
        return await self.messages_until(lambda m: m["type"] == "pong" and m["sent"] == -self.pings)

    async def closed_with(self) -> int:
        """The code that the server closes with, after all that it still sends; then it hangs up."""
        while True:
            opcode, payload = await self.next_frame()
            if opcode == Opcode.CLOSE:
                break
        async with asyncio.timeout(WITHIN_S):
            with contextlib.suppress(ConnectionError):
                assert await self._reader.read() == b"", "nothing after the close frame"
        return int.from_bytes(payload[:2])


@contextlib.asynccontextmanager
async def raw_socket(
    port: int, *, as_: str = "attendee", cookies: Mapping[str, str] | None = None
) -> AsyncIterator[RawSocket]:
    """After the handshake, before the snapshot. The system between takes little of what is not read."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.setblocking(False)
    await asyncio.get_running_loop().sock_connect(narrow, ("127.0.0.1", port))
    reader, writer = await asyncio.open_connection(sock=narrow)
    cookie = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    lines = [f"GET /ws?as={as_} HTTP/1.1", "Host: hall", "Upgrade: websocket", "Connection: Upgrade"]
    lines += [f"Sec-WebSocket-Key: {KEY}", "Sec-WebSocket-Version: 13", f"Cookie: {cookie}"]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    try:
        async with asyncio.timeout(WITHIN_S):
            status = (await reader.readuntil(b"\r\n\r\n")).split()[1]
        assert status == b"101", status
        yield RawSocket(reader, writer)
    finally:
        writer.transport.abort()
