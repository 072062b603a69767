"""What an erasure does to the state: nothing but the groups is known any more of those whom it is of.

Their words go from what can be taken back or done again, too: no undo brings a name back.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from app.floor.events import (
    Announced,
    Event,
    EverybodyErased,
    FloorRequested,
    NameTakenOut,
    NoteAdded,
    NoteEdited,
    ParticipantChanged,
    ParticipantErased,
    ParticipantJoined,
    RequestDescribed,
)
from app.floor.names import without_names
from app.floor.people import Participant
from app.floor.state import Act, State


def ids_brought(event: Event) -> tuple[str, ...]:
    """The ids that an event is the first to use."""
    match event:
        case ParticipantJoined(participant):
            return (participant.id,)
        case FloorRequested(request):
            return (request,)
        case NoteAdded(note):
            return (note,)
        case Announced(notice=notice) if notice:
            return (notice,)
    return ()


def names_of(state: State, participant: str) -> tuple[str, ...]:
    """The names that somebody is known by: their own, and those under which they had joined as well."""
    known = state.participants.get(participant)
    merged = (state.merged_names.get(id_, "") for id_, into in state.merged.items() if into == participant)
    return tuple(filter(None, (known.name if known else "", *merged)))


@dataclass(frozen=True, slots=True)
class Erased:
    """What goes in an erasure: whose data, which of what was written, and the names wherever else they stand."""

    participants: Collection[str]
    written: Collection[str]
    """Requests and notes."""
    names: Iterable[str]

    def taken_out(self, event: Event) -> Event:
        """The event as the log has it from now on."""
        match event:
            case ParticipantJoined(participant) | ParticipantChanged(participant):
                is_theirs = participant.id in self.participants
                return replace(event, participant=anybody(participant)) if is_theirs else event
            case FloorRequested(request=about, summary=said) | RequestDescribed(about, said):
                return replace(event, summary=self._words(about, said))
            case NoteAdded(note=about, text=said) | NoteEdited(note=about, text=said):
                return replace(event, text=self._words(about, said))
            case Announced(text=said) | NameTakenOut(text=said):
                return replace(event, text=without_names(said, self.names))
        return event

    def _words(self, about: str, said: str) -> str:
        return "" if about in self.written else without_names(said, self.names)


def of_one(state: State, event: ParticipantErased) -> Erased:
    return Erased(
        {event.participant, *event.known_as},
        {*event.requests, *event.notes},
        names_of(state, event.participant),
    )


def anybody(participant: Participant) -> Participant:
    return replace(participant, name="", organisation="", language="en", gender="", region="", erased=True)


def participant_erased(state: State, event: ParticipantErased) -> State:
    """The notice, too: it may be an older one, which an undo has brought back."""
    gone = of_one(state, event)
    people = {id_: anybody(one) for id_, one in state.participants.items() if id_ in gone.participants}
    silent = {id_: replace(one, summary="") for id_, one in state.requests.items() if id_ in gone.written}
    return replace(
        state,
        participants={**state.participants, **people},
        requests={**state.requests, **silent},
        notes={id_: note for id_, note in state.notes.items() if id_ not in gone.written},
        notice=state.notice and replace(state.notice, text=without_names(state.notice.text, gone.names)),
        merged_names={id_: name for id_, name in state.merged_names.items() if id_ not in gone.participants},
        taken_back=tuple(id_ for id_ in state.taken_back if id_ not in event.never_were),
        acts=_without(state.acts, gone),
        undone=_without(state.undone, gone),
    )


def _without(acts: tuple[Act, ...], gone: Erased) -> tuple[Act, ...]:
    """What others did since an act follows it when it is taken back, the erasure too, so that can stay as it is."""
    return tuple(replace(act, events=tuple(map(gone.taken_out, act.events))) for act in acts)


def name_taken_out(state: State, about: str, text: str) -> State:
    """What was taken back meanwhile stays away. Of a note it is a change: who types on it must have seen that."""
    if note := state.notes.get(about):
        changed = replace(note, text=text, version=note.version + 1)
        return replace(state, notes={**state.notes, about: changed})
    if request := state.requests.get(about):
        return replace(state, requests={**state.requests, about: replace(request, summary=text)})
    if state.notice is not None and state.notice.id == about:
        return replace(state, notice=replace(state.notice, text=text))
    return state


def everybody_erased(state: State, _event: EverybodyErased) -> State:
    """Nothing of before can be taken back any more: there is nobody left who would know what it was."""
    return replace(
        state,
        participants={id_: anybody(one) for id_, one in state.participants.items()},
        requests={id_: replace(one, summary="") for id_, one in state.requests.items()},
        notes={},
        notice=None,
        merged_names={},
        taken_back=(),
        acts=(),
        undone=(),
    )
