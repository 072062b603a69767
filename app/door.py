"""Where newcomers wait for their turn: a hall that comes back at once must neither keep the chair out nor from work."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

AT_ONCE = 2
"""So many phones are let in before others have their turn: a good millisecond."""
SCREENS, CONSOLE = b"GET /ws", b"as=chair"
"""What the request of a screen begins with, and where a console's differs."""


class Door:
    """Lets in whoever waits, a few at a time, in the order in which they came."""

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()

    def wait(self, enter: Callable[[], None]) -> None:
        """`enter` is called soon."""
        self._waiting.append(enter)
        if len(self._waiting) == 1:
            asyncio.get_running_loop().call_soon(self._let_in)

    def _let_in(self) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(min(AT_ONCE, len(self._waiting))):
            loop.call_soon(self._waiting.popleft())  # each by itself: whoever stumbles holds up nobody
        if self._waiting:
            loop.call_soon(self._let_in)


class DoorProtocol(H11Protocol):
    """uvicorn's HTTP protocol, at which phones that want to be live wait for their turn: consoles and pages do not."""

    _door = Door()
    """Of this process, which serves one session."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._early: list[bytes] = []
        """What came while it waited."""

    def data_received(self, data: bytes) -> None:
        if self._early:
            self._early.append(data)
        elif data.startswith(SCREENS) and CONSOLE not in data.partition(b"\r\n")[0]:
            self._early.append(data)
            self._door.wait(self._enter)
        else:
            super().data_received(data)

    def _enter(self) -> None:
        early = b"".join(self._early)
        self._early.clear()
        if not self.transport.is_closing():  # it may have given up
            super().data_received(early)
