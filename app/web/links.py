"""Links that stand in for sockets where a network lets no websocket through: what is to be said waits to be fetched."""

import asyncio
from secrets import token_urlsafe
from typing import Protocol

from app.frames import Outgoing

FETCH_WAITS_S = 25.0
"""Proxies give up on an answer after 30 seconds or more."""
FORGOTTEN_S = 60.0
"""A link that nobody has asked at for so long is gone."""
MOST_LINKS = 5_000
GOING_AWAY = 1012


class Conversation(Protocol):
    """What speaks over a link; `screen.Screen` is one."""

    def begin(self) -> None: ...
    def end(self) -> None: ...
    async def take(self, text: str | bytes) -> None: ...


class Link:
    """A `hub.Transport` whose messages wait to be fetched."""

    def __init__(self) -> None:
        self._messages: list[bytes] = []
        self._something = asyncio.Event()
        self.is_dropped = False

    def write(self, outgoing: Outgoing) -> int:
        backlog = self.backlog_bytes()
        self._messages.append(outgoing.payload)
        self._something.set()
        return backlog

    def backlog_bytes(self) -> int:
        return sum(map(len, self._messages))

    def drop(self, code: int, grace_s: float) -> None:
        self.is_dropped = True
        self._something.set()

    async def fetch(self) -> list[bytes]:
        """All there is to say, once there is something; nothing after `FETCH_WAITS_S`."""
        try:
            await asyncio.wait_for(self._something.wait(), FETCH_WAITS_S)
        except TimeoutError:
            return []
        messages, self._messages = self._messages, []
        self._something.clear()
        return messages


class Links:
    """The open links by name. A name is a secret: who knows it speaks as whoever opened the link."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[Link, Conversation]] = {}
        self._forget: dict[str, asyncio.TimerHandle] = {}

    @property
    def is_full(self) -> bool:
        return len(self._open) >= MOST_LINKS

    def open(self, link: Link, conversation: Conversation) -> str:
        name = token_urlsafe(16)
        self._open[name] = link, conversation
        self._asked_at(name)
        conversation.begin()
        return name

    def find(self, name: str) -> tuple[Link, Conversation] | None:
        if name not in self._open:
            return None
        self._asked_at(name)
        return self._open[name]

    def close(self, name: str) -> None:
        if name in self._open:
            self._open.pop(name)[1].end()
            self._forget.pop(name).cancel()

    def drop_all(self) -> None:
        """Whoever waits is answered now: the server is about to stop, and stops only once nobody is being served."""
        for link, _ in self._open.values():
            link.drop(GOING_AWAY, 0)

    def _asked_at(self, name: str) -> None:
        if name in self._forget:
            self._forget[name].cancel()
        self._forget[name] = asyncio.get_running_loop().call_later(FORGOTTEN_S, self.close, name)
