"""Random sessions: what several people may do in one, laid out by chance. `test_floor_properties.py` checks them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Any, TypeVar

from hypothesis import note

from app.floor.commands import (
    AddNote,
    AddRequest,
    AddTag,
    AdjustIntervention,
    AdjustTopic,
    Announce,
    CallParticipant,
    CloseList,
    Command,
    Conclude,
    DescribeRequest,
    EditNote,
    EditParticipant,
    EndIntervention,
    EndSession,
    EraseEverybody,
    EraseParticipant,
    GiveFloor,
    HideParticipant,
    Join,
    MergeParticipants,
    MoveRequest,
    OpenList,
    OpenTopic,
    PassOver,
    PauseSession,
    PlanSession,
    PublishRecord,
    Redo,
    RemoveNote,
    RemoveRequest,
    RemoveTag,
    RequestFloor,
    ResumeSession,
    SetOrder,
    SetSpeakingTime,
    StartSession,
    StepBack,
    TakeOutData,
    TakeTime,
    Undo,
    Withdraw,
    WithdrawRecord,
)
from app.floor.errors import Refused
from app.floor.events import Event
from app.floor.fold import enact
from app.floor.people import SERVER, Actor
from app.floor.plan import Order
from app.floor.request import Kind
from app.floor.rules import decide
from app.floor.state import EMPTY, State, speakers
from tests.scenes import ANA, BO, CHAIR, CY, DI, PEOPLE, PLAN, STRANGER, VICE_CHAIR

TOPICS = ("opening", "vision", "risks", "closing")
LATER = (0, 1_000, 30_000, 60_000, 240_000)

ATTENDEES = (ANA, ANA, BO, BO, CY, DI, STRANGER)
CHAIRS = (CHAIR, VICE_CHAIR)
SECRETARIAT = Actor("secretariat", "Reports")
CONSOLES = (CHAIR, SECRETARIAT, SECRETARIAT)
KINDS: tuple[Kind, ...] = ("intervention", "intervention", "intervention", "right_of_reply", "point_of_order")
SOME = range(30)
"""Which one of those there are, counted round."""
EITHER = (False, True)

Method = TypeVar("Method", bound=Callable[..., None])
STEPS: list[tuple[str, dict[str, Sequence[Any]]]] = []


def step(weight: int = 1, **choices: Sequence[Any]) -> Callable[[Method], Method]:
    """What may happen next, `weight` times as likely as others, with one of the choices for each argument."""

    def known(method: Method) -> Method:
        STEPS.extend([(method.__name__, choices)] * weight)
        return method

    return known


class RandomSession:
    """Several actors send commands at growing times: the chair, four attendees, one who never joined, the server."""

    def __init__(self, *, begun: bool, order: Order) -> None:
        self.state: State = EMPTY
        self.now_ms = 1_696_905_000_000
        self.log: list[tuple[Actor, tuple[Event, ...]]] = []
        self.send(SERVER, PlanSession(PLAN))
        for person in PEOPLE:
            self.send(Actor("attendee"), person)
        if begun:
            self.send(CHAIR, StartSession())
            self.send(CHAIR, OpenTopic("vision"))
            self.send(CHAIR, SetOrder(order))

    def send(self, actor: Actor, command: Command, after_ms: int = 0) -> None:
        self.now_ms += after_ms
        before = self.state
        try:
            events = decide(before, command, actor, self.now_ms)
        except Refused:
            events = ()
        self.state = enact(before, events, actor)
        if events:
            note(f"{self.now_ms} {actor.id or actor.role}: {command}")
            self.log.append((actor, events))
        self.check(before, actor, events)

    def check(self, before: State, actor: Actor, events: tuple[Event, ...]) -> None:
        """Called after each command; `events` is empty where it was refused or did nothing."""

    def take_steps(self, chance: Random, steps: int) -> None:
        for _ in range(steps):
            name, choices = chance.choice(STEPS)
            getattr(self, name)(**{argument: chance.choice(choice) for argument, choice in choices.items()})

    # --- what attendees do ---

    @step(4, who=ATTENDEES, kind=KINDS, after_ms=LATER)
    def an_attendee_requests(self, who: Actor, kind: Kind, after_ms: int) -> None:
        self.send(who, RequestFloor(kind), after_ms)

    @step(2, kind=KINDS)
    def all_request_at_one_instant(self, kind: Kind) -> None:
        for who in (ANA, BO, CY, DI):
            self.send(who, RequestFloor(kind))

    @step(
        2,
        who=ATTENDEES,
        command=(Withdraw(), StepBack(), Conclude(), DescribeRequest("On access")),
        after_ms=LATER,
    )
    def an_attendee_acts(self, who: Actor, command: Command, after_ms: int) -> None:
        self.send(who, command, after_ms)

    @step(who=ATTENDEES, one=SOME, after_ms=LATER)
    def an_attendee_names_a_request(self, who: Actor, one: int, after_ms: int) -> None:
        request = self.request(one)
        self.send(who, (Withdraw(request), StepBack(request), DescribeRequest("Cost", request))[one % 3], after_ms)

    @step(after_ms=LATER)
    def the_speaker_concludes(self, after_ms: int) -> None:
        for floor in speakers(self.state)[:1]:
            participant = self.state.requests[floor.request].participant
            self.send(Actor("attendee", participant), Conclude(), after_ms)

    @step(who=ATTENDEES, name=("Ana Alm", "Bo Berg"), group=tuple(PLAN.groups))
    def somebody_joins_or_changes_their_name(self, who: Actor, name: str, group: str) -> None:
        self.send(who, Join(f"n{len(self.log)}", name, "", group))

    # --- what the chair does ---

    @step(4, chair=CHAIRS, after_ms=LATER)
    def the_chair_gives_the_floor_to_the_next(self, chair: Actor, after_ms: int) -> None:
        self.send(chair, GiveFloor(after=self.has_floor()), after_ms)

    @step(2, chair=CHAIRS, one=SOME, seen=EITHER, after_ms=LATER)
    def the_chair_gives_the_floor_to_one(self, chair: Actor, one: int, seen: bool, after_ms: int) -> None:
        self.send(chair, GiveFloor(self.request(one), after=self.has_floor() if seen else "r1"), after_ms)

    @step(2, chair=CHAIRS, after_ms=LATER)
    def the_chair_ends_the_intervention(self, chair: Actor, after_ms: int) -> None:
        self.send(chair, EndIntervention(self.has_floor() or "r1"), after_ms)

    @step(2, chair=CHAIRS, one=SOME, after_ms=LATER)
    def the_chair_passes_over(self, chair: Actor, one: int, after_ms: int) -> None:
        floors = speakers(self.state)
        request = floors[one % len(floors)].request if floors and one % 2 else self.request(one)
        self.send(chair, PassOver(request), after_ms)

    @step(2, chair=CHAIRS, one=SOME, other=SOME, to_the_end=EITHER, after_ms=LATER)
    def the_chair_moves(self, chair: Actor, one: int, other: int, to_the_end: bool, after_ms: int) -> None:
        before = None if to_the_end else self.request(other)
        self.send(chair, MoveRequest(self.request(one), before), after_ms)

    @step(chair=CHAIRS, one=SOME)
    def the_chair_removes(self, chair: Actor, one: int) -> None:
        self.send(chair, RemoveRequest(self.request(one)))

    @step(chair=CHAIRS, kind=KINDS)
    def the_chair_adds(self, chair: Actor, kind: Kind) -> None:
        self.send(chair, AddRequest("Eve", "Acme", "private_sector", kind))

    @step(chair=CHAIRS, topic=TOPICS, after_ms=LATER)
    def the_chair_opens_a_topic(self, chair: Actor, topic: str, after_ms: int) -> None:
        self.send(chair, OpenTopic(topic), after_ms)

    @step(2, chair=CHAIRS)
    def the_chair_starts_or_resumes(self, chair: Actor) -> None:
        self.send(chair, StartSession() if self.state.status == "waiting" else ResumeSession())

    @step(
        3,
        chair=CHAIRS,
        command=(
            PauseSession(),
            PauseSession(),
            AdjustTopic(60_000),
            AdjustTopic(-600_000),
            AdjustIntervention(30_000),
            AdjustIntervention(-30_000),
            CloseList(),
            OpenList(),
            OpenList("closing"),
            SetSpeakingTime(60_000),
            SetOrder("balanced"),
            SetOrder("new_voices"),
            SetOrder("as_requested"),
            Announce("Lunch"),
            Announce("Ana Alm and Bo Berg, please come to the front"),
            Announce(""),
        ),
        after_ms=LATER,
    )
    def the_chair_acts(self, chair: Actor, command: Command, after_ms: int) -> None:
        self.send(chair, command, after_ms)

    @step(2, chair=CHAIRS, times=(1, 1, 1, 1, 2, 3), after_ms=LATER)
    def the_chair_takes_back(self, chair: Actor, times: int, after_ms: int) -> None:
        for _ in range(times):
            self.send(chair, Undo(), after_ms)

    @step(2, chair=CHAIRS, times=(1, 1, 1, 2), after_ms=LATER)
    def the_chair_does_again(self, chair: Actor, times: int, after_ms: int) -> None:
        for _ in range(times):
            self.send(chair, Redo(), after_ms)

    @step(2, chair=CHAIRS, one=SOME, kind=KINDS, seen=EITHER, after_ms=LATER)
    def the_chair_calls(self, chair: Actor, one: int, kind: Kind, seen: bool, after_ms: int) -> None:
        self.send(chair, CallParticipant(self.participant(one), self.has_floor() if seen else "r1", kind), after_ms)

    @step(chair=CHAIRS, topic=TOPICS)
    def the_chair_takes_time(self, chair: Actor, topic: str) -> None:
        self.send(chair, TakeTime({topic: 60_000}))

    @step(chair=CHAIRS, one=SOME)
    def the_chair_hides(self, chair: Actor, one: int) -> None:
        self.send(chair, HideParticipant(self.participant(one)))

    @step(2, console=CONSOLES, one=SOME, other=SOME)
    def a_console_puts_right_who_somebody_is(self, console: Actor, one: int, other: int) -> None:
        commands = (
            EditParticipant(self.participant(one), name="Eva", group="academia"),
            MergeParticipants(self.participant(one), self.participant(other)),
            AddNote("Key point, said Ana Alm", self.request(one)),
        )
        self.send(console, commands[one % 3])

    @step(2, console=CONSOLES, one=SOME, topic=TOPICS)
    def a_console_writes_down(self, console: Actor, one: int, topic: str) -> None:
        known = [*self.state.notes.values()]
        note = known[one % len(known)] if known else None
        id_, version = (note.id, note.version if one % 3 else 0) if note else ("n99", 0)
        commands = (
            AddNote("From the chair", topic=topic, kind="quote"),
            EditNote(id_, f"Bo Berg agreed {one}", version),
            EditNote(id_, f"Written again {one}", version, "reference"),
            RemoveNote(id_, version),
            AddTag(topic, "access"),
            AddTag(topic, "Access", self.request(one)),
            RemoveTag(topic, "access", self.request(one) if one % 2 else None),
        )
        self.send(console, commands[one % len(commands)])

    @step(console=CONSOLES)
    def a_console_publishes_or_takes_back_the_record(self, console: Actor) -> None:
        self.send(console, WithdrawRecord() if self.state.published_ms else PublishRecord())

    @step(one=SOME, surely=range(4))
    def the_organiser_erases(self, one: int, surely: int) -> None:
        if surely == 0:
            self.send(SERVER, EraseParticipant(self.participant(one)))

    @step(surely=range(12))
    def the_time_of_keeping_is_over(self, surely: int) -> None:
        if surely == 0:
            self.send(SERVER, EraseEverybody())

    @step(who=ATTENDEES, surely=range(4))
    def an_attendee_takes_out_their_data(self, who: Actor, surely: int) -> None:
        if surely == 0:
            self.send(who, TakeOutData())

    @step(chair=CHAIRS, surely=range(8), after_ms=LATER)
    def the_chair_ends_the_session(self, chair: Actor, surely: int, after_ms: int) -> None:
        if surely == 0:
            self.send(chair, EndSession(), after_ms)

    @step(topic=TOPICS, minutes=range(1, 40), without=EITHER)
    def the_server_starts_again_with_a_changed_plan(self, topic: str, minutes: int, without: bool) -> None:
        planned = tuple(
            replace(one, planned_ms=minutes * 60_000) if one.id == topic else one for one in self.state.plan.topics
        )
        left = tuple(one for one in planned if one.id != topic)
        self.send(SERVER, PlanSession(replace(self.state.plan, topics=left if without else planned)))

    def request(self, one: int) -> str:
        """One of the requests there are, rather one on the open list; sometimes one that there never was."""
        listed = self.state.topics[self.state.topic].waiting if self.state.topic else ()
        known = [*listed, *listed, *self.state.requests, "r999"]
        return known[one % len(known)]

    def participant(self, one: int) -> str:
        """One of those who have joined; sometimes nobody."""
        known = [*self.state.participants, "nobody"]
        return known[one % len(known)]

    def has_floor(self) -> str | None:
        return self.state.floor.request if self.state.floor else None
