"""The publisher: a snapshot first, then patches that fit; under load combined, and the newest state wins."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from app.client import apply_patch
from app.floor.commands import Announce, DescribeRequest, Join, RequestFloor, TakeOutData
from app.floor.people import Actor
from app.floor.state import State
from app.floor.views import audience_view
from app.floor.views_chair import chair_view
from app.frames import Outgoing
from app.hub import Channel, Hub, Socket
from app.publisher import Publisher
from tests.scenes import ANA, BO, CHAIR, START, enacted
from tests.test_hub import Wire

NOW_MS = 1_696_905_000_000


class Screen(Wire):
    """A socket's way out with a screen at its end, which merges what comes."""

    def __init__(self, publisher: Publisher, channel: Channel = "audience", participant: str = "") -> None:
        super().__init__()
        self.messages: list[dict[str, Any]] = []
        self.state: dict[str, Any] = {}
        self.seq = -1
        self._came = asyncio.Event()
        self.socket = Socket(self, channel, Actor("attendee", participant) if participant else Actor("room"))
        publisher.welcome(self.socket, {"role": "attendee"})

    def write(self, outgoing: Outgoing) -> int:
        backlog = super().write(outgoing)
        message = json.loads(outgoing.payload)
        self.messages.append(message)
        match message["type"]:
            case "snapshot":
                self.state, self.seq = message["state"], message["seq"]
            case "patch":
                assert message["from"] == self.seq, "each patch begins where the screen stands"
                self.state, self.seq = apply_patch(self.state, message["patch"]), message["seq"]
        self._came.set()
        return backlog

    def drop(self, code: int, grace_s: float) -> None:
        super().drop(code, grace_s)
        self._came.set()

    @property
    def types(self) -> list[str]:
        return [message["type"] for message in self.messages]

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not holds():
                self._came.clear()
                await self._came.wait()


class Session:
    """A state that goes on, and its publisher."""

    def __init__(self) -> None:
        self.state: State = START
        self.seq = 10
        self.publisher = Publisher(Hub(), lambda: NOW_MS, self.state, self.seq)

    def does(self, *commands: Any, by: Actor = CHAIR) -> None:
        for command in commands:
            self.state = enacted(self.state, command, by, 60_000)
            self.seq += 1
            self.publisher.publish(self.state, self.seq)


async def test_the_first_message_is_a_snapshot_of_the_view() -> None:
    session = Session()

    phone, console = Screen(session.publisher), Screen(session.publisher, "chair")

    assert phone.messages == [
        {
            "type": "snapshot",
            "seq": 10,
            "now": NOW_MS,
            "you": {"role": "attendee"},
            "state": audience_view(session.state),
        }
    ]
    assert console.state == chair_view(session.state, {})


async def test_the_first_change_after_a_quiet_time_leaves_at_once() -> None:
    session = Session()
    phone = Screen(session.publisher)

    session.does(Announce("Welcome"))
    await asyncio.sleep(0)  # its sender is answered first

    assert phone.types == ["snapshot", "patch"]
    assert phone.messages[1] == {
        "type": "patch",
        "seq": 11,
        "from": 10,
        "now": NOW_MS,
        "patch": {"notice": {"text": "Welcome", "at": 60_000}},
    }


async def test_changes_that_follow_at_once_are_combined_and_the_newest_state_wins() -> None:
    session = Session()
    phone, console = Screen(session.publisher), Screen(session.publisher, "chair")

    session.does(Announce("The first"))
    await phone.until(lambda: phone.seq == session.seq)
    session.does(*(Announce(f"Notice {number}") for number in range(100)))
    await phone.until(lambda: phone.seq == session.seq)
    await console.until(lambda: console.seq == session.seq)

    assert phone.types == ["snapshot", "patch", "patch"]
    assert console.types == ["snapshot", "patch", "patch"]
    assert phone.state == audience_view(session.state)
    assert console.state == chair_view(session.state, {})


async def test_a_snapshot_between_two_patches_is_where_the_others_stand_so_that_the_next_patch_fits() -> None:
    session = Session()
    early = Screen(session.publisher)
    session.does(Announce("first"))
    await early.until(lambda: early.seq == session.seq)
    session.does(Announce("second"))

    late = Screen(session.publisher)
    assert late.state["notice"]["text"] == "first"
    await late.until(lambda: late.seq == session.seq)

    assert late.types == ["snapshot", "patch"]
    assert late.state == early.state == audience_view(session.state)


