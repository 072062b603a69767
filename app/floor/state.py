"""All that is true of the session at one moment: a frozen value, and what can be read off it.

How events change it is in `fold.py`; what a screen may know of it in `views.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from app.floor.notes import Note, Tags
from app.floor.order import Waiting, arrange
from app.floor.people import Actor, Participant
from app.floor.plan import Order, Plan, PlannedTopic
from app.floor.request import Intervention, Kind, Request
from app.floor.timers import Timer

if TYPE_CHECKING:
    from app.floor.events import Event

SessionStatus = Literal["waiting", "running", "paused", "ended"]
ListStatus = Literal["open", "closed"]

MOST_ACTS = 20
"""So many acts of the chair can be taken back."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Where one topic stands."""

    timer: Timer
    list: ListStatus
    waiting: tuple[str, ...] = ()
    """The requests that wait for it; in speaking order as of the last change that fixed places."""
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Floor:
    """Who has the floor, and their own time."""

    request: str
    timer: Timer
    given_ms: int
    """When the floor was given (UTC epoch milliseconds)."""


@dataclass(frozen=True, slots=True)
class Notice:
    text: str
    at_ms: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What one command of the chair did, kept so that it can be taken back."""

    number: int
    by: Actor
    events: tuple["Event", ...]
    before: "State"
    """The state it was done in (itself without acts)."""
    later: tuple["Event", ...] = ()
    """What others did since, which stays when the act goes."""


@dataclass(frozen=True, slots=True)
class State:
    """The session at one moment. Nobody but `fold.apply` makes a new one."""

    plan: Plan
    status: SessionStatus = "waiting"
    timer: Timer = Timer(0)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    topic: str | None = None
    """The open topic: None only before the session has started."""
    floor: Floor | None = None
    interrupted: Floor | None = None
    """Who had the floor when the point of order that has it now was raised."""
    last: Intervention | None = None
    """Who spoke last, until somebody else does or another topic opens."""
    requests: Mapping[str, Request] = field(default_factory=dict)
    participants: Mapping[str, Participant] = field(default_factory=dict)
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Participant -> their requests, oldest first."""
    interventions: tuple[Intervention, ...] = ()
    speaking_time_ms: int = 0
    order: Order = "as_requested"
    notes: Mapping[str, Note] = field(default_factory=dict)
    """In the order in which they were begun."""
    tags: Tags = field(default_factory=dict)
    published_ms: int = 0
    """When the record was published (UTC epoch milliseconds); 0 while it is a draft."""
    editions: int = 0
    """How often it was published."""
    notice: Notice | None = None
    acts: tuple[Act, ...] = ()
    """Oldest first, the next to be taken back last; at most `MOST_ACTS`."""
    undone: tuple[Act, ...] = ()
    """Acts taken back, the next to be done again last; another act forgets them."""
    merged: Mapping[str, str] = field(default_factory=dict)
    """Who joined twice -> the participant they are from now on."""
    merged_names: Mapping[str, str] = field(default_factory=dict)
    """Who joined twice -> the name that they had then."""
    taken_back: tuple[str, ...] = ()
    """Ids of what came with acts that were taken back, and were not done again."""
    ended_ms: int = 0
    """When the session ended (UTC epoch milliseconds); 0 until then."""
    request_count: int = 0
    """Never goes back, so that an id is never used twice."""
    participant_count: int = 0
    note_count: int = 0
    notice_count: int = 0
    act_count: int = 0
    turn_count: int = 0

    @property
    def current_topic(self) -> Topic | None:
        return None if self.topic is None else self.topics[self.topic]

    @property
    def has_begun(self) -> bool:
        return self.status != "waiting"


EMPTY = State(Plan(id="", title={}, topics=(), groups={}, duration_ms=0, speaking_time_ms=0))
"""Before the session file was read: what every log is folded onto."""


def planned_topic(state: State, topic: str) -> PlannedTopic:
    return next(planned for planned in state.plan.topics if planned.id == topic)


def speaking_order(state: State, topic: str) -> tuple[str, ...]:
    """The ids of those who wait for a topic, the next one first. The same for every screen."""
    waiting = state.topics[topic].waiting
    if state.order == "as_requested":  # kept sorted as requests come and go; see fold.py
        return waiting
    return arranged(state, waiting)


def arranged(state: State, waiting: tuple[str, ...]) -> tuple[str, ...]:
    voices = heard(state)
    requests = (state.requests[request] for request in waiting)
    return arrange(
        [Waiting(request, group_of(state, request), request.participant not in voices) for request in requests],
        state.order,
        {group: share.spent_ms for group, share in shares(state).items()},
        state.speaking_time_ms,
    )


def group_of(state: State, request: Request | Intervention) -> str:
    return state.participants[request.participant].group


def requests_of(state: State, participant: str) -> Iterator[Request]:
    """All that a participant has asked for in this session, oldest first."""
    return (state.requests[request] for request in state.asked.get(participant, ()))


def live_requests(state: State, participant: str) -> Iterator[Request]:
    """Those of a participant's requests that have not ended yet."""
    return (one for one in requests_of(state, participant) if one.is_live)


def asked_already(state: State, participant: str, topic: str, kind: Kind) -> bool:
    """Whether a request of this kind is on its way: each participant may have one a topic and kind.

    One with the floor counts: there is no second while speaking, and who turns out to be absent waits again.
    """
    return any(one.topic == topic and one.kind == kind for one in live_requests(state, participant))


def is_interrupted(state: State, request: str) -> bool:
    """Whether a point of order has the floor in its place, until it is over."""
    return state.interrupted is not None and state.interrupted.request == request


def is_on_floor(state: State, request: str) -> bool:
    """Whether it has the floor, or had it before the point of order that has it now."""
    return any(floor.request == request for floor in speakers(state))


def waiting_request(state: State, participant: str, topic: str, kind: Kind) -> Request | None:
    own = (one for one in live_requests(state, participant) if one.topic == topic and one.kind == kind)
    return next((one for one in own if one.status == "waiting"), None)


def speakers(state: State) -> tuple[Floor, ...]:
    """Who has the floor, and whoever a point of order has interrupted."""
    return tuple(floor for floor in (state.floor, state.interrupted) if floor is not None)


def heard(state: State) -> set[str]:
    """The participants who have spoken in this session: the others are new voices."""
    return {one.participant for one in state.interventions if one.counts}


@dataclass(frozen=True, slots=True)
class Share:
    """What a group has had of the session so far: finished interventions, points of order left out."""

    count: int = 0
    spent_ms: int = 0


def shares(state: State, topic: str | None = None) -> dict[str, Share]:
    """Each group's share, of one topic or of the whole session; a group not yet heard has zeros."""
    found = {group: Share() for group in state.plan.groups}
    for one in state.interventions:
        if one.counts and topic in {None, one.topic}:
            group = group_of(state, one)
            had = found.get(group, Share())
            found[group] = Share(had.count + 1, had.spent_ms + one.spent_ms)
    return found
