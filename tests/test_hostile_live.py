"""A hundred thousand messages of somebody who wants to break the session: nothing changes, nothing falls over.

Here a share of them. All: `make fuzz`, which sets OPEN_FLOOR_FUZZ to how many messages there are to be.
"""

import asyncio
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.client import Client, Refused
from app.client.joining import tls
from app.web.access import CONSOLE_COOKIE, PARTICIPANT_COOKIE
from tests.hostile import BREAKING, HARMLESS, Sent
from tests.raw_socket import RawSocket, raw_socket
from tests.serving import SESSION, ServerProcess

SHARE = 2_000
MESSAGES = int(os.environ.get("OPEN_FLOOR_FUZZ", SHARE))
AT_A_TIME = 25
UNLIMITED = """\
limits:
  attendees: {messages_per_second: 1000000, messages_at_once: 1000000}
  commands_a_minute: 1000000
"""
MOST_GROWTH_BYTES = 12_000_000
"""What the allocator may do with itself; a leak of two hundred bytes a message would be twenty million."""


@dataclass
class Scene:
    """A session that runs, with people in it who want no harm, and the cookies of those who do."""

    server: ServerProcess
    runner: asyncio.Runner
    who: Mapping[str, tuple[str, Mapping[str, str]]]
    """What somebody connects as, and the cookies they show."""
    sent: int = 0
    kinds: dict[str, int] = field(default_factory=dict)

    async def attack(self, who: str, harmless: list[Sent], breaking: Sent | None) -> None:
        as_, cookies = self.who[who]
        async with raw_socket(self.server.port, as_=as_, cookies=cookies) as raw:
            await raw.messages_until(lambda m: m["type"] == "snapshot")
            await raw.send(b"".join(one.content for one in harmless))
            *answers, _pong = await raw.answers()
            told = [m for m in answers if m["type"] not in {"patch", "you"}]
            assert [m["type"] for m in told] == ["refused"] * sum(one.answers for one in harmless)
            for message in told:
                self.kinds[message["reason"]] = self.kinds.get(message["reason"], 0) + 1
            if breaking is not None:
                await raw.send(breaking.content)
                assert await raw.closed_with() == breaking.closes
        self.sent += len(harmless) + (breaking is not None)

    async def state(self) -> dict[str, Any]:
        """All that a console may know, but for who has a screen open at this moment."""
        async with await self.server.chair() as chair:
            requests = {id_: {**one, "away": None} for id_, one in chair.state["requests"].items()}
            return {"seq": chair.seq, **chair.state, "requests": requests, "online": None}

    async def memory_bytes(self) -> float:
        async with httpx.AsyncClient(base_url=self.server.address, verify=tls()) as http:
            text = (await http.get("/metrics")).text
        found = re.search(r"^process_resident_memory_bytes (\S+)$", text, re.MULTILINE)
        assert found is not None
        return float(found[1])


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    server = ServerProcess(tmp_path_factory.mktemp("hostile"), SESSION + UNLIMITED).start()
    with asyncio.Runner() as runner:
        yield runner.run(opened(server, runner))
    server.end()
    assert server.faults == [], server.log
    assert len(server.log.splitlines()) < 20, "a log that anybody can fill is full one day"


async def opened(server: ServerProcess, runner: asyncio.Runner) -> Scene:
    async with await server.chair() as chair:
        await chair.command("start_session", command_id="chair-1")
        await chair.command("open_topic", topic="vision")
        ana, bo, eve = [await server.joined(name) for name in ("Ana", "Bo", "Eve")]
        for id_, one in (("ana-asks", ana), ("bo-asks", bo)):
            async with Client(server.address, cookies=one.cookies) as phone:
                await phone.command("request_floor", command_id=id_, summary="What I want to say")
        await chair.command("give_floor", after=None)
        await chair.until(lambda c: "floor" in c.state and len(c.state["list"]) == 1)
    # Not its last character: that holds four bits of the signature and two of nothing.
    signed, signature = ana.cookies[PARTICIPANT_COOKIE].rsplit(".", 1)
    forged = {PARTICIPANT_COOKIE: f"{signed}.{signature[::-1]}", CONSOLE_COOKIE: "forged.forged"}
    swapped = {CONSOLE_COOKIE: ana.cookies[PARTICIPANT_COOKIE], PARTICIPANT_COOKIE: "[]." + "A" * 27}
    return Scene(
        server,
        runner,
        {
            "a stranger": ("attendee", {}),
            "with a forged cookie": ("attendee", forged),
            "with another's cookie under a wrong name": ("attendee", swapped),
            "as the room display": ("room", {}),
            "who has joined": ("attendee", eve.cookies),
        },
    )


def test_whatever_is_sent_is_refused_and_changes_nothing(scene: Scene) -> None:
    before = scene.runner.run(scene.state())
    begun: list[float] = []

    @settings(
        max_examples=MESSAGES // AT_A_TIME,
        deadline=None,
        database=None,
        derandomize=MESSAGES == SHARE,  # few messages: the same each time, and of every kind
        phases=[Phase.generate],  # a shorter list of what was sent would take minutes, and tells no more
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.sampled_from(sorted(scene.who)),
        st.lists(HARMLESS, min_size=AT_A_TIME, max_size=AT_A_TIME),
        st.none() | BREAKING,
    )
    def attack(who: str, harmless: list[Sent], breaking: Sent | None) -> None:
        scene.runner.run(scene.attack(who, harmless, breaking))
        if not begun and scene.sent > MESSAGES // 5:
            begun.append(scene.runner.run(scene.memory_bytes()))

    attack()

    assert scene.runner.run(scene.state()) == before
    after = scene.runner.run(scene.memory_bytes())
    print(f"{scene.sent} messages; memory {begun[0] / 1e6:.1f} MB, then {after / 1e6:.1f} MB; {scene.kinds}")  # noqa: T201
    assert scene.sent >= MESSAGES
    assert after - begun[0] < MOST_GROWTH_BYTES
    assert scene.kinds.keys() >= {"malformed", "unknown_command", "not_chair", "not_joined", "no_such_request"}


def test_the_id_of_somebody_else_s_command_gives_nothing_of_it_away(scene: Scene) -> None:
    async def asked() -> str:
        async with await scene.server.phone("Mallory") as mallory:
            with pytest.raises(Refused) as refused:
                await mallory.command("withdraw", command_id="ana-asks")
            return refused.value.reason

    assert scene.runner.run(asked()) == "no_request"


def test_the_people_who_were_there_all_along_go_on(scene: Scene) -> None:
    async def goes_on() -> None:
        async with await scene.server.chair() as chair, scene.server.room() as room:
            await chair.command("announce", text="Still here")
            await room.until(lambda c: c.state.get("notice", {}).get("text") == "Still here")

    scene.runner.run(goes_on())


async def test_a_raw_socket_is_what_a_plain_one_is(server: ServerProcess) -> None:
    async with raw_socket(server.port) as raw:
        assert isinstance(raw, RawSocket)
        assert [m["type"] for m in await raw.answers()] == ["snapshot", "pong"]
