"""Rules for those who ask: request the floor, say what about, step back, withdraw.

A participant acts on their own requests alone.
"""

from collections.abc import Callable

from app.floor import errors
from app.floor.events import (
    Event,
    FloorRequested,
    InterventionEnded,
    RequestDescribed,
    RequestRemoved,
    RequestSteppedBack,
    RequestWithdrawn,
)
from app.floor.request import Kind, Request
from app.floor.state import State, asked_already, live_requests, requests_of, speakers, speaking_order
from app.floor.text import checked
from app.floor.timers import spent_ms

MOST_SUMMARY = 280


def next_request(state: State) -> str:
    return f"r{state.request_count + 1}"


def request_floor(state: State, participant: str, kind: Kind, summary: str, now_ms: int) -> tuple[Event, ...]:
    """A closed list takes no more interventions; a reply or a point of order stays possible."""
    if state.topic is None:
        raise errors.NotRunning
    about = checked(summary, "summary", MOST_SUMMARY)
    if asked_already(state, participant, state.topic, kind):
        raise errors.AlreadyRequested
    if kind == "intervention" and state.topics[state.topic].list == "closed":
        raise errors.ListClosed
    return (FloorRequested(next_request(state), participant, state.topic, kind, about, now_ms),)


def describe_request(
    state: State, participant: str, request: str | None, summary: str, now_ms: int
) -> tuple[Event, ...]:
    own = _own(state, participant, request, lambda one: one.is_live)
    about = checked(summary, "summary", MOST_SUMMARY)
    return () if about == own.summary else (RequestDescribed(own.id, about, now_ms),)


def withdraw(state: State, participant: str, request: str | None, now_ms: int) -> tuple[Event, ...]:
    """Always possible, from a closed list too. Who withdraws while speaking concludes."""
    own = _own(state, participant, request, lambda one: one.is_live)
    if own.status == "speaking":
        return intervention_concluded(state, own.id, now_ms)
    return (RequestWithdrawn(own.id, now_ms),)


def intervention_concluded(state: State, request: str, now_ms: int) -> tuple[Event, ...]:
    """The end of the intervention of one of those who have, or had before an interruption, the floor."""
    return tuple(
        InterventionEnded(request, spent_ms(floor.timer, now_ms), now_ms)
        for floor in speakers(state)
        if floor.request == request
    )


def step_back(state: State, participant: str, request: str | None, now_ms: int) -> tuple[Event, ...]:
    """One place later, never earlier; the last one stays where they are."""
    own = _own(state, participant, request, lambda one: one.status == "waiting")
    is_last = speaking_order(state, own.topic)[-1] == own.id
    return () if is_last else (RequestSteppedBack(own.id, now_ms),)


def _own(state: State, participant: str, request: str | None, is_meant: Callable[[Request], bool]) -> Request:
    """The request that is named, or the only one it can be: of those on the current topic first."""
    if request is not None:
        named = state.requests.get(request)
        if named is None or named.participant != participant or not is_meant(named):
            raise errors.NoSuchRequest(request=request)
        return named
    meant = [one for one in requests_of(state, participant) if is_meant(one)]
    here = [one for one in meant if one.topic == state.topic] or meant
    if not here:
        raise errors.NoRequest
    return here[0]


def all_ended(
    state: State, participant: str, waiting_end_as: type[RequestRemoved | RequestWithdrawn], now_ms: int
) -> tuple[Event, ...]:
    """All that they ask for ends: what they have of the floor first, a point of order of theirs too."""
    own = list(live_requests(state, participant))
    return (
        *(event for one in own for event in intervention_concluded(state, one.id, now_ms)),
        *(waiting_end_as(one.id, now_ms) for one in own if one.status == "waiting"),
    )
