"""Every command in every state: what it leads to there, or why it is refused.

Case 50: each act is refused or does nothing where it makes no sense. A command that is missing here fails the test.
"""

from dataclasses import replace
from typing import get_args

import pytest

from app.floor import commands
from app.floor.commands import (
    AddNote,
    AddRequest,
    AddTag,
    AdjustIntervention,
    AdjustTopic,
    Announce,
    AttendeeCommand,
    CallParticipant,
    ChairCommand,
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
from app.floor.fold import enact
from app.floor.people import SERVER, Actor
from app.floor.rules import decide
from app.floor.state import State
from app.floor.views_chair import chair_view
from tests.scenes import (
    ANA,
    ANA_SPEAKS,
    BO,
    CHAIR,
    DI,
    JOINED,
    PLAN,
    ROOM,
    STRANGER,
    enacted,
    names,
    outcome,
    played,
)

SECRETARIAT = Actor("secretariat", "Reports")
SPOKEN = played(
    ANA_SPEAKS,
    (12_000, SECRETARIAT, AddNote("Access first", "r1", note="n-of-a-page")),
    (13_000, SECRETARIAT, AddTag("vision", "access", "r1")),
    (20_000, CHAIR, EndIntervention("r1")),
)
SITUATIONS: dict[str, State] = {
    "waiting": JOINED,
    "running, floor empty": SPOKEN,
    "running, floor taken": ANA_SPEAKS,
    "paused, floor empty": enacted(SPOKEN, PauseSession(), CHAIR, 25_000),
    "paused, floor taken": enacted(ANA_SPEAKS, PauseSession(), CHAIR, 25_000),
    "ended": enacted(SPOKEN, EndSession(), CHAIR, 25_000),
}
"""r1 is Ana's and has, or had, the floor; r2 (Bo) and r3 (Cy) wait. Before the session there are no requests."""

NOTHING = ""
LONGER = replace(PLAN, topics=tuple(replace(one, planned_ms=one.planned_ms + 60_000) for one in PLAN.topics))

# Who, what, and for each situation above the events, nothing, or the code of the refusal.
ROWS: list[tuple[Actor, Command, tuple[str, str, str, str, str, str]]] = [
    (STRANGER, Join("eve", "Eve", "", "academia"), ("ParticipantJoined",) * 6),
    (SERVER, PlanSession(LONGER), ("SessionPlanned",) * 6),
    # --- from an attendee ---
    (DI, RequestFloor(), ("not_running", *("FloorRequested",) * 4, "session_ended")),
    (
        ANA,
        RequestFloor(),
        (
            "not_running",
            "FloorRequested",
            "already_requested",
            "FloorRequested",
            "already_requested",
            "session_ended",
        ),
    ),
    (BO, RequestFloor(), ("not_running", *("already_requested",) * 4, "session_ended")),
    (BO, DescribeRequest("Access"), ("no_request", *("RequestDescribed",) * 4, "session_ended")),
    (BO, Withdraw(), ("no_request", *("RequestWithdrawn",) * 4, "session_ended")),
    (
        ANA,
        Withdraw(),
        ("no_request", "no_request", "InterventionEnded", "no_request", "InterventionEnded", "session_ended"),
    ),
    (BO, StepBack(), ("no_request", *("RequestSteppedBack",) * 4, "session_ended")),
    (
        ANA,
        Conclude(),
        ("floor_empty", "floor_empty", "InterventionEnded", "floor_empty", "InterventionEnded", "session_ended"),
    ),
    (BO, Conclude(), ("floor_empty", "floor_empty", "no_request", "floor_empty", "no_request", "session_ended")),
    # --- from the chair: the session ---
    (CHAIR, StartSession(), ("SessionStarted TopicOpened", *(NOTHING,) * 4, "session_ended")),
    (
        CHAIR,
        PauseSession(),
        ("not_running", "SessionPaused", "SessionPaused", NOTHING, NOTHING, "session_ended"),
    ),
    (
        CHAIR,
        ResumeSession(),
        ("not_running", NOTHING, NOTHING, "SessionResumed", "SessionResumed", "session_ended"),
    ),
    (
        CHAIR,
        EndSession(),
        (
            "not_running",
            "SessionEnded",
            "InterventionEnded SessionEnded",
            "SessionEnded",
            "InterventionEnded SessionEnded",
            "session_ended",
        ),
    ),
    (
        CHAIR,
        OpenTopic("risks"),
        (
            "not_running",
            "TopicOpened",
            "InterventionEnded TopicOpened",
            "TopicOpened",
            "InterventionEnded TopicOpened",
            "session_ended",
        ),
    ),
    (CHAIR, AdjustTopic(60_000), ("no_topic", *("TopicAdjusted",) * 4, "session_ended")),
    (CHAIR, CloseList(), ("no_topic", *("ListClosed",) * 4, "session_ended")),
    (CHAIR, OpenList(), ("no_topic", *(NOTHING,) * 4, "session_ended")),
    (CHAIR, OpenList("closing"), (*("ListOpened",) * 5, "session_ended")),
    (CHAIR, SetSpeakingTime(60_000), (*("SpeakingTimeSet",) * 5, "session_ended")),
    (CHAIR, SetOrder("balanced"), (*("OrderSet",) * 5, "session_ended")),
    (CHAIR, Announce("Lunch"), ("Announced",) * 6),
    (CHAIR, Undo(), ("nothing_to_undo", *("ActTakenBack",) * 5)),
    # --- from the chair: the floor and its list ---
    (
        CHAIR,
        GiveFloor("r2"),
        ("not_running", "FloorGiven", "stale", "not_running", "not_running", "session_ended"),
    ),
    (
        CHAIR,
        GiveFloor(after="r1"),
        ("not_running", "stale", "InterventionEnded FloorGiven", "not_running", "not_running", "session_ended"),
    ),
    (
        CHAIR,
        GiveFloor("r1", after="r1"),
        ("not_running", "stale", "floor_taken", "not_running", "not_running", "session_ended"),
    ),
    (
        CHAIR,
        EndIntervention("r1"),
        ("floor_empty", "floor_empty", "InterventionEnded", "floor_empty", "InterventionEnded", "session_ended"),
    ),
    (
        CHAIR,
        EndIntervention("r2"),
        ("floor_empty", "floor_empty", "stale", "floor_empty", "stale", "session_ended"),
    ),
    (
        CHAIR,
        AdjustIntervention(30_000),
        (
            "floor_empty",
            "floor_empty",
            "InterventionAdjusted",
            "floor_empty",
            "InterventionAdjusted",
            "session_ended",
        ),
    ),
    (
        CHAIR,
        PassOver("r1"),
        ("no_such_request", "no_such_request", "PassedOver", "no_such_request", "PassedOver", "session_ended"),
    ),
    (CHAIR, PassOver("r2"), ("no_such_request", *("PassedOver",) * 4, "session_ended")),
    (
        CHAIR,
        RemoveRequest("r1"),
        ("no_such_request", "no_such_request", "floor_taken", "no_such_request", "floor_taken", "session_ended"),
    ),
    (CHAIR, RemoveRequest("r2"), ("no_such_request", *("RequestRemoved",) * 4, "session_ended")),
    (CHAIR, MoveRequest("r3", before="r2"), ("no_such_request", *("RequestMoved",) * 4, "session_ended")),
    (
        CHAIR,
        AddRequest("Eve", "Acme", "private_sector"),
        ("not_running", *("ParticipantJoined FloorRequested",) * 4, "session_ended"),
    ),
    (CHAIR, AddRequest(participant="di"), ("not_running", *("FloorRequested",) * 4, "session_ended")),
    (
        CHAIR,
        CallParticipant("di"),
        ("not_running", "FloorRequested FloorGiven", "stale", "not_running", "not_running", "session_ended"),
    ),
    (CHAIR, TakeTime({"risks": 60_000}), ("no_topic", *("TimeTaken",) * 4, "session_ended")),
    (CHAIR, Redo(), ("nothing_to_redo",) * 6),
    # --- from any console: who takes part, and the record ---
    (
        CHAIR,
        HideParticipant("bo"),
        ("ParticipantHidden", *("RequestRemoved ParticipantHidden",) * 5),
    ),
    (CHAIR, EditParticipant("bo", name="Bo Bergström"), ("ParticipantChanged",) * 6),
    (CHAIR, MergeParticipants("di", "bo"), ("ParticipantsMerged",) * 6),
    (CHAIR, AddNote("Key point", "r2"), ("no_such_request", *("NoteAdded",) * 5)),
    (SECRETARIAT, AddNote("Welcome", topic="opening"), ("NoteAdded",) * 6),
    (
        SECRETARIAT,
        EditNote("n-of-a-page", "Access first, she said", 0),
        ("no_such_note", "NoteEdited", "no_such_note", "NoteEdited", "no_such_note", "NoteEdited"),
    ),
    (
        SECRETARIAT,
        RemoveNote("n-of-a-page", 0),
        ("no_such_note", "NoteRemoved", "no_such_note", "NoteRemoved", "no_such_note", "NoteRemoved"),
    ),
    (SECRETARIAT, AddTag("risks", "AI"), ("TagAdded",) * 6),
    (
        SECRETARIAT,
        RemoveTag("vision", "access"),
        (NOTHING, "TagRemoved", NOTHING, "TagRemoved", NOTHING, "TagRemoved"),
    ),
    (SECRETARIAT, PublishRecord(), (*("not_ended",) * 5, "RecordPublished")),
    (SECRETARIAT, WithdrawRecord(), (NOTHING,) * 6),
    # --- from the organiser ---
    (
        SERVER,
        EraseParticipant("bo"),
        ("ParticipantErased", *("RequestWithdrawn ParticipantErased",) * 5),
    ),
    (SERVER, EraseEverybody(), ("EverybodyErased",) * 6),
    # --- from an attendee: leaving ---
    (DI, TakeOutData(), ("ParticipantErased",) * 6),
]

ATTENDEES: tuple[type, ...] = get_args(AttendeeCommand)
CHAIRS: tuple[type, ...] = get_args(ChairCommand)


def _id(row: tuple[Actor, Command, tuple[str, ...]]) -> str:
    actor, command, _ = row
    return f"{actor.id or actor.role} {command!r}"


def test_the_table_has_every_command() -> None:
    assert {type(command) for _, command, _ in ROWS} == set(get_args(Command))
    defined = {one for one in vars(commands).values() if isinstance(one, type) and one.__module__ == commands.__name__}
    assert set(get_args(Command)) == defined


@pytest.mark.parametrize("row", ROWS, ids=_id)
@pytest.mark.parametrize("place", range(len(SITUATIONS)), ids=list(SITUATIONS))
def test_every_command_in_every_state(place: int, row: tuple[Actor, Command, tuple[str, ...]]) -> None:
    actor, command, expected = row
    state = list(SITUATIONS.values())[place]

    found = outcome(state, command, actor, 30_000)

    assert (found if isinstance(found, str) else " ".join(names(found))) == expected[place]


@pytest.mark.parametrize("row", ROWS, ids=_id)
@pytest.mark.parametrize("state", SITUATIONS.values(), ids=SITUATIONS.keys())
def test_what_a_command_leads_to_can_be_shown_and_what_is_refused_changes_nothing(
    state: State, row: tuple[Actor, Command, tuple[str, ...]]
) -> None:
    actor, command, _ = row
    before = chair_view(state, {})

    try:
        events = decide(state, command, actor, 30_000)
    except Refused:
        events = ()
    after = chair_view(enact(state, events, actor), {})

    assert (after != before) == (events != ())
    assert chair_view(state, {}) == before


@pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row[1], CHAIRS)], ids=_id)
def test_only_the_chair_does_what_is_the_chairs(row: tuple[Actor, Command, tuple[str, ...]]) -> None:
    for state in SITUATIONS.values():
        for actor in (ANA, STRANGER, ROOM, SERVER):
            assert outcome(state, row[1], actor, 30_000) == "not_chair"


@pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row[1], ATTENDEES)], ids=_id)
def test_only_who_has_joined_does_what_is_an_attendees(row: tuple[Actor, Command, tuple[str, ...]]) -> None:
    for state in SITUATIONS.values():
        for actor in (STRANGER, Actor("attendee", "eve"), CHAIR, ROOM, Actor("chair", "ana")):
            assert outcome(state, row[1], actor, 30_000) == "not_joined"
