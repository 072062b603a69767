"""How an event changes the state. Nothing here refuses: an event is a fact.

`replay` folds events; `enact` folds what one command did and remembers it, so that the chair can take it back.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from app.floor.events import (
    ActDoneAgain,
    ActTakenBack,
    Announced,
    Event,
    EverybodyErased,
    FloorGiven,
    FloorRequested,
    InterventionAdjusted,
    InterventionEnded,
    ListClosed,
    ListOpened,
    NameTakenOut,
    NoteAdded,
    NoteEdited,
    NoteRemoved,
    OrderSet,
    ParticipantChanged,
    ParticipantErased,
    ParticipantHidden,
    ParticipantJoined,
    ParticipantsMerged,
    PassedOver,
    RecordPublished,
    RecordWithdrawn,
    RequestDescribed,
    RequestMoved,
    RequestRemoved,
    RequestSteppedBack,
    RequestWithdrawn,
    SessionEnded,
    SessionPaused,
    SessionPlanned,
    SessionResumed,
    SessionStarted,
    SpeakingTimeSet,
    TagAdded,
    TagRemoved,
    TimeTaken,
    TopicAdjusted,
    TopicOpened,
)
from app.floor.fold_erasure import everybody_erased, ids_brought, name_taken_out, participant_erased
from app.floor.fold_floor import intervention_ended, passed_over, with_floor_given
from app.floor.fold_list import moved, settled, stepped_back, with_request, without_request
from app.floor.fold_people import hidden, merged, with_participant
from app.floor.fold_record import note_edited, noted, published, with_tag, withdrawn, without_notes, without_tag
from app.floor.fold_session import (
    adjusted,
    announced,
    opened,
    planned,
    with_all_timers,
    with_list,
    with_status,
)
from app.floor.people import CHAIRING, Actor
from app.floor.state import MOST_ACTS, Act, State
from app.floor.timers import extended

NO_ACT = NoteEdited | NoteRemoved | TagAdded | TagRemoved | RecordPublished | RecordWithdrawn
"""What a console writes down is corrected by writing it anew: it would push what moved the floor out of the past."""


def replay(state: State, events: Iterable[Event]) -> State:
    for event in events:
        state = apply(state, event)
    return state


def enact(state: State, events: tuple[Event, ...], actor: Actor) -> State:
    """What one command did, folded onto the state.

    An act of the chair is kept with the state before it; what others do meanwhile is kept beside the newest act.
    """
    after = replay(state, events)
    if not events or isinstance(events[0], ActTakenBack | ActDoneAgain):
        return after
    if is_act(actor, events):
        number = state.act_count + 1
        act = Act(number, actor, events, before=_bare(state))
        return _with_act(replace(after, undone=(), act_count=number), act)
    if isinstance(events[0], SessionPlanned):  # what was taken back may be of topics that there are no more
        after = replace(after, undone=())
    return _with_later(after, events)


def is_act(actor: Actor, events: tuple[Event, ...]) -> bool:
    """Whether it is the chair's to take back."""
    return actor.role in CHAIRING and not isinstance(events[0], NO_ACT)


def _bare(state: State) -> State:
    """A state as acts keep it: without acts of its own, or they would keep each other for ever."""
    return replace(state, acts=(), undone=())


def _with_act(state: State, act: Act) -> State:
    return replace(state, acts=(*state.acts, act)[-MOST_ACTS:])


def _with_later(state: State, events: tuple[Event, ...]) -> State:
    if not state.acts:
        return state
    *older, newest = state.acts
    return replace(state, acts=(*older, replace(newest, later=newest.later + events)))


def taken_back(state: State) -> State:
    """The fold of the log without the newest act. Ids used since are not used again."""
    if not state.acts:
        return state
    *older, newest = state.acts
    without = replay(newest.before, newest.later)
    return _with_later(
        replace(
            without,
            acts=tuple(older),
            undone=(*state.undone, newest),
            taken_back=(*state.taken_back, *_ids_of(newest)),
            request_count=state.request_count,
            participant_count=state.participant_count,
            note_count=state.note_count,
            notice_count=state.notice_count,
            act_count=state.act_count,
            turn_count=state.turn_count,
        ),
        newest.later,
    )


