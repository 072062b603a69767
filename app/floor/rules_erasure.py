"""Rules of erasure: somebody's data goes when they ask for it, everybody's when the time of keeping is over."""

from collections.abc import Container, Iterator

from app.floor.commands import EraseEverybody, EraseParticipant
from app.floor.events import (
    Event,
    EverybodyErased,
    FloorRequested,
    NameTakenOut,
    NoteAdded,
    ParticipantErased,
    ParticipantJoined,
    RequestWithdrawn,
)
from app.floor.fold_erasure import ids_brought, names_of
from app.floor.names import without_names
from app.floor.rules_people import known_participant
from app.floor.rules_request import all_ended
from app.floor.state import State


def erase(state: State, command: EraseParticipant | EraseEverybody, now_ms: int) -> tuple[Event, ...]:
    match command:
        case EraseParticipant(participant):
            return erase_participant(state, known_participant(state, participant).id, now_ms)
        case EraseEverybody():
            return erase_everybody(state, now_ms)


def erase_participant(state: State, participant: str, now_ms: int) -> tuple[Event, ...]:
    """They have left; what they said counts on, as a participant's of their group.

    With them goes whoever was added under their name by an act that was taken back and may be done again; and what
    came with acts that were taken back for good, which nobody knows of any more.
    """
    names = names_of(state, participant)
    asked = state.asked.get(participant, ())
    notes = tuple(note.id for note in state.notes.values() if note.request in asked)
    undone = [event for act in state.undone for event in act.events]
    added = _added_too(undone, {*state.participants}, names)
    asked_too = tuple(one.request for one in undone if isinstance(one, FloorRequested) and one.participant in added)
    of_theirs = {*asked, *asked_too}
    noted_too = tuple(one.note for one in undone if isinstance(one, NoteAdded) and one.request in of_theirs)
    merged = tuple(id_ for id_, into in state.merged.items() if into == participant)
    may_return = {id_ for event in undone for id_ in ids_brought(event)}
    erased = ParticipantErased(
        participant,
        (*merged, *added),
        (*asked, *asked_too),
        now_ms,
        (*notes, *noted_too),
        never_were=tuple(id_ for id_ in state.taken_back if id_ not in may_return),
        words=sum(bool(state.requests[request].summary) for request in asked),
    )
    return (
        *all_ended(state, participant, RequestWithdrawn, now_ms),
        erased,
        *_names_taken_out(state, names, {*erased.requests, *erased.notes}, now_ms),
    )


def _added_too(undone: list[Event], known: Container[str], names: tuple[str, ...]) -> tuple[str, ...]:
    same = {name.casefold() for name in names}
    joined = (event.participant for event in undone if isinstance(event, ParticipantJoined))
    return tuple(one.id for one in joined if one.id not in known and one.name.casefold() in same)


def _names_taken_out(state: State, names: tuple[str, ...], gone: Container[str], now_ms: int) -> Iterator[Event]:
    """Of what others wrote: their notes and requests, and the notice that stands."""
    notice = [(state.notice.id, state.notice.text)] if state.notice else []
    notes = ((note.id, note.text) for note in state.notes.values())
    requests = ((request.id, request.summary) for request in state.requests.values())
    for about, text in (*notes, *requests, *notice):
        if about not in gone and (left := without_names(text, names)) != text:
            yield NameTakenOut(about, left, now_ms)


def erase_everybody(state: State, now_ms: int) -> tuple[EverybodyErased, ...]:
    """Who took part and what was written: people, the lines of their requests, notes, notices. Tags and counts stay."""
    people = tuple(one.id for one in state.participants.values() if not one.erased)
    words = sum(bool(request.summary) for request in state.requests.values())
    if not (people or words or state.notes or state.notice):
        return ()
    return (EverybodyErased(people, words, len(state.notes), now_ms),)
