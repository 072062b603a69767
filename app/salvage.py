"""What can still be read of a damaged SQLite database: the log up to the first event that is lost.

It reads past what the store insists on, row by row, and never writes to the file.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from app.database import read_only
from app.entries import Damaged, Entry, entries_of, folded
from app.floor.people import Participant
from app.floor.state import EMPTY, State
from app.personal import PERSONAL, Personal
from app.tables import EventRow

FROM_EITHER_SIDE = ("ORDER BY rowid", "ORDER BY rowid DESC")
"""A scan ends at the first damaged page: the second one comes to it from behind."""
TRACES = (
    "SELECT max(seq) FROM event WHERE session = ?",  # off the index, which stands on other pages than the rows
    "SELECT max(seq) FROM answer WHERE session = ?",
)
PERSON = {field.name for field in fields(Participant)}


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The good part of a log, and what is known of the rest."""

    entries: list[Entry]
    state: State
    newest_seq: int
    """The newest event that there is a trace of."""
    names_lost: bool
    """Some names and words can't be read: they are left empty."""

    def in_words(self) -> str:
        """What was read and what was not."""
        if not self.entries:
            return "Nothing of this session can be read in it. Take the newest backup instead."
        count, left_out = len(self.entries), self.newest_seq - len(self.entries)
        last = datetime.fromtimestamp(self.entries[-1].event.at_ms / 1000, ZoneInfo(self.state.plan.time_zone))
        said = f"Events 1 to {count} were read, up to {last:%Y-%m-%d %H:%M:%S}. "
        if left_out:
            said += f"What came after that is left out: at least {left_out} events. The newest backup may hold them. "
        if self.names_lost:
            said += "Some names and words can't be read: they are left empty. "
        return said + "Keep the damaged file."


def salvage(path: Path, session: str) -> Salvaged:
    """All that can be read before the first gap; nothing where the file is no database any more."""
    with closing(read_only(path)) as database:
        database.text_factory = bytes  # a text that is no UTF-8 any more must not end the scan
        for pragma in ("writable_schema", "cell_size_check"):  # the first: else nothing is read of a file cut short
            _scan(database, f"PRAGMA {pragma}=ON")
        found, _ = _from_either_side(database, "seq, at_ms, actor, command_id, name, data FROM event", session)
        columns = [_text(name) for _, name, *_ in _scan(database, "PRAGMA table_info(participant)")[0]]
        known = [name for name in columns if name in PERSON]  # an older database has fewer
        quoted = ", ".join(f'"{name}"' for name in known)
        people, all_people = _from_either_side(database, f"{quoted} FROM participant", session)
        former, all_former = _former(database, session)
        said, all_words = _from_either_side(database, "about, text FROM words", session)
        traces = [seq for query in TRACES for (seq,) in _scan(database, query, session)[0] if isinstance(seq, int)]
    rows = {row[0]: _event_row(session, *row) for row in found if isinstance(row[0], int)}
    personal = Personal(
        {_text(person[known.index("id")]): dict(zip(known, map(_as_text, person), strict=True)) for person in people},
        {_text(about): _text(text) for about, text in said},
        {seq: dict(zip(PERSONAL, map(_text, then), strict=True)) for seq, *then in former if isinstance(seq, int)},
    )
    entries, state = _good([rows[seq] for seq in sorted(rows)], personal)
    return Salvaged(entries, state, max((*traces, *rows), default=0), not (all_people and all_former and all_words))


def _former(database: sqlite3.Connection, session: str) -> tuple[list[tuple[Any, ...]], bool]:
    """Who people were as of each event; an older database has only who they are."""
    if not _scan(database, "PRAGMA table_info(former)")[0]:
        return [], True
    return _from_either_side(database, f"seq, {', '.join(PERSONAL)} FROM former", session)


def _from_either_side(database: sqlite3.Connection, what: str, session: str) -> tuple[list[tuple[Any, ...]], bool]:
    """The rows of a table, some of them twice where it is damaged, and whether it is not."""
    rows: list[tuple[Any, ...]] = []
    for order in FROM_EITHER_SIDE:
        found, is_whole = _scan(database, f"SELECT {what} NOT INDEXED WHERE session = ? {order}", session)
        rows += found
        if is_whole:
            return rows, True
    return rows, False


def _scan(database: sqlite3.Connection, query: str, *values: str) -> tuple[list[tuple[Any, ...]], bool]:
    """The rows up to the first that can't be read, and whether there was none."""
    rows: list[tuple[Any, ...]] = []
    try:
        for row in database.execute(query, values):
            rows.append(row)  # noqa: PERF402 - those before the damage are kept
    except sqlite3.DatabaseError:
        return rows, False
    return rows, True


def _good(rows: Iterable[EventRow], personal: Personal) -> tuple[list[Entry], State]:
    entries: list[Entry] = []
    with suppress(Damaged):
        for entry in entries_of(rows, personal):
            entries.append(entry)  # noqa: PERF402 - those before the damage are kept
    try:
        return entries, folded(EMPTY, entries)
    except Damaged as damaged:
        entries = entries[: damaged.good_seq]
        return entries, folded(EMPTY, entries)


def _event_row(session: str, seq: int, at_ms: int, *texts: object) -> EventRow:
    """What can't be read is empty, which is no event that there is."""
    actor, command_id, name, data = map(_text, texts)
    try:
        content = orjson.loads(data)
    except orjson.JSONDecodeError:
        content = {}
    return EventRow(session=session, seq=seq, at_ms=at_ms, actor=actor, command_id=command_id, name=name, data=content)


def _as_text(value: object) -> object:
    return _text(value) if isinstance(value, bytes) else value


def _text(value: object) -> str:
    try:
        return value.decode() if isinstance(value, bytes) else ""
    except UnicodeDecodeError:
        return ""
