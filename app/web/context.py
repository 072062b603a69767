"""What the entry points work with: put together once by `main.create_app`, handed to each by FastAPI."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.clock import NowMs
from app.config import Settings
from app.entries import Entry
from app.floor.state import State
from app.health import Health
from app.publisher import Publisher
from app.room import Room
from app.web.access import Access
from app.web.links import Links
from app.web.newest import Newest
from app.web.pace import Allowance
from app.web.soundness import Soundness

LONGEST_HOST = 255


@dataclass(frozen=True, slots=True)
class Context:
    settings: Settings
    room: Room
    publisher: Publisher
    access: Access
    now_ms: NowMs
    health: Health
    allowance: Allowance
    load: Callable[[], Sequence[Entry]]
    """Reads the whole log from the database, which blocks; see `log`."""
    links: Links = field(default_factory=Links)
    soundness: Soundness = field(default_factory=Soundness)
    replay: Newest = field(default_factory=Newest)
    newest: defaultdict[Hashable, Newest] = field(default_factory=lambda: defaultdict(Newest))
    """What was made of the log, by what it is: a page, in a language."""
    making: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Files of the record are made one after another: each takes a processor for a second."""

    @property
    def session(self) -> str:
        return self.settings.plan.id

    async def log(self) -> tuple[State, Sequence[Entry]]:
        """The state as it is, and the log that leads to exactly it. Raises one of `faults.FAULTS`.

        Personal words are as they stand now: of somebody who was erased there are none.
        """
        state, seq = self.room.state, self.room.seq
        entries = await asyncio.to_thread(self.load)
        return state, entries[:seq]  # more may have been appended meanwhile

    def public_address(self, connection: HTTPConnection) -> str:
        """Where phones join: what the settings say, else the address that this page itself was asked for by."""
        url = (
            connection.base_url
        )  # by the Host that was sent, which may be anything; only its sender is answered with it
        scheme = {"ws": "http", "wss": "https"}.get(url.scheme, url.scheme)
        return self.settings.public_address or f"{scheme}://{url.netloc[:LONGEST_HOST]}"


def _context(connection: HTTPConnection) -> Context:
    context: Context = connection.app.state.context
    return context


Floor = Annotated[Context, Depends(_context)]
