"""`open-floor export`: every file, or those that were asked for; and in words what could not be written."""

import json
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.exports.making import FORMATS
from app.store import Store
from tests import kyoto

ALL = {name for names in FORMATS.values() for name in names}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "floor.db"
    store = Store(f"sqlite:///{path}", "wsis-at-20")
    store.append(kyoto.log(), {})
    store.close()
    return path


def export(database: Path, *arguments: str) -> tuple[int, str]:
    given = ("--config", str(kyoto.CONFIG), "--database", str(database))
    result = CliRunner().invoke(cli, ["export", str(database.parent / "out"), *arguments, *given])
    return result.exit_code, result.output


def test_all_files_are_written_and_each_is_named_with_what_is_in_it(database: Path) -> None:
    status, said = export(database)

    out = database.parent / "out"
    assert status == 0, said
    assert {path.name for path in out.iterdir()} == ALL
    assert said.splitlines() == [
        f"{out / 'record.docx'}: 40 interventions, replies and points of order",
        f"{out / 'record.pdf'}: 40 interventions, replies and points of order",
        f"{out / 'interventions.csv'}: 40 interventions, replies and points of order",
        f"{out / 'not-heard.csv'}: 11 not heard",
        f"{out / 'shares.csv'}: 6 groups",
        f"{out / 'record.json'}: 40 interventions, replies and points of order",
        f"{out / 'log.jsonl'}: {len(kyoto.log())} events",
    ]


def test_only_what_was_asked_for_is_written_as_it_was_asked_for(database: Path) -> None:
    status, said = export(database, *("--format", "csv", "--format", "json", "--bom", "--groups", "igf"))

    out = database.parent / "out"
    assert status == 0, said
    assert {path.name for path in out.iterdir()} == {*FORMATS["csv"], *FORMATS["json"]}
    assert (out / "shares.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert [group["id"] for group in json.loads((out / "record.json").read_text("utf-8"))["groups"]] == [
        *("government", "civil_society", "private_sector", "technical_community", "intergovernmental")
    ]


def test_the_word_file_is_in_the_language_and_in_the_style_that_was_asked_for(database: Path) -> None:
    template = database.parent / "house.docx"
    house = docx.Document()
    house.sections[0].header.paragraphs[0].text = "The house's letterhead"
    house.save(str(template))

    status, said = export(database, *("--format", "docx", "--language", "ru", "--template", str(template)))

    assert status == 0, said
    document = docx.Document(str(database.parent / "out" / "record.docx"))
    assert document.sections[0].header.paragraphs[0].text == "The house's letterhead"
    assert document.paragraphs[0].text == "ВВУИО — 20 лет: успехи, неудачи и ожидания"


def test_what_can_t_be_used_is_said_in_a_line(database: Path) -> None:
    template = database.parent / "house.docx"
    template.write_bytes(b"no Word document")

    assert export(database, "--language", "xx") == (
        2,
        "--language: expected one of en, ar, es, fr, ja, ru, zh, got 'xx'\n",
    )
    for path in (template, database.parent / "not_there.docx"):
        status, said = export(database, *("--format", "docx", "--template", str(path)))
        assert status == 2
        assert said.startswith("record.docx was not written: ")
        assert path.name in said
        assert said.count("\n") == 1
    assert not (database.parent / "out").exists()


def test_a_folder_that_takes_no_file_is_said_in_a_line(database: Path) -> None:
    (database.parent / "out").write_bytes(b"a file where the folder should be")

    status, said = export(database, "--format", "json")

    assert status == 2
    assert said.startswith("record.json was not written: ")
