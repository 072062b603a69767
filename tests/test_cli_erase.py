"""`open-floor erase`: who is meant, what is asked first, what is said, and what is due to go by itself."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.entries import folded
from app.floor.commands import (
    AddNote,
    AddTag,
    EndIntervention,
    EndSession,
    GiveFloor,
    Join,
    OpenTopic,
    RequestFloor,
    StartSession,
)
from app.floor.people import Actor
from app.floor.state import EMPTY, State
from app.store import Store
from app.web.access import Access
from tests.kept import Step, write
from tests.serving import SESSION

CHAIR, REPORTS = Actor("chair", "chair"), Actor("secretariat", "Reports")
ANA, BO = Actor("attendee", "p1"), Actor("attendee", "p2")
BEGAN = 1_696_918_500_000
"""15:15 in Kyoto, on 10 October 2023."""
MINUTE = 60_000
STEPS: tuple[Step, ...] = (
    (BEGAN, Actor("attendee"), Join("p1", "Ana Lima", "Foro Abierto", "academia")),
    (BEGAN, Actor("attendee"), Join("p2", "Ana Lima", "Peru", "government")),
    (BEGAN, Actor("attendee"), Join("p3", "Bo Berg", "", "civil_society")),
    (BEGAN, CHAIR, StartSession()),
    (BEGAN, CHAIR, OpenTopic("vision")),
    (BEGAN, ANA, RequestFloor(summary="On access")),
    (BEGAN, CHAIR, GiveFloor("r1")),
    (BEGAN + MINUTE, REPORTS, AddNote("Access first", "r1")),
    (BEGAN + MINUTE, REPORTS, AddTag("vision", "access", "r1")),
    (BEGAN + 2 * MINUTE, CHAIR, EndIntervention("r1")),
)
ENDED: tuple[Step, ...] = (*STEPS, (BEGAN + 40 * MINUTE, CHAIR, EndSession()))


class Kept:
    """A database with a session in it, and the command line on it."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "session.yaml"
        self.config.write_text(SESSION, "utf-8")
        self.database = folder / "floor.db"
        self.url = f"sqlite:///{self.database}"

    def write(self, steps: Sequence[Step]) -> "Kept":
        write(self.config, self.url, steps)
        return self

    def run(self, *arguments: str, said: str = "") -> tuple[int, str]:
        given = ("--config", str(self.config), "--database", str(self.database))
        result = CliRunner().invoke(cli, ["erase", *arguments, *given], input=said)
        return result.exit_code, result.output

    def state(self) -> State:
        with closing(Store(self.url, "small")) as store:
            return folded(EMPTY, store.load())

    def code(self, participant: str) -> str:
        with closing(Store(self.url, "small")) as store:
            return Access(store, None).code(participant)

    def erased(self) -> list[str]:
        return [one.id for one in self.state().participants.values() if one.erased]


@pytest.fixture(autouse=True)
def an_environment_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPEN_FLOOR_SECRET", "DATABASE_URL", "OPEN_FLOOR_KEEP_PERSONAL_DATA_DAYS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path).write(STEPS)


# Who is meant


@pytest.mark.parametrize(("given", "whose"), [("p1", "p1"), ("bo berg", "p3"), (" BO  Berg ", "p3")])
def test_somebody_is_meant_by_an_id_or_a_whole_name(kept: Kept, given: str, whose: str) -> None:
    status, said = kept.run(given, "--yes")

    assert (status, kept.erased()) == (0, [whose]), said


def test_somebody_is_meant_by_their_personal_code(kept: Kept) -> None:
    assert kept.run(kept.code("p2").lower().replace("-", " "), "--yes")[0] == 0
    assert kept.erased() == ["p2"]


