"""What the simulated people did, as they themselves saw it: to hold the session's record against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.rehearsal.cast import Person


@dataclass(slots=True)
class Asked:
    """One request for the floor, as far as whoever made it knows."""

    person: Person
    topic: str
    kind: str
    outcome: str
    """What their screen said of it last: `waiting`, `speaking`, …, `spoken`."""
    spent_ms: int | None = None
    """For how long they spoke, once they were told."""


@dataclass(slots=True)
class Written:
    """A note as it stood when its author had finished."""

    kind: str
    text: str
    request: str = ""
    topic: str = ""


@dataclass(slots=True)
class Diary:
    asked: dict[str, Asked] = field(default_factory=dict)
    """By request."""
    by_hand: dict[str, Person] = field(default_factory=dict)
    """Request -> whom the chair or the secretariat put on the list."""
    written: dict[str, Written] = field(default_factory=dict)
    """By note."""
    tags: set[tuple[str, str]] = field(default_factory=set)
    """Request and tag."""

    def told(self, person: Person, you: Mapping[str, Any]) -> None:
        """What somebody's own screen says of what they asked for."""
        for request, own in you.get("requests", {}).items():
            was_called = own["status"] == "waiting" and own.get("passed_over")
            self.asked[request] = Asked(
                person, own["topic"], own["kind"], "passed_over" if was_called else own["status"]
            )
        if ended := you.get("ended"):
            self.asked[ended["request"]] = Asked(
                person, ended["topic"], ended["kind"], ended["status"], ended.get("spent_ms")
            )
