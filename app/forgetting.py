"""Personal data, taken out of the database for good: the rows that hold it, and then what they leave behind on disk."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Engine, delete, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from app.faults import in_words
from app.floor.events import ParticipantErased
from app.floor.names import without_names
from app.floor.people import Actor
from app.tables import AnswerRow, FormerRow, ParticipantRow, WordsRow
from app.wire import actor_text

log = logging.getLogger(__name__)

NOBODY: dict[str, Any] = {
    "name": "",
    "organisation": "",
    "language": "en",
    "gender": "",
    "region": "",
    "erased": True,
}


def forget_one(session: Session, of: str, event: ParticipantErased) -> None:
    """Who somebody was in the session `of`, under each id they had, and what was written; ids and times stay."""
    ids = {event.participant, *event.known_as}
    now = {row.name for id_ in ids if (row := session.get(ParticipantRow, (of, id_)))}
    names = now | {row.name for row in session.exec(select(FormerRow).where(*_former(of, ids)))}
    _forget_people(session, of, ids)
    session.execute(delete(FormerRow).where(*_former(of, {*ids, *event.never_were})))
    people = ParticipantRow
    session.execute(delete(people).where(col(people.session) == of, col(people.id).in_(event.never_were)))
    forget_words(session, of, (*event.requests, *event.notes, *event.never_were))
    for said in session.exec(select(WordsRow).where(WordsRow.session == of)):
        said.text = without_names(said.text, names)
    _forget_answers(session, of, {actor_text(Actor("attendee", id_)) for id_ in ids}, names)


def forget_words(session: Session, of: str, written: Iterable[str]) -> None:
    session.execute(delete(WordsRow).where(col(WordsRow.session) == of, col(WordsRow.about).in_(list(written))))


def forget_everybody(session: Session, of: str) -> None:
    """Whoever took part, and all that was written; those too whose joining was taken back."""
    session.execute(update(ParticipantRow).where(col(ParticipantRow.session) == of).values(NOBODY))
    for table in (WordsRow, FormerRow):
        session.execute(delete(table).where(col(table.session) == of))
    for row in session.exec(_refusals(of)):
        row.filling = _emptied(row.filling)


def _forget_people(session: Session, of: str, ids: Iterable[str]) -> None:
    people = ParticipantRow
    session.execute(update(people).where(col(people.session) == of, col(people.id).in_(list(ids))).values(NOBODY))


def _former(of: str, ids: Iterable[str]) -> tuple[Any, Any]:
    return col(FormerRow.session) == of, col(FormerRow.id).in_(list(ids))


def _forget_answers(session: Session, of: str, actors: set[str], names: Iterable[str]) -> None:
    """A refusal says what came; that may have been a name."""
    known = list(filter(None, names))
    for row in session.exec(_refusals(of)):
        said = str(row.filling).casefold()
        if row.actor in actors or any(name.casefold() in said for name in known):
            row.filling = _emptied(row.filling)


def _refusals(of: str) -> Any:
    return select(AnswerRow).where(AnswerRow.session == of, AnswerRow.reason != "")


def _emptied(filling: Mapping[str, Any]) -> dict[str, Any]:
    """Its text still finds each of its values."""
    return {name: "" if isinstance(value, str) else value for name, value in filling.items()}


def wipe(engine: Engine) -> None:
    """Leaves nothing of what was deleted in the database's files.

    It is deleted already: where this can't be done now, it is done at the next start, so that nothing is raised.
    """
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if engine.dialect.name == "sqlite":
                connection.execute(text("VACUUM"))  # pages that were split may hold a copy
                busy, _, _ = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()
                if busy:
                    log.warning("erased, but not from the write-ahead log yet: another program reads the database")
            else:
                for table in (ParticipantRow, FormerRow, WordsRow, AnswerRow):
                    connection.execute(text(f"VACUUM (FULL) {table.__tablename__}"))
    except SQLAlchemyError as error:
        log.warning("erased, but not wiped off the disk yet", extra={"cause": in_words(error)})
