"""The database's tables. `migrations/` brings an older database up to them."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Column
from sqlmodel import Field, SQLModel


class EventRow(SQLModel, table=True):
    """One event of the log. `(session, seq)` is unique: who appends second has lost the race."""

    __tablename__ = "event"

    session: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    at_ms: int = Field(sa_column=Column(BigInteger, nullable=False))
    actor: str
    command_id: str
    name: str
    data: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class ParticipantRow(SQLModel, table=True):
    """A person. Kept apart from the log, so that a person can be erased without touching it."""

    __tablename__ = "participant"

    session: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    organisation: str
    group: str
    where: str
    language: str
    has_phone: bool
    hidden: bool
    erased: bool
    gender: str = ""
    region: str = ""


class FormerRow(SQLModel, table=True):
    """Who somebody was as of one event: what was put right can be taken back."""

    __tablename__ = "former"

    session: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    id: str
    name: str
    organisation: str
    language: str
    gender: str
    region: str


class WordsRow(SQLModel, table=True):
    """What a participant wrote about a request, or what was noted on an intervention: personal, so kept apart too."""

    __tablename__ = "words"

    session: str = Field(primary_key=True)
    about: str = Field(primary_key=True)
    """The id of the request or the note."""
    text: str


class AnswerRow(SQLModel, table=True):
    """What a command was answered; `reason` is empty where it was accepted."""

    __tablename__ = "answer"

    session: str = Field(primary_key=True)
    actor: str = Field(primary_key=True)
    command_id: str = Field(primary_key=True)
    seq: int
    reason: str
    filling: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """What fills the placeholders of a refusal's text."""


class KeyRow(SQLModel, table=True):
    """A key that opens a console: only its hash is kept."""

    __tablename__ = "key"

    session: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    """Whose it is: it stands beside each act."""
    role: str
    hash: str


class SecretRow(SQLModel, table=True):
    """What cookies are signed with, where the environment gives nothing."""

    __tablename__ = "secret"

    name: str = Field(primary_key=True)
    value: str


class ClockRow(SQLModel, table=True):
    """What the server's clock showed at the machine's start, and which start that was."""

    __tablename__ = "clock"

    session: str = Field(primary_key=True)
    boot: str
    zero_ms: int = Field(sa_column=Column(BigInteger, nullable=False))
