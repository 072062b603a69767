"""Reads a YAML file so that every value knows its line. Not what the keys mean: that is in `config.py`.

Every single value stays the text it was written as: YAML itself would make `15:15` the number 915, `2023-10-10`
a date and `no` (Norwegian) false, and a mistake could no longer be shown as it stands in the file.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Tree = str | None | list["Tree"] | dict[str, "Tree"]
KeyPath = tuple[str | int, ...]

DEEPEST = 20  # levels; the session file has four, and a reader that recurses must stop somewhere


class Mistake(NamedTuple):
    """One thing to put right in the file."""

    line: int
    text: str


@dataclass(slots=True)
class Document:
    """What stands in the file, where it stands, and what could not be read."""

    keys: dict[str, Tree] | None = None
    """None: the file could not be read at all, and `mistakes` says why."""
    lines: dict[KeyPath, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def line_of(self, path: KeyPath) -> int:
        """The line of this key; of what is missing, the line of what it is missing from."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class Unreadable(Exception):  # noqa: N818 – reads as it is meant
    """The reading ends here: line and reason."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.mistake = Mistake(line, reason)


def read(path: Path) -> Document:
    """Never raises: whatever is wrong with the file stands in `mistakes`."""
    document = Document()
    try:
        root = _compose(_text_of(path))
        if not isinstance(root, yaml.MappingNode):
            raise Unreadable(1, f"found {_kind(root)}, allowed: keys with values, such as `id: wsis-at-20`")
        document.lines[()] = _line(root)
        keys: dict[str, Tree] = {}
        _read_keys(root, (), document, keys)
        document.keys = keys
    except Unreadable as unreadable:
        document.mistakes.append(unreadable.mistake)
    return document


def key_text(path: KeyPath) -> str:
    """("topics", 1, "minutes") -> "topics[1].minutes"."""
    parts = (f"[{part}]" if isinstance(part, int) else "." + shown(part) for part in path)
    return "".join(parts).removeprefix(".")


def shown(text: str, longest: int = 80) -> str:
    """The text on one line, cut short, and with nothing in it that could upset a terminal."""
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class _Loader(yaml.SafeLoader):
    """YAML as people write it by hand. The rest (references, tags, great depth) is refused: a few lines of
    references can unfold to gigabytes."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        if getattr(event, "anchor", None) is not None:
            raise Unreadable(line, "found a reference (& or *), allowed: the value itself, in quotes if it begins so")
        if getattr(event, "tag", None) not in (None, "!"):
            raise Unreadable(line, "found a tag (!), allowed: the value alone, in quotes if it begins with !")
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable(line, f"found more than {DEEPEST} levels of keys, allowed: the levels of the example")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _text_of(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(0, "found no such file, allowed: the name of a session file (see --config)") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise Unreadable(0, f"found a file that cannot be read ({reason}), allowed: a readable session file") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable(line, "found bytes that are not UTF-8, allowed: a text file saved as UTF-8") from None


def _compose(text: str) -> yaml.Node | None:
    loader = None
    try:
        loader = _Loader(text)
        return loader.get_single_node()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise Unreadable(line, f"found the character {ord(text[error.position]):#06x}, allowed: text") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = shown(f"{error.problem or error.context}", 120)
        raise Unreadable(
            mark.line + 1 if mark else 1,
            f"found something that is not YAML ({what}), allowed: `key: value`, indented with spaces, "
            "texts with signs in quotes; look at the line above too",
        ) from None
    except (ValueError, OverflowError, IndexError) as error:  # PyYAML lets these through for absurd numbers
        line = loader.line + 1 if loader else 1
        raise Unreadable(line, f"found something that is not YAML ({shown(str(error))}), allowed: YAML") from None


def _read(node: yaml.Node, path: KeyPath, document: Document) -> Tree:
    if isinstance(node, yaml.MappingNode):
        keys: dict[str, Tree] = {}
        _read_keys(node, path, document, keys)
        return keys
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            document.lines[*path, index] = _line(item)
        return [_read(item, (*path, index), document) for index, item in enumerate(node.value)]
    if getattr(node, "style", None) is None and node.value in ("", "~", "null", "Null", "NULL"):
        return None
    return _clean(node)


def _read_keys(node: yaml.MappingNode, path: KeyPath, document: Document, keys: dict[str, Tree]) -> None:
    for key_node, value_node in _pairs(node):
        key = _clean(key_node)
        here = (*path, key)
        if key in keys:
            first = document.lines[here]
            again = f"{key_text(here)}: found twice (first on line {first}), allowed: once"
            document.mistakes.append(Mistake(_line(key_node), again))
            continue
        document.lines[here] = _line(key_node)
        keys[key] = _read(value_node, here, document)


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise Unreadable(_line(key_node), f"found {_kind(key_node)} as a key, allowed: a word as a key")
        yield key_node, value_node


def _clean(node: Any) -> str:
    """The text of a single value, without what no screen can show and no encoder accepts."""
    text = str(node.value)
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t":
            raise Unreadable(_line(node), f"found the character {ord(character):#06x}, allowed: text")
    return text


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _kind(node: yaml.Node | None) -> str:
    if node is None:
        return "an empty file"
    if isinstance(node, yaml.MappingNode):
        return "keys and values"
    return "a list" if isinstance(node, yaml.SequenceNode) else f'"{shown(str(node.value))}" (text)'
