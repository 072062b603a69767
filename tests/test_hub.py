"""The hub: the same bytes to every socket of a view, and a slow one holds up nobody. And the frames it hands out."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.client import ClientProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN
from websockets.uri import parse_uri

from app.floor.people import Actor
from app.frames import Outgoing
from app.hub import GRACE_S, MOST_BACKLOG_BYTES, Hub, Socket


class Wire:
    """The way out of a socket, for the hub to write to: `stuck` tells how much of it was never taken."""

    def __init__(self, stuck: int = 0) -> None:
        self.written: list[bytes] = []
        self.dropped: tuple[int, float] | None = None
        self.stuck = stuck

    def write(self, outgoing: Outgoing) -> int:
        self.written.append(outgoing.plain)
        return self.stuck

    def backlog_bytes(self) -> int:
        return self.stuck

    def drop(self, code: int, grace_s: float) -> None:
        self.dropped = (code, grace_s)


async def published(hub: Hub) -> None:
    """Returns once every socket has been written to."""
    done = asyncio.Event()
    hub.publish("audience", {"type": "patch"}, then=done.set)
    await done.wait()


def payload(frame: bytes) -> bytes:
    """What a websocket client makes of a frame."""
    client = ClientProtocol(parse_uri("ws://127.0.0.1/ws"), state=OPEN, max_size=None)
    client.extensions = [PerMessageDeflate(False, False, 15, 15)]
    client.receive_data(frame)
    assert client.parser_exc is None
    (received,) = client.events_received()
    assert isinstance(received, Frame)
    assert (received.opcode, received.fin) == (Opcode.TEXT, True)
    return bytes(received.data)


@pytest.mark.parametrize("length", [0, 1, 125, 126, 65_535, 65_536, 300_000])
def test_a_frame_of_any_length_is_one_whole_text(length: int) -> None:
    text = b"x" * length

    assert payload(Outgoing(text).plain) == text
    assert payload(Outgoing(text, pack=True).packed) == text


@given(st.text())
def test_a_frame_carries_its_text_as_it_is(text: str) -> None:
    assert payload(Outgoing(text.encode()).plain) == text.encode()


async def test_every_socket_of_a_view_gets_the_same_bytes_and_no_other_does() -> None:
    hub, first, second, chair = Hub(), Wire(), Wire(), Wire()
    hub.connect(Socket(first, "audience", Actor("room")))
    hub.connect(Socket(second, "audience", Actor("attendee", "p1")))
    hub.connect(Socket(chair, "chair", Actor("room")))

    await published(hub)

    assert first.written[0] is second.written[0], "framed once"
    assert payload(first.written[0]) == b'{"type":"patch"}'
    assert chair.written == []


async def test_a_socket_that_does_not_drain_is_dropped_and_holds_up_nobody() -> None:
    hub, well, slow = Hub(), Wire(), Wire(stuck=MOST_BACKLOG_BYTES + 1)
    for wire in (slow, well):
        hub.connect(Socket(wire, "audience", Actor("room")))

    await published(hub)

    assert slow.dropped == (1013, GRACE_S)
    assert (len(well.written), well.dropped) == (1, None)


async def test_a_socket_with_a_bearable_backlog_is_kept() -> None:
    hub, lagging = Hub(), Wire(stuck=MOST_BACKLOG_BYTES)
    hub.connect(Socket(lagging, "audience", Actor("room")))

    await published(hub)

    assert (len(lagging.written), lagging.dropped) == (1, None)


def test_what_is_told_to_a_participant_reaches_all_their_own_screens_and_nobody_else() -> None:
    hub, phone, laptop, other, room = Hub(), Wire(), Wire(), Wire(), Wire()
    hub.connect(Socket(phone, "audience", Actor("attendee", "p1")))
    hub.connect(Socket(laptop, "audience", Actor("attendee", "p1")))
    hub.connect(Socket(other, "audience", Actor("attendee", "p2")))
    hub.connect(Socket(room, "audience", Actor("room")))

    hub.tell("p1", {"type": "you"})
    hub.tell("who has left", {"type": "you"})

    assert [len(wire.written) for wire in (phone, laptop, other, room)] == [1, 1, 0, 0]


def test_a_participant_is_present_until_their_last_screen_has_gone() -> None:
    hub = Hub()
    phone, laptop = (
        Socket(Wire(), "audience", Actor("attendee", "p1")),
        Socket(Wire(), "audience", Actor("attendee", "p1")),
    )
    hub.connect(phone)
    hub.connect(laptop)
    hub.connect(Socket(Wire(), "audience", Actor("room")))
    assert dict(hub.present) == {"p1": 2}

    hub.disconnect(phone)
    hub.disconnect(phone)
    assert dict(hub.present) == {"p1": 1}

    hub.disconnect(laptop)
    assert dict(hub.present) == {}


async def test_a_socket_that_has_gone_gets_nothing_more() -> None:
    hub, gone = Hub(), Wire()
    socket = Socket(gone, "audience", Actor("attendee", "p1"))
    hub.connect(socket)

    hub.disconnect(socket)
    await published(hub)
    hub.tell("p1", {"type": "you"})

    assert gone.written == []
