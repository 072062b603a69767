"""docs/protocol.md covers the code, and the code the docs: each command, each reason for refusal, each of its texts."""

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from app.floor import errors
from app.i18n import FOLDER
from app.wire import COMMANDS

PROTOCOL = (Path(__file__).parents[1] / "docs" / "protocol.md").read_text("utf-8")
TEXTS = {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
NOT_AN_ERROR_OF_THE_RULES = {"unavailable"}
"""What the room answers where nothing can be saved."""

ONLY_IN_THE_BROWSER = {"shut"}
"""What a console says of itself once its key was revoked."""


def section(title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", PROTOCOL, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    return found[1]


def rows(title: str) -> dict[str, str]:
    """The rows of a section's table: each name in the first column -> the rest of its row."""
    lines = [line for line in section(title).splitlines() if line.startswith("| `")]
    cells = [line.strip("| ").split(" | ", 1) for line in lines]
    return {name: rest for first, rest in cells for name in re.findall(r"`(\w+)`", first)}


def codes(kind: type[errors.Refused] = errors.Refused) -> set[str]:
    return {code for one in kind.__subclasses__() for code in (one.code, *codes(one))}


def test_the_table_of_commands_is_complete_and_has_no_other() -> None:
    assert set(rows("Commands")) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_row_of_a_command_names_all_that_it_comes_with(name: str) -> None:
    row = rows("Commands")[name]

    for field in fields(COMMANDS[name]):
        assert f"`{field.name}`" in row


def test_the_table_of_reasons_is_complete_and_has_no_other() -> None:
    on_the_wire = codes() | NOT_AN_ERROR_OF_THE_RULES
    listed = set(re.findall(r"`(\w+)`", section("Reasons for refusal")))

    assert on_the_wire <= listed
    assert set(rows("Reasons for refusal")) >= codes() - NOT_AN_ERROR_OF_THE_RULES
    assert set(rows("Reasons for refusal")) <= on_the_wire


@pytest.mark.parametrize("language", TEXTS)
def test_every_reason_has_its_sentence(language: str) -> None:
    said = {key.removeprefix("refused.") for key in TEXTS[language] if key.startswith("refused.")}

    assert said == codes() | NOT_AN_ERROR_OF_THE_RULES | ONLY_IN_THE_BROWSER


def test_every_address_of_the_server_has_its_row() -> None:
    listed = set(re.findall(r"^\| `(?:GET|POST|WS) (/[\w./-]*)[?`]", section("Addresses"), re.MULTILINE))

    assert listed == {"/", "/room", "/chair", "/api/join", "/api/state", "/join.svg", "/healthz", "/metrics", "/ws"} | {
        *("/api/code", "/api/rejoin", "/api/participants", "/api/live", "/secretariat", "/replay", "/api/replay"),
        "/record",
        *("/record.docx", "/record.pdf", "/record.csv", "/record.json", "/record.jsonl"),
        *("/record-not-heard.csv", "/record-shares.csv"),
    }
