"""Erasure, end to end: nobody's name or words are left in the database's files, on a screen, in an export or a log."""

import contextlib
import json
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest
from pypdf import PdfReader
from sqlalchemy import MetaData, create_engine
from typer.testing import CliRunner

from app.cli import cli
from app.client import Client, NotAdmitted, Refused
from app.client.joining import Joined, chair_cookies, join, tls
from app.database import sqlite_path
from app.entries import Entry
from app.floor.events import Announced, Event, FloorRequested, NoteAdded, ParticipantErased, ParticipantJoined
from app.floor.people import Actor, Participant
from app.store import Store
from tests.serving import SESSION, ServerProcess

ANYBODY = Actor("attendee")
ASKING = SESSION + "ask_for: [gender, region]\n"
NAME = "Ana Souza-Lima"
THEIRS = ("Souza-Lima", "Anusia", "Limaverde", "Foro Xyzzy", "quetzal", "eastern_european")
"""Her name, the one she corrected, the one she joined with a second time, her organisation, what she and others wrote
about her request, and what she said of herself."""


@dataclass
class Scene:
    """A session in which a person stands wherever a person can stand."""

    server: ServerProcess
    ana: Joined
    bo: Joined
    group: str = "academia"
    log: list[str] = field(default_factory=list)

    def run(self, *arguments: str | Path) -> tuple[int, str]:
        given = ("--config", self.server.config, "--database", self.server.database)
        result = CliRunner().invoke(cli, [str(argument) for argument in (*arguments, *given)])
        return result.exit_code, result.output

    def erase(self) -> None:
        status, said = self.run("erase", NAME.upper(), "--yes")
        assert (status, THEIRS[0] in said) == (0, False), said
        assert said == f"erased: {self.ana.participant} (academia), the words of 1 requests, 2 notes\n"


async def played(server: ServerProcess) -> Scene:
    server.config.write_text(ASKING, "utf-8")
    server.start()
    ana = await server.joined("Anusia", organisation="Foro Xyzzy", gender="woman", region="eastern_european")
    await join(server.address, name=NAME, organisation="Foro Xyzzy", group="academia", cookies=ana.cookies)
    again = await server.joined("Ana Limaverde", organisation="Foro Xyzzy")
    bo = await server.joined("Bo Bergström")
    with pytest.raises(Refused, match="malformed"):
        await join(server.address, name=NAME, organisation="", group=NAME, cookies=ana.cookies)
    secretariat = await admitted(new_key(server, "secretariat"))
    async with (
        await server.chair() as chair,
        Client(server.address, cookies=ana.cookies) as her_phone,
        Client(server.address, cookies=bo.cookies) as his_phone,
        Client(server.address, as_="chair", cookies=secretariat) as notes,
    ):
        await chair.command("start_session")
        await chair.command("open_topic", topic="vision")
        for _ in range(2):  # one of them may be done again; the other was taken back for good
            await chair.command(
                "add_request", name=NAME, organisation="Foro Xyzzy", group="academia", summary="quetzal"
            )
            await chair.command("undo")
            await chair.command("announce", text=f"{NAME} is asked to come to the front")
        await chair.command("announce", text="")
        await her_phone.command("request_floor", summary="On the quetzal")
        await his_phone.command("request_floor", summary=f"As {NAME} said")
        await chair.command("give_floor", after=None)
        await notes.command("add_note", request="r3", text="Spoke of the quetzal")
        await chair.command("add_note", request="r3", text="A quote of the quetzal", kind="quote")
        await notes.command("add_note", request="r4", text="agrees with ANA  SOUZA-LIMA and Ana Limaverde")
        await chair.command("add_note", topic="vision", text=f"{NAME} was thanked")
        await chair.command("edit_participant", participant=ana.participant, organisation="The Foro Xyzzy")
        await chair.command("merge_participants", participant=again.participant, into=ana.participant)
        await chair.command("announce", text=f"{NAME} has the floor")
        await her_phone.command("conclude", request="r3")
        await chair.command("add_note", topic="vision", text=f"{NAME}: a note taken back")
        await chair.command("undo")
        # Phones of whoever was merged come back anew with the patch that tells of it: no phone is to do so later on.
        await his_phone.until(lambda c: c.state.get("notice", {}).get("text") == f"{NAME} has the floor")
    return Scene(server, ana, bo)


