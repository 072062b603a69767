"""A database file that is damaged: said in words, with what to do; and what is good of it can be exported."""

import asyncio
import csv
import json
import os
import re
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.client.joining import tls
from app.config import load_settings
from app.exports.making import FORMATS
from app.floor.commands import Conclude, GiveFloor, Join, OpenTopic, RequestFloor, StartSession
from app.floor.people import Actor
from app.room import Room
from app.store import Store
from app.web import soundness
from tests.serving import SESSION, ServerProcess

CHAIR = Actor("chair", "chair")
PAGE_BYTES = 4096
PEOPLE = 60
ALL_FILES = {name for names in FORMATS.values() for name in names}
MIDDLE = 150
"""An event in the middle of the log."""


@dataclass(frozen=True)
class Kept:
    """A session as a server that was stopped has left it, and its record as it was before the damage."""

    server: ServerProcess
    log: list[str]
    folder: Path

    @property
    def path(self) -> Path:
        return Path(self.server.database)

    def export(self, to: str = "after") -> tuple[int, str]:
        given = ("--config", str(self.server.config), "--database", self.server.database)
        result = CliRunner().invoke(cli, ["export", str(self.folder / to), *given])
        return result.exit_code, result.output

    def exported(self, to: str = "after") -> list[str]:
        return (self.folder / to / "log.jsonl").read_text("utf-8").splitlines()


@pytest.fixture
async def kept(tmp_path: Path) -> Kept:
    server = ServerProcess(tmp_path / "served", SESSION)
    with closing(Store(f"sqlite:///{server.database}", "small")) as store:
        times, ids = count(1_700_000_000_000, 1_000), count(1)
        room = Room(store, lambda: next(times))
        room.lay_down(load_settings(server.config).plan)
        work = asyncio.create_task(room.run())
        for command in (StartSession(), OpenTopic("vision")):
            await room.handle(command, CHAIR, f"c{next(ids)}")
        await asyncio.gather(
            *(
                room.handle(Join(f"p{n}", f"Ana {n}", "Lima", "academia"), Actor("attendee"), f"j{n}")
                for n in range(PEOPLE)
            )
        )
        floor = None
        for n in range(PEOPLE):
            person = Actor("attendee", f"p{n}")
            await room.handle(RequestFloor(summary=f"On funding, {n}"), person, f"c{next(ids)}")
            await room.handle(GiveFloor(after=floor), CHAIR, f"c{next(ids)}")
            await room.handle(Conclude(), person, f"c{next(ids)}")
        work.cancel()
        room.close()
    found = Kept(server, [], tmp_path)
    assert found.export("before")[0] == 0
    return Kept(server, found.exported("before"), tmp_path)


