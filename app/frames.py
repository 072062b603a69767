"""A socket's way out, without a task or a queue of its own.

uvicorn's protocol writes one ASGI message at a time and waits for each; a hall of phones wants the same bytes written
to every transport at once. So a text frame is made here once (RFC 6455, section 5.2) and handed to the transports.
"""

import asyncio
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

    async def run_asgi(self) -> None:
        extensions: dict[str, Any] = self.scope["extensions"]
        extensions[EXTENSION] = self
        await super().run_asgi()

    def write_frame(self, frame: bytes) -> None:
        """Hands a ready frame to the transport; nothing happens on a socket that is going away."""
        if not (self.close_sent or self.disconnected or self.transport.is_closing()):
            self.transport.write(frame)

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