def new_key(server: ServerProcess, role: str) -> str:
    given = ("--config", str(server.config), "--database", server.database)
    said = CliRunner().invoke(cli, ["keys", "new", role, *given, "--public-address", server.address])
    return said.output.strip()


async def admitted(link: str) -> dict[str, str]:
    """The cookies of a new key, as soon as the server knows it."""
    while True:
        with contextlib.suppress(NotAdmitted):
            return await chair_cookies(link)


async def by_the_organiser(scene: Scene) -> None:
    scene.erase()


async def by_the_organiser_while_nobody_serves(scene: Scene) -> None:
    scene.server.end()
    scene.erase()
    scene.server.start()


async def by_herself(scene: Scene) -> None:
    async with Client(scene.server.address, cookies=scene.ana.cookies) as phone:
        await phone.command("take_out_data")


WAYS = (by_the_organiser, by_the_organiser_while_nobody_serves, by_herself)
Way = Callable[[Scene], Awaitable[None]]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("erased", WAYS, ids=lambda way: way.__name__)
async def test_nothing_of_a_person_is_left_anywhere(
    erased: Way, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgresql_url") if kind == "postgresql" else None
    server = ServerProcess(tmp_path / "served", database=url)
    try:
        scene = await played(server)
        assert {*left_in(in_the_database(server))} >= {*THEIRS} - {"Anusia"}, "it is all there"

        await erased(scene)

        assert left_in(in_the_database(server)) == []
        await nothing_is_shown(scene)
        await nothing_is_exported(scene, tmp_path / "out")
        await nothing_comes_back(scene)
        server.end()
        server.start()
        await nothing_is_shown(scene)
        assert left_in(in_the_database(server) + server.log) == []
        assert server.faults == []
    finally:
        server.end()


async def test_what_people_say_of_themselves_is_told_to_no_screen(own_server: ServerProcess) -> None:
    scene = await played(own_server)
    console = await chair_cookies(own_server.chair_link)
    async with (
        await own_server.chair() as chair,
        Client(own_server.address, cookies=scene.ana.cookies) as phone,
        httpx.AsyncClient(base_url=own_server.address, cookies=console, verify=tls()) as http,
    ):
        told = json.dumps([chair.state, chair.you, phone.state, phone.you])
        for address in ("/api/state", "/api/participants", "/api/replay"):
            told += (await http.get(address)).text

    assert "eastern_european" in in_the_database(own_server)
    assert NAME in told
    assert not [word for word in ("eastern_european", "woman") if word in told]


async def test_screens_follow_an_erasure_by_another_process_and_the_phone_is_nobodys(own_server: ServerProcess) -> None:
    scene = await played(own_server)
    async with await own_server.chair() as chair, Client(own_server.address, cookies=scene.ana.cookies) as phone:
        assert phone.you["name"] == NAME

        scene.erase()

        await phone.until(lambda c: c.live and "participant" not in c.you)
        await chair.until(lambda c: left_in(json.dumps(c.state)) == [])
        assert chair.state["interventions"]["r3"]["hidden"]


async def test_what_another_process_appends_shows_without_anybody_asking(own_server: ServerProcess) -> None:
    own_server.start()
    async with own_server.room() as room:
        with closing(Store(database_url(own_server), "small")) as store:
            seq = store.newest_seq() + 1
            store.append([Entry(seq, Actor("chair", "another"), "c1", Announced("From elsewhere", 1, "a1"))], {})

        await room.until(lambda c: c.state.get("notice", {}).get("text") == "From elsewhere")


def test_a_person_joined_and_erased_in_one_batch_leaves_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'floor.db'}"
    ana = Participant("p1", NAME, "Foro Xyzzy", "academia")
    with closing(Store(url, "small")) as store:
        events: tuple[Event, ...] = (
            ParticipantJoined(ana, 1),
            FloorRequested("r1", "p1", "vision", "intervention", "On the quetzal", 1),
            NoteAdded("n1", "", f"{NAME} came", "Reports", 1, "vision"),
            ParticipantErased("p1", (), ("r1",), 1),
        )
        store.append([Entry(seq, ANYBODY, "c1", event) for seq, event in enumerate(events, start=1)], {})
        noted = store.load()[2].event

    assert noted == NoteAdded("n1", "", "[…] came", "Reports", 1, "vision")
    assert left_in("".join(file.read_bytes().decode("utf-8", "replace") for file in tmp_path.iterdir())) == []


