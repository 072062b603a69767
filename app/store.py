"""The event log, and the people it speaks of, in SQLite or PostgreSQL. What is appended here is true.

Personal words (who somebody is, what they wrote about a request) are taken out of the events and kept in rows of
their own; loading puts them back, as they stand now.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from typing import Any

from sqlalchemy import Insert, func, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import Session, SQLModel, col, select

from app.answers import Accepted, Answer, RefusedFor
from app.database import file_at, open_database, sqlite_path
from app.entries import Damaged, Entry, entries_of
from app.floor.events import (
    Announced,
    EverybodyErased,
    FloorRequested,
    NameTakenOut,
    NoteAdded,
    NoteEdited,
    NoteRemoved,
    ParticipantChanged,
    ParticipantErased,
    ParticipantJoined,
    RequestDescribed,
)
from app.forgetting import forget_everybody, forget_one, forget_words, wipe
from app.personal import PERSONAL, Personal, without_personal
from app.tables import AnswerRow, ClockRow, EventRow, FormerRow, KeyRow, ParticipantRow, SecretRow, WordsRow
from app.wire import actor_text, event_data, event_name

CommandKey = tuple[str, str]
"""Whose command (`wire.actor_text`) and its id: an id is its sender's own."""


class Conflict(Exception):  # noqa: N818 - an outcome of a race, not a fault
    """Another process has appended since: load what it wrote, decide again."""


