"""A websocket connection that trusts its peer with nothing: neither the log, nor the memory, nor a proper goodbye.

The sizes of messages are uvicorn's to mind, their pace `web/screen.py`'s. This is what both leave open.
"""

import asyncio
from typing import Any

from websockets.frames import Frame

from app.frames import FrameProtocol
from app.hub import GRACE_S, MOST_BACKLOG_BYTES, TRY_AGAIN_LATER

MOST_FRAGMENTS = 64
"""Of one message: empty fragments count towards no size, and would fill the memory."""
INVALID_DATA = 1007
TOO_BIG = 1009


class WaryProtocol(FrameProtocol):
    """What closes a connection is told to its peer alone: a line in the log for each would fill the disk."""

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            # More headers, or longer ones, than websockets reads: uvicorn would keep its answer, and hold the line.
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.transport.close()

    async def send(self, message: Any) -> None:
        await super().send(message)
        if message["type"] == "websocket.http.response.body":
            self.handshake_complete = True  # answered by HTTP; uvicorn would log that as a fault

    def handle_cont(self, event: Frame) -> None:
        if self.close_sent:
            return
        if len(self.frames) >= MOST_FRAGMENTS:
            self._fail(TOO_BIG)
        else:
            super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        if self.curr_msg_data_type == "text" and not _is_utf8(b"".join(self.frames)):
            self._fail(INVALID_DATA)  # uvicorn would, too, with a traceback each time
        else:
            super().send_receive_event_to_app()

    def handle_ping(self) -> None:
        """Whoever asks and never reads the answers is dropped."""
        if self.close_sent or self.transport.is_closing():
            return
        if self.transport.get_write_buffer_size() > MOST_BACKLOG_BYTES:
            self.drop(TRY_AGAIN_LATER, GRACE_S)
        else:
            super().handle_ping()

    def handle_close(self, event: Frame) -> None:
        super().handle_close(event)
        self._abort_soon()

    def drop(self, code: int, grace_s: float) -> None:
        """Nothing is left to say to a peer that has said goodbye; `_abort_soon` sees to what it is still owed."""
        if not self.transport.is_closing():
            super().drop(code, grace_s)

    def handle_parser_exception(self) -> None:
        super().handle_parser_exception()
        self._abort_soon()

    def _fail(self, code: int) -> None:
        self.frames = []
        if not self.close_sent:
            self.conn.fail(code)
            self.handle_parser_exception()

    def _abort_soon(self) -> None:
        """A transport that is closed stays until its backlog has been read, which may be never."""
        if self.transport.is_closing() and self.transport.get_write_buffer_size():
            asyncio.get_running_loop().call_later(GRACE_S, self.transport.abort)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
