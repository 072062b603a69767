"""Rules of the floor: who gets it, how it ends, and the chair's hand on the list of speakers."""

from app.floor import errors
from app.floor.events import (
    Event,
    FloorGiven,
    FloorRequested,
    InterventionAdjusted,
    InterventionEnded,
    PassedOver,
    RequestMoved,
    RequestRemoved,
)
from app.floor.fold import apply
from app.floor.request import Kind, Request
from app.floor.rules_people import known_participant
from app.floor.rules_request import intervention_concluded, next_request
from app.floor.rules_session import check_adjustment, interventions_ended
from app.floor.state import State, is_on_floor, speakers, speaking_order, waiting_request
from app.floor.timers import allotted_ms, spent_ms


def give_floor(state: State, request: str | None, after: str | None, now_ms: int) -> tuple[Event, ...]:
    """The floor goes to one who waits for the open topic; the intervention before it ends.

    `after` is who the chair saw with the floor: a second press of the same key, or of another chair's, is `stale`.
    A point of order interrupts a speaker instead of ending the intervention, and ends a point of order before it.
    """
    if state.status != "running":
        raise errors.NotRunning
    if after != (state.floor.request if state.floor else None):
        raise errors.Stale
    given = _next_or_named(state, request)
    return (*_floor_cleared(state, given, now_ms), FloorGiven(given.id, state.speaking_time_ms, now_ms))


def call_participant(state: State, participant: str, after: str | None, kind: Kind, now_ms: int) -> tuple[Event, ...]:
    """The floor to somebody who has joined, listed or not; a request that waits for it already is the one given."""
    known_participant(state, participant)
    if state.status != "running":
        raise errors.NotRunning
    assert state.topic is not None  # a running session has an open topic  # noqa: S101
    if waiting := waiting_request(state, participant, state.topic, kind):
        return give_floor(state, waiting.id, after, now_ms)
    requested = FloorRequested(next_request(state), participant, state.topic, kind, "", now_ms)
    return (requested, *give_floor(apply(state, requested), requested.request, after, now_ms))


def _next_or_named(state: State, request: str | None) -> Request:
    assert state.topic is not None  # a running session has an open topic  # noqa: S101
    if request is None:
        listed = speaking_order(state, state.topic)
        if not listed:
            raise errors.NoRequest
        return state.requests[listed[0]]
    return _waiting(state, request, state.topic)


def _floor_cleared(state: State, given: Request, now_ms: int) -> tuple[Event, ...]:
    floor = state.floor
    if floor is None or not given.is_point_of_order:
        return interventions_ended(state, now_ms)
    if not state.requests[floor.request].is_point_of_order:
        return ()
    return (InterventionEnded(floor.request, spent_ms(floor.timer, now_ms), now_ms),)


def end_intervention(state: State, request: str, now_ms: int) -> tuple[Event, ...]:
    if state.floor is None:
        raise errors.FloorEmpty
    if state.floor.request != request:
        raise errors.Stale
    return intervention_concluded(state, request, now_ms)


def conclude(state: State, participant: str, request: str | None, now_ms: int) -> tuple[Event, ...]:
    """A speaker ends their own intervention, or their point of order."""
    if state.floor is None:
        raise errors.FloorEmpty
    for floor in speakers(state):
        if state.requests[floor.request].participant == participant:
            if request not in {None, floor.request}:
                raise errors.Stale
            return intervention_concluded(state, floor.request, now_ms)
    raise errors.NoRequest


def adjust_intervention(state: State, by_ms: int, now_ms: int) -> tuple[Event, ...]:
    if state.floor is None:
        raise errors.FloorEmpty
    check_adjustment(allotted_ms(state.floor.timer), by_ms)
    return (InterventionAdjusted(state.floor.request, by_ms, now_ms),) if by_ms else ()


def pass_over(state: State, request: str, now_ms: int) -> tuple[Event, ...]:
    """Called and not there, whether the floor was given already or the name only called out."""
    if not is_on_floor(state, request):
        _waiting(state, request)
    return (PassedOver(request, now_ms),)


def remove_request(state: State, request: str, now_ms: int) -> tuple[Event, ...]:
    return (RequestRemoved(_waiting(state, request).id, now_ms),)


def move_request(state: State, request: str, before: str | None, now_ms: int) -> tuple[Event, ...]:
    """On the list as it now is, whatever joined or left it during the drag."""
    moved = _waiting(state, request)
    if before is not None:
        _waiting(state, before, moved.topic)
    listed = speaking_order(state, moved.topic)
    place = listed.index(request)
    follows = listed[place + 1] if place + 1 < len(listed) else None
    return () if before in {request, follows} else (RequestMoved(request, before, now_ms),)


def _waiting(state: State, request: str, topic: str | None = None) -> Request:
    """The waiting request that is named (of one topic, where one is given)."""
    named = state.requests.get(request)
    if named is not None and named.status == "speaking":
        raise errors.FloorTaken
    if named is None or named.status != "waiting" or topic not in {None, named.topic}:
        raise errors.NoSuchRequest(request=request)
    return named
