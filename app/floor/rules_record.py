"""Rules of the record: notes that several people write at once, tags, and what is published stays as it is."""

import re

from app.floor import errors
from app.floor.commands import AddNote, EditNote
from app.floor.events import (
    Event,
    NoteAdded,
    NoteEdited,
    NoteRemoved,
    RecordPublished,
    RecordWithdrawn,
    TagAdded,
    TagRemoved,
)
from app.floor.notes import Note
from app.floor.people import Actor
from app.floor.state import State
from app.floor.text import checked

MOST_NOTE, MOST_TAG = 2_000, 40
MOST_TAGS = 60
"""On one topic: more would be an index that nobody reads."""
OWN_ID = re.compile(r"n-[0-9a-zA-Z-]{8,64}")
"""What a page may call a note of its making; those that are given are `n1`, `n2`, …"""


def check_draft(state: State) -> None:
    if state.published_ms:
        raise errors.RecordIsPublished


def add_note(state: State, command: AddNote, actor: Actor, now_ms: int) -> tuple[Event, ...]:
    if (command.request is None) == (command.topic is None):
        raise errors.Malformed(detail="request: expected either request or topic")
    if command.request is not None and command.request not in state.requests:
        raise errors.NoSuchRequest(request=command.request)
    if command.topic is not None and command.topic not in state.topics:
        raise errors.NoTopic
    text = checked(command.text, "text", MOST_NOTE, least=1)
    note = f"n{state.note_count + 1}" if command.note is None else _own_id(state, command.note)
    by = actor.id or actor.role
    return (NoteAdded(note, command.request or "", text, by, now_ms, command.topic or "", command.kind),)


def _own_id(state: State, note: str) -> str:
    if not OWN_ID.fullmatch(note):
        raise errors.Malformed(detail=f"note: expected n- and 8 to 64 letters, digits or hyphens, got {note[:60]!r}")
    if note in state.notes:
        raise errors.Stale
    return note


def edit_note(state: State, command: EditNote, actor: Actor, now_ms: int) -> tuple[Event, ...]:
    """Refused as `stale` where somebody has changed it since: nobody overwrites what they have not seen."""
    known = _seen(state, command.note, command.version)
    text = checked(command.text, "text", MOST_NOTE, least=1)
    kind = command.kind or known.kind
    if (text, kind) == (known.text, known.kind):
        return ()
    return (NoteEdited(known.id, text, kind, actor.id or actor.role, now_ms),)


def remove_note(state: State, note: str, version: int, now_ms: int) -> tuple[Event, ...]:
    return (NoteRemoved(_seen(state, note, version).id, now_ms),)


def _seen(state: State, note: str, version: int) -> Note:
    known = state.notes.get(note)
    if known is None:
        raise errors.NoSuchNote(note=note)
    if known.version != version:
        raise errors.Stale
    return known


def add_tag(state: State, topic: str, tag: str, request: str | None, now_ms: int) -> tuple[Event, ...]:
    _check_tagged(state, topic, request)
    word = checked(tag, "tag", MOST_TAG, least=1)
    of_topic = state.tags.get(topic, {})
    written = next((other for other in of_topic if other.casefold() == word.casefold()), word)
    if written in of_topic and (request is None or request in of_topic[written]):
        return ()
    if written not in of_topic and len(of_topic) >= MOST_TAGS:
        raise errors.Malformed(detail=f"tag: expected at most {MOST_TAGS} on a topic")
    return (TagAdded(topic, written, request or "", now_ms),)


def remove_tag(state: State, topic: str, tag: str, request: str | None, now_ms: int) -> tuple[Event, ...]:
    _check_tagged(state, topic, request)
    requests = state.tags.get(topic, {}).get(tag)
    if requests is None or (request is not None and request not in requests):
        return ()
    return (TagRemoved(topic, tag, request or "", now_ms),)


def _check_tagged(state: State, topic: str, request: str | None) -> None:
    if topic not in state.topics:
        raise errors.NoTopic
    if request is not None and (request not in state.requests or state.requests[request].topic != topic):
        raise errors.NoSuchRequest(request=request)


def publish_record(state: State, now_ms: int) -> tuple[Event, ...]:
    if state.status != "ended":
        raise errors.NotEnded
    return () if state.published_ms else (RecordPublished(now_ms),)


def withdraw_record(state: State, now_ms: int) -> tuple[Event, ...]:
    return (RecordWithdrawn(now_ms),) if state.published_ms else ()
