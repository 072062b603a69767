"""What is made of the whole log, made once for all who ask."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable


class Newest:
    """Bytes made of the log as of some moment. However many ask at once, they are made once, and one after another."""

    def __init__(self) -> None:
        self._made = b""
        self._as_of: Hashable = None
        self._making = asyncio.Lock()

    async def get(self, as_of: Callable[[], Hashable], make: Callable[[], Awaitable[bytes]]) -> bytes:
        """As of a moment (the log's newest seq, or that and more) no older than this call: a name that was hidden
        before it is not in it."""
        async with self._making:
            now = as_of()
            if self._as_of != now:
                self._made, self._as_of = await make(), now
            return self._made
