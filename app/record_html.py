"""The record as a page: HTML that needs no script and no connection, made of nothing but the record."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from app import i18n
from app.floor.notes import Note
from app.floor.plan import PlannedTopic
from app.floor.record import Record
from app.pictures import bars, timeline
from app.record_words import KINDS, NOTE_KINDS, Words, words_of

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
DOWNLOADS = {
    "docx": "record.as_word",
    "pdf": "record.as_pdf",
    "csv": "record.as_csv",
    "json": "record.as_json",
}
OF_A_DRAFT = {"jsonl": "record.as_jsonl"}
"""Consoles alone see one, and have the event log."""


class Captions:
    """Tables and figures, each counted from 1 as the page goes down."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._tables = self._figures = 0

    def table(self, caption: str) -> str:
        self._tables += 1
        return self._words.table(self._tables, caption)

    def figure(self, caption: str) -> str:
        self._figures += 1
        return self._words.figure(self._figures, caption)


def record_html(record: Record, language: str, *, as_igf: bool = False, drawn_up_ms: int = 0) -> str:
    """The whole page in one language. `drawn_up_ms`: as of when a draft is (UTC epoch milliseconds).

    A published record is the same to the byte whenever it is made.
    """
    words = words_of(record, language)
    known = {each: i18n.text(each, "language.name") for each in record.plan.languages}
    return _PAGES.get_template("record.html").render(
        record=record,
        words=words,
        t=words.t,
        caption=Captions(words),
        names=_numbered(record, words),
        tags=tag_index(record),
        by_kind=by_kind,
        kinds=KINDS,
        languages=known if len(known) > 1 else {},
        link=partial(_link, language, as_igf),
        downloads=DOWNLOADS if record.published_ms else DOWNLOADS | OF_A_DRAFT,
        as_igf=as_igf,
        can_be_igf={"academia", "technical_community"} <= record.plan.groups.keys(),
        drawn_up_ms=drawn_up_ms,
        timeline=timeline,
        bars=bars,
        planned_end_ms=record.plan.starts_ms + record.plan.duration_ms,
    )


def by_kind(notes: tuple[Note, ...]) -> Mapping[str, list[str]]:
    """The heading's key of each kind of note that there is -> the notes of that kind, as they were begun."""
    found = {key: [note.text for note in notes if note.kind == kind] for kind, key in NOTE_KINDS.items()}
    return {key: texts for key, texts in found.items() if texts}


def tag_index(record: Record) -> list[tuple[str, str, tuple[int, ...]]]:
    """Each tag of each topic, and the numbers of what was said that has it; by the alphabet."""
    tags = [(tag, topic.plan.id, numbers) for topic in record.topics for tag, numbers in topic.tags.items()]
    return sorted(tags, key=lambda entry: entry[0].casefold())


def _numbered(record: Record, words: Words) -> Mapping[str, str]:
    """Each topic's title; the questions are numbered, as people speak of them."""
    questions = [one.id for one in record.plan.topics if one.kind == "topic"]

    def title(topic: PlannedTopic) -> str:
        number = f"{questions.index(topic.id) + 1}. " if topic.kind == "topic" else ""
        return number + words.of(topic.title)

    return {topic.id: title(topic) for topic in record.plan.topics}


def _link(language: str, as_igf: bool, path: str = "/record", **other: Any) -> str:
    """An address that keeps to the language and to how groups are counted, unless `other` says otherwise."""
    asked = {"lang": language, "groups": "igf" if as_igf else None} | other
    query = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    return f"{path}?{query}" if query else path