def left_in(found: str) -> list[str]:
    return [name for name in THEIRS if name.casefold() in found.casefold()]


def database_url(server: ServerProcess) -> str:
    return server.database if "://" in server.database else f"sqlite:///{server.database}"


def in_the_database(server: ServerProcess) -> str:
    """All that its files hold, deleted or not, WAL included; of PostgreSQL, all that its tables hold."""
    path = sqlite_path(database_url(server))
    if path is not None:
        files = [file for file in path.parent.glob(f"{path.name}*") if file.suffix != ".lock"]
        return "".join(file.read_bytes().decode("utf-8", "replace") for file in files)
    engine = create_engine(database_url(server))
    with engine.connect() as connection:
        known = MetaData()
        known.reflect(connection)
        found = str([connection.execute(table.select()).all() for table in known.sorted_tables])
    engine.dispose()
    return found


async def nothing_is_shown(scene: Scene) -> None:
    async with await scene.server.chair() as chair, scene.server.room() as room:
        await chair.until(lambda c: "Souza" not in json.dumps(c.state))
        await room.until(lambda c: "Souza" not in json.dumps(c.state))
        shown = json.dumps([chair.state, room.state])
        assert {"vision", "r3"} <= {*chair.state["topics"], *chair.state["interventions"]}
        cookies = dict(await chair_cookies(scene.server.chair_link))
    async with httpx.AsyncClient(base_url=scene.server.address, cookies=cookies, verify=tls()) as http:
        for address in ("/api/state", "/api/participants", "/api/replay"):
            shown += (await http.get(address)).text
        assert (await http.get("/api/participants", params={"q": ""})).json()["count"] == 1
    assert left_in(shown) == []


async def nothing_is_exported(scene: Scene, to: Path) -> None:
    status, said = scene.run("export", to)
    assert status == 0, said
    exported = all_text_in(to)
    counts = json.loads(text_in(to / "record.json"))["balance"]
    assert set(counts["region"]["eastern_european"].values()) == {0}  # what could be said, and nobody has
    assert set(left_in(exported + said)) <= {"eastern_european"}
    assert "ParticipantErased" in exported


def all_text_in(folder: Path) -> str:
    return "".join(text_in(file) for file in folder.rglob("*") if file.is_file())


def text_in(file: Path) -> str:
    """Word's files are archives, and pages are packed."""
    if file.suffix == ".docx":
        with ZipFile(file) as archive:
            return "".join(archive.read(part).decode("utf-8", "replace") for part in archive.namelist())
    if file.suffix == ".pdf":
        read = PdfReader(file)
        return str(read.metadata) + "".join(page.extract_text() for page in read.pages)
    return file.read_text("utf-8")


async def nothing_comes_back(scene: Scene) -> None:
    """However far the chair goes back, and forth again."""
    async with await scene.server.chair() as chair:
        for do in ("redo", "undo", "redo"):
            while True:
                seq = await done(chair, do)
                if seq is None:
                    break
                await chair.at(seq)
                assert left_in(json.dumps(chair.state)) == [], do


async def done(chair: Client, do: str) -> int | None:
    """The seq of an undo or redo; None where there is nothing left for it."""
    with contextlib.suppress(Refused):
        return (await chair.command(do)).seq
    return None
