"""The record of a session: who spoke for whom, on what, for how long; who asked and was not heard; what was noted.

It holds what may be published: a person who was hidden or erased is nobody but one of their group. How it is made is
in `record_making.py`, how it is written down in `app/exports/` and on the record's page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.floor.erasures import Erasure
from app.floor.notes import Note
from app.floor.people import Actor, Where
from app.floor.plan import Balance, Plan, PlannedTopic
from app.floor.request import Kind
from app.floor.state import SessionStatus
from app.floor.timeline import Stretch

Unheard = Literal["waiting", "passed_over", "removed"]
"""The list was cut off by time; they were called and not there; the chair took them off the list."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who it was, as far as the record may say: empty names where they were hidden or erased."""

    id: str
    name: str
    organisation: str
    group: str
    where: Where


@dataclass(frozen=True, slots=True)
class Spoken:
    """One intervention, reply or point of order. Times are UTC epoch milliseconds, lengths milliseconds."""

    number: int
    """Its place among all that was said in the session, from 1."""
    request: str
    topic: str
    kind: Kind
    person: Person
    began_ms: int
    ended_ms: int
    spent_ms: int
    """Less than from beginning to end where it was interrupted or the session paused."""
    allotted_ms: int
    summary: str
    """What they had written that it would be about; may be empty."""
    notes: tuple[Note, ...]
    tags: tuple[str, ...]

    @property
    def over_ms(self) -> int:
        return max(0, self.spent_ms - self.allotted_ms)


@dataclass(frozen=True, slots=True)
class NotHeard:
    """Somebody who asked and did not get to speak."""

    request: str
    kind: Kind
    person: Person
    outcome: Unheard
    asked_ms: int
    waited_ms: int
    """Until they went off the list, or until their topic was left for good."""
    summary: str


@dataclass(frozen=True, slots=True)
class Share:
    """What was said, counted: interventions and replies. A point of order is nobody's share."""

    count: int = 0
    spent_ms: int = 0
    people: int = 0
    """How many different people that was."""


@dataclass(frozen=True, slots=True)
class TopicRecord:
    """One topic. `spoken_ms + paused_ms + silent_ms` is `elapsed_ms`."""

    plan: PlannedTopic
    added_ms: int
    """What the chair added to the planned time, or (negative) took from it."""
    began_ms: int | None
    ended_ms: int | None
    """From its first opening to its last end; None where it was never opened, or still is open."""
    elapsed_ms: int
    spoken_ms: int
    paused_ms: int
    silent_ms: int
    interventions: tuple[Spoken, ...]
    replies: tuple[Spoken, ...]
    points_of_order: tuple[Spoken, ...]
    not_heard: tuple[NotHeard, ...]
    withdrawn: int
    """How many took their request back: whoever did is not named."""
    shares: Mapping[str, Share]
    """By group, each of the session's in its order."""
    notes: tuple[Note, ...]
    """On what was said from the chair."""
    tags: Mapping[str, tuple[int, ...]]
    """Each tag, and the numbers of what was said that has it."""

    @property
    def spoken(self) -> tuple[Spoken, ...]:
        """All that was said, in order."""
        return tuple(sorted((*self.interventions, *self.replies, *self.points_of_order), key=lambda one: one.number))


@dataclass(frozen=True, slots=True)
class Record:
    """The whole session. Its lengths are the sums of its topics'."""

    plan: Plan
    status: SessionStatus
    published_ms: int
    """0 for a draft."""
    edition: int
    """Of what is published; of a draft, the next one."""
    as_of_ms: int
    began_ms: int | None
    ended_ms: int | None
    topics: tuple[TopicRecord, ...]
    groups: Mapping[str, tuple[str, ...]]
    """The groups that are told apart -> those of the session that each stands for."""
    shares: Mapping[str, Share]
    timeline: tuple[Stretch, ...]
    balance: Mapping[Balance, Mapping[str, Share]]
    """What people said of themselves -> what was said by those who said so; the key "" is "not stated"."""
    joined: Mapping[str, int]
    """How many took part, by group."""
    erased: int
    """Of how many nothing but the group is known any more."""
    erasures: tuple[Erasure, ...]
    """What was taken out, and when."""
    chairing: tuple[Actor, ...] = ()
    """The consoles that moved the floor, in the order in which they first did."""

    @property
    def people_heard(self) -> int:
        """How many different people spoke; whoever raised no more than a point of order is not among them."""
        return len({one.person.id for one in self.spoken if one.kind != "point_of_order"})

    @property
    def groups_heard(self) -> int:
        return sum(share.count > 0 for share in self.shares.values())

    @property
    def spoken(self) -> tuple[Spoken, ...]:
        return tuple(one for topic in self.topics for one in topic.spoken)

    @property
    def elapsed_ms(self) -> int:
        return sum(topic.elapsed_ms for topic in self.topics)

    @property
    def spoken_ms(self) -> int:
        return sum(topic.spoken_ms for topic in self.topics)

    @property
    def paused_ms(self) -> int:
        return sum(topic.paused_ms for topic in self.topics)

    @property
    def silent_ms(self) -> int:
        return sum(topic.silent_ms for topic in self.topics)
