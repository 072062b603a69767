"""What left for each view last, and what leaves next: the patches, and the snapshots to start from.

The first change after a quiet time leaves at once; under load changes are combined, the newest state wins.
"""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson

from app.clock import NowMs
from app.floor.merge_patch import merge_patch
from app.floor.state import State
from app.floor.views import Seen, View, audience_view
from app.floor.views_chair import chair_view
from app.floor.views_own import own_view, own_views_changed
from app.frames import Outgoing
from app.hub import SERVICE_RESTART, Channel, Hub, Socket
from app.measures import Measures

PATCH_EVERY_S: dict[Channel, float] = {"chair": 0.05, "room": 0.1, "audience": 0.1}
"""At most twenty patches a second to the chair, who is served first, and ten to everybody else."""


@dataclass(slots=True)
class Published:
    """The state that all screens of one view have been brought to."""

    seq: int
    view: View
    encoded: bytes | None = None
    """The view as JSON text, made once for all who start afresh from it."""
    left_s: float = float("-inf")
    """When the last patch left, on the event loop's clock."""
    due: asyncio.Handle | None = None
    leaving: bool = False
    """A patch is on its way, slice by slice; what changes meanwhile leaves after it, as one."""
    behind: bool = False


class Publisher:
    """Keeps every screen at the newest state: `publish` with each new one, `welcome` for each new socket."""

    def __init__(self, hub: Hub, now_ms: NowMs, state: State, seq: int, measures: Measures | None = None) -> None:
        self.hub = hub
        self._measures = measures or Measures()
        self._now_ms = now_ms
        self._state, self._seq = state, seq
        self._told = state
        """The state that participants' own screens know of."""
        self._for_all: Seen = state, audience_view(state)
        """The newest view that phones and room displays share; the chair's is made of it."""
        self._for_chair: Seen = state, chair_view(state, {})
        self._published: dict[Channel, Published] = {
            channel: Published(seq, self._view(channel)) for channel in PATCH_EVERY_S
        }

    def publish(self, state: State, seq: int) -> None:
        self._state, self._seq = state, seq
        for channel in self._published:
            self._soon(channel)

    def welcome(self, socket: Socket, you: View) -> None:
        """The first message of a connection: from here on the patches follow."""
        self.hub.connect(socket)
        self.send_snapshot(socket, you)
        if socket.participant:
            self._soon("chair")

    def farewell(self, socket: Socket) -> None:
        self.hub.disconnect(socket)
        if socket.participant:
            self._soon("chair")

    def send_snapshot(self, socket: Socket, you: View) -> None:
        """The state as all screens of this view have it, so that the next patch fits."""
        just_joined = socket.participant not in self._told.participants
        known = self._state if just_joined else self._told
        if socket.participant in known.participants:
            you = you | own_view(known, socket.participant)
        socket.write(Outgoing(self.snapshot(socket.channel, you)))

    def snapshot(self, channel: Channel, you: View) -> bytes:
        """The snapshot message as JSON text; the state in it is encoded once for all who ask."""
        stands = self._published[channel]
        if stands.encoded is None:
            stands.encoded = orjson.dumps(stands.view)
        start = orjson.dumps({"type": "snapshot", "seq": stands.seq, "now": self._now_ms(), "you": you})
        return b'%b,"state":%b}' % (start[:-1], stands.encoded)

    def _view(self, channel: Channel) -> View:
        state = self._state
        if self._for_all[0] is not state:
            self._for_all = state, audience_view(state, self._for_all)
        audience = self._for_all[1]
        if channel != "chair":
            return audience
        view = chair_view(state, self.hub.present, audience=audience, seen=self._for_chair)
        self._for_chair = state, view
        return view

    def _soon(self, channel: Channel) -> None:
        stands = self._published[channel]
        stands.behind = stands.leaving
        if stands.due is not None or stands.leaving:
            return
        loop = asyncio.get_running_loop()
        wait_s = stands.left_s + PATCH_EVERY_S[channel] - loop.time()
        if wait_s <= 0:  # soon, not now: whoever asked for the change is answered first
            stands.due = loop.call_soon(self._leave, channel)
        else:
            stands.due = loop.call_later(wait_s, self._leave, channel)

    def _leave(self, channel: Channel) -> None:
        stands = self._published[channel]
        stands.due = None
        began_s = time.perf_counter()
        view = self._view(channel)
        patch = merge_patch(stands.view, view)
        if patch:
            content: dict[str, Any] = {
                "type": "patch",
                "seq": self._seq,
                "from": stands.seq,
                "now": self._now_ms(),
                "patch": patch,
            }
            stands.view, stands.seq, stands.encoded = view, self._seq, None
            stands.left_s = asyncio.get_running_loop().time()
            stands.leaving = True
            self.hub.publish(channel, content, then=partial(self._has_left, channel, began_s))
        if channel == "audience":
            self._tell_owners()

    def _has_left(self, channel: Channel, began_s: float) -> None:
        self._measures.fan_out_s.labels(channel).observe(time.perf_counter() - began_s)
        stands = self._published[channel]
        stands.leaving = False
        if stands.behind:
            self._soon(channel)

    def _tell_owners(self) -> None:
        """What became of their own requests, to those whom it concerns alone."""
        if self._told is self._state:
            return
        for participant, own in own_views_changed(self._told, self._state).items():
            you = {"role": "attendee", "participant": participant, **own}
            self.hub.tell(participant, {"type": "you", "seq": self._seq, "you": you})
        self._reintroduce()
        self._told = self._state

    def _reintroduce(self) -> None:
        """Phones whose owner was merged with somebody, parted again, or left come back as whoever they are now."""
        before, after = self._told, self._state
        if before.merged is not after.merged:
            for id_, into in before.merged.items() ^ after.merged.items():
                self._come_back((*self.hub.own_sockets(id_), *self.hub.own_sockets(into)))
        if before.participants is not after.participants:  # a hall of people need not be looked through each time
            for id_, one in after.participants.items():
                if one.erased and before.participants.get(id_) is not one:
                    self._come_back(self.hub.own_sockets(id_))

    def _come_back(self, sockets: Iterable[Socket]) -> None:
        """Soon, not now: a patch may leave in the very turn of the loop in which the command was done, and whoever
        asked to be taken out is to hear that they were."""
        asyncio.get_running_loop().call_soon(self.hub.drop, tuple(sockets), SERVICE_RESTART)
