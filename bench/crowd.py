"""Thousands of websocket clients in one thread: they only note when a message was complete.

Raw sockets and one selector, since it is not the clients that are to be measured. They offer permessage-deflate and
send an Origin as browsers do, answer pings, and do not look into what they are sent.
"""

import base64
import os
import selectors
import socket
import struct
import time
from dataclasses import dataclass, field

CONNECTING_AT_ONCE = 200
BUFFER = memoryview(bytearray(1 << 18))
"""For all that is read: a new one for each reading costs more than the reading."""
LOOK_EVERY_S = 0.001
"""Between two looks at what came. A client that is woken for each frame slows the server that sends it."""
FIN, CONTROL, TEXT, CLOSE, PING, PONG = 0x80, 0x8, 0x1, 0x8, 0x9, 0xA


def frame_bytes(opcode: int, payload: bytes, *, masked: bool) -> bytes:
    """One whole frame. The mask is zero: the protocol allows it, and it costs nothing."""
    size, mask = len(payload), 0x80 if masked else 0
    if size < 126:
        head = struct.pack("!BB", FIN | opcode, mask | size)
    elif size < 1 << 16:
        head = struct.pack("!BBH", FIN | opcode, mask | 126, size)
    else:
        head = struct.pack("!BBQ", FIN | opcode, mask | 127, size)
    return head + (bytes(4) if masked else b"") + payload


def frame_span(data: bytes) -> tuple[int, int]:
    """Where the payload of the (unmasked) frame at the beginning of `data` starts and ends; (0, 0): not known yet."""
    if len(data) < 2:
        return 0, 0
    size = data[1] & 0x7F
    start = 2 if size < 126 else 4 if size == 126 else 10
    if len(data) < start:
        return 0, 0
    if size >= 126:
        size = int.from_bytes(data[2:start])
    return start, start + size


class Listener:
    """One websocket client on an open socket."""

    __slots__ = ("_asks", "_buffer", "_upgraded", "arrived", "frames", "messages", "socket")

    def __init__(self, sock: socket.socket, *, keep: bool = False) -> None:
        self.socket = sock
        self.messages = 0
        """Complete data messages since somebody last set it to 0."""
        self.arrived = 0.0
        """When the last of them was complete, by `time.perf_counter`."""
        self.frames: list[tuple[float, bytes]] | None = [] if keep else None
        """If they are to be kept: when each frame arrived, and the whole frame."""
        self._buffer = b""
        self._upgraded = False
        self._asks = b""
        """What to say once the connection is there."""

    def upgrade(self, port: int, path: str, cookie: str, *, deflate: bool) -> None:
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            f"Origin: http://127.0.0.1:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Version: 13",
        ]
        if deflate:
            lines.append("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")
        if cookie:
            lines.append(f"Cookie: {cookie}")
        self._asks = "\r\n".join((*lines, "", "")).encode()

    def opened(self) -> None:
        self.socket.send(self._asks)
        self._asks = b""

    def send(self, text: bytes) -> None:
        self.socket.send(frame_bytes(TEXT, text, masked=True))

    def read(self) -> None:
        size = self.socket.recv_into(BUFFER)
        if not size:
            raise ConnectionError("the server closed the connection")
        data = bytes(BUFFER[:size])
        self._buffer = self._buffer + data if self._buffer else data
        if not self._upgraded:
            head, separator, rest = self._buffer.partition(b"\r\n\r\n")
            if not separator:
                return
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                raise ConnectionError(f"no upgrade: {head[:200]!r}")
            self._buffer, self._upgraded = rest, True
        while True:
            start, end = frame_span(self._buffer)
            if start == 0 or len(self._buffer) < end:
                return
            self._take(self._buffer[:end], self._buffer[start:end])
            self._buffer = self._buffer[end:]

    def _take(self, frame: bytes, payload: bytes) -> None:
        opcode = frame[0] & 0x0F
        if not opcode & CONTROL:
            self.arrived = time.perf_counter()
            self.messages += 1
            if self.frames is not None:
                self.frames.append((self.arrived, frame))
        elif opcode == PING:
            self.socket.send(frame_bytes(PONG, payload, masked=True))
        elif opcode == CLOSE:
            raise ConnectionError(f"the server said goodbye: {payload!r}")


@dataclass(slots=True)
class Crowd:
    """All listeners of one server, and whoever else's sockets are to be read while they wait."""

    port: int
    listeners: list[Listener] = field(default_factory=list)
    _selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def connect(
        self, path: str, *, cookie: str = "", deflate: bool = True, keep: bool = False, wait: bool = True
    ) -> Listener:
        """One more, asking for the upgrade as soon as it is connected. Not among the `listeners` by itself.

        `wait`: connected on return.
        """
        sock = socket.socket()
        if wait:
            sock.settimeout(30)
            sock.connect(("127.0.0.1", self.port))
        sock.setblocking(False)
        if not wait:
            sock.connect_ex(("127.0.0.1", self.port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener = Listener(sock, keep=keep)
        listener.upgrade(self.port, path, cookie, deflate=deflate)
        self._selector.register(sock, selectors.EVENT_WRITE, listener)
        return listener

    def _serve(self, timeout_s: float) -> list[Listener]:
        """Does what can be done now; whom it was done for."""
        served = []
        for key, events in self._selector.select(timeout=timeout_s):
            listener: Listener = key.data
            if events & selectors.EVENT_WRITE:
                listener.opened()
                self._selector.modify(listener.socket, selectors.EVENT_READ, listener)
            else:
                listener.read()
                served.append(listener)
        return served

    def gather(self, sockets: int, path: str, *, deflate: bool) -> None:
        """Connects until there are `sockets` listeners, each of which has its first message (the snapshot)."""
        while len(self.listeners) < sockets:
            new = [
                self.connect(path, deflate=deflate)
                for _ in range(min(CONNECTING_AT_ONCE, sockets - len(self.listeners)))
            ]
            self.listeners.extend(new)
            self.wait_for_all(new, timeout_s=60)

    def forget_messages(self) -> None:
        for listener in self.listeners:
            listener.messages = 0

    def wait_for_all(self, listeners: list[Listener], *, timeout_s: float) -> None:
        """Reads until each of `listeners` has at least one message. Raises `TimeoutError`."""
        missing = {listener for listener in listeners if listener.messages == 0}
        deadline = time.perf_counter() + timeout_s
        while missing:
            if time.perf_counter() > deadline:
                raise TimeoutError(f"{len(missing)} of {len(listeners)} sockets got nothing within {timeout_s} s")
            missing.difference_update(listener for listener in self._serve(0.2) if listener.messages)
            time.sleep(LOOK_EVERY_S)

    def idle(self, seconds: float) -> None:
        """Reads whatever comes for so long."""
        deadline = time.perf_counter() + seconds
        self._serve(0)
        while (left_s := deadline - time.perf_counter()) > 0:
            self._serve(left_s)

    def close(self) -> None:
        for key in list(self._selector.get_map().values()):
            listener: Listener = key.data
            listener.socket.close()
        self._selector.close()
