"""The acts that the chair can take back, each told as the command that it was."""

from typing import Any

from app.floor.events import (
    Announced,
    Event,
    FloorGiven,
    FloorRequested,
    InterventionAdjusted,
    InterventionEnded,
    ListClosed,
    ListOpened,
    NoteAdded,
    OrderSet,
    ParticipantChanged,
    ParticipantHidden,
    ParticipantsMerged,
    PassedOver,
    RequestMoved,
    RequestRemoved,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SpeakingTimeSet,
    TimeTaken,
    TopicAdjusted,
    TopicOpened,
)
from app.floor.state import Act, State

_DO: dict[type, str] = {
    SessionStarted: "start_session",
    SessionPaused: "pause_session",
    SessionResumed: "resume_session",
    SessionEnded: "end_session",
    TopicOpened: "open_topic",
    TopicAdjusted: "adjust_topic",
    TimeTaken: "take_time",
    ParticipantChanged: "edit_participant",
    ParticipantHidden: "hide_participant",
    ParticipantsMerged: "merge_participants",
    NoteAdded: "add_note",
    FloorGiven: "give_floor",
    InterventionEnded: "end_intervention",
    InterventionAdjusted: "adjust_intervention",
    PassedOver: "pass_over",
    RequestRemoved: "remove_request",
    RequestMoved: "move_request",
    FloorRequested: "add_request",
    ListClosed: "close_list",
    ListOpened: "open_list",
    SpeakingTimeSet: "set_speaking_time",
    OrderSet: "set_order",
    Announced: "announce",
}
_DETAILS = ("request", "topic", "by_ms", "limit_ms", "order", "text")


def act_view(state: State, act: Act) -> dict[str, Any]:
    """`do` is the command's name on the wire; beside it when, by whom, and what it was done to."""
    main = _main_event(act)
    told: dict[str, Any] = {"act": act.number, "do": _DO[type(main)], "at": main.at_ms, "by": act.by.role}
    if act.by.id and act.by.id != act.by.role:
        told["who"] = act.by.id
    told |= {key: getattr(main, key) for key in _DETAILS if hasattr(main, key)}
    if isinstance(main, TimeTaken):
        told["by_ms"] = sum(main.parts.values())
    if name := _name(state, main):
        told["name"] = name
    return told


def _name(state: State, event: Event) -> str:
    """Whom it concerned; empty where it was nobody, or an act taken back that added them."""
    match event:
        case ParticipantChanged(participant):
            id_ = participant.id
        case ParticipantHidden(id_):
            pass
        case ParticipantsMerged(_, id_):
            pass
        case _:
            request = state.requests.get(getattr(event, "request", ""))
            id_ = request.participant if request else ""
    known = state.participants.get(id_)
    return "" if known is None or not known.is_named else known.name


def _main_event(act: Act) -> Event:
    """The one the chair meant: interventions end, and people join, on the way to it; a start opens a topic."""
    return act.events[0] if isinstance(act.events[0], SessionStarted) else act.events[-1]
