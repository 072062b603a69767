"""What was taken out of a session, told without what it was: who by id and group, how much, and when."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.floor.events import Event, EverybodyErased, ParticipantErased
from app.floor.state import State


@dataclass(frozen=True, slots=True)
class Erasure:
    at_ms: int
    """UTC epoch milliseconds."""
    participants: Mapping[str, str]
    """Participant -> their group."""
    words: int
    """How many requests had a line about them."""
    notes: int


def erasures_of(state: State, events: Iterable[Event]) -> Iterator[Erasure]:
    """The erasures among events that led to this state, in their order."""

    def group(participant: str) -> str:
        return state.participants[state.merged.get(participant, participant)].group

    for event in events:
        match event:
            case ParticipantErased(participant, at_ms=at_ms, notes=notes, words=words):
                yield Erasure(at_ms, {participant: group(participant)}, words, len(notes))
            case EverybodyErased(participants, words, notes, at_ms):
                yield Erasure(at_ms, {one: group(one) for one in participants}, words, notes)
