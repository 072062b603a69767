"""A socket's way out, without a task or a queue of its own.

uvicorn's protocol writes one ASGI message at a time and waits for each; a hall of phones wants the same bytes written
to every connection at once. So a text frame is made here once (RFC 6455, section 5.2) and given straight to the
system, as long as it takes it; only what it does not take waits in the transport. uvloop's own transport gathers all
writes until the end of the loop's turn: a fifth slower for a hall, and nobody else has a turn meanwhile.
"""

import asyncio
import os
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode

EXTENSION = "open_floor.frames"
"""Where the connection's `FrameProtocol` stands in the ASGI scope's extensions."""


def text_frame(payload: bytes) -> bytes:
    """One whole, uncompressed text frame around UTF-8 bytes, as a server sends it."""
    return Frame(Opcode.TEXT, payload).serialize(mask=False)


def payload_of(frame: bytes) -> bytes:
    """What `text_frame` was made around."""
    header_bytes = {126: 4, 127: 10}.get(frame[1], 2)
    return frame[header_bytes:]


class FrameProtocol(WebSocketsSansIOProtocol):
    """uvicorn's websocket protocol, which also lets the application write ready frames."""

    _file: int | None = None
    """Where frames go without the transport: a plain socket, where the system can write to it as to a file."""

    async def run_asgi(self) -> None:
        if os.name == "posix" and self.transport.get_extra_info("sslcontext") is None:
            self._file = self.transport.get_extra_info("socket").fileno()
        extensions: dict[str, Any] = self.scope["extensions"]
        extensions[EXTENSION] = self
        await super().run_asgi()

    def write_frame(self, frame: bytes) -> int:
        """Sends a ready frame, or as much of it as goes now; nothing happens on a socket that is going away.

        How many bytes had been waiting before: this is done for thousands of sockets, so asked once.
        """
        transport = self.transport
        if self.close_sent or self.disconnected or transport.is_closing():
            return 0  # its file may already be somebody else's
        backlog = transport.get_write_buffer_size()
        if not backlog and self._file is not None:
            try:
                frame = frame[os.write(self._file, frame) :]
            except OSError:
                pass  # it takes nothing now, or is broken: the transport finds out which
            if not frame:
                return 0
        transport.write(frame)
        return backlog

    def backlog_bytes(self) -> int:
        """What the other side has not taken yet, beyond what the system buffers."""
        return self.transport.get_write_buffer_size()

    def drop(self, code: int, grace_s: float) -> None:
        """Closes a socket that does not drain: the close frame goes behind the backlog, all goes after `grace_s`."""
        if self.close_sent or self.disconnected:
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code})
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        transport = self.transport
        transport.close()
        asyncio.get_running_loop().call_later(grace_s, transport.abort)
