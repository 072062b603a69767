"""What comes of a command: the events it leads to, or the reason why it is refused.

A command whose wish is fulfilled already (pausing a paused session) leads to no event and is not refused: two hands
at two consoles may wish the same.
"""

from typing import assert_never

from app.floor import errors
from app.floor.commands import (
    AddNote,
    AddRequest,
    AddTag,
    AdjustIntervention,
    AdjustTopic,
    Announce,
    AttendeeCommand,
    CallParticipant,
    ChairCommand,
    CloseList,
    Command,
    Conclude,
    DescribeRequest,
    EditNote,
    EditParticipant,
    EndIntervention,
    EndSession,
    EraseEverybody,
    EraseParticipant,
    GiveFloor,
    HideParticipant,
    Join,
    MergeParticipants,
    MoveRequest,
    OpenList,
    OpenTopic,
    PassOver,
    PauseSession,
    PlanSession,
    PublishRecord,
    Redo,
    RemoveNote,
    RemoveRequest,
    RemoveTag,
    RequestFloor,
    ResumeSession,
    SecretariatCommand,
    SetOrder,
    SetSpeakingTime,
    StartSession,
    StepBack,
    TakeOutData,
    TakeTime,
    Undo,
    Withdraw,
    WithdrawRecord,
)
from app.floor.events import Event
from app.floor.people import CHAIRING, CONSOLES, Actor
from app.floor.rules_erasure import erase, erase_participant
from app.floor.rules_floor import (
    adjust_intervention,
    call_participant,
    conclude,
    end_intervention,
    give_floor,
    move_request,
    pass_over,
    remove_request,
)
from app.floor.rules_people import (
    add_request,
    edit_participant,
    hide_participant,
    join,
    merge_participants,
)
from app.floor.rules_record import (
    add_note,
    add_tag,
    check_draft,
    edit_note,
    publish_record,
    remove_note,
    remove_tag,
    withdraw_record,
)
from app.floor.rules_request import describe_request, request_floor, step_back, withdraw
from app.floor.rules_session import (
    adjust_topic,
    announce,
    end_session,
    open_topic,
    pause_session,
    plan_session,
    resume_session,
    set_list,
    set_order,
    set_speaking_time,
    start_session,
    take_time,
)
from app.floor.rules_undo import redo, undo
from app.floor.state import State


def decide(state: State, command: Command, actor: Actor, now_ms: int) -> tuple[Event, ...]:
    """The events a command leads to, at `now_ms` on the server's clock.

    Raises a kind of `Refused`; then nothing has changed.
    """
    if isinstance(command, PlanSession):
        return plan_session(state, command.plan, now_ms)
    if isinstance(command, Join):
        return join(state, command, actor, now_ms)
    if isinstance(command, EraseParticipant | EraseEverybody):
        return erase(state, command, now_ms)
    if isinstance(command, AttendeeCommand):
        return _decide_for_attendee(state, command, _participant(state, actor), now_ms)
    if isinstance(command, SecretariatCommand):
        if actor.role not in CONSOLES:
            raise errors.NotChair
        return _decide_for_secretariat(state, command, actor, now_ms)
    if actor.role not in CHAIRING:
        raise errors.NotChair
    return _decide_for_chair(state, command, now_ms)


def _participant(state: State, actor: Actor) -> str:
    id_ = state.merged.get(actor.id, actor.id)
    known = state.participants.get(id_)
    if actor.role != "attendee" or known is None or known.erased:
        raise errors.NotJoined
    return id_


def _decide_for_attendee(state: State, command: AttendeeCommand, participant: str, now_ms: int) -> tuple[Event, ...]:
    if isinstance(command, TakeOutData):
        return erase_participant(state, participant, now_ms)
    if state.status == "ended":
        raise errors.SessionEnded
    match command:
        case RequestFloor(kind, summary, topic):
            if topic not in {None, state.topic}:
                raise errors.Stale
            return request_floor(state, participant, kind, summary, now_ms)
        case DescribeRequest(summary, request):
            return describe_request(state, participant, request, summary, now_ms)
        case Withdraw(request):
            return withdraw(state, participant, request, now_ms)
        case StepBack(request):
            return step_back(state, participant, request, now_ms)
        case Conclude(request):
            return conclude(state, participant, request, now_ms)
        case _:
            assert_never(command)


def _decide_for_secretariat(  # noqa: PLR0911 - one line a command
    state: State, command: SecretariatCommand, actor: Actor, now_ms: int
) -> tuple[Event, ...]:
    """What corrects and completes the record is possible after the session's end, too, until it is published."""
    match command:
        case PublishRecord():
            return publish_record(state, now_ms)
        case WithdrawRecord():
            return withdraw_record(state, now_ms)
    check_draft(state)
    match command:
        case AddRequest():
            if state.status == "ended":
                raise errors.SessionEnded
            return add_request(state, command, now_ms)
        case EditParticipant():
            return edit_participant(state, command, now_ms)
        case MergeParticipants(participant, into):
            return merge_participants(state, participant, into, now_ms)
        case AddNote():
            return add_note(state, command, actor, now_ms)
        case EditNote():
            return edit_note(state, command, actor, now_ms)
        case RemoveNote(note, version):
            return remove_note(state, note, version, now_ms)
        case AddTag(topic, tag, request):
            return add_tag(state, topic, tag, request, now_ms)
        case RemoveTag(topic, tag, request):
            return remove_tag(state, topic, tag, request, now_ms)
        case _:
            assert_never(command)


def _decide_for_chair(  # noqa: PLR0911, PLR0912 - one line a command
    state: State, command: ChairCommand, now_ms: int
) -> tuple[Event, ...]:
    match command:
        case Undo(act):
            check_draft(state)
            return undo(state, act, now_ms)
        case Redo(act):
            check_draft(state)
            return redo(state, act, now_ms)
        case HideParticipant(participant):
            return hide_participant(state, participant, now_ms)
        case Announce(text):
            return announce(state, text, now_ms)
    if state.status == "ended":
        raise errors.SessionEnded
    match command:
        case StartSession():
            return start_session(state, now_ms)
        case PauseSession():
            return pause_session(state, now_ms)
        case ResumeSession():
            return resume_session(state, now_ms)
        case EndSession():
            return end_session(state, now_ms)
        case OpenTopic(topic):
            return open_topic(state, topic, now_ms)
        case AdjustTopic(by_ms):
            return adjust_topic(state, by_ms, now_ms)
        case GiveFloor(request, after):
            return give_floor(state, request, after, now_ms)
        case EndIntervention(request):
            return end_intervention(state, request, now_ms)
        case AdjustIntervention(by_ms):
            return adjust_intervention(state, by_ms, now_ms)
        case PassOver(request):
            return pass_over(state, request, now_ms)
        case RemoveRequest(request):
            return remove_request(state, request, now_ms)
        case MoveRequest(request, before):
            return move_request(state, request, before, now_ms)
        case CallParticipant(participant, after, kind):
            return call_participant(state, participant, after, kind, now_ms)
        case TakeTime(parts):
            return take_time(state, parts, now_ms)
        case CloseList(topic):
            return set_list(state, topic, "closed", now_ms)
        case OpenList(topic):
            return set_list(state, topic, "open", now_ms)
        case SetSpeakingTime(limit_ms):
            return set_speaking_time(state, limit_ms, now_ms)
        case SetOrder(order):
            return set_order(state, order, now_ms)
        case _:
            assert_never(command)
