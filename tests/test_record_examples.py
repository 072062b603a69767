"""The record by example: every figure of small sessions, written down by hand. Times are seconds since the start."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.floor.commands import (
    AddNote,
    AddTag,
    AdjustTopic,
    Command,
    Conclude,
    EndIntervention,
    EndSession,
    EraseEverybody,
    EraseParticipant,
    GiveFloor,
    HideParticipant,
    Join,
    MergeParticipants,
    OpenTopic,
    PassOver,
    PauseSession,
    PlanSession,
    PublishRecord,
    Redo,
    RemoveRequest,
    RequestFloor,
    ResumeSession,
    StartSession,
    Undo,
    Withdraw,
    WithdrawRecord,
)
from app.floor.erasures import Erasure
from app.floor.events import Event
from app.floor.fold import enact
from app.floor.people import SERVER, Actor
from app.floor.plan import Plan
from app.floor.record import Record, Share, TopicRecord
from app.floor.record_making import AS_IGF, record_of
from app.floor.rules import decide
from app.floor.state import EMPTY
from tests.scenes import ANA, BO, CHAIR, CY, DI, PEOPLE, PLAN

REPORTS = Actor("secretariat", "Reports")
Step = tuple[float, Actor, Command]
OPEN: tuple[Step, ...] = ((0, CHAIR, StartSession()), (60, CHAIR, OpenTopic("vision")))
ALL_ASK: tuple[Step, ...] = (
    *OPEN,
    (61, ANA, RequestFloor(summary="On access")),
    (62, BO, RequestFloor()),
    (63, CY, RequestFloor()),
)


def record(
    *steps: Step,
    now: float = 0,
    plan: Plan = PLAN,
    people: tuple[Join, ...] = PEOPLE,
    counted_as: Mapping[str, str] | None = None,
) -> Record:
    """The record of a session in which these steps were taken, drawn up at `now` while it goes on."""
    log: list[tuple[Actor, tuple[Event, ...]]] = []
    state = EMPTY
    before: list[Step] = [(0, SERVER, PlanSession(plan)), *((0, Actor("attendee"), one) for one in people)]
    for at, actor, command in [*before, *steps]:
        events = decide(state, command, actor, round(at * 1_000))
        state = enact(state, events, actor)
        log.append((actor, events))
    return record_of([act for act in log if act[1]], round(now * 1_000), counted_as)


def topic(made: Record, id_: str = "vision") -> TopicRecord:
    return next(one for one in made.topics if one.plan.id == id_)


def seconds(one: TopicRecord | Record) -> tuple[float, float, float, float]:
    """Elapsed, spoken, paused, silent."""
    return one.elapsed_ms / 1_000, one.spoken_ms / 1_000, one.paused_ms / 1_000, one.silent_ms / 1_000


def said(one: TopicRecord | Record) -> list[tuple[int, str, float, float, float]]:
    """Number, who, when from, when to, how long."""
    return [
        (each.number, each.person.name, each.began_ms / 1_000, each.ended_ms / 1_000, each.spent_ms / 1_000)
        for each in one.spoken
    ]


WHOLE: tuple[Step, ...] = (
    *ALL_ASK,
    (70, CHAIR, GiveFloor("r1")),
    (100, DI, RequestFloor("point_of_order")),
    (101, CHAIR, GiveFloor("r4", after="r1")),
    (111, CHAIR, EndIntervention("r4")),
    (131, CHAIR, PauseSession()),
    (151, CHAIR, ResumeSession()),
    (161, CHAIR, EndIntervention("r1")),
    (165, CHAIR, GiveFloor("r2")),
    (170, CHAIR, PassOver("r2")),
    (180, CHAIR, GiveFloor("r3")),
    (210, CY, Conclude()),
    (220, CHAIR, OpenTopic("risks")),
    (250, CHAIR, OpenTopic("vision")),
    (260, CHAIR, GiveFloor("r2")),
    (300, CHAIR, EndIntervention("r2")),
    (310, CHAIR, EndSession()),
)
"""A point of order interrupts Ana, the session pauses while she speaks, Bo is called and absent, and the topic is
opened a second time."""


def test_every_second_of_a_topic_is_spoken_paused_or_silent() -> None:
    made = record(*WHOLE)

    assert seconds(topic(made, "opening")) == (60, 0, 0, 60)
    assert seconds(topic(made)) == (220, 141, 20, 59)
    assert seconds(topic(made, "risks")) == (30, 0, 0, 30)
    assert seconds(topic(made, "closing")) == (0, 0, 0, 0)
    assert seconds(made) == (310, 141, 20, 149)
    assert (made.began_ms, made.ended_ms, made.as_of_ms) == (0, 310_000, 310_000)


def test_whoever_was_interrupted_is_one_intervention_and_the_point_of_order_stands_apart() -> None:
    vision = topic(record(*WHOLE))

    assert said(vision) == [
        (1, "Ana Alm", 70, 161, 61),
        (2, "Di Diaz", 101, 111, 10),
        (3, "Cy Chen", 180, 210, 30),
        (4, "Bo Berg", 260, 300, 40),
    ]
    assert [one.number for one in vision.interventions] == [1, 3, 4]
    assert [one.number for one in vision.points_of_order] == [2]
    assert vision.replies == ()
    assert (vision.interventions[0].allotted_ms, vision.interventions[0].over_ms) == (120_000, 0)


def test_a_point_of_order_is_nobodys_share() -> None:
    made = record(*WHOLE)

    assert topic(made).shares == {
        "government": Share(1, 61_000, 1),
        "civil_society": Share(1, 40_000, 1),
        "academia": Share(1, 30_000, 1),
        "private_sector": Share(),
    }
    assert made.shares == topic(made).shares
    assert made.joined == {"government": 2, "civil_society": 1, "academia": 1, "private_sector": 0}


def test_a_topic_opened_twice_lasts_from_its_first_opening_to_its_last_end() -> None:
    made = record(*WHOLE)

    assert (topic(made).began_ms, topic(made).ended_ms) == (60_000, 310_000)
    assert (topic(made, "risks").began_ms, topic(made, "risks").ended_ms) == (220_000, 250_000)
    assert (topic(made, "closing").began_ms, topic(made, "closing").ended_ms) == (None, None)


def test_the_timeline_has_no_gap_and_says_whose_each_stretch_is() -> None:
    assert [
        (one.topic, one.spent, one.request, one.from_ms // 1_000, one.to_ms // 1_000) for one in record(*WHOLE).timeline
    ] == [
        ("opening", "silent", "", 0, 60),
        ("vision", "silent", "", 60, 70),
        ("vision", "spoken", "r1", 70, 101),
        ("vision", "spoken", "r4", 101, 111),
        ("vision", "spoken", "r1", 111, 131),
        ("vision", "paused", "", 131, 151),
        ("vision", "spoken", "r1", 151, 161),
        ("vision", "silent", "", 161, 180),
        ("vision", "spoken", "r3", 180, 210),
        ("vision", "silent", "", 210, 220),
        ("risks", "silent", "", 220, 250),
        ("vision", "silent", "", 250, 260),
        ("vision", "spoken", "r2", 260, 300),
        ("vision", "silent", "", 300, 310),
    ]


def test_a_point_of_order_whose_raiser_is_absent_takes_nothing_from_the_speaker_but_the_time() -> None:
    vision = topic(
        record(
            *ALL_ASK,
            (70, CHAIR, GiveFloor("r1")),
            (80, DI, RequestFloor("point_of_order")),
            (90, CHAIR, GiveFloor("r4", after="r1")),
            (95, CHAIR, PassOver("r4")),
            (105, CHAIR, EndIntervention("r1")),
            (110, CHAIR, EndSession()),
        )
    )

    assert said(vision) == [(1, "Ana Alm", 70, 105, 30)]
    assert seconds(vision) == (50, 30, 0, 20)


# Acts taken back


def test_an_act_taken_back_leaves_no_trace() -> None:
    vision = topic(record(*ALL_ASK, (70, CHAIR, GiveFloor("r1")), (90, CHAIR, Undo()), (100, CHAIR, EndSession())))

    assert said(vision) == []
    assert seconds(vision) == (40, 0, 0, 40)


def test_an_act_done_again_counts_from_its_first_time() -> None:
    vision = topic(
        record(
            *ALL_ASK,
            (70, CHAIR, GiveFloor("r1")),
            (75, CHAIR, Undo()),
            (80, CHAIR, Redo()),
            (90, CHAIR, EndIntervention("r1")),
            (100, CHAIR, EndSession()),
        )
    )

    assert said(vision) == [(1, "Ana Alm", 70, 90, 20)]
    assert seconds(vision) == (40, 20, 0, 20)


def test_a_pause_taken_back_after_the_speaker_concluded_in_it_is_silence() -> None:
    vision = topic(
        record(
            *ALL_ASK,
            (70, CHAIR, GiveFloor("r1")),
            (80, CHAIR, PauseSession()),
            (90, ANA, Conclude()),
            (100, CHAIR, Undo()),
            (110, CHAIR, EndSession()),
        )
    )

    assert said(vision) == [(1, "Ana Alm", 70, 90, 10)]
    assert seconds(vision) == (50, 10, 0, 40)


def test_an_end_taken_back_goes_on() -> None:
    made = record(*ALL_ASK, (70, CHAIR, GiveFloor("r1")), (80, CHAIR, EndSession()), (90, CHAIR, Undo()), now=100)

    assert (made.status, made.ended_ms, made.as_of_ms) == ("running", None, 100_000)
    assert said(made) == [(1, "Ana Alm", 70, 100, 30)]


def test_time_that_the_chair_added_stands_beside_the_plan() -> None:
    vision = topic(record(*OPEN, (70, CHAIR, AdjustTopic(120_000)), (80, CHAIR, AdjustTopic(-30_000)), now=90))

    assert (vision.plan.planned_ms, vision.added_ms) == (1_500_000, 90_000)


# A draft


def test_whoever_has_the_floor_as_a_draft_is_drawn_up_has_spoken_until_then() -> None:
    made = record(*ALL_ASK, (70, CHAIR, GiveFloor("r1")), now=100)

    assert said(made) == [(1, "Ana Alm", 70, 100, 30)]
    assert seconds(topic(made)) == (40, 30, 0, 10)
    assert (topic(made).ended_ms, made.ended_ms, made.published_ms, made.edition) == (None, None, 0, 1)


def test_in_a_draft_both_an_interrupted_speaker_and_the_point_of_order_are_told() -> None:
    made = record(
        *ALL_ASK,
        (70, CHAIR, GiveFloor("r1")),
        (80, DI, RequestFloor("point_of_order")),
        (90, CHAIR, GiveFloor("r4", after="r1")),
        now=95,
    )

    assert said(made) == [(1, "Ana Alm", 70, 95, 20), (2, "Di Diaz", 90, 95, 5)]
    assert seconds(topic(made)) == (35, 25, 0, 10)


def test_an_edition_counts_what_was_published() -> None:
    ended = (*OPEN, (70, CHAIR, EndSession()))
    published = (*ended, (80, REPORTS, PublishRecord()))
    withdrawn = (*published, (90, REPORTS, WithdrawRecord()))

    assert [(one.edition, one.published_ms) for one in (record(*ended), record(*published), record(*withdrawn))] == [
        (1, 0),
        (1, 80_000),
        (2, 0),
    ]


def test_before_the_session_there_is_nothing_to_tell() -> None:
    made = record(now=50)

    assert (made.status, made.began_ms, made.timeline, said(made)) == ("waiting", None, (), [])
    assert seconds(made) == (0, 0, 0, 0)


# Who was not heard


def test_who_asked_and_was_not_heard_is_told_with_why_and_how_long_they_waited() -> None:
    vision = topic(
        record(
            *ALL_ASK,
            (64, DI, RequestFloor("right_of_reply")),
            (80, CHAIR, PassOver("r1")),
            (90, CHAIR, PassOver("r1")),
            (100, CHAIR, RemoveRequest("r2")),
            (110, CY, Withdraw()),
            (180, CHAIR, OpenTopic("risks")),
            (200, CHAIR, EndSession()),
        )
    )

    assert [
        (one.person.name, one.kind, one.outcome, one.asked_ms // 1_000, one.waited_ms // 1_000, one.summary)
        for one in vision.not_heard
    ] == [
        ("Ana Alm", "intervention", "passed_over", 61, 29, "On access"),
        ("Bo Berg", "intervention", "removed", 62, 38, ""),
        ("Di Diaz", "right_of_reply", "waiting", 64, 116, ""),
    ]
    assert vision.withdrawn == 1


def test_who_was_called_and_not_there_and_waited_again_in_vain_had_been_called() -> None:
    vision = topic(record(*ALL_ASK, (80, CHAIR, PassOver("r1")), (200, CHAIR, EndSession())))

    assert [(one.person.name, one.outcome) for one in vision.not_heard] == [
        ("Ana Alm", "passed_over"),
        ("Bo Berg", "waiting"),
        ("Cy Chen", "waiting"),
    ]


def test_whoever_joined_twice_and_was_heard_once_was_heard() -> None:
    vision = topic(
        record(
            *ALL_ASK,
            (70, REPORTS, MergeParticipants("cy", "bo")),
            (80, CHAIR, GiveFloor("r2")),
            (90, CHAIR, EndIntervention("r2")),
            (100, CHAIR, EndSession()),
        )
    )

    assert [one.person.id for one in vision.not_heard] == ["ana"]
    assert said(vision) == [(1, "Bo Berg", 80, 90, 10)]


# Groups


IGF = replace(PLAN, groups={**PLAN.groups, "technical_community": {"en": "Technical community"}})


def test_academia_is_its_own_group_unless_it_is_to_be_counted_as_the_igf_does() -> None:
    steps = (*ALL_ASK, (70, CHAIR, GiveFloor("r3")), (100, CHAIR, EndSession()))
    own, igf = record(*steps, plan=IGF), record(*steps, plan=IGF, counted_as=AS_IGF)

    assert own.shares["academia"] == Share(1, 30_000, 1)
    assert own.shares["technical_community"] == Share()
    assert "academia" not in igf.shares
    assert igf.shares["technical_community"] == Share(1, 30_000, 1)
    assert igf.groups["technical_community"] == ("technical_community", "academia")
    assert igf.joined["technical_community"] == 1
    assert igf.spoken[0].person.group == "technical_community"


def test_where_a_session_has_no_technical_community_academia_stays_what_it_is() -> None:
    made = record(*OPEN, now=70, counted_as=AS_IGF)

    assert tuple(made.groups) == ("government", "civil_society", "academia", "private_sector")


ASKING = replace(PLAN, asks_for=("gender", "region"))


def test_balance_counts_people_interventions_and_time_by_what_people_said_of_themselves() -> None:
    ana, bo, cy, di = PEOPLE
    made = record(
        *ALL_ASK,
        (70, CHAIR, GiveFloor("r1")),
        (100, CHAIR, EndIntervention("r1")),
        (101, ANA, RequestFloor()),
        (110, CHAIR, GiveFloor("r2")),
        (130, CHAIR, EndIntervention("r2")),
        (131, DI, RequestFloor("point_of_order")),
        (140, CHAIR, GiveFloor("r5")),
        (150, CHAIR, EndIntervention("r5")),
        (160, CHAIR, GiveFloor("r4")),
        (165, CHAIR, EndSession()),
        plan=ASKING,
        people=(replace(ana, gender="woman", region="african"), bo, cy, replace(di, gender="man")),
    )

    assert made.balance == {
        "gender": {
            "woman": Share(2, 35_000, 1),
            "man": Share(),
            "other": Share(),
            "": Share(1, 20_000, 1),
        },
        "region": {
            "african": Share(2, 35_000, 1),
            "asia_pacific": Share(),
            "eastern_european": Share(),
            "latin_american_caribbean": Share(),
            "western_european_other": Share(),
            "": Share(1, 20_000, 1),
        },
    }
    assert record(*OPEN, now=70).balance == {}


# What is written down, and what is taken out


SPOKEN: tuple[Step, ...] = (
    *ALL_ASK,
    (70, CHAIR, GiveFloor("r1")),
    (75, REPORTS, AddNote("Access first", "r1", kind="key_point")),
    (76, REPORTS, AddNote("Welcome", topic="vision")),
    (77, REPORTS, AddTag("vision", "access", "r1")),
    (78, REPORTS, AddTag("vision", "cost")),
    (90, CHAIR, EndIntervention("r1")),
    (100, CHAIR, EndSession()),
)


def test_notes_and_tags_stand_where_they_belong() -> None:
    vision = topic(record(*SPOKEN))

    (ana,) = vision.spoken
    assert [(note.kind, note.text) for note in ana.notes] == [("key_point", "Access first")]
    assert (ana.tags, ana.summary) == (("access",), "On access")
    assert [note.text for note in vision.notes] == ["Welcome"]
    assert vision.tags == {"access": (1,), "cost": ()}


@pytest.mark.parametrize("gone", [HideParticipant("ana"), EraseParticipant("ana"), EraseEverybody()])
def test_whoever_was_hidden_or_erased_is_one_of_their_group_and_counts_on(gone: Command) -> None:
    actor = CHAIR if isinstance(gone, HideParticipant) else SERVER
    made = record(*SPOKEN, (110, actor, gone))

    (ana,) = made.spoken
    assert (ana.person.name, ana.person.organisation, ana.person.group) == ("", "", "government")
    assert made.shares["government"] == Share(1, 20_000, 1)
    assert made.joined["government"] == 2
    assert "Ana Alm" not in str(made)


def test_what_was_taken_out_is_told_without_what_it_was() -> None:
    made = record(*SPOKEN, (110, SERVER, EraseParticipant("ana")), (120, SERVER, EraseEverybody()))

    assert made.erasures == (
        Erasure(110_000, {"ana": "government"}, 1, 1),
        Erasure(120_000, {"bo": "civil_society", "cy": "academia", "di": "government"}, 0, 1),
    )
    assert made.erased == 4
    assert (topic(made).notes, topic(made).tags) == ((), {"access": (1,), "cost": ()})
