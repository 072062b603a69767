"""What a real server says on stderr: never who, never a key, never a line that somebody forged."""

import asyncio
import contextlib
import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from app import logs
from app.client import NotAdmitted, Refused, chair_cookies
from app.store import Store
from app.web.access import Access
from tests.plain_socket import closed_with, plain_socket
from tests.serving import CHAIR_KEY, ServerProcess

FORGED = 'x\n00:00:00 INFO all is well\r\x85\u2028\x1b[2J{"level": "INFO"}'


@pytest.fixture
def as_before() -> Iterator[None]:
    """pytest's own set-up of logging comes back."""
    root, ours = logging.getLogger(), logging.getLogger("app")
    before = (root.handlers[:], root.level, ours.level)
    yield
    root.handlers, root.level, ours.level = before
    logging.captureWarnings(False)


def objects(server: ServerProcess) -> list[dict[str, Any]]:
    """Each line of the log, which is one JSON object."""
    lines = [json.loads(line) for line in server.log.splitlines()]
    for line in lines:
        assert list(line)[:4] == ["time", "level", "logger", "message"]
        assert datetime.fromisoformat(line["time"]).tzinfo == UTC
    return lines


def facts(server: ServerProcess) -> list[dict[str, Any]]:
    return [{k: v for k, v in line.items() if k not in {"time", "level", "logger"}} for line in objects(server)]


async def some_life(server: ServerProcess) -> None:
    """A console comes and goes, a page of another site is refused, and somebody speaks no HTTP at all."""
    async with await server.chair() as chair:
        await chair.command("start_session")
    with pytest.raises(InvalidStatus):
        async with plain_socket(server.address, origin="https://elsewhere.example.org"):
            pass
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"\x00\r\n\r\n")
    await reader.read()
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("chosen", [{"OPEN_FLOOR_LOG_FORMAT": "json"}, "--log-format"], ids=["environment", "option"])
async def test_each_line_is_a_json_object_uvicorn_s_own_too(
    own_server: ServerProcess, chosen: str | dict[str, str]
) -> None:
    own_server.start(**chosen) if isinstance(chosen, dict) else own_server.start(chosen, "json")
    await some_life(own_server)
    await asyncio.to_thread(own_server.end)

    console = {"console": "chair", "role": "chair"}
    hosts = [f"127.0.0.1:{own_server.port}"]
    assert facts(own_server) == [
        {"message": "a key was issued", **console},
        {"message": "a key was issued", "console": "secretariat", "role": "secretariat"},
        {"message": "serving", "session": "small", "host": "127.0.0.1", "port": own_server.port},
        {"message": "a console has connected", **console},
        {"message": "a console has gone", **console},
        {
            "message": "socket refused: its page is of another origin",
            "origin": "https://elsewhere.example.org",
            "hosts": hosts,
        },
        {"message": "Invalid HTTP request received."},
        {"message": "stopping"},
    ]
    assert CHAIR_KEY not in own_server.log


async def test_a_technician_reads_lines_with_the_time_of_day_unless_told_otherwise(own_server: ServerProcess) -> None:
    own_server.start()
    await some_life(own_server)
    await asyncio.to_thread(own_server.end)

    said = [line.partition(" ")[2] for line in own_server.log.splitlines()]
    assert said[1:5] == [
        "INFO a key was issued  console='secretariat'  role='secretariat'",
        f"INFO serving  session='small'  host='127.0.0.1'  port={own_server.port}",
        "INFO a console has connected  console='chair'  role='chair'",
        "INFO a console has gone  console='chair'  role='chair'",
    ]
    assert said[-2:] == ["WARNING Invalid HTTP request received.", "INFO stopping"]
    assert CHAIR_KEY not in own_server.log


async def test_a_key_that_another_process_issues_or_revokes_is_told_of_by_its_name(own_server: ServerProcess) -> None:
    own_server.start(OPEN_FLOOR_LOG_FORMAT="json")
    with closing(Store(f"sqlite:///{own_server.database}", "small")) as store:
        key = Access(store, None).new_key("Secretariat, back row", "secretariat")
        link = f"{own_server.address}/chair?key={key}"
        while not (cookies := await chair_cookies_if_open(link)):
            pass
        async with plain_socket(own_server.address, as_="chair", cookies=cookies) as console:
            store.revoke_key("Secretariat, back row")
            assert await closed_with(console.connection) == 1008

    whose = {"console": "Secretariat, back row", "role": "secretariat"}
    said = [line for line in facts(own_server) if line.get("console") == whose["console"]]
    assert said[:3] == [
        {"message": "a key was issued", **whose},
        {"message": "a console has connected", **whose},
        {"message": "a key opens no more", **whose},
    ]
    assert key not in own_server.log


async def chair_cookies_if_open(link: str) -> dict[str, str]:
    with contextlib.suppress(NotAdmitted):
        return dict(await chair_cookies(link))
    return {}


@pytest.mark.parametrize("form", ["text", "json"])
async def test_what_cannot_be_saved_is_told_without_who_and_what(own_server: ServerProcess, form: str) -> None:
    own_server.start(OPEN_FLOOR_LOG_FORMAT=form)
    with closing(sqlite3.connect(own_server.database)) as database, database:
        database.execute("CREATE TRIGGER ill BEFORE INSERT ON participant BEGIN SELECT no_such_thing(); END")

    with pytest.raises(Refused, match="unavailable"):
        await own_server.joined("Marguerite", organisation="Obscurely Named")

    assert "nothing can be saved" in own_server.log
    assert "no such function: no_such_thing" in own_server.log
    for personal in ("Marguerite", "Obscurely"):
        assert personal not in own_server.log
    assert len(own_server.log.splitlines()) == 4


@pytest.mark.parametrize("form", ["text", "json"])
async def test_no_header_and_no_name_of_a_key_can_forge_a_line(own_server: ServerProcess, form: str) -> None:
    own_server.start(OPEN_FLOOR_LOG_FORMAT=form)
    with closing(Store(f"sqlite:///{own_server.database}", "small")) as store:
        key = Access(store, None).new_key(FORGED, "chair")
        while not await chair_cookies_if_open(f"{own_server.address}/chair?key={key}"):
            pass
    reader, writer = await asyncio.open_connection("127.0.0.1", own_server.port)
    writer.write(
        b"GET /ws HTTP/1.1\r\nHost: hall\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nOrigin: https://x\x85\x9b2J\t{}\r\n\r\n"
    )
    assert (await reader.readline()).split()[1] == b"403"
    writer.close()
    await writer.wait_closed()

    lines = own_server.log.splitlines()
    assert len(lines) == 5
    assert "another origin" in lines[-1]
    assert all(line.isascii() and line.isprintable() for line in lines)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.usefixtures("as_before")
def test_whatever_is_logged_is_one_line_and_a_traceback_can_be_told_from_lines(
    form: logs.LogFormat, capfd: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(form)

    logging.getLogger("another.library").warning("careless: %s", FORGED, extra={"field": FORGED})
    try:
        raise ValueError(FORGED)
    except ValueError:
        logging.getLogger("app.room").exception("a batch failed")

    lines = capfd.readouterr().err.splitlines()
    assert all(line.isprintable() for line in lines)
    if form == "json":
        first, second = map(json.loads, lines)
        assert (first["message"], first["field"]) == (f"careless: {FORGED}", FORGED)
        assert FORGED in second["exc_info"]
    else:
        assert [line for line in lines[2:] if not line.startswith("    ")] == []