async def test_what_a_view_does_not_show_sends_it_no_patch() -> None:
    session = Session()
    session.does(RequestFloor(), by=ANA)
    phone, console = Screen(session.publisher), Screen(session.publisher, "chair")
    await console.until(lambda: console.seq == session.seq)
    session.does(DescribeRequest("On funding"), by=ANA)

    await console.until(lambda: console.state["requests"]["r1"].get("summary") == "On funding")

    session.does(Announce("Something all see"))
    await phone.until(lambda: "notice" in phone.state)
    patches = [message["patch"] for message in phone.messages if message["type"] == "patch"]
    assert patches[-1].keys() == {"notice"}
    assert "On funding" not in json.dumps(phone.messages)


async def test_all_screens_of_a_view_get_the_very_same_bytes() -> None:
    session = Session()
    screens = [Screen(session.publisher) for _ in range(3)]

    session.does(Announce("Welcome"))
    await screens[-1].until(lambda: screens[-1].seq == session.seq)

    assert len({id(screen.written[1]) for screen in screens}) == 1


async def test_a_participant_alone_learns_what_became_of_their_request() -> None:
    session = Session()
    ana, her_laptop = (Screen(session.publisher, participant="ana") for _ in range(2))
    bo, room = Screen(session.publisher, participant="bo"), Screen(session.publisher)
    assert ana.messages[0]["you"]["name"] == "Ana Alm"

    session.does(RequestFloor(summary="On funding"), by=ANA)
    await ana.until(lambda: "you" in ana.types)
    session.does(RequestFloor(), by=BO)
    await bo.until(lambda: "you" in bo.types)

    expected = {"r1": {"topic": "vision", "kind": "intervention", "status": "waiting", "summary": "On funding"}}
    for screen in (ana, her_laptop):
        own = [message["you"] for message in screen.messages if message["type"] == "you"]
        assert [one["requests"] for one in own] == [expected]
        assert own[0].items() >= {"role": "attendee", "participant": "ana"}.items()
    assert "you" not in room.types
    assert "On funding" not in json.dumps(bo.messages + room.messages)


async def test_who_has_just_joined_is_told_of_themselves_at_once() -> None:
    session = Session()
    session.does(Announce("so that the next change has to wait"))
    session.does(Join("eve", "Eve Ek", "Peru", "government"), by=Actor("attendee"))

    eve = Screen(session.publisher, participant="eve")

    assert eve.messages[0]["you"]["name"] == "Eve Ek"


async def test_the_chair_sees_who_is_there_come_and_go() -> None:
    session = Session()
    session.does(RequestFloor(), by=ANA)
    console = Screen(session.publisher, "chair")
    await console.until(lambda: console.seq == session.seq)
    assert (console.state["online"], console.state["requests"]["r1"]["away"]) == (0, True)

    phone = Screen(session.publisher, participant="ana")
    await console.until(lambda: console.state["online"] == 1)
    assert "away" not in console.state["requests"]["r1"]

    session.publisher.farewell(phone.socket)
    await console.until(lambda: console.state["online"] == 0)
    assert console.state["requests"]["r1"]["away"]


async def test_who_asks_afresh_gets_a_snapshot_and_the_patches_go_on() -> None:
    session = Session()
    phone = Screen(session.publisher)
    session.does(Announce("first"))
    await phone.until(lambda: phone.seq == session.seq)
    session.does(Announce("second"))

    session.publisher.send_snapshot(phone.socket, {"role": "attendee"})
    await phone.until(lambda: phone.seq == session.seq)

    assert phone.types == ["snapshot", "patch", "snapshot", "patch"]
    assert phone.state == audience_view(session.state)


async def test_whoever_takes_out_their_data_is_answered_before_their_phone_is_closed() -> None:
    """Also where a patch was about to leave in the same turn of the loop."""
    session = Session()
    phone = Screen(session.publisher, participant="bo")
    session.does(RequestFloor(), by=BO)
    told: list[str] = []

    session.does(TakeOutData(), by=BO)  # its patch leaves with the one that is due, and then the sender has their turn
    asyncio.get_running_loop().call_soon(lambda: told.append("closed" if phone.dropped else "answered"))
    await phone.until(lambda: phone.dropped is not None)

    assert told == ["answered"]
