"""What happened, in the past tense. Stored for ever: never renamed, and a new field gets a default.

Each has `at_ms`, the instant on the server’s clock (UTC epoch milliseconds), last of what was there from the start.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.floor.notes import NoteKind
from app.floor.people import Participant
from app.floor.plan import Order, Plan
from app.floor.request import Kind


@dataclass(frozen=True, slots=True)
class SessionPlanned:
    """The session file was read, at first or changed since."""

    plan: Plan
    at_ms: int


@dataclass(frozen=True, slots=True)
class ParticipantJoined:
    participant: Participant
    at_ms: int


@dataclass(frozen=True, slots=True)
class ParticipantChanged:
    participant: Participant
    at_ms: int


@dataclass(frozen=True, slots=True)
class ParticipantHidden:
    participant: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class ParticipantErased:
    """Nothing but the group is known of them any more."""

    participant: str
    known_as: tuple[str, ...]
    """Whom they had joined as before they were merged."""
    requests: tuple[str, ...]
    """Of which nothing that they wrote is kept."""
    at_ms: int
    notes: tuple[str, ...] = ()
    """Those on what they said go as well."""
    never_were: tuple[str, ...] = ()
    """Ids of people, requests, notes and notices that came with acts which were taken back for good."""
    words: int = 0
    """How many of their requests they had written a line about."""


@dataclass(frozen=True, slots=True)
class NameTakenOut:
    """Of somebody who was erased, of what others wrote: a note, the line about a request, the notice that stands."""

    about: str
    """The id of the note, the request or the notice."""
    text: str
    """What is left."""
    at_ms: int


@dataclass(frozen=True, slots=True)
class EverybodyErased:
    """The time of keeping is over: of nobody is anything known but the group, and nothing of what was written."""

    participants: tuple[str, ...]
    """Those of whom something was known until then."""
    words: int
    """How many requests had a line about them."""
    notes: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class ParticipantsMerged:
    """They were one person, who joined twice: `into` stays."""

    participant: str
    into: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class SessionStarted:
    at_ms: int


@dataclass(frozen=True, slots=True)
class SessionPaused:
    at_ms: int


@dataclass(frozen=True, slots=True)
class SessionResumed:
    at_ms: int


@dataclass(frozen=True, slots=True)
class SessionEnded:
    at_ms: int


@dataclass(frozen=True, slots=True)
class TopicOpened:
    """It closes the topic before it, whose waiting requests stay with it."""

    topic: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class TopicAdjusted:
    topic: str
    by_ms: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class TimeTaken:
    """From later topics, for this one: how much of each."""

    topic: str
    parts: Mapping[str, int]
    at_ms: int


@dataclass(frozen=True, slots=True)
class FloorRequested:
    request: str
    participant: str
    topic: str
    kind: Kind
    summary: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class RequestDescribed:
    request: str
    summary: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class RequestWithdrawn:
    request: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class RequestSteppedBack:
    """One place later in the speaking order as it then is."""

    request: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class RequestMoved:
    """Placed by hand before another; `before` None: to the end."""

    request: str
    before: str | None
    at_ms: int


@dataclass(frozen=True, slots=True)
class RequestRemoved:
    request: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Called and not there: to the list's end; a second time, off the list."""

    request: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class FloorGiven:
    """Whoever still has the floor is interrupted by it (only a point of order does that)."""

    request: str
    limit_ms: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class InterventionEnded:
    request: str
    spent_ms: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class InterventionAdjusted:
    request: str
    by_ms: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class NoteAdded:
    note: str
    request: str
    """Empty where it is of what was said from the chair."""
    text: str
    by: str
    """The name of the key of whoever wrote it."""
    at_ms: int
    topic: str = ""
    """Only where it is of what was said from the chair."""
    kind: NoteKind = "note"


@dataclass(frozen=True, slots=True)
class NoteEdited:
    note: str
    text: str
    kind: NoteKind
    by: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class NoteRemoved:
    note: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class TagAdded:
    topic: str
    tag: str
    request: str
    """Empty: to the topic alone."""
    at_ms: int


@dataclass(frozen=True, slots=True)
class TagRemoved:
    topic: str
    tag: str
    request: str
    """Empty: from the topic and all its interventions."""
    at_ms: int


@dataclass(frozen=True, slots=True)
class RecordPublished:
    at_ms: int


@dataclass(frozen=True, slots=True)
class RecordWithdrawn:
    at_ms: int


@dataclass(frozen=True, slots=True)
class ListClosed:
    topic: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class ListOpened:
    topic: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class SpeakingTimeSet:
    """For all who follow; who speaks now keeps the time they were given."""

    limit_ms: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class OrderSet:
    order: Order
    at_ms: int


@dataclass(frozen=True, slots=True)
class Announced:
    """A notice on every screen; an empty text clears it, as does one that was erased since."""

    text: str
    at_ms: int
    notice: str = ""
    """Its id, by which its text is kept; empty where it clears."""


@dataclass(frozen=True, slots=True)
class ActTakenBack:
    """The newest act of the chair that was not yet taken back, as if it had never been."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class ActDoneAgain:
    """The act that was taken back last, as if it had not been."""

    at_ms: int


Event = (
    SessionPlanned
    | ParticipantJoined
    | ParticipantChanged
    | ParticipantHidden
    | ParticipantErased
    | NameTakenOut
    | EverybodyErased
    | ParticipantsMerged
    | SessionStarted
    | SessionPaused
    | SessionResumed
    | SessionEnded
    | TopicOpened
    | TopicAdjusted
    | TimeTaken
    | FloorRequested
    | RequestDescribed
    | RequestWithdrawn
    | RequestSteppedBack
    | RequestMoved
    | RequestRemoved
    | PassedOver
    | FloorGiven
    | InterventionEnded
    | InterventionAdjusted
    | NoteAdded
    | NoteEdited
    | NoteRemoved
    | TagAdded
    | TagRemoved
    | RecordPublished
    | RecordWithdrawn
    | ListClosed
    | ListOpened
    | SpeakingTimeSet
    | OrderSet
    | Announced
    | ActTakenBack
    | ActDoneAgain
)
