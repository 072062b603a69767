"""GET /healthz on a real server with real faults: it fails when the store does, soon, and is well again by itself."""

import asyncio
import contextlib
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, event

from app.client import Client, Refused
from app.client.joining import tls
from app.health import Health
from app.store import Store
from tests.serving import ServerProcess

WITHIN_S = 10
ANY_FRAME_OF_THE_LOG_BYTES = 1024
"""Less than SQLite writes at once: the journal takes nothing more."""


@contextlib.asynccontextmanager
async def probed(server: ServerProcess) -> AsyncIterator[httpx.AsyncClient]:
    """A server that is well."""
    server.start()
    async with httpx.AsyncClient(base_url=server.address, verify=tls(), timeout=WITHIN_S) as http:
        well = await http.get("/healthz")
        assert (well.status_code, well.json()) == (200, {"ok": True, "seq": 1})
        yield http


async def until_status(http: httpx.AsyncClient, status: int) -> dict[str, object]:
    """What it answers once it has looked again."""
    async with asyncio.timeout(WITHIN_S):
        while (answer := await http.get("/healthz")).status_code != status:
            pass
    told: dict[str, object] = answer.json()
    return told


def replace_by_a_copy(file: str) -> None:
    path = Path(file)
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)


async def keeps_nothing(server: ServerProcess, chair: Client, http: httpx.AsyncClient) -> None:
    """What it says of itself, and what becomes of a command."""
    with pytest.raises(Refused, match="unavailable"):
        await chair.command("start_session")
    assert await until_status(http, 503) == {"ok": False, "seq": 1}
    assert "the store can keep nothing" in server.log
    assert server.faults == []


async def test_a_database_that_was_moved_away_keeps_nothing_until_it_is_back(own_server: ServerProcess) -> None:
    async with probed(own_server) as http, await own_server.chair() as chair:
        away = f"{own_server.database}.away"
        shutil.move(own_server.database, away)
        await keeps_nothing(own_server, chair, http)

        shutil.move(away, own_server.database)

        await until_status(http, 200)
        await chair.command("start_session")


async def test_another_file_in_the_place_of_the_database_keeps_nothing(own_server: ServerProcess) -> None:
    async with probed(own_server) as http, await own_server.chair() as chair:
        replace_by_a_copy(own_server.database)

        await keeps_nothing(own_server, chair, http)


@pytest.mark.skipif(sys.platform != "linux", reason="limits another process's files, which Linux alone can")
async def test_a_disk_that_takes_no_more_shows_though_nothing_else_is_asked(own_server: ServerProcess) -> None:
    import resource  # noqa: PLC0415 - not on every system

    async with probed(own_server) as http, await own_server.chair() as chair:
        enough = resource.prlimit(own_server.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(own_server.pid, resource.RLIMIT_FSIZE, (ANY_FRAME_OF_THE_LOG_BYTES, enough[1]))
        assert await until_status(http, 503) == {"ok": False, "seq": 1}
        await keeps_nothing(own_server, chair, http)

        resource.prlimit(own_server.pid, resource.RLIMIT_FSIZE, enough)

        await until_status(http, 200)
        await chair.command("start_session")


async def test_a_table_that_is_gone_shows(own_server: ServerProcess) -> None:
    async with probed(own_server) as http:
        with closing(sqlite3.connect(own_server.database)) as database, database:
            database.execute("ALTER TABLE event RENAME TO away")

        assert await until_status(http, 503) == {"ok": False, "seq": 1}


async def test_a_locked_database_shows_before_a_probe_gives_up_and_the_command_that_waits_is_done(
    own_server: ServerProcess,
) -> None:
    async with probed(own_server) as http, await own_server.chair() as chair:
        with closing(sqlite3.connect(own_server.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            command = asyncio.create_task(chair.command("start_session"))
            async with asyncio.timeout(WITHIN_S):
                assert await until_status(http, 503) == {"ok": False, "seq": 1}
            assert not command.done()
            other.execute("ROLLBACK")

            await command
        await until_status(http, 200)
    assert "a slow commit  commit_ms=" in own_server.log


async def test_the_log_tells_once_that_it_fell_ill_and_once_that_it_is_well(own_server: ServerProcess) -> None:
    async with probed(own_server) as http:
        away = f"{own_server.database}.away"
        shutil.move(own_server.database, away)
        await until_status(http, 503)
        for _ in range(20):
            assert (await http.get("/healthz")).status_code == 503

        shutil.move(away, own_server.database)

        assert (await http.get("/healthz")).status_code == 200, "looked at anew, as long as it is ill"
    assert own_server.log.count("the store can keep nothing") == 1
    assert own_server.log.count("the store can be written again") == 1


@pytest.fixture
def commits() -> Iterator[list[object]]:
    seen: list[object] = []
    note = seen.append
    event.listen(Engine, "commit", note)
    yield seen
    event.remove(Engine, "commit", note)


async def test_many_who_ask_at_once_cost_one_trial(tmp_path: Path, commits: list[object]) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'floor.db'}", "small")) as store:
        health = Health(store)
        commits.clear()

        answers = await asyncio.gather(*(health.newest_seq() for _ in range(50)))

    assert answers == [0] * 50
    assert len(commits) == 1
