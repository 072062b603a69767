"""Who takes part, and who acts. Names are shown, never used to tell people apart: ids do that."""

from dataclasses import dataclass
from typing import Literal

Where = Literal["room", "online"]
Role = Literal["attendee", "chair", "room", "server"]


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone who may speak. Kept in a row of its own, so that a person can be erased without touching the log."""

    id: str
    name: str
    organisation: str
    """For a government, the country."""
    group: str
    where: Where = "room"
    language: str = "en"
    has_phone: bool = True
    """False for somebody the chair or the secretariat put on the list."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who sends a command. The role comes from the connection, never from the message."""

    role: Role
    id: str = ""
    """The participant of an attendee (empty: has not joined), or the key of a chair."""


SERVER = Actor("server")
