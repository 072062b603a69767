"""What the session file lays down before anybody speaks. Not what happens then: that is in `state.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Texts = Mapping[str, str]
"""A text by language code (`{"en": "…", "ar": "…"}`); English is always there."""

Order = Literal["as_requested", "new_voices", "balanced"]
"""How the waiting are put in order; see `order.py`."""

Balance = Literal["gender", "region"]
"""What people may say of themselves besides, for the record's counts alone."""

PlaceInSession = Literal["opening", "topic", "closing"]


@dataclass(frozen=True, slots=True)
class PlannedTopic:
    """One part of the session: the opening, one of its questions, or the closing."""

    id: str
    planned_ms: int
    title: Texts
    question: Texts = field(default_factory=dict)
    kind: PlaceInSession = "topic"
    """The opening and the closing begin with a closed list."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The session as planned. The topics' `planned_ms` add up to `duration_ms`."""

    id: str
    title: Texts
    topics: tuple[PlannedTopic, ...]
    groups: Mapping[str, Texts]
    """Group id -> its name by language, in the order in which screens show them."""
    duration_ms: int
    speaking_time_ms: int
    shortest_speaking_time_ms: int = 45_000
    order: Order = "as_requested"
    languages: tuple[str, ...] = ("en",)
    place: Texts = field(default_factory=dict)
    starts_ms: int = 0
    """When the session is due to begin (UTC epoch milliseconds): shown, never enforced."""
    time_zone: str = "UTC"
    """An IANA name; only for what is shown."""
    contact: str = ""
    asks_for: tuple[Balance, ...] = ()
    """None of it unless the session file says so."""
