"""docs/security.md names a test for what it says, or says why there is none; each test that it names is there."""

import ast
import re

import pytest

from tests.serving import REPOSITORY

SECURITY = (REPOSITORY / "docs" / "security.md").read_text("utf-8")
TESTS = REPOSITORY / "tests"
NAMED = sorted(set(re.findall(r"`((?:browser/)?test_\w+\.py)::(\w+)`", SECURITY)))
ROWS = [
    line
    for line in SECURITY.splitlines()
    if line.startswith("| ") and not re.match(r"\| (?:of|asked|point|---) ", line)
]
WITHOUT = {"by design", "by the operator", "not applicable"}


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[f"{file}::{name}" for file, name in NAMED])
def test_a_test_that_it_names_is_there(file: str, name: str) -> None:
    tree = ast.parse((TESTS / file).read_text("utf-8"))

    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
def test_every_row_ends_with_a_test_or_with_why_there_is_none(row: str) -> None:
    *_, last = row.strip("| ").split(" | ")

    assert last in WITHOUT or re.fullmatch(r"(`[\w/.]+::\w+`(, )?)+", last), last


def test_it_has_the_chapters_that_are_about_what_is_here() -> None:
    chapters = re.findall(r"^### V(\d+) ", SECURITY, re.MULTILINE)

    assert chapters == ["2", "3", "4", "5", "7", "8", "9", "13", "14"]
