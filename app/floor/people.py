"""Who takes part, and who acts. Names are shown, never used to tell people apart: ids do that."""

from dataclasses import dataclass
from typing import Literal

Where = Literal["room", "online"]
Gender = Literal["", "woman", "man", "other"]
"""As people say it of themselves; empty: not stated."""
Region = Literal[
    "", "african", "asia_pacific", "eastern_european", "latin_american_caribbean", "western_european_other"
]
"""The regional groups of the United Nations; empty: not stated."""
Role = Literal["attendee", "chair", "co_moderator", "secretariat", "room", "server"]

CHAIRING: frozenset[Role] = frozenset({"chair", "co_moderator"})
"""Who moves the floor: a co-moderator has the chair's powers."""
CONSOLES: frozenset[Role] = CHAIRING | {"secretariat"}
"""Who works at a console, and sees what the chair sees."""


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
    hidden: bool = False
    """An abusive name: no screen shows it, nor does the public record."""
    erased: bool = False
    """Their data was taken out: nothing but the group is known any more."""
    gender: Gender = ""
    region: Region = ""
    """Both only where the session asks for them: counted in the record, shown on no screen."""

    @property
    def is_named(self) -> bool:
        return not (self.hidden or self.erased)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who sends a command. The role comes from the connection, never from the message."""

    role: Role
    id: str = ""
    """The participant of an attendee (empty: has not joined), or the name of a console's key."""


SERVER = Actor("server")
