"""Rules for those who take part: joining, putting right who somebody is, one person who joined twice, abusive names."""

from dataclasses import replace

from app.floor import errors
from app.floor.commands import AddRequest, EditParticipant, Join
from app.floor.events import (
    Event,
    FloorRequested,
    ParticipantChanged,
    ParticipantHidden,
    ParticipantJoined,
    ParticipantsMerged,
    RequestRemoved,
)
from app.floor.people import Actor, Participant
from app.floor.request import Request
from app.floor.rules_record import check_draft
from app.floor.rules_request import MOST_SUMMARY, all_ended, next_request
from app.floor.state import State, asked_already, live_requests
from app.floor.text import checked

MOST_NAME, MOST_ORGANISATION = 80, 120


def join(state: State, command: Join, actor: Actor, now_ms: int) -> tuple[Event, ...]:
    """The first time a participant joins; from the same phone, or with the same id, again, they change."""
    known = state.participants.get(actor.id) or state.participants.get(command.participant)
    if known is not None and known.erased:
        raise errors.NoSuchParticipant(participant=known.id)
    id_ = known.id if known else command.participant
    participant = replace(introduced(state, replace(command, participant=id_)), language=command.language)
    for field, said in (("gender", command.gender), ("region", command.region)):
        if said and field not in state.plan.asks_for:
            raise errors.Malformed(detail=f"{field}: expected nothing, since this session does not ask for it")
    if known is None:
        participant = replace(participant, gender=command.gender or "", region=command.region or "")
        return (ParticipantJoined(participant, now_ms),)
    gender = known.gender if command.gender is None else command.gender
    region = known.region if command.region is None else command.region
    participant = replace(participant, has_phone=known.has_phone, hidden=known.hidden, gender=gender, region=region)
    if participant == known:
        return ()
    check_draft(state)
    return (ParticipantChanged(participant, now_ms),)


def add_request(state: State, command: AddRequest, now_ms: int) -> tuple[Event, ...]:
    """On behalf of somebody else. The chair may call anyone, so a closed list does not stop it."""
    if state.topic is None:
        raise errors.NotRunning
    summary = checked(command.summary, "summary", MOST_SUMMARY)
    id_, joined = _asked_for(state, command, now_ms)
    if asked_already(state, id_, state.topic, command.kind):
        raise errors.AlreadyRequested
    return (*joined, FloorRequested(next_request(state), id_, state.topic, command.kind, summary, now_ms))


def _asked_for(state: State, command: AddRequest, now_ms: int) -> tuple[str, tuple[Event, ...]]:
    """The participant on whose behalf it is, and how they became one where they were none."""
    if command.participant is not None:
        if not command.name is command.organisation is command.group is None:
            raise errors.Malformed(detail="participant: expected either participant, or name, organisation and group")
        return known_participant(state, state.merged.get(command.participant, command.participant)).id, ()
    if command.name is None or command.organisation is None or command.group is None:
        raise errors.Malformed(detail="name: expected either participant, or name, organisation and group")
    who = Join(f"p{state.participant_count + 1}", command.name, command.organisation, command.group, command.where)
    participant = replace(introduced(state, who), has_phone=False)
    return participant.id, (ParticipantJoined(participant, now_ms),)


def introduced(state: State, command: Join) -> Participant:
    return Participant(
        command.participant,
        checked(command.name, "name", MOST_NAME, least=1),
        checked(command.organisation, "organisation", MOST_ORGANISATION),
        _known_group(state, command.group),
        command.where,
    )


def _known_group(state: State, group: str) -> str:
    if group not in state.plan.groups:
        raise errors.Malformed(detail=f"group: expected one of {', '.join(state.plan.groups)}, got {group!r}")
    return group


def known_participant(state: State, participant: str) -> Participant:
    known = state.participants.get(participant)
    if known is None or known.erased:
        raise errors.NoSuchParticipant(participant=participant)
    return known


def edit_participant(state: State, command: EditParticipant, now_ms: int) -> tuple[Event, ...]:
    known = known_participant(state, command.participant)
    name = known.name if command.name is None else checked(command.name, "name", MOST_NAME, least=1)
    organisation = (
        known.organisation
        if command.organisation is None
        else checked(command.organisation, "organisation", MOST_ORGANISATION)
    )
    group = known.group if command.group is None else _known_group(state, command.group)
    edited = replace(known, name=name, organisation=organisation, group=group, where=command.where or known.where)
    return () if edited == known else (ParticipantChanged(edited, now_ms),)


def merge_participants(state: State, participant: str, into: str, now_ms: int) -> tuple[Event, ...]:
    """Where both ask for the same, the later request goes: nobody waits twice, or waits while they speak."""
    known_participant(state, participant)
    known_participant(state, into)
    if participant == into:
        raise errors.Malformed(detail="into: expected another participant, got the same")
    twice = [
        max(own, other, key=lambda one: (one.status == "waiting", one.turn))
        for own, other in asked_by_both(state, participant, into)
    ]
    return (
        *(RequestRemoved(request.id, now_ms) for request in twice),
        ParticipantsMerged(participant, into, now_ms),
    )


def asked_by_both(state: State, one: str, other: str) -> list[tuple[Request, Request]]:
    """What two participants both ask for now: a pair of requests of the same topic and kind each."""
    theirs = {(request.topic, request.kind): request for request in live_requests(state, other)}
    return [(own, theirs[own.topic, own.kind]) for own in live_requests(state, one) if (own.topic, own.kind) in theirs]


def hide_participant(state: State, participant: str, now_ms: int) -> tuple[Event, ...]:
    """An abusive name goes from the list, the floor and every screen, in one act of the chair."""
    known = known_participant(state, participant)
    if known.hidden:
        return ()
    return (
        *all_ended(state, participant, RequestRemoved, now_ms),
        ParticipantHidden(participant, now_ms),
    )
