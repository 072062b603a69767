"""The baseline: a bare uvloop server that writes one ready frame to every socket. Run as `python -m bench.bare PORT`.

It knows of websockets only how to say 101. Whoever asks for /control may set the frame (a text message) and have it
written (an empty one).
"""

import asyncio
import base64
import hashlib
import sys
from typing import cast

import uvloop

from bench.crowd import TEXT, frame_bytes

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # from RFC 6455
WELCOME = frame_bytes(TEXT, b"welcome", masked=False)

sockets: set[asyncio.Transport] = set()
frame = WELCOME


class Bare(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self._buffer = b""
        self._upgraded = self._controls = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, error: Exception | None) -> None:
        sockets.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._upgraded:
            if self._controls:
                self._control()
            return
        head, separator, self._buffer = self._buffer.partition(b"\r\n\r\n")
        if not separator:
            self._buffer = head
            return
        key = next(line for line in head.split(b"\r\n") if line.startswith(b"Sec-WebSocket-Key:"))[18:].strip()
        accept = base64.b64encode(hashlib.sha1(key + GUID).digest())  # noqa: S324 - what RFC 6455 asks for
        self._upgraded, self._controls = True, head.startswith(b"GET /control ")
        if not self._controls:
            sockets.add(self._transport)
        lines = (b"HTTP/1.1 101 Switching Protocols", b"Upgrade: websocket", b"Connection: Upgrade")
        self._transport.write(b"\r\n".join((*lines, b"Sec-WebSocket-Accept: " + accept, b"", WELCOME)))

    def _control(self) -> None:
        """The masked frame is small or of 16 bit length; the mask is zero, as bench/crowd.py makes it."""
        global frame  # noqa: PLW0603 - this whole file is one tiny process
        while len(self._buffer) >= 6:
            size, start = self._buffer[1] & 0x7F, 6
            if size == 126:
                size, start = int.from_bytes(self._buffer[2:4]), 8
            if len(self._buffer) < start + size:
                return
            payload, self._buffer = self._buffer[start : start + size], self._buffer[start + size :]
            if payload:
                frame = payload
                self._transport.write(WELCOME)
            else:
                for transport in sockets:
                    transport.write(frame)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Bare, "127.0.0.1", int(sys.argv[1]), backlog=4096)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
