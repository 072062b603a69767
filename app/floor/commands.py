"""What people ask for, in the imperative. `rules.decide` says what comes of it."""

from dataclasses import dataclass

from app.floor.people import Where
from app.floor.plan import Order, Plan
from app.floor.request import Kind

# --- from an attendee ---


@dataclass(frozen=True, slots=True)
class RequestFloor:
    kind: Kind = "intervention"
    summary: str = ""


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
    pass


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
    """A request on behalf of someone with no phone, or of someone online."""

    name: str
    organisation: str
    group: str
    kind: Kind = "intervention"
    where: Where = "room"
    summary: str = ""


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
    pass


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


@dataclass(frozen=True, slots=True)
class PlanSession:
    plan: Plan


AttendeeCommand = RequestFloor | DescribeRequest | Withdraw | StepBack | Conclude
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
    | AddRequest
    | CloseList
    | OpenList
    | SetSpeakingTime
    | SetOrder
    | Announce
    | Undo
)
Command = AttendeeCommand | ChairCommand | Join | PlanSession
