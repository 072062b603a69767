"""Why a command is refused. Nothing has changed then.

Refused
├── of the message:   Malformed, TooLong, TooFast, UnknownCommand
├── of the actor:     NotJoined, NotChair, UnknownCode
├── of the session:   NotRunning, SessionEnded, NoTopic, ListClosed, PlanConflict
├── of the record:    NotEnded, RecordIsPublished, NoSuchNote
├── of a request:     AlreadyRequested, NoSuchRequest, NoRequest, NoSuchParticipant
├── of the floor:     FloorTaken, FloorEmpty, Stale
└── of the past:      NothingToUndo, NothingToRedo

Each has a `code` that never changes: it goes over the wire as `reason`, and `refused.<code>` is its catalogue key.
"""

from typing import ClassVar


class Refused(Exception):  # noqa: N818 - the field's word for it; it is an answer, not a fault
    """A command that the rules do not allow now. `values` fill the placeholders of its text."""

    code: ClassVar[str]

    def __init__(self, **values: str | int) -> None:
        super().__init__(values)
        self.values_by_name = values

    def __str__(self) -> str:
        return f"{self.code} {self.values_by_name}" if self.values_by_name else self.code


class Malformed(Refused):
    """`detail`: what was expected and what came."""

    code = "malformed"


class TooLong(Refused):
    """`field`, `most` (characters allowed)."""

    code = "too_long"


class TooFast(Refused):
    """`seconds`: when to try again."""

    code = "too_fast"


class UnknownCommand(Refused):
    """`name`: what was asked for."""

    code = "unknown_command"


class NotJoined(Refused):
    code = "not_joined"


class NotChair(Refused):
    code = "not_chair"


class UnknownCode(Refused):
    """A personal code that is nobody's; asked for by a page, never by a command."""

    code = "unknown_code"


class NotRunning(Refused):
    code = "not_running"


class SessionEnded(Refused):
    code = "session_ended"


class NoTopic(Refused):
    code = "no_topic"


class ListClosed(Refused):
    code = "list_closed"


class PlanConflict(Refused):
    """A changed session file that what has happened already rules out. `detail`: one reason a line."""

    code = "plan_conflict"


class NotEnded(Refused):
    """There is no whole record before the session's end."""

    code = "not_ended"


class RecordIsPublished(Refused):
    """What is published stays as it is, until it is taken back to be corrected."""

    code = "record_published"


class NoSuchNote(Refused):
    """`note`: the id that came."""

    code = "no_such_note"


class AlreadyRequested(Refused):
    code = "already_requested"


class NoSuchRequest(Refused):
    """`request`: the id that came."""

    code = "no_such_request"


class NoSuchParticipant(Refused):
    """`participant`: the id that came."""

    code = "no_such_participant"


class NoRequest(Refused):
    code = "no_request"


class FloorTaken(Refused):
    """The request that was meant to be moved, removed or called has the floor."""

    code = "floor_taken"


class FloorEmpty(Refused):
    code = "floor_empty"


class Stale(Refused):
    """What the actor saw is no longer so."""

    code = "stale"


class NothingToUndo(Refused):
    code = "nothing_to_undo"


class NothingToRedo(Refused):
    code = "nothing_to_redo"
