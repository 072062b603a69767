"""A short session and its record, to write tests of the record with. Times are milliseconds since it began."""

from app.floor.commands import (
    AddNote,
    AddTag,
    Command,
    EndIntervention,
    EndSession,
    GiveFloor,
    HideParticipant,
    Join,
    OpenTopic,
    PassOver,
    PauseSession,
    PlanSession,
    RequestFloor,
    ResumeSession,
    StartSession,
    Withdraw,
)
from app.floor.events import Event
from app.floor.fold import enact
from app.floor.people import SERVER, Actor
from app.floor.record import Record
from app.floor.record_making import record_of
from app.floor.rules import decide
from app.floor.state import EMPTY
from tests.scenes import ANA, BO, CHAIR, CY, DI, PEOPLE, PLAN

SECRETARIAT = Actor("secretariat", "Reports")
HOSTILE = Join("ev", '</title><script>alert("x")</script>', "R&D <b>", "private_sector", "online")
EV = Actor("attendee", "ev")
END_MS = 700_000

STEPS: tuple[tuple[int, Actor, Command], ...] = (
    (-2_000, SERVER, PlanSession(PLAN)),
    *((-1_000, Actor("attendee"), join) for join in (*PEOPLE, HOSTILE)),
    (0, CHAIR, StartSession()),
    (60_000, CHAIR, OpenTopic("vision")),
    (61_000, ANA, RequestFloor(summary="On access")),
    (62_000, BO, RequestFloor()),
    (63_000, CY, RequestFloor()),
    (64_000, EV, RequestFloor()),
    (70_000, CHAIR, GiveFloor("r1")),
    (80_000, SECRETARIAT, AddNote("Access for all by 2030", "r1", kind="key_point")),
    (81_000, SECRETARIAT, AddNote("“Nobody offline”", "r1", kind="quote")),
    (82_000, SECRETARIAT, AddNote("A/RES/70/125", "r1", kind="reference")),
    (83_000, SECRETARIAT, AddTag("vision", "access", "r1")),
    (84_000, SECRETARIAT, AddNote("The chair opened", topic="vision")),
    (100_000, DI, RequestFloor("point_of_order")),
    (110_000, CHAIR, GiveFloor("r5", after="r1")),
    (130_000, CHAIR, EndIntervention("r5")),
    (250_000, CHAIR, EndIntervention("r1")),
    (260_000, CHAIR, GiveFloor("r2")),
    (290_000, CHAIR, PauseSession()),
    (350_000, CHAIR, ResumeSession()),
    (370_000, CHAIR, EndIntervention("r2")),
    (380_000, BO, RequestFloor("right_of_reply")),
    (385_000, CHAIR, GiveFloor("r6")),
    (400_000, CHAIR, EndIntervention("r6")),
    (410_000, CHAIR, GiveFloor("r4")),
    (450_000, CHAIR, EndIntervention("r4")),
    (460_000, CHAIR, OpenTopic("risks")),
    (461_000, DI, RequestFloor()),
    (462_000, ANA, RequestFloor()),
    (463_000, BO, RequestFloor()),
    (464_000, CY, RequestFloor(summary="Said by Cy Chen")),
    (465_000, EV, RequestFloor()),
    (470_000, CHAIR, GiveFloor("r7")),
    (530_000, CHAIR, EndIntervention("r7")),
    (534_000, BO, Withdraw("r9")),
    (535_000, CHAIR, PassOver("r8")),
    (545_000, CHAIR, PassOver("r8")),
    (560_000, CHAIR, GiveFloor("r10")),
    (600_000, CHAIR, EndIntervention("r10")),
    (610_000, CHAIR, HideParticipant("cy")),
    (END_MS, CHAIR, EndSession()),
)
"""Ana speaks 40 s over her time and is interrupted, Bo through a pause; Cy, Ana and somebody hostile are in it too."""


def played() -> tuple[tuple[Actor, tuple[Event, ...]], ...]:
    state, log = EMPTY, []
    for now_ms, actor, command in STEPS:
        events = decide(state, command, actor, now_ms)
        assert events, command
        state = enact(state, events, actor)
        log.append((actor, events))
    return tuple(log)


RECORD: Record = record_of(played(), END_MS)
