"""Taking back, and doing again: the chair's last act is as if it had never been; what others did meanwhile stays."""

from collections.abc import Iterable

from app.floor import errors
from app.floor.events import (
    ActDoneAgain,
    ActTakenBack,
    Event,
    FloorGiven,
    FloorRequested,
    InterventionEnded,
    NoteAdded,
    NoteEdited,
    NoteRemoved,
    ParticipantChanged,
    ParticipantHidden,
    ParticipantsMerged,
    PassedOver,
    RequestDescribed,
    RequestMoved,
    RequestRemoved,
    RequestSteppedBack,
    RequestWithdrawn,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    TagAdded,
    TimeTaken,
    TopicOpened,
)
from app.floor.fold import apply
from app.floor.rules_people import asked_by_both
from app.floor.state import State, asked_already, is_on_floor, speakers
from app.floor.timers import spent_ms


def undo(state: State, act: int | None, now_ms: int) -> tuple[Event, ...]:
    """Refused as `stale` where what others did since makes no sense without the act (a speaker who has concluded)."""
    if not state.acts:
        raise errors.NothingToUndo
    if act not in {None, state.acts[-1].number}:
        raise errors.Stale
    _check_sense(state.acts[-1].before, state.acts[-1].later)
    return (ActTakenBack(now_ms),)


def redo(state: State, act: int | None, now_ms: int) -> tuple[Event, ...]:
    """Refused as `stale` where the act makes no sense any more (the request has been withdrawn since)."""
    if not state.undone:
        raise errors.NothingToRedo
    if act not in {None, state.undone[-1].number}:
        raise errors.Stale
    _check_sense(state, state.undone[-1].events)
    return (ActDoneAgain(now_ms),)


def _check_sense(state: State, events: Iterable[Event]) -> None:
    for event in events:
        has_its_topics = _topics_of(event) <= state.topics.keys()  # the server may have been started again without them
        if not (has_its_topics and _makes_sense(state, event)):
            raise errors.Stale
        state = apply(state, event)


def _makes_sense(state: State, event: Event) -> bool:  # noqa: PLR0911 - one line a kind
    """Whether an event could have happened in this state, as far as others' acts can have ruled it out."""
    match event:
        case FloorRequested(_, participant, topic, kind):
            return participant in state.participants and not asked_already(state, participant, topic, kind)
        case (
            RequestWithdrawn(request)
            | RequestSteppedBack(request)
            | RequestMoved(request)
            | RequestRemoved(request)
            | FloorGiven(request)
        ):
            return _is_waiting(state, request)
        case PassedOver(request):
            return _is_waiting(state, request) or is_on_floor(state, request)
        case RequestDescribed(request):
            return request in state.requests
        case NoteAdded(request=request) | TagAdded(request=request):
            return not request or request in state.requests
        case NoteEdited(note) | NoteRemoved(note):
            return note in state.notes
        case InterventionEnded(request, spent, at_ms):  # nobody has spoken for longer than they had the floor
            return any(floor.request == request and spent_ms(floor.timer, at_ms) >= spent for floor in speakers(state))
        case SessionPaused(at_ms) | SessionResumed(at_ms) | SessionEnded(at_ms) | TopicOpened(_, at_ms):
            return all(one.ended_ms <= at_ms for one in state.interventions[-1:])  # nobody has spoken in a pause
        case ParticipantChanged(participant):
            known = state.participants.get(participant.id)
            return known is not None and (participant.erased or not known.erased)
        case ParticipantsMerged(one, other):
            return {one, other} <= state.participants.keys() and not asked_by_both(state, one, other)
        case ParticipantHidden(id_):
            return id_ in state.participants
        case _:
            return True


def _topics_of(event: Event) -> set[str]:
    named = getattr(event, "topic", "")
    taken_from = set(event.parts) if isinstance(event, TimeTaken) else set()
    return taken_from | ({named} if named else set())


def _is_waiting(state: State, request: str) -> bool:
    return request in state.requests and state.requests[request].status == "waiting"
