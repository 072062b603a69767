"""The shipped client against a scripted server: real sockets, and a server that misbehaves when told to."""

import asyncio
import contextlib
import itertools
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from app.client import Accepted, Client, ClientError, NotAdmitted, Refused, SessionChanged, Unreachable, apply_patch
from app.client.clock import Clock
from app.client.link import LONGEST_BACKOFF_S, backoff_s
from app.client.outbox import Outbox

Message = dict[str, Any]
SERVER_NOW_MS = 1_696_905_000_000


@pytest.mark.parametrize(
    ("target", "patch", "merged"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": 1}, {"a": 1}, {"e": 1, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_a_merge_patch_does_what_rfc_7396_says(target: Any, patch: Any, merged: Any) -> None:
    before = json.dumps(target)

    assert apply_patch(target, patch) == merged
    assert json.dumps(target) == before, "the target is left as it was"


def test_the_clock_keeps_the_sample_with_the_smallest_round_trip() -> None:
    clock = Clock()
    clock.sample(sent_ms=1_000, server_ms=500_050, received_ms=1_100)
    good = clock._offset_ms

    clock.sample(sent_ms=2_000, server_ms=509_000, received_ms=8_000)  # a late message moves nothing

    assert good == 499_000
    assert clock._offset_ms == good


def test_the_clock_knows_a_server_that_is_behind() -> None:
    clock = Clock()

    clock.sample(sent_ms=900_000, server_ms=10, received_ms=900_020)

    assert clock._offset_ms == -900_000


def test_attempts_never_run_out_and_are_spread() -> None:
    delays = list(itertools.islice(backoff_s(), 200))

    assert all(0 < delay <= LONGEST_BACKOFF_S for delay in delays)
    assert delays[0] <= 0.5
    assert len(set(delays)) == 200


async def test_the_outbox_gives_each_answer_to_its_command() -> None:
    outbox = Outbox()
    first = outbox.put("1", "announce", {"text": "…"})
    second = outbox.put("2", "undo", {})

    outbox.answered({"type": "refused", "id": "2", "reason": "nothing_to_undo", "message": "Nothing."})
    outbox.answered({"type": "accepted", "id": "unknown", "seq": 3})

    assert outbox.frames() == [first.frame]
    with pytest.raises(Refused, match="nothing_to_undo"):
        await second.answer
    outbox.answered({"type": "accepted", "id": "1", "seq": 4})
    outbox.answered({"type": "accepted", "id": "1", "seq": 4})
    assert await first.answer == Accepted("1", 4)
    assert outbox.frames() == []


class Scripted:
    """A server that holds one number as its state, and answers commands as `react` says."""

    def __init__(self) -> None:
        self.seq = 1
        self.session = "s1"
        self.number = 0
        self.commands: list[Message] = []
        self.requests: list[Request] = []
        self.connections: set[ServerConnection] = set()
        self.connected = 0
        self.silent = False
        self.react: Callable[[Message], Message | None] = self.accept
        self.port = 0
        self.happened = asyncio.Condition()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def accept(self, message: Message) -> Message:
        self.seq += 1
        return {"type": "accepted", "id": message["id"], "seq": self.seq}

    def snapshot(self) -> Message:
        state = {"session": {"id": self.session}, "number": self.number}
        you = {"role": "attendee"}
        return {"type": "snapshot", "seq": self.seq, "now": SERVER_NOW_MS, "you": you, "state": state}

    async def handle(self, connection: ServerConnection) -> None:
        assert connection.request is not None
        self.requests.append(connection.request)
        self.connections.add(connection)
        self.connected += 1
        with contextlib.suppress(ConnectionClosed):
            await self.send(self.snapshot())
            await self.note()
            async for text in connection:
                answer = None if self.silent else self.answer(json.loads(text))
                await self.note()
                if answer is not None:
                    await connection.send(json.dumps(answer))
        self.connections.discard(connection)

    def answer(self, message: Message) -> Message | None:
        match message["type"]:
            case "ping":
                return {"type": "pong", "sent": message["sent"], "now": SERVER_NOW_MS}
            case "resync":
                return self.snapshot()
            case _:
                self.commands.append(message)
                return self.react(message)

    async def send(self, message: Message) -> None:
        for connection in list(self.connections):
            await connection.send(json.dumps(message))

    async def count_up(self, *, lost: bool = False) -> None:
        before, self.seq, self.number = self.seq, self.seq + 1, self.number + 1
        patch = {"number": self.number}
        if not lost:
            await self.send({"type": "patch", "seq": self.seq, "from": before, "now": 0, "patch": patch})

    async def note(self) -> None:
        async with self.happened:
            self.happened.notify_all()

    async def until(self, holds: Callable[[], bool], within_s: float = 5) -> None:
        async with asyncio.timeout(within_s), self.happened:
            await self.happened.wait_for(holds)

    async def start(self) -> Server:
        server = await serve(self.handle, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        return server


@pytest.fixture
async def server() -> AsyncIterator[Scripted]:
    scripted = Scripted()
    running = await scripted.start()
    yield scripted
    running.close()
    await running.wait_closed()


async def test_entering_waits_for_the_first_snapshot(server: Scripted) -> None:
    async with Client(server.address, as_="room", cookies={"chair": "k", "participant": "p"}) as client:
        assert client.live
        assert (client.seq, client.state["number"], client.you) == (1, 0, {"role": "attendee"})

    assert not client.live
    assert server.requests[0].path == "/ws?as=room"
    assert server.requests[0].headers["Cookie"] == "chair=k; participant=p"
    assert server.requests[0].headers["Origin"] == server.address


async def test_patches_are_merged_and_whoever_waits_is_woken(server: Scripted) -> None:
    async with Client(server.address) as client:
        first = client.state
        await server.count_up()
        await client.until(lambda c: c.state["number"] == 1)
        await server.send({"type": "you", "seq": 2, "you": {"role": "attendee", "participant": "p1"}})
        await client.until(lambda c: "participant" in c.you)

        assert client.seq == 2
        assert first["number"] == 0, "a state once read does not change under its reader"


async def test_after_a_gap_a_snapshot_is_asked_for(server: Scripted) -> None:
    async with Client(server.address) as client:
        await server.count_up(lost=True)
        await server.count_up()
        await client.until(lambda c: c.seq == 3)

        assert client.state["number"] == 2


async def test_messages_of_unknown_types_are_ignored(server: Scripted) -> None:
    async with Client(server.address) as client:
        await server.send({"type": "from_the_future", "seq": 99})
        await server.count_up()
        await client.until(lambda c: c.seq == 2)

        assert server.connected == 1


async def test_a_command_is_answered_by_its_acceptance_or_its_refusal(server: Scripted) -> None:
    async with Client(server.address) as client:
        accepted = await client.command("give_floor", request="r1", after=None)
        server.react = lambda m: {"type": "refused", "id": m["id"], "reason": "stale", "message": "Too late."}
        with pytest.raises(Refused) as refused:
            await client.command("give_floor", request="r1", after=None)

    assert accepted.seq == 2
    assert server.commands[0]["do"] == "give_floor"
    assert server.commands[0]["with"] == {"request": "r1", "after": None}
    assert (refused.value.reason, refused.value.message) == ("stale", "Too late.")
    assert server.commands[0]["id"] != server.commands[1]["id"]


async def test_an_unanswered_command_is_repeated_under_its_id_after_a_reconnect(server: Scripted) -> None:
    server.react = lambda _: None
    async with Client(server.address) as client:
        asking = asyncio.create_task(client.command("request_floor", kind="intervention"))
        await server.until(lambda: len(server.commands) == 1)
        server.react = server.accept
        client.drop()

        assert (await asking).seq == 2
    assert server.commands[0] == server.commands[1]


async def test_a_command_made_while_offline_waits_for_the_connection(server: Scripted) -> None:
    async with Client(server.address) as client:
        client.drop()
        await client.until(lambda c: not c.live)

        assert (await client.command("conclude")).seq == 2
        assert len(server.commands) == 1


async def test_what_was_unanswered_is_dropped_when_the_session_is_another(server: Scripted) -> None:
    server.react = lambda _: None
    async with Client(server.address) as client:
        asking = asyncio.create_task(client.command("conclude"))
        await server.until(lambda: len(server.commands) == 1)
        server.session = "s2"
        client.drop()

        with pytest.raises(SessionChanged):
            await asking
        assert client.state["session"]["id"] == "s2"
    assert len(server.commands) == 1


async def test_the_state_missed_while_away_comes_back_with_the_snapshot(server: Scripted) -> None:
    async with Client(server.address) as client:
        client.drop()
        await client.until(lambda c: not c.live)
        await server.count_up(lost=True)
        await client.until(lambda c: c.live)

        assert (client.seq, client.state["number"]) == (2, 1)


async def test_waiting_for_a_seq_that_no_patch_shows_ends_with_a_snapshot(server: Scripted) -> None:
    async with Client(server.address) as client:
        accepted = await client.command("close_list")
        await client.at(accepted.seq)

        assert client.seq == accepted.seq


async def test_a_socket_that_stays_silent_is_left(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.client.link.PONG_WITHIN_S", 0.05)
    server.silent = True
    async with Client(server.address) as client:
        await server.until(lambda: server.connected >= 2)
        server.silent = False
        await client.command("conclude")


async def test_waiting_in_vain_says_so(server: Scripted) -> None:
    async with Client(server.address) as client:
        with pytest.raises(TimeoutError, match="seq 1"):
            await client.until(lambda c: c.seq == 5, timeout_s=0.05)
        server.react = lambda _: None
        with pytest.raises(TimeoutError, match="conclude"):
            await client.command("conclude", timeout_s=0.05)


async def test_a_mistake_in_a_condition_reaches_the_one_who_waits(server: Scripted) -> None:
    async with Client(server.address) as client:
        waiting = asyncio.create_task(client.until(lambda c: c.seq == 2 and c.state["nothing"]))
        await asyncio.sleep(0)
        await server.count_up()

        with pytest.raises(KeyError):
            await waiting
        assert client.live


async def test_the_clock_is_that_of_the_server(server: Scripted) -> None:
    async with Client(server.address) as client:
        assert abs(client.now_ms() - SERVER_NOW_MS) < 5_000


async def test_whoever_waits_when_the_client_leaves_is_told(server: Scripted) -> None:
    async with Client(server.address) as client:
        waiting = asyncio.create_task(client.until(lambda c: c.seq == 99, timeout_s=None))
        await asyncio.sleep(0)

    with pytest.raises(ClientError, match="left"):
        await waiting
    with pytest.raises(ClientError, match="left"):
        await client.command("conclude")


async def test_a_server_that_does_not_want_us_is_not_asked_again() -> None:
    asked = 0

    def forbid(connection: ServerConnection, _: Request) -> Response:
        nonlocal asked
        asked += 1
        return connection.respond(403, "wrong Origin")

    async def never(_: ServerConnection) -> None:
        raise AssertionError

    async with serve(never, "127.0.0.1", 0, process_request=forbid) as running:
        port = running.sockets[0].getsockname()[1]
        with pytest.raises(NotAdmitted, match="403"):
            async with Client(f"http://127.0.0.1:{port}", as_="chair"):
                pass
    assert asked == 1


async def test_patience_ends_when_nobody_is_there(unused_tcp_port: int) -> None:
    with pytest.raises(Unreachable):
        async with Client(f"http://127.0.0.1:{unused_tcp_port}", patience_s=0.3):
            pass


async def test_a_server_that_restarts_is_found_again() -> None:
    scripted = Scripted()
    running = await scripted.start()
    async with Client(scripted.address) as client:
        running.close()
        await running.wait_closed()
        await client.until(lambda c: not c.live)
        scripted.number = 7
        running = await scripted.start()
        await client.until(lambda c: c.live)

        assert client.state["number"] == 7
    running.close()
    await running.wait_closed()
