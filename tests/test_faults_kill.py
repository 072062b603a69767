"""kill -9 at random moments under load: nothing that was acknowledged is lost, nothing is done by halves or twice.

`make soak` kills it 200 times.
"""

import asyncio
import os
import random
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.client import Client, Refused
from tests.serving import ServerProcess

LANES = 2
"""Databases side by side: while one server starts, the other works."""
KILLS = int(os.environ.get("KILLS", "20"))
PHONES = 4
MOST_ANSWERS = 25
JITTER_S = 0.03
"""The kill comes at any moment after the answer it counted: in the middle of a decision, a write, an answer."""
IN_PLAY = {"too_fast", "already_requested", "no_request", "no_such_request", "floor_taken", "floor_empty", "stale"}
"""What such a crowd is refused, and rightly so."""


class Load:
    """Phones that ask for the floor and withdraw, a chair who gives it, as fast as they may over all restarts."""

    def __init__(self, server: ServerProcess, seed: int) -> None:
        self.server = server
        self.chance = random.Random(seed)
        self.sent: set[str] = set()
        self.accepted: dict[str, int] = {}
        """The seq at which each was acknowledged."""
        self.refused: dict[str, str] = {}
        """Why each was."""
        self.kill_at = 0
        self._killed = asyncio.Event()

    async def killed(self) -> None:
        """Returns when the server has been killed, some answers and a moment from now."""
        self.kill_at = len(self.accepted) + self.chance.randint(1, MOST_ANSWERS)
        self._killed.clear()
        await self._killed.wait()

    async def request(self, phone: Client) -> None:
        for do in ("request_floor", "withdraw"):
            await self._ask(phone, do)

    async def give(self, chair: Client) -> None:
        await self._ask(chair, "give_floor", after=chair.state.get("floor", {}).get("request"))

    async def _ask(self, client: Client, do: str, **details: Any) -> None:
        id_ = str(uuid4())
        self.sent.add(id_)
        try:
            self.accepted[id_] = (await client.command(do, command_id=id_, **details)).seq
        except Refused as refused:
            self.refused[id_] = refused.reason
            return
        if len(self.accepted) == self.kill_at:
            asyncio.get_running_loop().call_later(self.chance.uniform(0, JITTER_S), self._kill)

    def _kill(self) -> None:
        self.server.end(signal.SIGKILL)
        self._killed.set()


async def for_ever(act: Callable[[Client], Coroutine[None, None, None]], client: Client) -> None:
    while True:
        await act(client)


async def lane(server: ServerProcess, seed: int, rounds: int) -> Load:
    load = Load(server, seed)
    await asyncio.to_thread(server.start)
    async with AsyncExitStack() as stack:
        chair = await stack.enter_async_context(await server.chair())
        await chair.command("start_session")
        await chair.at((await chair.command("open_topic", topic="vision")).seq)
        timers = running_timers(chair)
        phones = [await stack.enter_async_context(await server.phone(f"Person {n}")) for n in range(PHONES)]
        load.sent |= {id_ for id_, *_ in answers(server)}
        tasks = [asyncio.create_task(for_ever(load.request, phone)) for phone in phones]
        tasks.append(asyncio.create_task(for_ever(load.give, chair)))
        for _ in range(rounds):
            await load.killed()
            check(load)  # before anybody comes back and asks again
            await asyncio.to_thread(server.start)
            await chair.until(lambda c: c.live)
            assert running_timers(chair) == timers
        await load.killed()
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(result) for result in results} == {asyncio.CancelledError}, results
    check(load)
    return load


def running_timers(chair: Client) -> object:
    return chair.state["session"]["timer"], chair.state["topics"]["vision"]["timer"]


def answers(server: ServerProcess) -> list[tuple[str, int, str]]:
    with closing(sqlite3.connect(server.database)) as database:
        return database.execute("SELECT command_id, seq, reason FROM answer").fetchall()


def check(load: Load) -> None:
    """The log against what was acknowledged, in the file that the kill has left."""
    with closing(sqlite3.connect(load.server.database)) as database:
        log = database.execute(
            "SELECT seq, at_ms, command_id FROM event WHERE actor LIKE '%:%' ORDER BY seq"
        ).fetchall()
        seqs = [seq for (seq,) in database.execute("SELECT seq FROM event ORDER BY seq")]
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    events = Counter(id_ for _, _, id_ in log)
    last = {id_: seq for seq, _, id_ in log}
    answered = {id_: seq for id_, seq, reason in answers(load.server) if not reason}
    assert load.accepted.items() <= answered.items(), "acknowledged and lost"
    assert events.keys() <= load.sent, "done and never asked for"
    assert set(load.refused.values()) <= IN_PLAY
    assert load.refused.keys().isdisjoint(events), "refused and yet done"
    assert {id_: answered.get(id_) for id_ in last} == last, "done by halves, or without its answer"
    assert seqs == list(range(1, len(seqs) + 1))
    assert [at for _, at, _ in log] == sorted(at for _, at, _ in log), "time went backwards"
    neighbours = [id_ for (_, _, id_), (_, _, before) in zip(log, [(0, 0, ""), *log], strict=False) if id_ != before]
    assert len(neighbours) == len(events), "done twice"


async def test_killed_at_random_moments_under_load_it_loses_nothing_and_does_nothing_twice_or_by_halves(
    tmp_path: Path, hasty_clients: None
) -> None:
    servers = [ServerProcess(tmp_path / f"lane{number}") for number in range(LANES)]
    try:
        loads = await asyncio.gather(*(lane(server, seed, KILLS // LANES) for seed, server in enumerate(servers)))
    finally:
        for server in servers:
            server.end(signal.SIGKILL)
    assert [server.faults for server in servers] == [[], []]
    for load in loads:
        print(f"{len(load.accepted)} acknowledged and there, {len(load.refused)} refused and not there")  # noqa: T201
