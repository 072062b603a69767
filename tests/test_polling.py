"""/api/live: what goes over a websocket goes by plain HTTP, too."""

import asyncio
import signal
from typing import Any

import httpx
import pytest

from tests.serving import ServerProcess

FROM_ELSEWHERE = {"Origin": "https://elsewhere.example"}


class Poll:
    """A client without a websocket."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.link = ""
        self.heard: list[dict[str, Any]] = []

    async def open(self, **params: str) -> "Poll":
        answer = await self.http.post("/api/live", params=params)
        self.link = answer.json()["link"]
        return self

    async def fetch(self) -> httpx.Response:
        answer = await self.http.get(f"/api/live/{self.link}")
        if answer.status_code == 200:
            self.heard += answer.json()
        return answer

    async def until(self, kind: str) -> dict[str, Any]:
        """The first message of this kind not heard yet."""
        async with asyncio.timeout(10):
            while True:
                for index, message in enumerate(self.heard):
                    if message["type"] == kind:
                        return self.heard.pop(index)
                await self.fetch()

    async def say(self, **message: Any) -> httpx.Response:
        return await self.http.post(f"/api/live/{self.link}", json=message)


@pytest.fixture
def started(own_server: ServerProcess) -> ServerProcess:
    return own_server.start()


def http_of(server: ServerProcess, cookies: Any = None) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=server.address, cookies=cookies, timeout=30)


async def test_a_link_begins_with_the_snapshot_and_goes_on_with_patches(started: ServerProcess) -> None:
    async with http_of(started) as http, await started.chair() as chair:
        poll = await Poll(http).open()
        snapshot = await poll.until("snapshot")
        assert snapshot["state"] == (await http.get("/api/state")).json()["state"]
        await chair.command("announce", text="To all")
        patch = await poll.until("patch")
        assert (patch["from"], patch["patch"]["notice"]["text"]) == (snapshot["seq"], "To all")


async def test_commands_are_answered_over_the_link_and_done_once(started: ServerProcess) -> None:
    cookies = (await started.joined("Ana Souza")).cookies
    async with http_of(started, cookies) as http, await started.chair() as chair:
        await chair.command("start_session")
        await chair.command("open_topic", topic="vision")
        poll = await Poll(http).open()
        assert (await poll.until("snapshot"))["you"]["name"] == "Ana Souza"
        for _ in range(2):
            await poll.say(type="command", id="c1", do="request_floor", **{"with": {"kind": "intervention"}})
            assert (await poll.until("accepted"))["id"] == "c1"
        assert len((await poll.until("you"))["you"]["requests"]) == 1
        await poll.say(type="command", id="c2", do="start_session")
        assert (await poll.until("refused"))["reason"] == "not_chair"
        await poll.say(type="ping", sent=1)
        assert (await poll.until("pong"))["sent"] == 1
        await chair.until(lambda seen: len(seen.state["list"]) == 1)


async def test_a_link_that_is_not_there_is_gone_and_one_for_a_console_needs_its_key(started: ServerProcess) -> None:
    async with http_of(started) as http:
        poll = Poll(http)
        poll.link = "nobody-s"
        assert (await poll.fetch()).status_code == 410
        assert (await poll.say(type="resync")).status_code == 410
        assert (await http.post("/api/live?as=chair")).status_code == 403
        assert (await http.post("/api/live?as=nobody")).status_code == 403
        assert (await http.post("/api/live", headers=FROM_ELSEWHERE)).status_code == 403


async def test_whoever_waits_does_not_keep_the_server_from_stopping(own_server: ServerProcess) -> None:
    own_server.start()
    async with http_of(own_server) as http:
        poll = await Poll(http).open()
        await poll.until("snapshot")
        waiting = asyncio.create_task(poll.fetch())
        await http.get("/healthz")  # by now it has arrived
        loop = asyncio.get_running_loop()
        begun = loop.time()
        assert await asyncio.to_thread(own_server.end, signal.SIGTERM) in {0, -signal.SIGTERM}
        assert loop.time() - begun < 5
        assert (await waiting).status_code == 410