def overwrite(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def place_of(kept: Kept, seq: int) -> int:
    """Where in the file the row of an event begins to speak of it."""
    row = json.loads(kept.log[seq - 1])
    found = kept.path.read_bytes().find(f"{row['actor']}{row['command_id']}{row['name']}".encode())
    assert found > 0
    return found


def change(path: Path, statement: str, seq: int = MIDDLE) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        assert database.execute(statement, (seq,)).rowcount == 1


def a_page_of_the_log(kept: Kept) -> None:
    overwrite(kept.path, place_of(kept, MIDDLE) // PAGE_BYTES * PAGE_BYTES, os.urandom(PAGE_BYTES))


def some_bytes_of_a_page(kept: Kept) -> None:
    overwrite(kept.path, place_of(kept, MIDDLE) // PAGE_BYTES * PAGE_BYTES, b"\xff" * 64)


def the_last_pages(kept: Kept) -> None:
    os.truncate(kept.path, kept.path.stat().st_size - 5 * PAGE_BYTES)


def half_a_page_at_the_end(kept: Kept) -> None:
    os.truncate(kept.path, kept.path.stat().st_size - PAGE_BYTES // 2)


def an_event_cut_short(kept: Kept) -> None:
    change(kept.path, "UPDATE event SET data = substr(data, 1, 9) WHERE seq = ?")


def an_event_that_is_gone(kept: Kept) -> None:
    change(kept.path, "DELETE FROM event WHERE seq = ?")


def a_letter_of_no_alphabet(kept: Kept) -> None:
    overwrite(kept.path, place_of(kept, MIDDLE), b"\xff\xff")


def an_event_of_no_name(kept: Kept) -> None:
    change(kept.path, "UPDATE event SET name = 'FloorEaten' WHERE seq = ?")


def an_event_that_contradicts_the_rest(kept: Kept) -> None:
    given = next(json.loads(line)["seq"] for line in kept.log[MIDDLE:] if '"FloorGiven"' in line)
    change(kept.path, "UPDATE event SET data = replace(data, 'r', 'x') WHERE seq = ?", given)


DAMAGE = (
    a_page_of_the_log,
    some_bytes_of_a_page,
    the_last_pages,
    half_a_page_at_the_end,
    an_event_cut_short,
    an_event_that_is_gone,
    a_letter_of_no_alphabet,
    an_event_of_no_name,
    an_event_that_contradicts_the_rest,
)


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
async def test_a_damaged_file_is_said_with_what_to_do_and_its_good_part_is_exported(
    kept: Kept, damage: Callable[[Kept], None]
) -> None:
    damage(kept)
    damaged = kept.path.read_bytes()

    with pytest.raises(AssertionError) as ended:
        kept.server.start()
    said = str(ended.value)
    assert said.startswith(f"the server ended with status 1:\nThe database {kept.path} is damaged (")
    assert "`open-floor export` writes what can still be read of it. To go on, move it away, with those files" in said
    assert said.count("\n") == 2, "one line, and no traceback"
    assert kept.path.read_bytes() == damaged

    status, said = kept.export()

    assert status == 1
    good = kept.exported()
    assert good == kept.log[: len(good)], "nothing but what was written, up to the first gap"
    assert f"Events 1 to {len(good)} were read, up to 2023-11-1" in said
    assert {path.name for path in (kept.folder / "after").iterdir()} == ALL_FILES
    left_out = re.search(r"at least (\d+) events", said)
    assert len(good) + (int(left_out[1]) if left_out else 0) == len(kept.log)
    with (kept.folder / "after" / "interventions.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file, strict=True))) == sum('"FloorGiven"' in line for line in good), (
            "whoever had the floor has spoken until then"
        )


async def test_what_stands_before_a_damaged_page_and_in_pages_of_its_own_is_all_there(kept: Kept) -> None:
    an_event_that_is_gone(kept)

    kept.export()

    assert kept.exported() == kept.log[: MIDDLE - 1]


async def test_of_a_file_without_its_head_nothing_can_be_read_and_that_is_said(kept: Kept) -> None:
    overwrite(kept.path, 0, bytes(100))

    with pytest.raises(AssertionError, match=r"status 1:\nThe database .* is damaged \(file is not a database\)"):
        kept.server.start()
    status, said = kept.export()

    assert status == 1
    assert said.endswith("Nothing of this session can be read in it. Take the newest backup instead.\n")
    assert not (kept.folder / "after").exists()


def wal_of(server: ServerProcess) -> Path:
    return Path(f"{server.database}-wal")


async def killed_with_commits_beside_the_file(server: ServerProcess) -> None:
    server.start()
    async with await server.chair() as chair:
        await chair.command("start_session")
        for number in range(5):
            await chair.command("announce", text=f"Notice {number}")
    server.end(signal.SIGKILL)


async def test_commits_that_sqlite_would_pass_over_in_silence_are_damage_too(
    own_server: ServerProcess, tmp_path: Path
) -> None:
    await killed_with_commits_beside_the_file(own_server)
    wal = wal_of(own_server)
    content = wal.read_bytes()
    overwrite(wal, content.find(b"Notice 2"), b"Nothing!")
    damaged = wal.read_bytes()

    with pytest.raises(
        AssertionError, match=r"status 1:\n(.*\n)*The database .* \(at least \d of the newest commits, in floor"
    ):
        own_server.start()
    given = ("--config", str(own_server.config), "--database", own_server.database)
    result = CliRunner().invoke(cli, ["export", str(tmp_path / "out"), *given])

    assert result.exit_code == 1
    assert wal.read_bytes() == damaged, "kept for whoever can make more of it"
    names = [json.loads(line)["name"] for line in (tmp_path / "out" / "log.jsonl").read_text("utf-8").splitlines()]
    assert names[-3:] == ["TopicOpened", "Announced", "Announced"]


async def test_a_last_commit_that_was_cut_short_is_none(own_server: ServerProcess) -> None:
    await killed_with_commits_beside_the_file(own_server)
    wal = wal_of(own_server)
    os.truncate(wal, wal.stat().st_size - 100)

    own_server.start()

    async with own_server.room() as room:
        assert room.state["notice"]["text"] == "Notice 3"


async def test_who_does_as_they_are_told_goes_on_from_the_backup(own_server: ServerProcess, tmp_path: Path) -> None:
    own_server.start()
    copy = tmp_path / "copy.db"
    async with await own_server.chair() as chair:
        await chair.command("announce", text="Before the backup")
        given = ("--config", str(own_server.config), "--database", own_server.database)
        assert CliRunner().invoke(cli, ["backup", str(copy), *given]).exit_code == 0
        await chair.command("announce", text="After the backup")
    own_server.end(signal.SIGKILL)
    overwrite(wal_of(own_server), 0, os.urandom(2000))
    with pytest.raises(AssertionError, match="status 1"):
        own_server.start()

    move_away(Path(own_server.database), tmp_path)
    copy.rename(own_server.database)
    own_server.start()

    async with own_server.room() as room:
        assert room.state["notice"]["text"] == "Before the backup"


def move_away(path: Path, to: Path) -> None:
    for one in path.parent.glob(f"{path.name}*"):
        one.rename(to / one.name)


async def test_a_backup_of_a_damaged_file_says_so(kept: Kept) -> None:
    a_page_of_the_log(kept)
    copy = kept.folder / "copy.db"

    given = ("--config", str(kept.server.config), "--database", kept.server.database)
    result = CliRunner().invoke(cli, ["backup", str(copy), *given])

    assert result.exit_code == 1
    assert result.output.startswith(f"{copy}: a copy, but the database is damaged (")


def all_but_the_first_page(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what is kept beside the file for now comes into it
    overwrite(path, PAGE_BYTES, os.urandom(path.stat().st_size - PAGE_BYTES))


def hasty_looks() -> None:
    soundness.LOOK_EVERY_S = 0.1


async def test_damage_that_comes_while_it_runs_is_reported_and_the_next_start_says_what_to_do(
    own_server: ServerProcess,
) -> None:
    own_server.prepare = hasty_looks
    own_server.start()
    async with await own_server.chair() as chair, httpx.AsyncClient(base_url=own_server.address, verify=tls()) as http:
        await chair.command("start_session")
        assert (await http.get("/healthz")).status_code == 200
        all_but_the_first_page(Path(own_server.database))

        async with asyncio.timeout(20):
            while (await http.get("/healthz")).status_code != 503:
                pass

        assert (await http.get("/api/state")).json()["state"]["session"]["status"] == "running"
    own_server.end(signal.SIGKILL)
    assert "the database is damaged" in own_server.log
    with pytest.raises(AssertionError, match=r"status 1:\n(.*\n)*The database .* is damaged \("):
        own_server.start()
