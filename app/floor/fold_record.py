"""What events do to what is written down: notes, tags, and whether the record is public."""

from dataclasses import replace

from app.floor.events import NoteAdded, NoteEdited
from app.floor.notes import Note, tagged, untagged
from app.floor.state import State


def noted(state: State, event: NoteAdded) -> State:
    note = Note(event.note, event.request, event.text, event.by, event.at_ms, event.topic, event.kind)
    return replace(state, notes={**state.notes, note.id: note}, note_count=state.note_count + 1)


def note_edited(state: State, event: NoteEdited) -> State:
    """A note that was taken back meanwhile stays away."""
    known = state.notes.get(event.note)
    if known is None:
        return state
    edited = replace(known, text=event.text, kind=event.kind, by=event.by, version=known.version + 1)
    return replace(state, notes={**state.notes, known.id: edited})


def without_notes(state: State, *notes: str) -> State:
    return replace(state, notes={id_: note for id_, note in state.notes.items() if id_ not in notes})


def with_tag(state: State, topic: str, tag: str, request: str) -> State:
    return replace(state, tags=tagged(state.tags, topic, tag, request))


def without_tag(state: State, topic: str, tag: str, request: str) -> State:
    return replace(state, tags=untagged(state.tags, topic, tag, request))


def published(state: State, at_ms: int) -> State:
    return replace(state, published_ms=at_ms, editions=state.editions + 1)


def withdrawn(state: State) -> State:
    return replace(state, published_ms=0)
