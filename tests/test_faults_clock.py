"""The machine's wall clock is stepped by an hour, either way: no timer moves, and the log's times never go back."""

import asyncio
import signal
import sqlite3
import time
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized

import pytest

from app.client import Client
from tests.serving import PROCESSES, ServerProcess

HOUR_MS = 3_600_000
LITTLE_MS = HOUR_MS // 4
"""No test takes as long, and no step is as short."""


@dataclass(frozen=True)
class WallClock:
    """The wall clock as the server's process reads it: whoever sets a machine's clock does no more to a process."""

    ahead_ms: "Synchronized[int]"

    def step(self, by_ms: int) -> None:
        self.ahead_ms.value += by_ms

    def __call__(self) -> None:
        true_ns = time.time_ns
        time.time_ns = lambda: true_ns() + self.ahead_ms.value * 1_000_000
        time.time = lambda: time.time_ns() / 1e9


@pytest.fixture
def wall_clock(own_server: ServerProcess) -> WallClock:
    clock = WallClock(PROCESSES.Value("q", 0))
    own_server.prepare = clock
    return clock


def log_of(server: ServerProcess) -> list[int]:
    with closing(sqlite3.connect(server.database)) as database:
        return [at_ms for (at_ms,) in database.execute("SELECT at_ms FROM event ORDER BY seq")]


def timers(chair: Client) -> list[object]:
    topic = chair.state["topics"]["vision"]
    return [chair.state["session"]["timer"], topic["timer"], chair.state["floor"]]


@pytest.mark.parametrize("by_ms", [HOUR_MS, -HOUR_MS])
@pytest.mark.parametrize("down", [False, True], ids=["while it runs", "while it is down"])
async def test_a_stepped_wall_clock_moves_no_timer(
    own_server: ServerProcess, wall_clock: WallClock, hasty_clients: None, by_ms: int, down: bool
) -> None:
    own_server.start()
    async with AsyncExitStack() as stack:
        chair = await stack.enter_async_context(await own_server.chair())
        ana = await stack.enter_async_context(await own_server.phone("Ana"))
        await chair.command("start_session")
        await chair.command("open_topic", topic="vision")
        await ana.command("request_floor")
        given = await chair.command("give_floor", after=None)
        await chair.at(given.seq)
        before, before_ms = timers(chair), chair.now_ms()

        for _ in range(2):
            wall_clock.step(by_ms)
            if down:
                await asyncio.to_thread(own_server.end, signal.SIGKILL)
                await asyncio.to_thread(own_server.start)
                for one in (chair, ana):
                    await one.until(lambda c: c.live)
            await ana.at((await chair.command("announce", text="Lunch at noon")).seq)
            assert timers(chair) == before
            assert before_ms <= chair.now_ms() < before_ms + LITTLE_MS

        await chair.at((await ana.command("conclude")).seq)
        assert 0 <= chair.state["last"]["timer"]["spent_ms"] < LITTLE_MS
        await chair.at((await chair.command("pause_session")).seq)
        assert 0 <= chair.state["session"]["timer"]["spent_ms"] < LITTLE_MS
    log = log_of(own_server)
    assert log == sorted(log)
    assert log[-1] < before_ms + LITTLE_MS


async def test_before_the_session_begins_a_wall_clock_that_was_put_right_counts_from_the_next_start_on(
    own_server: ServerProcess, wall_clock: WallClock
) -> None:
    own_server.start()
    async with await own_server.chair() as chair:
        before_ms = chair.now_ms()
    own_server.end()
    wall_clock.step(HOUR_MS)
    own_server.start()

    async with await own_server.chair() as chair:
        assert before_ms + HOUR_MS <= chair.now_ms() < before_ms + HOUR_MS + LITTLE_MS
