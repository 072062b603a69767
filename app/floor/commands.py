"""What people ask for, in the imperative. `rules.decide` says what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.floor.notes import NoteKind
from app.floor.people import Gender, Region, Where
from app.floor.plan import Order, Plan
from app.floor.request import Kind

# --- from an attendee ---


@dataclass(frozen=True, slots=True)
class RequestFloor:
    kind: Kind = "intervention"
    summary: str = ""
    topic: str | None = None
    """The topic that was open when they asked: a phone may have been offline since."""


@dataclass(frozen=True, slots=True)
class DescribeRequest:
    """What the request is about. It follows the request, so that nobody loses their place while typing."""

    summary: str
    request: str | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    request: str | None = None


@dataclass(frozen=True, slots=True)
class StepBack:
    request: str | None = None


@dataclass(frozen=True, slots=True)
class Conclude:
    request: str | None = None
    """The one that they were speaking to: a phone may have been offline since."""


@dataclass(frozen=True, slots=True)
class TakeOutData:
    """The participant leaves, and what is known of them goes; what they said counts on, without a name."""


# --- from the chair ---


@dataclass(frozen=True, slots=True)
class StartSession:
    """Begins the session and opens its first topic, so that all of the session's time is some topic's time."""


@dataclass(frozen=True, slots=True)
class PauseSession:
    pass


@dataclass(frozen=True, slots=True)
class ResumeSession:
    pass


@dataclass(frozen=True, slots=True)
class EndSession:
    pass


@dataclass(frozen=True, slots=True)
class OpenTopic:
    topic: str


@dataclass(frozen=True, slots=True)
class AdjustTopic:
    by_ms: int


@dataclass(frozen=True, slots=True)
class GiveFloor:
    """`request` None: the next one in the speaking order. `after`: who the chair saw with the floor."""

    request: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class EndIntervention:
    request: str


@dataclass(frozen=True, slots=True)
class AdjustIntervention:
    by_ms: int


@dataclass(frozen=True, slots=True)
class PassOver:
    request: str


@dataclass(frozen=True, slots=True)
class RemoveRequest:
    request: str


@dataclass(frozen=True, slots=True)
class MoveRequest:
    request: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class AddRequest:
    """A request on behalf of someone with no phone, or of someone online.

    By their name, organisation and group they become a participant; somebody who is one already is asked for by
    `participant`, and stays who and where they are.
    """

    name: str | None = None
    organisation: str | None = None
    group: str | None = None
    kind: Kind = "intervention"
    where: Where = "room"
    summary: str = ""
    participant: str | None = None


@dataclass(frozen=True, slots=True)
class CallParticipant:
    """Gives the floor to somebody who has joined, listed or not: a follow-up question, a reply, an invited speaker."""

    participant: str
    after: str | None = None
    kind: Kind = "intervention"


@dataclass(frozen=True, slots=True)
class EditParticipant:
    """Puts right a mistyped name, organisation or group; what is not given stays."""

    participant: str
    name: str | None = None
    organisation: str | None = None
    group: str | None = None
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class MergeParticipants:
    """Somebody who joined twice: all that `participant` asked and said is `into`'s from now on."""

    participant: str
    into: str


@dataclass(frozen=True, slots=True)
class HideParticipant:
    """Takes an abusive name off the list, the floor, every screen and the public record, in one act."""

    participant: str


@dataclass(frozen=True, slots=True)
class AddNote:
    """What the secretariat notes: on an intervention (`request`), or on what was said from the chair (`topic`)."""

    text: str
    request: str | None = None
    topic: str | None = None
    kind: NoteKind = "note"
    note: str | None = None
    """An id of the page's own making (`n-…`), so that what is typed on finds its note; None: one is given."""


@dataclass(frozen=True, slots=True)
class EditNote:
    """What is typed on. `version`: how often the page saw it changed; somebody else may have typed since."""

    note: str
    text: str
    version: int
    kind: NoteKind | None = None


@dataclass(frozen=True, slots=True)
class RemoveNote:
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class AddTag:
    """A word to find things by: on a topic, or on one of its interventions, and then on both."""

    topic: str
    tag: str
    request: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveTag:
    """`request` None: from the topic and all its interventions."""

    topic: str
    tag: str
    request: str | None = None


@dataclass(frozen=True, slots=True)
class PublishRecord:
    """From a draft, which consoles alone see, to what everybody may read. It stays as it is from then on."""


@dataclass(frozen=True, slots=True)
class WithdrawRecord:
    """Back to a draft, to be corrected and published again."""


@dataclass(frozen=True, slots=True)
class TakeTime:
    """Time for the open topic, taken from later ones: how much (milliseconds) of each."""

    parts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CloseList:
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class OpenList:
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class SetSpeakingTime:
    limit_ms: int


@dataclass(frozen=True, slots=True)
class SetOrder:
    order: Order


@dataclass(frozen=True, slots=True)
class Announce:
    text: str


@dataclass(frozen=True, slots=True)
class Undo:
    """`act`: the number of the one the chair saw as the last; another console may have acted since."""

    act: int | None = None


@dataclass(frozen=True, slots=True)
class Redo:
    """Does again what was taken back last, until another act. `act`: the number of the one that was seen."""

    act: int | None = None


# --- from the server's own pages and start-up, never from a socket ---


@dataclass(frozen=True, slots=True)
class Join:
    """Become a participant, or, from the same phone again, change what is known of one."""

    participant: str
    """The id that a new participant gets."""
    name: str
    organisation: str
    group: str
    where: Where = "room"
    language: str = "en"
    gender: Gender | None = None
    region: Region | None = None
    """None: as it is known, or not stated."""


@dataclass(frozen=True, slots=True)
class EraseParticipant:
    """What `TakeOutData` does, for somebody who asks the organiser, or whose time of keeping is over."""

    participant: str


@dataclass(frozen=True, slots=True)
class EraseEverybody:
    """The time of keeping is over. Whether it is, is not for the rules to say: see `keeping.py`."""


@dataclass(frozen=True, slots=True)
class PlanSession:
    plan: Plan


AttendeeCommand = RequestFloor | DescribeRequest | Withdraw | StepBack | Conclude | TakeOutData
SecretariatCommand = (
    AddRequest
    | EditParticipant
    | MergeParticipants
    | AddNote
    | EditNote
    | RemoveNote
    | AddTag
    | RemoveTag
    | PublishRecord
    | WithdrawRecord
)
"""What the secretariat may do too: it never moves the floor."""
ChairCommand = (
    StartSession
    | PauseSession
    | ResumeSession
    | EndSession
    | OpenTopic
    | AdjustTopic
    | GiveFloor
    | EndIntervention
    | AdjustIntervention
    | PassOver
    | RemoveRequest
    | MoveRequest
    | CallParticipant
    | HideParticipant
    | TakeTime
    | CloseList
    | OpenList
    | SetSpeakingTime
    | SetOrder
    | Announce
    | Undo
    | Redo
)
Command = AttendeeCommand | SecretariatCommand | ChairCommand | Join | EraseParticipant | EraseEverybody | PlanSession
