"""`/replay` and what it plays: for consoles at any time, for nobody else before the record is public."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.client import chair_cookies
from app.client.joining import tls
from app.config import load_settings
from app.entries import Entry
from app.floor.commands import Announce
from app.health import Health
from app.hub import Hub
from app.main import open_session
from app.publisher import Publisher
from app.room import Room
from app.web.context import Context
from app.web.newest import Newest
from app.web.pace import Allowance
from tests.past import CHAIR
from tests.scenes import apply_merge_patch
from tests.serving import SESSION, ServerProcess


async def console(server: ServerProcess, link: str = "") -> httpx.AsyncClient:
    cookies = await chair_cookies(link or server.chair_link)
    return httpx.AsyncClient(base_url=server.address, cookies=dict(cookies), verify=tls())


def link_for(role: str, server: ServerProcess) -> str:
    """The link of a new console's key; the server is not running yet."""
    given = ("--config", str(server.config), "--database", server.database)
    done = CliRunner().invoke(cli, ["keys", "new", role, *given])
    assert done.exit_code == 0, done.output
    return f"{server.address}/chair?key={done.output.partition('key=')[2].split()[0]}"


def last_view(told: dict[str, Any]) -> dict[str, Any]:
    view = told["first"]
    for _, patch in told["changes"]:
        view = apply_merge_patch(view, patch)
    return dict(view)


async def test_whoever_has_no_console_is_told_in_words_that_the_record_is_not_public(server: ServerProcess) -> None:
    joined = await server.joined("Ana Lima")
    for cookies in ({}, dict(joined.cookies)):
        async with httpx.AsyncClient(base_url=server.address, cookies=cookies, verify=tls()) as http:
            page, data = await http.get("/replay"), await http.get("/api/replay")

        assert page.status_code == 403
        assert "The record is not public yet" in page.text
        assert "replay.js" not in page.text
        assert (data.status_code, data.json()) == (403, {"reason": "not_public"})


async def test_everybody_may_see_the_session_again_once_the_record_is_published(own_server: ServerProcess) -> None:
    own_server.start()
    async with await own_server.chair() as chair, httpx.AsyncClient(base_url=own_server.address, verify=tls()) as http:
        for do in ("start_session", "end_session", "publish_record"):
            await chair.command(do)
        public = await http.get("/replay"), await http.get("/api/replay")
        await chair.command("withdraw_record")
        withdrawn = await http.get("/replay"), await http.get("/api/replay")

    assert [answer.status_code for answer in public] == [200, 200]
    assert [answer.status_code for answer in withdrawn] == [403, 403]


@pytest.mark.parametrize("role", ["chair", "co_moderator", "secretariat"])
async def test_any_console_may_see_the_session_again_while_it_runs(own_server: ServerProcess, role: str) -> None:
    own_server.start().end()  # keys are made for a database that is there
    link = own_server.chair_link if role == "chair" else link_for(role, own_server)
    own_server.start()
    async with await own_server.chair() as chair, await own_server.phone("Ana Lima") as ana, own_server.room() as wall:
        await chair.command("start_session")
        await chair.command("open_topic", topic="vision")
        await ana.command("request_floor", kind="intervention")
        await chair.command("give_floor", after=None)
        await wall.until(lambda seen: "floor" in seen.state)
        async with await console(own_server, link) as http:
            page, data = await http.get("/replay"), await http.get("/api/replay")

    assert page.status_code == 200
    told = data.json()
    assert told["first"]["session"]["status"] == "waiting"
    assert last_view(told) == wall.state
    instants = [at for at, _ in told["changes"]]
    assert instants == sorted(instants)
    assert told["now"] >= instants[-1]


async def test_a_name_that_is_hidden_is_in_it_no_more_from_that_moment_on(own_server: ServerProcess) -> None:
    own_server.start()
    async with await own_server.chair() as chair, await own_server.phone("An abusive name") as eve:
        await chair.command("start_session")
        await chair.command("open_topic", topic="vision")
        await eve.command("request_floor", kind="intervention")
        async with await console(own_server) as http:
            before = await http.get("/api/replay")
            await chair.command("hide_participant", participant=eve.you["participant"])
            after = await http.get("/api/replay")

    assert "An abusive name" in before.text
    assert "An abusive name" not in after.text
    assert "An abusive name" not in str(last_view(after.json()))


async def test_nothing_of_it_is_the_chair_s_alone(own_server: ServerProcess) -> None:
    own_server.start()
    async with await own_server.chair() as chair, await own_server.phone("Ana Lima") as ana:
        await chair.command("start_session")
        await chair.command("open_topic", topic="vision")
        await ana.command("request_floor", kind="intervention", summary="What I want to say")
        await chair.command("give_floor", after=None)
        await chair.command("add_note", request="r1", text="What was noted")
        async with await console(own_server) as http:
            told = (await http.get("/api/replay")).text

    assert "r1" in told
    for secret in ("What I want to say", "What was noted", "suggestion", "forecast", "shares", "acts"):
        assert secret not in told


async def test_a_log_that_is_damaged_meanwhile_is_said_to_be_out_of_reach(own_server: ServerProcess) -> None:
    own_server.start()
    async with await own_server.chair() as chair:
        await chair.command("start_session")
    with closing(sqlite3.connect(own_server.database)) as database, database:
        assert database.execute("DELETE FROM event WHERE seq = 1").rowcount == 1

    async with await console(own_server) as http:
        answer = await http.get("/api/replay")

    assert (answer.status_code, answer.json()) == (503, {"reason": "unavailable"})
    assert "event 1 of the log is missing" in own_server.log


async def test_it_is_made_once_for_all_who_ask_and_anew_once_something_has_happened() -> None:
    kept, seq, made = Newest(), 7, []

    async def make() -> bytes:
        made.append(seq)
        await asyncio.sleep(0)
        return b"as of %d" % seq

    assert await asyncio.gather(*(kept.get(lambda: seq, make) for _ in range(100))) == [b"as of 7"] * 100
    seq = 8
    assert await asyncio.gather(*(kept.get(lambda: seq, make) for _ in range(100))) == [b"as of 8"] * 100
    assert made == [7, 8]


async def test_what_could_not_be_made_is_tried_again() -> None:
    kept, faults = Newest(), [OSError("no disk")]

    async def make() -> bytes:
        if faults:
            raise faults.pop()
        return b"made"

    answers = await asyncio.gather(*(kept.get(lambda: 1, make) for _ in range(2)), return_exceptions=True)
    assert [type(one) for one in answers] == [OSError, bytes]


async def test_the_log_is_the_one_that_leads_to_the_state_it_comes_with(tmp_path: Path) -> None:
    (tmp_path / "session.yaml").write_text(SESSION, "utf-8")
    opened = open_session(load_settings(tmp_path / "session.yaml", database_url=f"sqlite:///{tmp_path / 'floor.db'}"))
    room = opened.room
    other = Room(opened.store, opened.now_ms)  # another process on the same database
    work = asyncio.create_task(other.run())
    await other.handle(Announce("Not known here yet"), CHAIR, "c1")
    work.cancel()

    context = Context(
        opened.settings,
        room,
        Publisher(Hub(), opened.now_ms, room.state, room.seq, room.measures),
        opened.access,
        opened.now_ms,
        Health(opened.store),
        Allowance(opened.settings.limits),
        opened.store.load,
    )
    state, entries = await context.log()
    whole: list[Entry] = opened.store.load()

    for one in (room, other):
        one.close()
    opened.store.close()
    assert (state, len(entries)) == (room.state, room.seq)
    assert len(whole) == room.seq + 1
