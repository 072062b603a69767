"""A socket's way out, without a task or a queue of its own.

uvicorn's protocol writes one ASGI message at a time and waits for each; a hall of phones wants the same bytes written
to every connection at once. So a message is framed, and packed, once for all (RFC 6455, section 5.2, and RFC 7692),
and given straight to the system, as long as it takes it; only what it does not take waits in the transport. uvloop's
own transport gathers all writes until the end of the loop's turn: a third slower for a hall, and nobody else has a
turn meanwhile.
"""

import asyncio
import os
from contextlib import suppress
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame, Opcode

EXTENSION = "open_floor.frames"
"""Where the connection's `Writer` stands in the ASGI scope's extensions."""

PACKED_FROM_BYTES = 1_024
"""What is smaller travels in one packet of the network anyway."""
WINDOW_BITS = 15
INTERNAL_ERROR = 1011
"""What a socket is closed with whose other side answers no ping: uvicorn's own code for it."""


# Each message is packed by itself: then one packing fits all sockets, and none of them keeps a window for it.
_OFFER = ServerPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)
_PACKING = PerMessageDeflate(
    remote_no_context_takeover=True,
    local_no_context_takeover=True,
    remote_max_window_bits=WINDOW_BITS,
    local_max_window_bits=WINDOW_BITS,
    compress_settings={"level": 1},
)


class Outgoing:
    """One text message on its way out, ready for as many sockets as there are.

    `packed` for sockets that unpack, `plain` for the others; both whole frames. `payload` is what is in them.
    """

    __slots__ = ("packed", "payload", "plain")

    def __init__(self, payload: bytes, *, pack: bool = False) -> None:
        """`pack`: it goes to many, so that packing it is worth the time."""
        frame = Frame(Opcode.TEXT, payload)
        self.payload = payload
        self.plain = self.packed = frame.serialize(mask=False)
        if pack and len(payload) >= PACKED_FROM_BYTES:
            self.packed = frame.serialize(mask=False, extensions=[_PACKING])


class Writer:
    """The way out of one connection. Small and by itself: in a hall, reaching for it costs more than all it does."""

    __slots__ = ("_file", "_protocol", "_transport", "_unpacks")

    def __init__(self, protocol: "FrameProtocol") -> None:
        self._protocol = protocol
        self._transport = transport = protocol.transport
        self._file: int | None = None
        """Where frames go without the transport: a plain socket, where the system can write to it as to a file."""
        if os.name == "posix" and transport.get_extra_info("sslcontext") is None:
            self._file = transport.get_extra_info("socket").fileno()
        self._unpacks = any(
            isinstance(one, PerMessageDeflate) and one.local_max_window_bits == WINDOW_BITS
            for one in protocol.conn.extensions
        )

    def write(self, outgoing: Outgoing) -> int:
        """Sends it, or as much of it as goes now; nothing happens on a socket that is going away.

        Returns how many bytes had been waiting before: this is done for thousands of sockets, so asked once.
        """
        transport = self._transport
        if transport.is_closing():
            return 0  # its file may already be somebody else's
        frame = outgoing.packed if self._unpacks else outgoing.plain
        backlog = transport.get_write_buffer_size()
        if not backlog and self._file is not None:
            with suppress(OSError):  # it takes nothing now, or is broken: the transport finds out which
                frame = frame[os.write(self._file, frame) :]
            if not frame:
                return 0
        transport.write(frame)
        return backlog

    def backlog_bytes(self) -> int:
        """What the other side has not taken yet, beyond what the system buffers."""
        return self._transport.get_write_buffer_size()

    def drop(self, code: int, grace_s: float) -> None:
        self._protocol.drop(code, grace_s)


class FrameProtocol(WebSocketsSansIOProtocol):
    """uvicorn's websocket protocol, which also gives the application its `Writer`."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.conn.available_extensions = [_OFFER]

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        # The parser waits inside the connection that owns it: a circle that only the garbage collector would open,
        # and it must look at a whole hall for that.
        self.conn.parser.close()

    def keepalive_timeout(self) -> None:
        """No answer to a ping. uvicorn's own waits until the backlog is taken, which a vanished peer never does."""
        self.stop_keepalive()
        self.drop(INTERNAL_ERROR, grace_s=0)

    def drop(self, code: int, grace_s: float) -> None:
        """Closes a socket that does not drain: the close frame goes behind the backlog, all goes after `grace_s`."""
        if self.close_sent or self.disconnected:
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code})
        self.conn.send_close(code)
        transport = self.transport
        transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        transport.close()
        asyncio.get_running_loop().call_later(grace_s, transport.abort)

    async def run_asgi(self) -> None:
        extensions: dict[str, Any] = self.scope["extensions"]
        extensions[EXTENSION] = Writer(self)
        await super().run_asgi()
