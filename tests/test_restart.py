"""The server ends, by whatever means, and starts again: what was accepted is there, and timers go on."""

import asyncio
import signal
import time
from contextlib import AsyncExitStack, closing
from pathlib import Path

import pytest

from app.client import Client, NotAdmitted, Refused
from app.config import load_settings
from app.entries import Entry
from app.floor.events import SessionStarted
from app.floor.people import Actor
from app.room import Room
from app.store import Store
from tests.serving import SESSION, ServerProcess

HOUR_MS = 3_600_000


async def restarted(server: ServerProcess, by: signal.Signals, **changes: str) -> None:
    await asyncio.to_thread(server.end, by)
    await asyncio.to_thread(server.start, **changes)


def status_of_own(phone: Client) -> list[str]:
    return [request["status"] for request in phone.you["requests"].values()]


# Everything is there again


async def test_a_session_goes_on_after_kill_9_and_sigterm_and_sigint_as_if_nothing_had_been(
    own_server: ServerProcess, hasty_clients: None
) -> None:
    own_server.start()
    async with AsyncExitStack() as stack:
        chair = await stack.enter_async_context(await own_server.chair())
        ana = await stack.enter_async_context(await own_server.phone("Ana", where="online"))
        bo = await stack.enter_async_context(await own_server.phone("Bo", group="government"))
        room = await stack.enter_async_context(own_server.room())
        await chair.command("start_session")
        await chair.command("open_topic", topic="vision")
        first = await ana.command("request_floor", summary="On funding")
        await bo.command("request_floor", kind="right_of_reply")
        await chair.command("give_floor", after=None)
        await chair.command("adjust_intervention", by_ms=30_000)
        await chair.command("adjust_topic", by_ms=-60_000)
        await chair.command("announce", text="Lunch at noon")
        last = await chair.command("close_list")
        screens = (chair, ana, bo, room)
        for screen in screens:
            await screen.at(last.seq)
        await chair.until(lambda c: c.state["online"] == 2)
        for phone, status in ((ana, "speaking"), (bo, "waiting")):  # what is theirs alone follows the patch
            await phone.until(lambda c, status=status: status_of_own(c) == [status])  # type: ignore[misc]
        before = [(screen.state, screen.you) for screen in screens]
        assert before[0][0]["floor"]["timer"]["allotted_ms"] == 150_000

        for by in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
            await restarted(own_server, by)
            for screen, stood in zip(screens, before, strict=True):  # the console may be back before the phones are
                await screen.until(lambda c, stood=stood: c.live and (c.state, c.you) == stood)  # type: ignore[misc]

        assert await ana.command("request_floor", command_id=first.id, summary="On funding") == first
        since = chair.state["floor"]["timer"]["since"]
        assert since <= chair.now_ms()
        await ana.command("conclude")
        await chair.until(lambda c: "floor" not in c.state)
        assert chair.state["last"]["timer"]["allotted_ms"] == 150_000
        await chair.at((await chair.command("undo")).seq)
        assert chair.state["topics"]["vision"]["list"] == "open", "what the chair did before can still be taken back"


# A changed session file


def changed(server: ServerProcess, *changes: tuple[str, str]) -> None:
    text = server.config.read_text("utf-8")
    for written, instead in changes:
        assert text.count(written) == 1, written
        text = text.replace(written, instead)
    server.config.write_text(text, "utf-8")


async def test_of_a_changed_session_file_what_is_safe_applies_and_what_contradicts_the_past_is_refused(
    own_server: ServerProcess,
) -> None:
    own_server.start()
    async with await own_server.chair() as chair:
        await chair.command("start_session")
        await chair.command("open_topic", topic="vision")
    own_server.end()

    changed(own_server, ("id: vision", "id: prospects"))
    with pytest.raises(AssertionError, match="status 2") as ended:
        own_server.start()
    assert "topic 'vision' has begun or has requests: it must stay in the session file" in str(ended.value)

    changed(
        own_server,
        ("id: prospects", "id: vision"),
        ("How far?", "How far have we come?"),
        ("cooperation, minutes: 15", "cooperation, minutes: 10"),
        ("duration_minutes: 40", "duration_minutes: 35"),
    )
    own_server.start()
    async with own_server.room() as room:
        topics = room.state["topics"]
        assert topics["vision"]["question"] == {"en": "How far have we come?"}
        assert topics["cooperation"]["timer"] == {"allotted_ms": 600_000, "spent_ms": 0}
        assert "since" in topics["vision"]["timer"]
        assert (room.state["topic"], room.state["session"]["status"]) == ("vision", "running")


async def test_a_new_session_begins_empty_and_knows_no_page_of_the_one_before(
    own_server: ServerProcess, hasty_clients: None
) -> None:
    own_server.start()
    async with AsyncExitStack() as stack:
        ana = await stack.enter_async_context(await own_server.phone("Ana"))
        chair = await stack.enter_async_context(await own_server.chair())
        await chair.command("start_session")
        await ana.command("request_floor", kind="point_of_order")
        await ana.until(lambda c: len(c.state["list"]) == 1)

        await asyncio.to_thread(own_server.end)
        changed(own_server, ("id: small", "id: next-week"))
        await asyncio.to_thread(own_server.start)

        await ana.until(lambda c: c.live and c.state["session"]["id"] == "next-week")
        assert (ana.state["session"]["status"], ana.state["list"], ana.you) == ("waiting", [], {"role": "attendee"})
        with pytest.raises(Refused, match="not_joined"):
            await ana.command("request_floor")
        with pytest.raises(NotAdmitted):
            await chair.until(lambda c: c.live and c.state["session"]["id"] == "next-week")
        new_chair = await stack.enter_async_context(await own_server.chair())
        assert sum(new_chair.state["joined"].values()) == 0


# Clocks


async def test_a_wall_clock_set_back_while_the_server_was_down_turns_no_timer_back(own_server: ServerProcess) -> None:
    ahead_ms = time.time_ns() // 1_000_000 + HOUR_MS
    with closing(Store(f"sqlite:///{own_server.database}", "small")) as store:  # written while the clock was ahead
        Room(store, lambda: ahead_ms).lay_down(load_settings(own_server.config).plan)
        store.append([Entry(2, Actor("chair", "k"), "c1", SessionStarted(ahead_ms))], {})
    own_server.start()

    async with await own_server.chair() as chair:
        assert chair.now_ms() >= ahead_ms - 1_000
        assert chair.state["session"]["timer"]["since"] == ahead_ms
        await chair.at((await chair.command("pause_session")).seq)
        assert 0 <= chair.state["session"]["timer"]["spent_ms"] < HOUR_MS // 2


# PostgreSQL


async def test_a_session_on_postgresql_goes_on_after_kill_9(tmp_path: Path, postgresql_url: str) -> None:
    server = ServerProcess(tmp_path / "served", SESSION, database=postgresql_url)
    try:
        server.start()
        async with await server.chair() as chair, await server.phone("Ana") as ana:
            await chair.command("start_session")
            await chair.command("open_topic", topic="vision")
            accepted = await ana.command("request_floor", summary="On funding")
            await chair.at(accepted.seq)
            before = chair.state
            await restarted(server, signal.SIGKILL)
            await chair.until(lambda c: c.live, timeout_s=30)
            await ana.until(lambda c: c.live, timeout_s=30)
            await chair.until(lambda c: c.state["online"] == 1)

            assert chair.state == before
    finally:
        server.end()
    assert server.faults == []
