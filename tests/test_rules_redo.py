"""Doing again what was taken back, until another act; and time taken from later topics."""

from dataclasses import replace

import pytest

from app.floor.commands import (
    AddRequest,
    Announce,
    CloseList,
    Command,
    Conclude,
    EditParticipant,
    GiveFloor,
    OpenList,
    PauseSession,
    PlanSession,
    Redo,
    RequestFloor,
    TakeTime,
    Undo,
    Withdraw,
)
from app.floor.people import SERVER, Actor
from app.floor.timers import allotted_ms
from app.floor.views_chair import chair_view
from tests.scenes import ANA, BO, CHAIR, OPENING, PLAN, START, enacted, outcome, played, waiting


def test_what_was_taken_back_is_done_again_as_if_it_had_never_been_taken_back() -> None:
    given = enacted(waiting(ANA, BO), GiveFloor(), CHAIR, 9_000)

    again = played(given, (10_000, CHAIR, Undo()), (12_000, CHAIR, Redo()))

    assert again.floor == given.floor
    assert again.topics == given.topics
    assert [act.events for act in again.acts] == [act.events for act in given.acts]


def test_acts_are_done_again_in_the_order_in_which_they_were_done() -> None:
    two = played(START, (1_000, CHAIR, CloseList()), (2_000, CHAIR, Announce("Welcome")))
    none = played(two, (3_000, CHAIR, Undo()), (4_000, CHAIR, Undo()))

    one = enacted(none, Redo(), CHAIR, 5_000)

    assert (one.topics["vision"].list, one.notice) == ("closed", None)
    assert [act["do"] for act in chair_view(one, {})["undone"]] == ["announce"]
    assert enacted(one, Redo(), CHAIR, 6_000).notice is not None


def test_another_act_of_the_chair_forgets_what_could_be_done_again() -> None:
    undone = played(START, (1_000, CHAIR, CloseList()), (2_000, CHAIR, Undo()))

    assert outcome(enacted(undone, Announce("Hi"), CHAIR, 3_000), Redo(), CHAIR, 4_000) == "nothing_to_redo"
    assert outcome(enacted(undone, RequestFloor(), ANA, 3_000), Redo(), CHAIR, 4_000) != "nothing_to_redo"


def test_doing_again_is_refused_where_it_makes_no_sense_any_more() -> None:
    undone = played(waiting(ANA, BO), (9_000, CHAIR, GiveFloor()), (10_000, CHAIR, Undo()), (11_000, ANA, Withdraw()))

    assert outcome(undone, Redo(), CHAIR, 12_000) == "stale"


@pytest.mark.parametrize("act", [CloseList("risks"), OpenList("closing"), TakeTime({"risks": 60_000})])
def test_doing_again_is_refused_where_the_session_file_has_no_such_topic_any_more(act: Command) -> None:
    fewer = replace(PLAN, topics=tuple(one for one in PLAN.topics if one.id in {"opening", "vision"}))
    undone = played(
        START,
        (1_000, CHAIR, act),
        (2_000, SERVER, PlanSession(fewer)),
        (3_000, CHAIR, Announce("Welcome back")),
        (4_000, CHAIR, Undo()),
        (5_000, CHAIR, Undo()),
    )

    assert outcome(undone, Redo(), CHAIR, 6_000) == "stale"


def test_a_pause_is_not_done_again_behind_what_was_said_meanwhile() -> None:
    undone = played(
        waiting(ANA),
        (10_000, CHAIR, GiveFloor()),
        (12_000, CHAIR, PauseSession()),
        (13_000, CHAIR, Undo()),
        (20_000, ANA, Conclude()),
    )

    assert outcome(undone, Redo(), CHAIR, 21_000) == "stale"


def test_an_added_speaker_comes_back_and_no_id_is_used_twice() -> None:
    added = played(START, (1_000, CHAIR, AddRequest("Eva", "Chile", "government")), (2_000, CHAIR, Undo()))

    again = played(added, (3_000, BO, RequestFloor()), (4_000, CHAIR, Redo()))

    assert sorted(again.requests) == ["r1", "r2"]
    assert [again.participants[again.requests[id_].participant].name for id_ in ("r1", "r2")] == ["Eva", "Bo Berg"]


def test_a_correction_by_the_secretariat_survives_an_undo_of_the_chairs_act() -> None:
    secretariat = Actor("secretariat", "Reports")
    corrected = played(
        waiting(BO),
        (5_000, CHAIR, GiveFloor()),
        (6_000, secretariat, EditParticipant("bo", name="Bo B.")),
        (7_000, CHAIR, Undo()),
    )

    assert corrected.participants["bo"].name == "Bo B."
    assert corrected.floor is None


def test_time_taken_from_later_topics_goes_to_the_open_one_and_the_session_stays_as_long() -> None:
    taken = enacted(START, TakeTime({"risks": 120_000, "closing": 60_000}), CHAIR, 9_000)

    assert {topic: allotted_ms(stands.timer) for topic, stands in taken.topics.items()} == {
        "opening": 300_000,
        "vision": 1_680_000,
        "risks": 1_380_000,
        "closing": 540_000,
    }
    assert chair_view(taken, {})["acts"][-1]["by_ms"] == 180_000
    assert enacted(taken, Undo(), CHAIR, 10_000).topics == START.topics


def test_no_more_time_is_taken_than_a_topic_has_and_none_from_one_that_has_begun() -> None:
    assert outcome(START, TakeTime({"closing": 600_001}), CHAIR, 9_000) == "malformed"
    assert outcome(START, TakeTime({"closing": 0}), CHAIR, 9_000) == "malformed"
    assert outcome(START, TakeTime({"opening": 60_000}), CHAIR, 9_000) == "stale"
    assert outcome(OPENING, TakeTime({"opening": 60_000}), CHAIR, 9_000) == "stale"
    assert outcome(START, TakeTime({"nowhere": 60_000}), CHAIR, 9_000) == "no_topic"
    assert outcome(START, TakeTime({}), CHAIR, 9_000) == ()
