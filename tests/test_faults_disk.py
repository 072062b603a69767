"""A disk that is full, a database that may not be written, or that another program keeps: refused, and no more.

Once the fault is gone the server goes on by itself.
"""

import asyncio
import ctypes
import resource
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from app import database
from app.cli import cli
from app.client import Accepted, Client, Refused
from app.client.joining import tls
from tests.serving import ServerProcess

CAP_DAC_OVERRIDE, CAP_VERSION = 1, 0x20080522


@dataclass(frozen=True)
class Hall:
    """A session that runs, and its screens."""

    server: ServerProcess
    chair: Client
    ana: Client
    room: Client
    http: httpx.AsyncClient

    def seen(self) -> list[Any]:
        return [(one.state, one.seq, one.you) for one in (self.chair, self.ana, self.room)]

    async def health(self) -> int:
        return (await self.http.get("/healthz")).status_code

    async def refused(self, command_id: str) -> None:
        """Everything that would change the session is refused, and no screen shows anything of it."""
        before = self.seen()
        answers = await asyncio.gather(
            self.ana.command("request_floor", command_id=command_id, summary="On funding"),
            self.chair.command("close_list", command_id=command_id),
            return_exceptions=True,
        )
        assert [getattr(answer, "reason", answer) for answer in answers] == ["unavailable"] * 2
        with pytest.raises(Refused, match="unavailable"):
            await self.server.joined("Bo")
        assert await self.health() == 503
        for one in (self.chair, self.ana, self.room):
            await one.resync()
        assert self.seen() == before

    async def goes_on(self, command_id: str) -> None:
        """What was refused is done when it is asked for again, once, and is there after a restart."""
        first = await self.ana.command("request_floor", command_id=command_id, summary="On funding")
        assert await self.ana.command("request_floor", command_id=command_id, summary="On funding") == first
        closed = await self.chair.command("close_list", command_id=command_id)
        await self.server.joined("Bo")
        assert await self.health() == 200
        for one in (self.chair, self.ana, self.room):
            await one.until(lambda c: c.state["topics"]["vision"]["list"] == "closed" and len(c.state["list"]) == 1)
        assert closed.seq == first.seq + 1
        for by in (signal.SIGKILL, signal.SIGTERM):
            await asyncio.to_thread(self.server.end, by)
            await asyncio.to_thread(self.server.start)
            for one in (self.chair, self.ana, self.room):
                await one.until(lambda c: c.live)
                assert len(one.state["list"]) == 1
            assert await self.chair.command("close_list", command_id=command_id) == Accepted(closed.id, closed.seq)


def of_little_patience() -> None:
    database.LOCKED_FOR_S = 1


@asynccontextmanager
async def hall(server: ServerProcess) -> AsyncIterator[Hall]:
    server.start()
    async with AsyncExitStack() as stack:
        chair = await stack.enter_async_context(await server.chair())
        ana = await stack.enter_async_context(await server.phone("Ana"))
        room = await stack.enter_async_context(server.room())
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=server.address, verify=tls(), timeout=30))
        await chair.command("start_session")
        opened = await chair.command("open_topic", topic="vision")
        for one in (chair, ana, room):
            await one.at(opened.seq)
        await chair.until(lambda c: c.state["online"] == 1)
        yield Hall(server, chair, ana, room, http)


@contextmanager
def full_disk(server: ServerProcess) -> Iterator[None]:
    """No file of the server's grows beyond what the database's newest part has: as on a disk without room."""
    limit = Path(f"{server.database}-wal").stat().st_size
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    yield
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextmanager
def read_only(server: ServerProcess) -> Iterator[None]:
    """Nobody may write to the database and its log any more, not even who has them open.

    Modes bind only who opens a file, and no file system is remounted while a file of it is open for writing. The index
    (-shm) stays as it is: it is mapped, and whoever writes to a mapping that turned read-only is ended by the system.
    """
    files = [server.database, f"{server.database}-wal"]
    chattr = shutil.which("chattr") or "false"
    if subprocess.run([chattr, "+i", *files], check=False, capture_output=True).returncode:
        subprocess.run([chattr, "-i", *files], check=False, capture_output=True)
        pytest.skip("no file can be made immutable here: it takes chattr, the superuser, and a file system that can")
    try:
        yield
    finally:
        subprocess.run([chattr, "-i", *files], check=True)


