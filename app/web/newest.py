"""What is made of the whole log, made once for all who ask."""

import asyncio
from collections.abc import Awaitable, Callable


class Newest:
    """Bytes made of the log up to some seq. However many ask at once, they are made once, and one after another."""

    def __init__(self) -> None:
        self._made = b""
        self._seq = -1
        self._making = asyncio.Lock()

    async def get(self, seq: Callable[[], int], make: Callable[[], Awaitable[bytes]]) -> bytes:
        """As of a `seq` no older than this call: a name that was hidden before it is not in it."""
        async with self._making:
            now = seq()
            if self._seq != now:
                self._made, self._seq = await make(), now
            return self._made
