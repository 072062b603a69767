"""What events do to the floor: who has it, whom a point of order has interrupted, and what was said."""

from dataclasses import replace

from app.floor.fold_list import to_the_end, without_request
from app.floor.request import Intervention, Request
from app.floor.state import Floor, State, speakers
from app.floor.timers import Timer, allotted_ms, started, stopped

MOST_PASSED_OVER = 2
"""Called and absent once: to the list's end. Twice: off the list."""


def with_floor_given(state: State, request: str, limit_ms: int, at_ms: int) -> State:
    interrupted = state.interrupted
    if state.floor is not None:
        interrupted = replace(state.floor, timer=stopped(state.floor.timer, at_ms))
    given = without_request(_overtaken(state, request), request, "speaking")
    return replace(
        given, floor=Floor(request, Timer(limit_ms, since_ms=at_ms), at_ms), interrupted=interrupted, last=None
    )


def _overtaken(state: State, request: str) -> State:
    """Counts, for each who asked earlier and still waits, that a later request goes first."""
    given = state.requests[request]
    if given.is_point_of_order:
        return state
    passed = {
        other: replace(waits, overtaken=waits.overtaken + 1)
        for other in state.topics[given.topic].waiting
        if (waits := state.requests[other]).turn < given.turn
    }
    return replace(state, requests={**state.requests, **passed})


def intervention_ended(state: State, request: str, spent_ms: int, at_ms: int) -> State:
    ended = next((floor for floor in speakers(state) if floor.request == request), None)
    if ended is None:
        return state
    spoke = state.requests[request]
    intervention = Intervention(
        request,
        spoke.participant,
        spoke.topic,
        spoke.kind,
        allotted_ms(ended.timer),
        spent_ms,
        ended.given_ms,
        at_ms,
    )
    after = replace(
        _off_the_floor(state, request, at_ms),
        requests={**state.requests, request: replace(spoke, status="spoken", ended_ms=at_ms)},
        interventions=(*state.interventions, intervention),
    )
    return replace(after, last=None if after.floor else intervention)


def passed_over(state: State, request: str, at_ms: int) -> State:
    """An absent speaker has not spoken: the floor was given to nobody, and no time was theirs."""
    called = state.requests[request]
    after = _off_the_floor(state, request, at_ms)
    times = called.passed_over + 1
    counted = replace(called, passed_over=times)
    if times < MOST_PASSED_OVER:
        return to_the_end(after, counted)
    if called.status == "waiting":
        after = without_request(after, request, "passed_over")
    return _with_request(after, replace(counted, status="passed_over", ended_ms=at_ms))


def _off_the_floor(state: State, request: str, at_ms: int) -> State:
    """The floor without one of its speakers; when a point of order is over, whom it interrupted speaks on."""
    floor, interrupted = state.floor, state.interrupted
    if floor is not None and floor.request == request:
        floor, interrupted = interrupted, None
        if floor is not None and state.status == "running":
            floor = replace(floor, timer=started(floor.timer, at_ms))
    elif interrupted is not None and interrupted.request == request:
        interrupted = None
    return replace(state, floor=floor, interrupted=interrupted)


def _with_request(state: State, request: Request) -> State:
    return replace(state, requests={**state.requests, request.id: request})