class Store:
    """One session's log in a database. Its calls block: one worker thread makes them, one at a time."""

    def __init__(self, url: str, session: str) -> None:
        """Opens the database, makes it where there is none, and brings its schema up to date."""
        self.session = session
        self._engine = open_database(url)
        self._path = sqlite_path(url)
        self._file = file_at(self._path)

    def close(self) -> None:
        self._engine.dispose()

    def append(self, entries: Sequence[Entry], answers: Mapping[CommandKey, Answer]) -> None:
        """Makes events and answers durable, all or none. Returns once they survive a power cut.

        The unique seq is the lock: raises Conflict if another process has appended an event of that seq already,
        and SQLAlchemyError where nothing can be written.
        """
        self._check_in_place()
        try:
            with Session(self._engine) as session, session.begin():
                if entries:
                    session.execute(insert(EventRow), [self._event_row(entry) for entry in entries])
                if answers:
                    session.execute(insert(AnswerRow), [self._answer_row(*one) for one in answers.items()])
                for entry in entries:
                    self._keep_personal(session, entry)
        except IntegrityError as error:
            raise Conflict from error
        if any(isinstance(entry.event, ParticipantErased | EverybodyErased) for entry in entries):
            self.wipe()

    def wipe(self) -> None:
        """Takes what was erased off the disk as well; see `forgetting.wipe`."""
        wipe(self._engine)

    def load(self, after_seq: int = 0) -> list[Entry]:
        """The log's events after a seq, in order, with what is known now of the people they speak of.

        Raises Damaged where the log is not as it was written.
        """
        with Session(self._engine) as session, _json_as_written():
            rows = session.exec(
                select(EventRow)
                .where(EventRow.session == self.session, EventRow.seq > after_seq)
                .order_by(col(EventRow.seq))
            ).all()
            people = session.exec(select(ParticipantRow).where(ParticipantRow.session == self.session)).all()
            said = session.exec(select(WordsRow).where(WordsRow.session == self.session)).all()
            former = session.exec(select(FormerRow).where(FormerRow.session == self.session)).all()
        personal = Personal(
            {row.id: row.model_dump(exclude={"session"}) for row in people},
            {row.about: row.text for row in said},
            {row.seq: row.model_dump(include={*PERSONAL}) for row in former},
        )
        return list(entries_of(rows, personal, after_seq))

    def answers(self) -> dict[CommandKey, Answer]:
        """What each command of this session was answered. Raises Damaged where one can't be read."""
        with Session(self._engine) as session, _json_as_written():
            rows = session.exec(select(AnswerRow).where(AnswerRow.session == self.session)).all()
        return {
            (row.actor, row.command_id): RefusedFor(row.reason, row.filling) if row.reason else Accepted(row.seq)
            for row in rows
        }

    def newest_seq(self) -> int:
        """Asks the database itself, so that a fault of it shows."""
        with Session(self._engine) as session:
            newest = select(func.max(EventRow.seq)).where(EventRow.session == self.session)
            return session.exec(newest).one() or 0

    def newest_ms(self) -> int:
        """When the log's newest event happened (UTC epoch milliseconds); 0 in an empty log."""
        with Session(self._engine) as session:
            newest = select(func.max(EventRow.at_ms)).where(EventRow.session == self.session)
            return session.exec(newest).one() or 0

    def clock_zero_ms(self, boot: str) -> int | None:
        """The zero that the session's clock must keep: of this start of the machine, once the session has begun.

        Before that nothing depends on it, and a wall clock that was put right counts from the next start on.
        """
        with Session(self._engine) as session:
            begun = select(EventRow.seq).where(EventRow.session == self.session, EventRow.name == "SessionStarted")
            row = session.get(ClockRow, self.session)
            return row.zero_ms if row and boot and row.boot == boot and session.exec(begun).first() else None

    def keep_clock(self, boot: str, zero_ms: int) -> None:
        with Session(self._engine) as session, session.begin():
            session.merge(ClockRow(session=self.session, boot=boot, zero_ms=zero_ms))

    def check_writable(self) -> None:
        """Raises SQLAlchemyError where nothing can be kept now. Leaves nothing behind.

        It commits: that the disk is full does not show before.
        """
        self._check_in_place()
        with Session(self._engine) as session, session.begin():
            trial = SecretRow(name="writable?", value="")
            session.add(trial)
            session.flush()
            session.delete(trial)

    def _check_in_place(self) -> None:
        """SQLite writes on into a file that was deleted or replaced, and all of it is gone at the next start."""
        if file_at(self._path) != self._file:
            raise SQLAlchemyError(f"the file {self._path} is not the one that was opened")

    def secret(self, name: str, otherwise: str) -> str:
        """A secret kept in the database; `otherwise` is kept as it from now on, where there is none."""
        with Session(self._engine) as session, session.begin():
            row = session.get(SecretRow, name)
            if row is None:
                row = SecretRow(name=name, value=otherwise)
                session.add(row)
            return row.value

    def console_keys(self) -> list[KeyRow]:
        """The keys that open this session's consoles."""
        with Session(self._engine) as session:
            return list(session.exec(select(KeyRow).where(KeyRow.session == self.session)).all())

    def keep_key(self, name: str, role: str, digest: str) -> None:
        """One key for each name: the one before it opens no more."""
        with Session(self._engine) as session, session.begin():
            session.merge(KeyRow(session=self.session, name=name, role=role, hash=digest))

    def revoke_key(self, name: str) -> bool:
        """Whether there was such a key."""
        with Session(self._engine) as session, session.begin():
            row = session.get(KeyRow, (self.session, name))
            if row is not None:
                session.delete(row)
            return row is not None

    def _event_row(self, entry: Entry) -> dict[str, Any]:
        return {
            "session": self.session,
            "seq": entry.seq,
            "at_ms": entry.event.at_ms,
            "actor": actor_text(entry.actor),
            "command_id": entry.command_id,
            "name": event_name(entry.event),
            "data": event_data(without_personal(entry.event)),
        }

    def _answer_row(self, key: CommandKey, answer: Answer) -> dict[str, Any]:
        row = {"session": self.session, "actor": key[0], "command_id": key[1]}
        match answer:
            case Accepted(seq):
                return row | {"seq": seq, "reason": "", "filling": {}}
            case RefusedFor(reason, values):
                return row | {"seq": 0, "reason": reason, "filling": values}

    def _keep_personal(self, session: Session, entry: Entry) -> None:
        match event := entry.event:
            case ParticipantJoined(participant) | ParticipantChanged(participant):
                known = asdict(participant)
                self._put(session, ParticipantRow, **known)
                told = {name: known[name] for name in ("id", *PERSONAL)}
                self._put(session, FormerRow, seq=entry.seq, **told)
            case FloorRequested(request=about, summary=said) | RequestDescribed(about, said):
                if said or isinstance(event, RequestDescribed):
                    self._put(session, WordsRow, about=about, text=said)
            case Announced(text=said, notice=about):
                if about:
                    self._put(session, WordsRow, about=about, text=said)
            case ParticipantErased():
                forget_one(session, self.session, event)
                session.flush()  # what is put in after it, in the same batch, goes past the session
            case EverybodyErased():
                forget_everybody(session, self.session)
                session.flush()
            case NoteAdded(note=about, text=said) | NoteEdited(note=about, text=said) | NameTakenOut(about, said):
                self._put(session, WordsRow, about=about, text=said)
            case NoteRemoved(note=about):
                forget_words(session, self.session, (about,))

    def _put(self, session: Session, table: type[SQLModel], **row: Any) -> None:
        """One statement, and no look before it: each of five thousand who join would wait for it."""
        session.connection().execute(_upsert(table, self._engine.dialect.name), {"session": self.session, **row})


@cache
def _upsert(table: type[SQLModel], dialect: str) -> Insert:
    """Puts a row in, or over the one that has its key."""
    found = SQLModel.metadata.tables[str(table.__tablename__)]
    insertion: Any = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(found)
    written = {column.name: insertion.excluded[column.name] for column in found.columns if not column.primary_key}
    upsert: Insert = insertion.on_conflict_do_update(index_elements=found.primary_key.columns, set_=written)
    return upsert


@contextmanager
def _json_as_written() -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise Damaged(f"something in it is no JSON any more: {error}") from error