def test_where_a_name_is_several_peoples_they_are_listed_and_nothing_is_done(kept: Kept) -> None:
    status, said = kept.run("ana lima", "--yes")

    assert (status, kept.erased()) == (2, [])
    assert said.splitlines()[1:] == [
        "  p1  Ana Lima, Foro Abierto, academia, spoke",
        "  p2  Ana Lima, Peru, government",
    ]


def test_a_part_of_a_name_is_nobody(kept: Kept) -> None:
    status, said = kept.run("Bo", "--yes")

    assert (status, kept.erased()) == (2, [])
    assert said.startswith("Nobody is known by 'Bo'")


def test_whoever_was_erased_is_not_known_any_more(kept: Kept) -> None:
    kept.run("p3", "--yes")

    assert kept.run("p3", "--yes")[0] == 2
    assert kept.run("Bo Berg", "--yes")[0] == 2


@pytest.mark.parametrize("given", [(), ("p1", "--due"), ("--due", "--list")])
def test_exactly_one_thing_is_asked_for(kept: Kept, given: tuple[str, ...]) -> None:
    assert kept.run(*given, "--yes")[0] == 2
    assert kept.erased() == []


# Asking first, and saying what went


def test_it_asks_first(kept: Kept) -> None:
    status, said = kept.run("p3", said="n\n")
    assert (status, kept.erased()) == (2, [])
    assert said == "Erase p3  Bo Berg, –, civil_society? [y/N]: n\nNothing was erased.\n"

    assert kept.run("p3", said="y\n")[0] == 0
    assert kept.erased() == ["p3"]


def test_it_says_what_went_and_not_whose_name_it_was(kept: Kept) -> None:
    assert kept.run("p1", "--yes") == (0, "erased: p1 (academia), the words of 1 requests, 1 notes\n")


def test_what_was_erased_can_be_listed_afterwards(kept: Kept) -> None:
    assert kept.run("--list") == (0, "Nothing was erased.\n")
    kept.run("p1", "--yes")

    status, said = kept.run("--list")

    assert status == 0
    assert said.endswith("+09:00  erased: p1 (academia), the words of 1 requests, 1 notes\n")


# The time of keeping


def test_nothing_is_due_where_the_session_file_says_no_time(kept: Kept) -> None:
    status, said = kept.run("--due")

    assert (status, kept.erased()) == (2, [])
    assert "keep_personal_data_days" in said


def test_before_its_time_nothing_goes(tmp_path: Path) -> None:
    kept = Kept(tmp_path).write(ENDED)
    kept.config.write_text(SESSION + "keep_personal_data_days: 3650\n", "utf-8")

    status, said = kept.run("--due")

    assert (status, kept.erased()) == (0, [])
    assert said == "Nothing is due: personal data is kept until 2033-10-07 15:55:00+09:00.\n"


@pytest.mark.parametrize("steps", [ENDED, STEPS], ids=["ended", "never ended"])
def test_when_its_time_is_over_all_goes_once_and_what_counts_stays(tmp_path: Path, steps: Sequence[Step]) -> None:
    kept = Kept(tmp_path).write(steps)
    kept.config.write_text(SESSION + "keep_personal_data_days: 90\n", "utf-8")

    status, said = kept.run("--due")

    assert status == 0
    assert [line.partition("  ")[2] for line in said.splitlines()] == [
        "erased: 3 participants, the words of 1 requests, 1 notes",
        "p1  academia",
        "p2  government",
        "p3  civil_society",
    ]
    state = kept.state()
    assert [(one.name, one.erased) for one in state.participants.values()] == [("", True)] * 3
    assert (state.notes, state.requests["r1"].summary) == ({}, "")
    assert (state.tags["vision"], len(state.interventions)) == ({"access": ("r1",)}, 1)
    left = b"".join(file.read_bytes() for file in tmp_path.glob("floor.db*"))
    assert not [word for word in (b"Ana Lima", b"Foro Abierto", b"Access first", b"On access") if word in left]
    assert kept.run("--due")[0] == 0
    assert kept.run("--list")[1] == said