@contextmanager
def locked(path: str) -> Iterator[None]:
    """Another program is in the middle of something."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


async def test_on_a_full_disk_everything_is_refused_nothing_changes_and_with_room_it_goes_on_by_itself(
    own_server: ServerProcess, hasty_clients: None
) -> None:
    async with hall(own_server) as there:
        with full_disk(own_server):
            await there.refused("c1")
            await there.refused("c1")
        await there.goes_on("c1")
    assert "can't be written (disk I/O error). Make room on its disk" in own_server.log


async def test_while_its_files_are_read_only_it_is_the_same(own_server: ServerProcess, hasty_clients: None) -> None:
    async with hall(own_server) as there:
        with read_only(own_server):
            await there.refused("c1")
        await there.goes_on("c1")
    assert "can't be written (" in own_server.log


async def test_while_another_program_keeps_the_database_locked_it_is_the_same(
    own_server: ServerProcess, hasty_clients: None
) -> None:
    own_server.prepare = of_little_patience
    async with hall(own_server) as there:
        with locked(own_server.database):
            await there.refused("c1")
        await there.goes_on("c1")
    assert "is kept locked by another program (database is locked). Close" in own_server.log


async def test_a_lock_that_is_let_go_in_time_is_waited_for(own_server: ServerProcess) -> None:
    async with hall(own_server) as there:
        with locked(own_server.database):
            before = there.chair.seq
            asked = asyncio.create_task(there.chair.command("close_list"))
            await there.room.resync()
        assert (await asked).seq == before + 1


# At the start


def said_at_start(server: ServerProcess, status: int) -> str:
    before = len(server.log)
    with pytest.raises(AssertionError, match=f"the server ended with status {status}:"):
        server.start()
    said = server.log[before:]
    assert said.count("\n") == 1, "one line, and no traceback"
    return said


def as_one_whom_modes_bind() -> None:
    """The superuser, as whom tests may run, writes to whatever there is, unless this capability is given up."""
    libc = ctypes.CDLL(None, use_errno=True)
    head = (ctypes.c_uint32 * 2)(CAP_VERSION, 0)
    sets = (ctypes.c_uint32 * 6)()
    assert libc.capget(head, sets) == 0
    for place in range(3):
        sets[place] &= ~(1 << CAP_DAC_OVERRIDE)
    assert libc.capset(head, sets) == 0


def test_a_start_on_a_locked_database_says_so(own_server: ServerProcess) -> None:
    own_server.start()
    own_server.end()
    own_server.prepare = of_little_patience
    with locked(own_server.database):
        said = said_at_start(own_server, 2)
    assert said.startswith(f"The database {own_server.database} is kept locked by another program (database is locked)")


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_start_on_a_read_only_database_says_so_and_leaves_nothing_in_the_way_of_the_next(
    own_server: ServerProcess, what: str
) -> None:
    own_server.start()
    own_server.end()
    path = Path(own_server.database)
    read_only = path if what == "file" else path.parent
    mode = read_only.stat().st_mode
    path.with_name(f"{path.name}.lock").unlink()
    read_only.chmod(0o444 if what == "file" else 0o555)
    own_server.prepare = as_one_whom_modes_bind
    try:
        said = said_at_start(own_server, 2)
    finally:
        read_only.chmod(mode)
    assert "can't be opened for writing (" in said
    assert "Let this account write to the file and to the folder it is in" in said
    own_server.start()


def test_a_start_on_a_full_disk_says_so(own_server: ServerProcess) -> None:
    own_server.prepare = with_little_room
    said = said_at_start(own_server, 2)
    assert said.startswith(f"The database {own_server.database} can't be written (")


def with_little_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, resource.RLIM_INFINITY))


def test_keys_on_a_locked_database_say_so(own_server: ServerProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOCKED_FOR_S", 1)
    own_server.start()
    own_server.end()
    given = ("--config", str(own_server.config), "--database", own_server.database)
    with locked(own_server.database):
        result = CliRunner().invoke(cli, ["keys", "new", "secretariat", *given])
    assert result.exit_code == 2
    assert result.output.startswith(f"The database {own_server.database} is kept locked by another program (")
