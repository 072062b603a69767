"""The record as tables for a spreadsheet: what was said, who was not heard, and the shares.

Ids and the columns' names are the same in every language, and each row is whole by itself; only titles of topics are
in a language. Times are those of the session's time zone with their offset, lengths are seconds.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

from app.floor.notes import Note, NoteKind
from app.floor.record import Person, Record, Share
from app.record_words import Words

INTERVENTIONS = (
    *("number", "topic", "kind", "name", "organisation", "group", "where", "began", "ended"),
    *("speaking_time_s", "spent_s", "over_s", "summary", "tags", "key_points", "quotes", "references", "notes"),
)
NOT_HEARD = ("topic", "kind", "name", "organisation", "group", "where", "outcome", "asked", "waited_s", "summary")
SHARES = ("counted_by", "topic", "value", "count", "people", "spent_s")
"""`topic` is empty where it is the whole session. There is no time by gender or region: whose speaking time it was
could be read off the interventions."""

MARK = "\ufeff"
"""The byte order mark, without which Excel does not take a file for UTF-8."""

_TEXT = "'"
"""What marks a cell as a text."""
_FORMULA = frozenset("=+-@")
"""What a formula begins with, after NFKC, which takes their full-width forms in. Source: OWASP, "CSV Injection"."""
_BEFORE_IT = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*")
"""What some spreadsheets drop before they look."""

Row = Mapping[str, str | float]


def write_interventions(record: Record, words: Words, out: TextIO, *, mark: bool = False) -> int:
    """All that was said, in order, as CSV (RFC 4180); how many there are. `mark`: begins with a byte order mark."""
    return _write(INTERVENTIONS, list(_interventions(record, words)), out, mark)


def write_not_heard(record: Record, words: Words, out: TextIO, *, mark: bool = False) -> int:
    """Who asked and did not get to speak, in the order of asking, topic by topic."""
    return _write(NOT_HEARD, list(_not_heard(record, words)), out, mark)


def write_shares(record: Record, words: Words, out: TextIO, *, mark: bool = False) -> int:
    """What was said by each group, in the session and on each topic; and the balance, where people were asked."""
    return _write(SHARES, list(_shares(record, words)), out, mark)


def guarded(text: str) -> str:
    """A text that a spreadsheet would take for a formula, marked as a text.

    So is one that begins with the mark already and would be a formula without it: `unguarded` gives each back.
    """
    return _TEXT + text if _is_formula(text.lstrip(_TEXT)) else text


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(_TEXT) and _is_formula(cell.lstrip(_TEXT)) else cell


def _is_formula(text: str) -> bool:
    if text[:1] in {"\t", "\r", "\n"}:
        return True
    seen = _BEFORE_IT.sub("", text, count=1)
    return unicodedata.normalize("NFKC", seen[:1])[:1] in _FORMULA


def _write(columns: Sequence[str], rows: list[Row], out: TextIO, mark: bool) -> int:
    out.write(MARK if mark else "")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        cells = (row[column] for column in columns)
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
    return len(rows)


def _interventions(record: Record, words: Words) -> Iterator[Row]:
    zone = ZoneInfo(record.plan.time_zone)
    titles = {topic.plan.id: words.of(topic.plan.title) for topic in record.topics}
    for one in sorted(record.spoken, key=lambda one: one.number):
        yield {
            "number": one.number,
            "topic": titles[one.topic],
            "kind": one.kind,
            **_person(one.person),
            "began": _instant(one.began_ms, zone),
            "ended": _instant(one.ended_ms, zone),
            "speaking_time_s": one.allotted_ms / 1000,
            "spent_s": one.spent_ms / 1000,
            "over_s": one.over_ms / 1000,
            "summary": one.summary,
            "tags": "\n".join(one.tags),
            "key_points": _noted(one.notes, "key_point"),
            "quotes": _noted(one.notes, "quote"),
            "references": _noted(one.notes, "reference"),
            "notes": _noted(one.notes, "note"),
        }


def _not_heard(record: Record, words: Words) -> Iterator[Row]:
    zone = ZoneInfo(record.plan.time_zone)
    for topic in record.topics:
        for one in topic.not_heard:
            yield {
                "topic": words.of(topic.plan.title),
                "kind": one.kind,
                **_person(one.person),
                "outcome": one.outcome,
                "asked": _instant(one.asked_ms, zone),
                "waited_s": one.waited_ms / 1000,
                "summary": one.summary,
            }


def _shares(record: Record, words: Words) -> Iterator[Row]:
    for topic, shares in (("", record.shares), *((words.of(one.plan.title), one.shares) for one in record.topics)):
        yield from (_share("group", topic, group, share) for group, share in shares.items())
    for asked, answers in record.balance.items():
        for answer, share in answers.items():
            yield {**_share(asked, "", answer or "not_stated", share), "spent_s": ""}


def _share(counted_by: str, topic: str, value: str, share: Share) -> Row:
    spent_s = share.spent_ms / 1000
    return dict(zip(SHARES, (counted_by, topic, value, share.count, share.people, spent_s), strict=True))


def _person(person: Person) -> Row:
    """Empty names where they were hidden or took out their data."""
    return {
        "name": person.name,
        "organisation": person.organisation,
        "group": person.group,
        "where": person.where,
    }


def _noted(notes: Sequence[Note], kind: NoteKind) -> str:
    """One on each line of the cell."""
    return "\n".join(note.text for note in notes if note.kind == kind)


def _instant(at_ms: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at_ms / 1000, zone).isoformat(timespec="milliseconds")
