"""A small session to write the rules' examples with: its plan, its people, and the moments they start from.

Times are milliseconds since the session started, as literal numbers. Requests are numbered r1, r2, … as they come.
"""

from collections.abc import Iterable
from typing import Any

from app.floor.commands import Command, GiveFloor, Join, OpenTopic, PlanSession, RequestFloor, StartSession
from app.floor.errors import Refused
from app.floor.events import Event
from app.floor.fold import enact
from app.floor.people import SERVER, Actor
from app.floor.plan import Plan, PlannedTopic
from app.floor.rules import decide
from app.floor.state import EMPTY, State

PLAN = Plan(
    id="kyoto",
    title={"en": "WSIS at 20"},
    topics=(
        PlannedTopic("opening", 300_000, {"en": "Opening"}, kind="opening"),
        PlannedTopic("vision", 1_500_000, {"en": "The WSIS vision"}, {"en": "How has it changed?"}),
        PlannedTopic("risks", 1_500_000, {"en": "Emerging technologies"}, {"en": "What will they do?"}),
        PlannedTopic("closing", 600_000, {"en": "Closing"}, kind="closing"),
    ),
    groups={
        "government": {"en": "Government"},
        "civil_society": {"en": "Civil society"},
        "academia": {"en": "Academia"},
        "private_sector": {"en": "Private sector"},
    },
    duration_ms=3_900_000,
    speaking_time_ms=120_000,
)

CHAIR = Actor("chair", "key")
VICE_CHAIR = Actor("chair", "other-key")
ROOM = Actor("room")
STRANGER = Actor("attendee")
"""Has the page open and never joined."""
ANA, BO, CY, DI = (Actor("attendee", name) for name in ("ana", "bo", "cy", "di"))

PEOPLE = (
    Join("ana", "Ana Alm", "Sweden", "government"),
    Join("bo", "Bo Berg", "Access for All", "civil_society"),
    Join("cy", "Cy Chen", "Kyoto University", "academia"),
    Join("di", "Di Diaz", "Peru", "government"),
)


def enacted(state: State, command: Command, actor: Actor, now_ms: int) -> State:
    """The state after a command that the rules allow."""
    return enact(state, decide(state, command, actor, now_ms), actor)


def played(state: State, *steps: tuple[int, Actor, Command]) -> State:
    """The state after several commands: when, who, what."""
    for now_ms, actor, command in steps:
        state = enacted(state, command, actor, now_ms)
    return state


def outcome(state: State, command: Command, actor: Actor, now_ms: int) -> tuple[Event, ...] | str:
    """The events a command leads to, or the code of its refusal."""
    try:
        return decide(state, command, actor, now_ms)
    except Refused as refused:
        return refused.code


def names(events: Iterable[Event]) -> list[str]:
    return [type(event).__name__ for event in events]


def apply_merge_patch(target: Any, patch: Any) -> Any:
    """RFC 7396, section 2, written down anew so that nothing under test is tested by itself."""
    if not isinstance(patch, dict):
        return patch
    merged = {key: value for key, value in target.items() if key not in patch} if isinstance(target, dict) else {}
    had = target if isinstance(target, dict) else {}
    return merged | {key: apply_merge_patch(had.get(key), value) for key, value in patch.items() if value is not None}


PLANNED = enacted(EMPTY, PlanSession(PLAN), SERVER, 0)
"""The session file has been read; nobody is there."""

JOINED = played(PLANNED, *((0, Actor("attendee"), join) for join in PEOPLE))
"""Ana, Bo, Cy and Di have joined; the session waits."""

OPENING = enacted(JOINED, StartSession(), CHAIR, 0)
"""Running since 0, on the opening, whose list is closed."""

START = enacted(OPENING, OpenTopic("vision"), CHAIR, 0)
"""Running since 0, on the topic "vision", whose list is open; nobody waits."""


def waiting(*people: Actor, since: State = START) -> State:
    """One second after another, each asks for an intervention: r1, r2, …"""
    return played(since, *((second * 1_000, actor, RequestFloor()) for second, actor in enumerate(people, start=1)))


ANA_SPEAKS = enacted(waiting(ANA, BO, CY), GiveFloor("r1"), CHAIR, 10_000)
"""Ana has the floor with r1 since 10 000; Bo (r2) and Cy (r3) wait."""
