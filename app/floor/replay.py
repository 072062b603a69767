"""The session again, as the room display showed it: the first view, and what each act changed in it.

Made of `audience_view` alone, so nothing of it is the chair's. What was taken back later is in it: it was on the wall.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.floor.events import Event, ParticipantChanged, ParticipantHidden, ParticipantJoined, SessionStarted
from app.floor.fold import enact
from app.floor.merge_patch import merge_patch
from app.floor.people import Actor
from app.floor.state import EMPTY, State
from app.floor.views import View, audience_view

MOST_LISTED = 12
"""So many of those who wait a display shows at most; `waiting` of the topic says how many there were."""

Events = tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Change:
    at_ms: int
    patch: View
    """A merge patch from the view before it."""


@dataclass(frozen=True, slots=True)
class Replay:
    first: View
    """What was on the wall when the session was started; before that nothing happened there."""
    changes: tuple[Change, ...]


def replay_of(acts: Iterable[tuple[Actor, Events]], end: State) -> Replay:
    """`end`: the state that these acts lead to. Who is hidden or erased in it was never named."""
    acts = list(acts)
    unnamed = _unnamed((event for _, events in acts for event in events), end)
    state, first = EMPTY, audience_view(EMPTY)
    changes: list[Change] = []
    view, has_begun = first, False
    for actor, events in acts:
        has_begun = has_begun or any(isinstance(event, SessionStarted) for event in events)
        state = enact(state, tuple(_masked(event, unnamed) for event in events), actor)
        before, view = view, audience_view(state, most_listed=MOST_LISTED)
        if not has_begun:
            first = view
        elif patch := merge_patch(before, view):
            changes.append(Change(events[0].at_ms, patch))
    return Replay(first, tuple(changes))


def _unnamed(events: Iterable[Event], end: State) -> frozenset[str]:
    """Whose name is not to be shown, under each id they had."""
    found = {id_ for id_, one in end.participants.items() if not one.is_named}
    found |= {id_ for id_, into in end.merged.items() if into in found}
    # Hidden first and then merged with somebody whose name is fit to be seen:
    hidden = {event.participant for event in events if isinstance(event, ParticipantHidden)}
    return frozenset(found | (hidden & end.merged.keys()))


def _masked(event: Event, unnamed: frozenset[str]) -> Event:
    match event:
        case ParticipantJoined(participant) | ParticipantChanged(participant) if participant.id in unnamed:
            return replace(event, participant=replace(participant, hidden=True))
    return event
