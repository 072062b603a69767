"""Who is connected, and the way out to them. It knows nothing of speeches: it carries messages.

A socket that does not drain holds up nobody: past a bounded backlog it is dropped, and comes back to a snapshot.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, get_args

import orjson

from app.floor.people import Actor
from app.frames import Outgoing

Channel = Literal["chair", "room", "audience"]
"""Screens that are told the same at the same time. Room displays see what phones see; many phones take longer."""

MOST_BACKLOG_BYTES = 262_144
TRY_AGAIN_LATER = 1013
SERVICE_RESTART = 1012
POLICY_VIOLATION = 1008
SLICE = 40
"""So many sockets are written to before others have their turn: less than one millisecond."""
GRACE_S = 5.0
"""So long may a dropped socket still take what was on its way."""


class Transport(Protocol):
    """What the hub needs of a connection; `frames.Writer` is one."""

    def write(self, outgoing: Outgoing) -> int: ...
    def backlog_bytes(self) -> int: ...
    def drop(self, code: int, grace_s: float) -> None: ...


@dataclass(eq=False, slots=True)
class Socket:
    """One screen's connection, and whose it is."""

    transport: Transport
    channel: Channel
    actor: Actor
    key: str = ""
    """What opened it, if it is a console."""
    lagged: bool = False
    """It was dropped because it did not drain."""

    @property
    def participant(self) -> str:
        """Whose phone it is; empty for everything else."""
        return self.actor.id if self.actor.role == "attendee" else ""

    def send(self, content: dict[str, Any]) -> None:
        self.write(Outgoing(orjson.dumps(content)))

    def write(self, message: Outgoing) -> None:
        """Never waits. The backlog that counts is that from before: one large snapshot is no lag."""
        if self.transport.write(message) > MOST_BACKLOG_BYTES:
            self.lagged = True
            self.transport.drop(TRY_AGAIN_LATER, GRACE_S)


class Hub:
    """The sockets, by the view they watch and by the participant they belong to."""

    def __init__(self) -> None:
        self._watching: dict[Channel, set[Socket]] = {channel: set() for channel in get_args(Channel)}
        self._own: dict[str, set[Socket]] = {}
        self.present: Counter[str] = Counter()
        """How many screens each participant has open."""

    def connect(self, socket: Socket) -> None:
        self._watching[socket.channel].add(socket)
        if socket.participant:
            self._own.setdefault(socket.participant, set()).add(socket)
            self.present[socket.participant] += 1

    def disconnect(self, socket: Socket) -> None:
        self._watching[socket.channel].discard(socket)
        own = self._own.get(socket.participant, set())
        if socket not in own:
            return
        own.discard(socket)
        self.present[socket.participant] -= 1
        if not own:
            del self._own[socket.participant], self.present[socket.participant]

    @property
    def channels(self) -> Collection[Channel]:
        return self._watching.keys()

    def sockets(self, channel: Channel) -> Collection[Socket]:
        return self._watching[channel]

    def publish(self, channel: Channel, content: dict[str, Any], then: Callable[[], None]) -> None:
        """Encodes, frames and packs once, and hands the same bytes to every socket that watches; then calls `then`.

        Between slices of sockets others have their turn: the chair's next command does not wait for a full hall.
        """
        message = Outgoing(orjson.dumps(content), pack=True)
        self._write_on(tuple(self._watching[channel]), message, then)

    def _write_on(
        self,
        sockets: Sequence[Socket],
        message: Outgoing,
        then: Callable[[], None],
        done: int = 0,
        turn_s: float = 0.0,
    ) -> None:
        """One slice, and more for as long as the others' turn was: half of a busy loop is the fan-out's."""
        began_s = time.perf_counter()
        while done < len(sockets):
            for socket in sockets[done : done + SLICE]:
                socket.write(message)
            done += SLICE
            if time.perf_counter() - began_s >= turn_s:
                break
        if done >= len(sockets):
            then()
            return
        stopped_s = time.perf_counter()

        def go_on() -> None:
            turn_s = time.perf_counter() - stopped_s
            self._write_on(sockets, message, then, done, turn_s)

        asyncio.get_running_loop().call_soon(go_on)

    def drop(self, sockets: Iterable[Socket], code: int) -> None:
        """Closes sockets that may come back as somebody else, or not at all."""
        for socket in tuple(sockets):
            socket.transport.drop(code, GRACE_S)

    def own_sockets(self, participant: str) -> Collection[Socket]:
        return self._own.get(participant, ())

    def tell(self, participant: str, content: dict[str, Any]) -> None:
        """To one participant's own screens, however many they have open."""
        for socket in tuple(self._own.get(participant, ())):
            socket.send(content)
