"""The command line: what it prints, what it writes, and how it ends where something is wrong."""

import csv
import json
import re
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.store import Store
from tests.serving import CHAIR_KEY, REPOSITORY, SESSION, ServerProcess, clean_environment, free_port


@pytest.fixture(autouse=True)
def an_environment_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPEN_FLOOR_CHAIR_KEY", "OPEN_FLOOR_SECRET", "DATABASE_URL", "FORWARDED_ALLOW_IPS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "session.yaml"
    file.write_text(SESSION, "utf-8")
    return file


def run(*arguments: str | Path) -> tuple[int, str]:
    """The exit status, and what was written to the terminal."""
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    return result.exit_code, result.output


# serve


def test_at_its_first_start_it_prints_the_links_with_the_real_port_and_a_new_key(tmp_path: Path, config: Path) -> None:
    command = [sys.executable, "-m", "app.cli", "serve", "--host", "127.0.0.1", "--port", "0", "--config", str(config)]
    process = subprocess.Popen(
        [*command, "--database", str(tmp_path / "floor.db")],
        cwd=REPOSITORY,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        printed = "".join(next(process.stdout) for _ in range(7))
        found = re.search(
            r"^\n  A small session\n\n"
            r"  Participants  http://127\.0\.0\.1:(\d+)/\n"
            r"  Room display  http://127\.0\.0\.1:\1/room\n"
            r"  Chair         http://127\.0\.0\.1:\1/chair\?key=([\w-]{32})\n"
            r"  Secretariat   http://127\.0\.0\.1:\1/secretariat\?key=([\w-]{32})\n$",
            printed,
        )
        assert found, printed
        socket.create_connection(("127.0.0.1", int(found[1])), timeout=10).close()
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_later_starts_do_not_show_a_key_that_was_made_but_say_how_to_get_a_new_one(own_server: ServerProcess) -> None:
    own_server.start(OPEN_FLOOR_CHAIR_KEY="")
    first = own_server.printed
    own_server.end()
    own_server.start(OPEN_FLOOR_CHAIR_KEY="")
    second = own_server.printed

    assert all(link in first for link in ("/chair?key=", "/secretariat?key="))
    assert "?key=" not in second
    assert CHAIR_KEY not in first + second
    assert "its link was printed at first start" in second


def test_every_mistake_is_named_at_once_and_nothing_is_started(tmp_path: Path, config: Path) -> None:
    config.write_text(SESSION.replace("minutes: 5", "minutes: five").replace("time_zone", "timezone"), "utf-8")

    status, said = run("serve", "--config", config, "--database", tmp_path / "floor.db", "--port", "70000")

    assert status == 2
    mistakes = said.splitlines()
    assert [mistake.partition(": found")[0] for mistake in mistakes] == [
        f"{config}:1: time_zone",
        f"{config}:5: timezone",
        f"{config}:7: opening.minutes",
        f"{config}:11: closing.minutes",
        "--port",
    ]
    assert not (tmp_path / "floor.db").exists()


def test_a_damaged_database_is_told_with_what_to_do(tmp_path: Path, config: Path) -> None:
    no_database = tmp_path / "not-a-database"
    no_database.write_text("This is a letter to the chair, and long enough to be none of SQLite's files." * 9, "utf-8")

    for command in ("serve", "export"):
        status, said = run(command, "--config", config, "--database", no_database)
        assert status == 1
        assert said.startswith(f"The database {no_database} is damaged (file is not a database). ")


def test_a_port_that_is_taken_is_told(tmp_path: Path, config: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port()))
        other.listen()
        command = [sys.executable, "-m", "app.cli", "serve", "--config", str(config), "--host", "127.0.0.1"]
        result = subprocess.run(
            [*command, "--port", str(other.getsockname()[1]), "--database", str(tmp_path / "floor.db")],
            cwd=REPOSITORY,
            env=clean_environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert result.returncode != 0
    assert "address already in use" in result.stderr.lower()
    assert "/chair?key=" not in result.stdout, "no link that leads to another server"


# export


async def test_the_record_of_a_running_session_is_exported_without_disturbing_it(
    own_server: ServerProcess, tmp_path: Path
) -> None:
    own_server.start()
    async with await own_server.chair() as chair, await own_server.phone("=Ana", organisation="利馬, Lima") as ana:
        await chair.command("start_session")
        await chair.command("open_topic", topic="vision")
        await ana.command("request_floor", summary="On “funding”, first\u202e")
        await chair.command("give_floor", after=None)
        last = await ana.command("conclude")

        status, said = run("export", tmp_path / "out", "--config", own_server.config, "--database", own_server.database)

        assert (await chair.command("announce", text="Still here")).seq == last.seq + 1

    assert status == 0, said
    assert re.findall(r"interventions\.csv: 1 interventions|log\.jsonl: \d+ events", said) == [
        "interventions.csv: 1 interventions",
        f"log.jsonl: {last.seq} events",
    ]
    with (tmp_path / "out" / "interventions.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file, strict=True)
    assert (row["topic"], row["kind"], row["group"]) == ("The vision", "intervention", "academia")
    assert (row["name"], row["organisation"], row["summary"]) == ("'=Ana", "利馬, Lima", "On “funding”, first")
    assert row["began"].endswith("+09:00")
    lines = [json.loads(line) for line in (tmp_path / "out" / "log.jsonl").read_text("utf-8").splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, last.seq + 1))
    assert [line["name"] for line in lines][-3:] == ["FloorRequested", "FloorGiven", "InterventionEnded"]


def test_the_help_names_every_command() -> None:
    status, said = run("--help")

    assert status == 0
    assert all(command in said for command in ("serve", "rehearse", "export"))


def test_a_database_that_another_process_serves_is_left_alone(own_server: ServerProcess) -> None:
    own_server.start()

    status, said = run("serve", "--config", own_server.config, "--database", own_server.database, "--port", "0")

    assert (status, said.startswith("Another process serves the database")) == (2, True), said


def test_a_backup_is_made_while_the_server_runs_and_never_over_another(
    own_server: ServerProcess, tmp_path: Path
) -> None:
    own_server.start()
    copy = tmp_path / "copy.db"
    given = ("backup", copy, "--config", own_server.config, "--database", own_server.database)

    status, said = run(*given)

    assert (status, said.startswith(f"{copy}: ")) == (0, True), said
    with closing(Store(f"sqlite:///{copy}", "small")) as store:
        assert store.newest_seq() == 1
    status, said = run(*given)
    assert (status, said.startswith("No backup was made: ")) == (2, True), said


def test_a_mistyped_database_is_told_and_not_made(tmp_path: Path, config: Path) -> None:
    for command in (("export", tmp_path / "out"), ("keys", "list"), ("backup", tmp_path / "copy.db")):
        status, said = run(*command, "--config", config, "--database", tmp_path / "flor.db")
        assert (status, said) == (2, f"There is no database {tmp_path / 'flor.db'}.\n")
    assert list(tmp_path.glob("flor.db")) == []