def done_again(state: State) -> State:
    """The act that was taken back last, at the time it was first done."""
    if not state.undone:
        return state
    *older, newest = state.undone
    again = replay(state, newest.events)
    act = Act(newest.number, newest.by, newest.events, before=_bare(state))
    back = _ids_of(newest)
    taken_back = tuple(id_ for id_ in state.taken_back if id_ not in back)
    return _with_act(replace(again, undone=tuple(older), taken_back=taken_back), act)


def _ids_of(act: Act) -> tuple[str, ...]:
    return tuple(id_ for event in act.events for id_ in ids_brought(event))


def apply(state: State, event: Event) -> State:  # noqa: PLR0911, PLR0912 - one line an event
    match event:
        case SessionPlanned(plan):
            return planned(state, plan)
        case ParticipantJoined(participant):
            known = with_participant(state, participant)
            return replace(known, participant_count=state.participant_count + 1)
        case ParticipantChanged(participant):
            return with_participant(state, participant)
        case ParticipantHidden(participant_id):
            return hidden(state, participant_id)
        case ParticipantErased():
            return participant_erased(state, event)
        case NameTakenOut(about, text):
            return name_taken_out(state, about, text)
        case EverybodyErased():
            return everybody_erased(state, event)
        case ParticipantsMerged(participant_id, into):
            return merged(state, participant_id, into)
        case SessionStarted(at_ms):
            return with_all_timers(with_status(state, "running"), at_ms)
        case SessionPaused(at_ms):
            return with_all_timers(with_status(state, "paused"), at_ms)
        case SessionResumed(at_ms):
            return with_all_timers(with_status(state, "running"), at_ms)
        case SessionEnded(at_ms):
            return replace(with_all_timers(with_status(state, "ended"), at_ms), ended_ms=at_ms)
        case TopicOpened(topic, at_ms):
            return opened(state, topic, at_ms)
        case TopicAdjusted(topic, by_ms):
            return adjusted(state, {topic: by_ms})
        case TimeTaken(topic, parts):
            return adjusted(state, {topic: sum(parts.values()), **{other: -part for other, part in parts.items()}})
        case FloorRequested():
            return with_request(state, event)
        case RequestDescribed(request, summary):
            described = replace(state.requests[request], summary=summary)
            return replace(state, requests={**state.requests, request: described})
        case RequestWithdrawn(request, at_ms):
            return without_request(state, request, "withdrawn", at_ms)
        case RequestRemoved(request, at_ms):
            return without_request(state, request, "removed", at_ms)
        case RequestSteppedBack(request):
            return stepped_back(state, request)
        case RequestMoved(request, before):
            return moved(state, request, before)
        case PassedOver(request, at_ms):
            return passed_over(state, request, at_ms)
        case FloorGiven(request, limit_ms, at_ms):
            return with_floor_given(state, request, limit_ms, at_ms)
        case InterventionEnded(request, spent, at_ms):
            return intervention_ended(state, request, spent, at_ms)
        case InterventionAdjusted(_, by_ms):
            if state.floor is None:
                return state
            return replace(state, floor=replace(state.floor, timer=extended(state.floor.timer, by_ms)))
        case NoteAdded():
            return noted(state, event)
        case NoteEdited():
            return note_edited(state, event)
        case NoteRemoved(note):
            return without_notes(state, note)
        case TagAdded(topic, tag, request):
            return with_tag(state, topic, tag, request)
        case TagRemoved(topic, tag, request):
            return without_tag(state, topic, tag, request)
        case RecordPublished(at_ms):
            return published(state, at_ms)
        case RecordWithdrawn():
            return withdrawn(state)
        case ListClosed(topic):
            return with_list(state, topic, "closed")
        case ListOpened(topic):
            return with_list(state, topic, "open")
        case SpeakingTimeSet(limit_ms):
            return replace(state, speaking_time_ms=limit_ms)
        case OrderSet(order):
            return settled(replace(state, order=order))
        case Announced():
            return announced(state, event)
        case ActTakenBack():
            return taken_back(state)
        case ActDoneAgain():
            return done_again(state)
        case _:
            assert_never(event)
