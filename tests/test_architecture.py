"""The house of docs/design.md: a file imports only what stands below it, and the rules of the floor are pure."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).parents[1] / "app"
MODULES = {
    ".".join(path.relative_to(APP.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(APP.rglob("*.py"))
}

FROM_THE_TOP = (
    "app.cli",
    "app.cli_erase",
    "app.cli_keys",
    "app.cli_export",
    "app.cli_given",
    "app.serving",
    "app.main",
    # --- entry points ---
    "app.web.pages",
    "app.web.replay",
    "app.web.installing",
    "app.web.join",
    "app.web.live",
    "app.web.polling",
    "app.web.participants",
    "app.web.metrics",
    "app.web.neighbours",
    "app.web.downloads",
    "app.web.record_page",
    "app.web.screen",
    "app.web.reading",
    "app.web.context",
    "app.web.newest",
    "app.web.access",
    "app.web.language",
    "app.web.catalogues",
    "app.web.links",
    "app.web.soundness",
    "app.web.headers",
    "app.web.body_limit",
    "app.web.pace",
    "app.exports",
    "app.record_html",
    "app.pictures",
    "app.record_words",
    "app.health",
    # --- the one writer, and who is told ---
    "app.keeping",
    "app.room",
    "app.publisher",
    "app.measures",
    "app.wary",
    "app.hub",
    "app.frames",
    "app.door",
    # --- what is kept ---
    "app.erasing",
    "app.store",
    "app.forgetting",
    "app.salvage",
    "app.faults",
    "app.migrations",
    "app.database",
    "app.wal",
    "app.entries",
    "app.personal",
    "app.tables",
    "app.wire",
    "app.answers",
    # --- what is given ---
    "app.config",
    "app.config_model",
    "app.config_limits",
    "app.config_section",
    "app.config_values",
    "app.config_file",
    "app.i18n",
    "app.addresses",
    "app.logs",
    "app.clock",
    # --- a client of the protocol, and people who play an audience with it; they know nothing of the server ---
    "app.rehearsal",
    "app.client",
    # --- the rules of the floor ---
    "app.floor.record_making",
    "app.floor.record",
    "app.floor.erasures",
    "app.floor.timeline",
    "app.floor.standing",
    "app.floor.views_own",
    "app.floor.replay",
    "app.floor.views_chair",
    "app.floor.views_acts",
    "app.floor.views",
    "app.floor.merge_patch",
    "app.floor.rules",
    "app.floor.rules_undo",
    "app.floor.rules_erasure",
    "app.floor.rules_floor",
    "app.floor.rules_people",
    "app.floor.rules_record",
    "app.floor.rules_request",
    "app.floor.rules_session",
    "app.floor.text",
    "app.floor.graphemes",
    "app.floor.suggestion",
    "app.floor.forecast",
    "app.floor.fold",
    "app.floor.fold_floor",
    "app.floor.fold_erasure",
    "app.floor.fold_people",
    "app.floor.fold_record",
    "app.floor.fold_list",
    "app.floor.fold_session",
    "app.floor.names",
    "app.floor.state",
    "app.floor.order",
    "app.floor.events",
    "app.floor.commands",
    "app.floor.notes",
    "app.floor.people",
    "app.floor.request",
    "app.floor.plan",
    "app.floor.timers",
    "app.floor.errors",
    "app.floor",
    "app",
)
"""Every file, each above all that it may import. A folder named as a whole minds its own order."""

BY_THEMSELVES = {"app.client": {"app.client"}, "app.rehearsal": {"app.rehearsal", "app.client"}}
"""What speaks the protocol from outside takes nothing from inside."""

PURE = {"collections", "dataclasses", "itertools", "re", "typing", "unicodedata"}
"""What the core may take from the standard library: nothing with a clock, with chance, or with the world in it."""

MOST_LINES = 250
LISTS_OF_NAMES = {"commands.py": 350, "events.py": 400}
"""One small class after another, which nobody reads from top to bottom."""


def imports(module: str) -> Iterator[tuple[str, int]]:
    """What a file imports, as module names, and where. Relative imports are not used here."""
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports by a relative name"
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield (whole if whole in MODULES else str(node.module)), node.lineno


def layer(module: str) -> str:
    """The entry of the list above that a module belongs to."""
    while module not in FROM_THE_TOP:
        module = module.rpartition(".")[0]
    return module


def test_the_list_names_every_file_and_nothing_else() -> None:
    folders = {"app", "app.web", "app.floor"}
    missing = [name for name in MODULES if layer(name) in folders and name not in folders]
    assert missing == [], "place each of these above all that it imports"
    assert [name for name in FROM_THE_TOP if name not in MODULES] == []


@pytest.mark.parametrize("module", MODULES)
def test_a_file_imports_only_what_stands_below_it(module: str) -> None:
    place = FROM_THE_TOP.index(layer(module))
    for imported, line in imports(module):
        if imported.split(".")[0] == "app" and layer(imported) != layer(module):
            assert FROM_THE_TOP.index(layer(imported)) > place, f"{module}:{line} imports {imported}, above it"


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("app.floor.")])
def test_the_core_is_pure(module: str) -> None:
    for imported, line in imports(module):
        first = imported.split(".")[0]
        if imported.startswith("app."):
            assert imported.startswith("app.floor"), f"{module}:{line} imports {imported}"
        else:
            assert first in PURE, f"{module}:{line} imports {imported}"
            assert first in sys.stdlib_module_names
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"open", "print", "input", "__import__", "exec", "eval"}
        assert not isinstance(node, ast.Global | ast.Nonlocal | ast.AsyncFunctionDef | ast.Await)


@pytest.mark.parametrize("folder", BY_THEMSELVES)
def test_a_client_takes_nothing_from_the_server(folder: str) -> None:
    for module in MODULES:
        if module == folder or module.startswith(f"{folder}."):
            for imported, line in imports(module):
                if imported.split(".")[0] == "app":
                    allowed = any(f"{imported}.".startswith(f"{one}.") for one in BY_THEMSELVES[folder])
                    assert allowed, f"{module}:{line} imports {imported}"


def test_only_the_command_line_and_the_composition_root_know_everything() -> None:
    """Nothing but them imports the entry points, and nothing imports the command line."""
    for module in MODULES:
        for imported, line in imports(module):
            assert imported != "app.cli", f"{module}:{line}"
            if imported == "app.main":
                assert module in {"app.cli", "app.serving"}, f"{module}:{line}"
            if imported.startswith("app.web"):
                assert module.startswith(("app.main", "app.cli", "app.serving", "app.web")), f"{module}:{line}"


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(APP.rglob("*")) if path.suffix in {".py", ".js"}],
    ids=lambda path: str(path.relative_to(APP)),
)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LISTS_OF_NAMES.get(path.name, MOST_LINES), (
        f"{path.name} has {lines} lines: split it by noun, not by layer"
    )


def test_no_file_is_named_for_want_of_a_noun() -> None:
    for path in APP.rglob("*.*"):
        if path.suffix in {".py", ".js"}:
            assert not {"utils", "util", "helpers", "manager", "service", "common", "misc"} & {*path.stem.split("_")}
