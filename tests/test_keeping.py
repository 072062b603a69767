"""Personal data goes by itself when its time of keeping is over, while the server runs."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from random import Random

import pytest

from app.answers import Accepted
from app.config import load_settings
from app.entries import Entry
from app.floor.commands import Join
from app.floor.events import Event, EverybodyErased, ParticipantChanged, ParticipantErased, ParticipantJoined
from app.floor.people import SERVER, Actor, Participant
from app.keeping import DAY_MS, due_ms, end_if_due
from app.main import open_session
from app.room import Room
from app.store import Store
from tests.kept import write
from tests.serving import SESSION, ServerProcess
from tests.test_cli_erase import BEGAN, ENDED, MINUTE, STEPS

END = BEGAN + 40 * MINUTE
KEEPING = SESSION + "keep_personal_data_days: 90\n"


@asynccontextmanager
async def running(room: Room) -> AsyncIterator[Room]:
    task = asyncio.create_task(room.run())
    try:
        yield room
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        room.close()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "session.yaml"
    file.write_text(KEEPING, "utf-8")
    return file


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'floor.db'}"


def test_the_time_of_keeping_counts_from_the_end_or_else_from_the_last_that_happened(config: Path, url: str) -> None:
    assert due_ms(write(config, url, ENDED), END + DAY_MS, 90) == END + 90 * DAY_MS

    state = write(config, url + "2", STEPS)
    assert due_ms(state, BEGAN + 2 * DAY_MS, 90) == BEGAN + 92 * DAY_MS
    assert due_ms(state, BEGAN - 2 * DAY_MS, 90) == END + 90 * DAY_MS, "not before it was due to be over"


async def test_all_goes_at_the_instant_and_not_a_millisecond_before(config: Path, url: str) -> None:
    write(config, url, ENDED)
    with closing(Store(url, "small")) as store:
        async with running(Room(store, lambda: END + 90 * DAY_MS)) as room:
            before = room.seq
            await end_if_due(room, END, 90, END + 90 * DAY_MS - 1)
            assert room.seq == before

            await end_if_due(room, END, 90, END + 90 * DAY_MS)
            await end_if_due(room, END, 90, END + 90 * DAY_MS)

            assert [entry.event for entry in store.load(before)] == [
                EverybodyErased(("p1", "p2", "p3"), 1, 1, END + 90 * DAY_MS)
            ]


async def test_whoever_joins_after_that_goes_as_well(config: Path, url: str) -> None:
    write(config, url, ENDED)
    with closing(Store(url, "small")) as store:
        async with running(Room(store, lambda: END + 90 * DAY_MS)) as room:
            await end_if_due(room, END, 90, END + 90 * DAY_MS)
            joined = await room.handle(Join("p4", "Cy Chen", "", "academia"), Actor("attendee"), "late")
            assert isinstance(joined, Accepted)

            await end_if_due(room, END, 90, END + 91 * DAY_MS)

            assert room.state.participants["p4"].erased


async def test_a_server_that_is_started_late_erases_at_once_and_its_log_says_so(own_server: ServerProcess) -> None:
    own_server.config.write_text(KEEPING, "utf-8")
    write(own_server.config, f"sqlite:///{own_server.database}", ENDED)

    own_server.start()
    async with await own_server.chair() as chair:
        await chair.until(lambda c: c.state["interventions"]["r1"].get("hidden"))
        assert (chair.state["notes"], chair.state["tags"]["vision"]) == ({}, {"access": ["r1"]})

    own_server.end()
    (line,) = [line for line in own_server.log.splitlines() if "its time of keeping is over" in line]
    assert "participants=3  words=1  notes=1" in line
    assert "Ana" not in own_server.log


def test_what_could_not_be_wiped_off_the_disk_goes_at_the_next_start(
    config: Path, url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Another program reads the database just then; a crash between the commit and the wiping is the same."""
    write(config, url, ENDED)
    with closing(sqlite3.connect(tmp_path / "floor.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM participant").fetchall()
        with closing(Store(url, "small")) as store:
            event = ParticipantErased("p1", (), ("r1",), END + 1, ("n1",))
            store.append([Entry(store.newest_seq() + 1, SERVER, "c1", event)], {})
            assert b"Foro Abierto" in raw(tmp_path)
            assert "another program reads the database" in caplog.text
            reader.execute("COMMIT")

            opened = open_session(load_settings(config, database_url=url))
            assert b"Foro Abierto" not in raw(tmp_path)
            opened.room.close()
            opened.store.close()


def raw(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("floor.db*"))


def test_copies_in_pages_that_were_split_go_as_well(url: str, tmp_path: Path) -> None:
    """SQLite's secure_delete does not reach them: of thousands of rows that grow and shrink, a few names are left."""
    chance = Random(1)
    with closing(Store(url, "small")) as store:
        seq = 0
        for number in range(0, 2_000, 20):
            joined = [somebody(one, chance) for one in range(number, number + 20)]
            changed = [somebody(chance.randrange(number + 20), chance) for _ in range(7)]
            events: list[Event] = [
                *(ParticipantJoined(one, 1) for one in joined),
                *(ParticipantChanged(one, 1) for one in changed),
            ]
            store.append([Entry(seq + place, SERVER, "c1", event) for place, event in enumerate(events, start=1)], {})
            seq += len(events)
        assert b"Somebody0" in raw(tmp_path)

        store.append([Entry(seq + 1, SERVER, "c2", EverybodyErased((), 0, 0, 2))], {})

    assert b"Somebody" not in raw(tmp_path)


def somebody(number: int, chance: Random) -> Participant:
    name = f"Somebody{number:04}{'x' * chance.randrange(90)}"
    return Participant(f"p{number}", name, "o" * chance.randrange(30), "academia")
