"""Personal words (who somebody is, what they wrote): taken out of an event to be kept, put back when it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.floor.events import (
    Announced,
    Event,
    FloorRequested,
    NameTakenOut,
    NoteAdded,
    NoteEdited,
    ParticipantChanged,
    ParticipantJoined,
    RequestDescribed,
)
from app.floor.people import Participant

PERSONAL = ("name", "organisation", "language", "gender", "region")


@dataclass(frozen=True, slots=True)
class Personal:
    """What is known of the people that a log speaks of."""

    participants: Mapping[str, dict[str, Any]]
    """As they are now."""
    words: Mapping[str, str]
    former: Mapping[int, dict[str, str]] = field(default_factory=dict)
    """Seq of an event that told who somebody is -> what it said; a database of before version 5 has none."""

    def put_back(self, name: str, data: dict[str, Any], seq: int) -> dict[str, Any]:
        """An event's data as `wire.parse_event` takes it; empty where nothing is known, as of somebody erased."""
        if name in {"ParticipantJoined", "ParticipantChanged"}:
            return data | {"participant": self._person(data["participant"], seq)}
        if name in {"FloorRequested", "RequestDescribed"}:
            return data | {"summary": self.words.get(data["request"], "")}
        if name in {"NoteAdded", "NoteEdited"}:
            return data | {"text": self.words.get(data["note"], "")}
        if name == "NameTakenOut":
            return data | {"text": self.words.get(data["about"], "")}
        if name == "Announced":
            about = data.get("notice")  # before version 4 of the database it had none, and kept its text
            return data | {"text": self.words.get(about, "")} if about else data
        return data

    def _person(self, participant: dict[str, Any], seq: int) -> dict[str, Any]:
        """As they were from this event on: whoever was put right may be as before again, after a restart too."""
        now = self.participants.get(participant["id"], participant)
        told = now if now["erased"] else self.former.get(seq, now)
        return participant | {name: told[name] for name in PERSONAL} | {"erased": now["erased"]}


def without_personal(event: Event) -> Event:
    match event:
        case ParticipantJoined(participant) | ParticipantChanged(participant):
            return replace(event, participant=_anybody(participant))
        case FloorRequested() | RequestDescribed():
            return replace(event, summary="")
        case NoteAdded() | NoteEdited() | Announced() | NameTakenOut():
            return replace(event, text="")
    return event


def _anybody(participant: Participant) -> Participant:
    return replace(participant, name="", organisation="", language="", gender="", region="")
