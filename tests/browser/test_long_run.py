"""The room display over a long day: as much memory at its end as after its first hour."""

import json
from typing import Any

import pytest
from playwright.async_api import CDPSession, WebSocketRoute, expect

from tests.browser.screens import Room
from tests.browser.stage import PROJECTOR, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = 24
HOUR_MS = 3_600_000
MOST_GROWN_BYTES = 250_000
MOST_GROWN_NODES = 200
PARTS = 8
CHANGES = 300
"""So many in each part of the day: more than a busy one has."""


class Day:
    """Patches as the server would send them, one after the other, into the display's own connection."""

    def __init__(self) -> None:
        self.socket: WebSocketRoute | None = None
        self.seq = 0
        self.now = 0

    def handle(self, socket: WebSocketRoute) -> None:
        self.socket = socket
        self._server = socket.connect_to_server()
        self._server.on_message(self._from_server)
        socket.on_message(self._from_display)

    def _from_display(self, text: str | bytes) -> None:
        """Pings are answered here: a whole day of them in seconds would be too fast for the server."""
        message = json.loads(text)
        if message["type"] != "ping":
            self._server.send(text)
            return
        assert self.socket is not None
        self.socket.send(json.dumps({"type": "pong", "sent": message["sent"], "now": self.now}))

    def _from_server(self, text: str | bytes) -> None:
        message = json.loads(text)
        if message["type"] == "snapshot":
            self.seq, self.now = message["seq"], message["now"]
        assert self.socket is not None
        self.socket.send(text)

    def change(self, number: int) -> None:
        """Somebody new has the floor, others wait; now and then a notice, a pause, a point of order."""
        self.now += HOUR_MS // 100
        listed = [f"r{number + place}" for place in range(1, number % PEOPLE)]
        kind = "point_of_order" if number % 17 == 0 else "intervention"
        requests: dict[str, Any] = {one: _request(one) for one in (f"r{number}", *listed)}
        gone = {f"r{old}": None for old in range(max(0, number - 3), number)}
        running = {"allotted_ms": 120_000, "spent_ms": 0, "since": self.now - number % 130_000}
        self.send(
            {
                "session": {"status": "paused" if number % 40 == 0 else "running"},
                "topic": "vision" if number % 50 else "technologies",
                "list": listed,
                "requests": gone | requests | {f"r{number}": _request(f"r{number}") | {"kind": kind}},
                "floor": {"request": f"r{number}", "timer": running} if number % 5 != 2 else None,
                "notice": {"text": f"Notice {number}", "at": self.now} if number % 7 == 0 else None,
            }
        )

    def send(self, patch: dict[str, Any]) -> None:
        assert self.socket is not None
        message = {"type": "patch", "seq": self.seq + 1, "from": self.seq, "now": self.now, "patch": patch}
        self.seq += 1
        self.socket.send(json.dumps(message))


def _request(one: str) -> dict[str, Any]:
    return {
        "participant": f"p{one}",
        "name": f"Person {one}",
        "organisation": f"Organisation of {one}",
        "group": "academia",
        "kind": "intervention",
        "topic": "vision",
        "where": "room",
    }


async def used(devtools: CDPSession) -> tuple[int, int]:
    """Bytes on the heap and nodes in the document, after all that is not needed has been collected."""
    for _ in range(3):
        await devtools.send("HeapProfiler.collectGarbage")
    heap = await devtools.send("Runtime.getHeapUsage")
    nodes = await devtools.send("Memory.getDOMCounters")
    return int(heap["usedSize"]), int(nodes["nodes"])


async def test_the_display_needs_no_more_memory_at_the_end_of_a_day(stage: Stage) -> None:
    day = Day()
    room = Room(await stage.page(PROJECTOR))
    room.network_may_fail = True  # after each sleep it makes sure of its line
    stage.screens.append(room)
    await room.page.route_web_socket(lambda url: "/ws" in url, day.handle)
    await room.page.clock.install()
    await room.page.goto(f"{stage.server.address}/room?lang=en,ar")
    await room.is_live()
    devtools = await room.page.context.new_cdp_session(room.page)
    measured = []
    for part in range(PARTS):
        await room.is_live()
        for number in range(part * CHANGES + 1, (part + 1) * CHANGES + 1):
            day.change(number)
        await expect(room.page.locator("#name")).to_have_text(f"Person r{(part + 1) * CHANGES}")
        for _ in range(15):  # a minute with ten pictures a second, and each language several times
            await room.page.clock.run_for(4_000)
        await room.page.clock.fast_forward(HOUR_MS * 24 // PARTS)
        await room.is_live()
        measured.append(await used(devtools))
    first, last = measured[2], measured[-1]  # by the third part all that is to be compiled is compiled
    assert last[0] - first[0] < MOST_GROWN_BYTES, measured
    assert last[1] - first[1] < MOST_GROWN_NODES, measured
