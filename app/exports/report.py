"""The record as a document: its blocks, in the words of one language. What Word and PDF both write down.

What people typed stands in a cell or paragraph of its own, or between the isolates U+2068 and U+2069, so that its
direction is its own.
"""

from dataclasses import dataclass
from typing import Literal

from app.pictures.marks import Mark

Style = Literal["body", "lead", "meta", "bullet", "quote"]


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    """From 1."""
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    style: Style = "body"
    label: str = ""
    """What it is, said before it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Short answers, each with what it answers."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: float
    """Its part of the page's width, in relation to the others."""
    holds: Literal["words", "typed", "number"] = "words"
    """Our words, or the session file's; what people typed, which is hyphenated by no rules of ours; or figures."""


@dataclass(frozen=True, slots=True)
class Caption:
    """`before`, the number and `after`, behind one another, are the whole."""

    before: str
    number: int
    after: str


@dataclass(frozen=True, slots=True)
class Table:
    caption: Caption
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    """The last row, where there is one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar."""

    mark: Mark
    length: float
    """Of the longest bar there is: 0 to 1."""


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    parts: tuple[Part, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Bars:
    bars: tuple[Bar, ...]
    legend: tuple[tuple[Mark, str], ...] = ()
    """The groups in their order; none where each bar is a group."""


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where, of the whole: 0 to 1."""

    begin: float
    end: float
    label: str
    kind: Literal["planned", "actual", "spoken", "paused"]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    spans: tuple[Span, ...]
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[str, str, str]
    """What is planned, what took place, who spoke."""
    legend: tuple[tuple[Mark, str], ...]
    paused: str
    """What a pause is called."""


Chart = Bars | Timeline


@dataclass(frozen=True, slots=True)
class Figure:
    caption: Caption
    alt: str
    """What it shows, for who does not see it."""
    chart: Chart


Block = Heading | Text | Facts | Table | Figure


@dataclass(frozen=True, slots=True)
class Report:
    language: str
    direction: Literal["ltr", "rtl"]
    title: str
    subtitle: str
    status: str
    """Draft, as of when; or which edition, published when."""
    mark: str
    """On each page of a draft; empty once it is published."""
    author: str
    as_of_ms: int
    contents: str
    """The heading of the table of contents."""
    front: tuple[Block, ...]
    """Before the contents."""
    blocks: tuple[Block, ...]
