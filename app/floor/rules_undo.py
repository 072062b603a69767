"""Taking back: what the chair did last is as if it had never been; what others did meanwhile stays."""

from app.floor import errors
from app.floor.events import (
    ActTakenBack,
    Event,
    FloorRequested,
    InterventionEnded,
    RequestDescribed,
    RequestSteppedBack,
    RequestWithdrawn,
)
from app.floor.fold import apply
from app.floor.state import State, asked_already, speakers
from app.floor.timers import spent_ms


def undo(state: State, now_ms: int) -> tuple[Event, ...]:
    """Refused as `stale` where what others did since makes no sense without the act (a speaker who has concluded)."""
    if not state.acts:
        raise errors.NothingToUndo
    act = state.acts[-1]
    without = act.before
    for event in act.later:
        if not _makes_sense(without, event):
            raise errors.Stale
        without = apply(without, event)
    return (ActTakenBack(now_ms),)


def _makes_sense(state: State, event: Event) -> bool:
    """Whether an event that somebody other than the chair has caused could have happened in this state."""
    match event:
        case FloorRequested(_, participant, topic, kind):
            return not asked_already(state, participant, topic, kind)
        case RequestWithdrawn(request) | RequestSteppedBack(request):
            return request in state.requests and state.requests[request].status == "waiting"
        case RequestDescribed(request):
            return request in state.requests
        case InterventionEnded(request, spent, at_ms):  # nobody has spoken for longer than they had the floor
            return any(floor.request == request and spent_ms(floor.timer, at_ms) >= spent for floor in speakers(state))
        case _:
            return True
