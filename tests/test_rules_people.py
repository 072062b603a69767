"""Who takes part: put right, merged, called though not listed, hidden, gone; and what the secretariat may do."""

import pytest

from app.floor.commands import (
    AddNote,
    AddRequest,
    CallParticipant,
    CloseList,
    EditParticipant,
    EndIntervention,
    GiveFloor,
    HideParticipant,
    MergeParticipants,
    Redo,
    RequestFloor,
    TakeOutData,
    Undo,
    Withdraw,
)
from app.floor.events import FloorGiven, FloorRequested, InterventionEnded, ParticipantsMerged, RequestRemoved
from app.floor.people import Actor
from app.floor.rules import decide
from app.floor.state import shares
from app.floor.views import audience_view
from app.floor.views_chair import chair_view
from app.floor.views_own import own_view
from tests.scenes import ANA, ANA_SPEAKS, BO, CHAIR, CY, DI, START, enacted, outcome, played, waiting

CO_MODERATOR = Actor("co_moderator", "Vice-Chair")
SECRETARIAT = Actor("secretariat", "Reports")


def test_a_mistyped_name_is_put_right_everywhere_and_the_place_in_the_list_stays() -> None:
    edited = enacted(waiting(ANA, BO), EditParticipant("bo", name="Bo Bergström"), SECRETARIAT, 9_000)

    view = audience_view(edited)

    assert view["list"] == ["r1", "r2"]
    assert (view["requests"]["r2"]["name"], view["requests"]["r2"]["organisation"]) == (
        "Bo Bergström",
        "Access for All",
    )


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (EditParticipant("nobody", name="X"), "no_such_participant"),
        (EditParticipant("bo", name=" "), "malformed"),
        (EditParticipant("bo", group="press"), "malformed"),
        (EditParticipant("bo", organisation="o" * 121), "too_long"),
        (MergeParticipants("bo", "nobody"), "no_such_participant"),
        (MergeParticipants("bo", "bo"), "malformed"),
        (AddNote("said so", "r9"), "no_such_request"),
        (AddNote(" ", "r1"), "malformed"),
    ],
)
def test_what_makes_no_sense_of_people_is_refused(command: EditParticipant, code: str) -> None:
    assert outcome(waiting(ANA), command, SECRETARIAT, 9_000) == code


def test_an_edit_that_changes_nothing_does_nothing() -> None:
    assert decide(START, EditParticipant("bo", name="Bo Berg"), CHAIR, 9_000) == ()


def test_one_person_who_joined_twice_keeps_what_both_asked_and_said() -> None:
    spoken = played(
        waiting(BO),
        (5_000, CHAIR, GiveFloor("r1")),
        (35_000, CHAIR, EndIntervention("r1")),
        (36_000, CY, RequestFloor()),
    )

    merged = enacted(spoken, MergeParticipants("cy", "bo"), SECRETARIAT, 40_000)

    assert "cy" not in merged.participants
    assert [merged.requests[id_].participant for id_ in ("r1", "r2")] == ["bo", "bo"]
    assert own_view(merged, "bo")["requests"].keys() == {"r2"}
    assert shares(merged)["civil_society"].spent_ms == 30_000


def test_of_two_requests_of_a_merged_person_the_earlier_stays() -> None:
    assert decide(waiting(ANA, BO), MergeParticipants("ana", "bo"), CHAIR, 9_000) == (
        RequestRemoved("r2", 9_000),
        ParticipantsMerged("ana", "bo", 9_000),
    )


def test_the_phone_of_a_merged_person_acts_as_whom_they_are_now() -> None:
    merged = enacted(waiting(BO), MergeParticipants("cy", "bo"), CHAIR, 9_000)

    assert outcome(merged, RequestFloor(), CY, 10_000) == "already_requested"
    assert enacted(merged, Withdraw(), CY, 10_000).requests["r1"].status == "withdrawn"


def test_a_follow_up_gives_the_floor_again_to_who_has_just_spoken() -> None:
    spoken = enacted(ANA_SPEAKS, EndIntervention("r1"), CHAIR, 50_000)

    assert decide(spoken, CallParticipant("ana"), CHAIR, 60_000) == (
        FloorRequested("r4", "ana", "vision", "intervention", "", 60_000),
        FloorGiven("r4", 120_000, 60_000),
    )


def test_calling_somebody_who_waits_gives_the_floor_to_their_request() -> None:
    assert decide(ANA_SPEAKS, CallParticipant("cy", after="r1"), CHAIR, 60_000) == (
        InterventionEnded("r1", 50_000, 60_000),
        FloorGiven("r3", 120_000, 60_000),
    )


def test_calling_after_the_floor_has_moved_is_stale() -> None:
    assert outcome(ANA_SPEAKS, CallParticipant("di"), CHAIR, 60_000) == "stale"


def test_an_abusive_name_leaves_the_list_the_floor_and_every_screen_at_once() -> None:
    hidden = enacted(ANA_SPEAKS, HideParticipant("ana"), CHAIR, 20_000)

    chair, audience = chair_view(hidden, {}), audience_view(hidden)

    assert hidden.floor is None
    assert audience["last"]["hidden"] is True
    for name in ("Ana Alm", "Sweden"):
        assert name not in str(audience)
        assert name not in str(chair)


def test_hiding_a_name_can_be_taken_back() -> None:
    hidden = played(waiting(ANA, BO), (9_000, CHAIR, HideParticipant("bo")), (10_000, CHAIR, Undo()))

    assert audience_view(hidden)["requests"]["r2"]["name"] == "Bo Berg"


def test_a_participant_takes_out_their_data_and_what_they_said_counts_on() -> None:
    spoken = enacted(ANA_SPEAKS, EndIntervention("r1"), CHAIR, 40_000)

    gone = enacted(spoken, TakeOutData(), ANA, 50_000)

    assert "Ana Alm" not in str(audience_view(gone)) + str(chair_view(gone, {}))
    assert shares(gone)["government"].spent_ms == 30_000
    assert outcome(gone, RequestFloor(), ANA, 60_000) == "not_joined"


def test_data_can_be_taken_out_after_the_session_too_and_takes_the_request_along() -> None:
    gone = enacted(waiting(ANA, BO), TakeOutData(), ANA, 50_000)

    assert gone.requests["r1"].status == "withdrawn"
    assert audience_view(gone)["list"] == ["r2"]


@pytest.mark.parametrize(
    "command", [AddRequest("Di Diaz", "Peru", "government"), EditParticipant("bo", name="B"), AddNote("Agreed.", "r1")]
)
def test_the_secretariat_completes_the_record(command: AddRequest) -> None:
    assert decide(waiting(ANA), command, SECRETARIAT, 9_000)


def test_a_request_on_behalf_of_somebody_who_has_joined_makes_no_second_participant() -> None:
    asked = decide(START, AddRequest(participant="bo", kind="right_of_reply", summary="Cost"), SECRETARIAT, 1_000)

    assert asked == (FloorRequested("r1", "bo", "vision", "right_of_reply", "Cost", 1_000),)
    closed = enacted(START, CloseList(), CHAIR, 500)
    assert enacted(closed, AddRequest(participant="bo"), SECRETARIAT, 1_000).topics["vision"].waiting == ("r1",)


def test_a_request_on_behalf_of_somebody_merged_is_that_of_whom_they_are_now() -> None:
    merged = enacted(START, MergeParticipants("cy", "bo"), SECRETARIAT, 500)

    assert enacted(merged, AddRequest(participant="cy"), SECRETARIAT, 1_000).requests["r1"].participant == "bo"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (AddRequest(participant="bo"), "already_requested"),
        (AddRequest(participant="nobody"), "no_such_participant"),
        (AddRequest(participant="ana", name="Ana Alm"), "malformed"),
        (AddRequest(participant="ana", group="academia"), "malformed"),
        (AddRequest(participant="ana", summary="s" * 281), "too_long"),
        (AddRequest("Eve", "Acme"), "malformed"),
        (AddRequest(), "malformed"),
    ],
)
def test_a_request_on_behalf_of_whom_it_can_not_be_is_refused(command: AddRequest, code: str) -> None:
    assert outcome(waiting(BO), command, SECRETARIAT, 9_000) == code
    assert decide(waiting(BO), AddRequest(participant="bo", kind="point_of_order"), SECRETARIAT, 9_000)


@pytest.mark.parametrize("command", [GiveFloor(), Undo(), Redo(), HideParticipant("bo"), CallParticipant("bo")])
def test_the_secretariat_does_not_move_the_floor(command: GiveFloor) -> None:
    assert outcome(waiting(ANA), command, SECRETARIAT, 9_000) == "not_chair"


def test_nobody_but_a_console_edits_notes_or_merges() -> None:
    for command in (EditParticipant("bo", name="B"), AddNote("x", "r1"), MergeParticipants("cy", "bo")):
        assert outcome(waiting(ANA), command, DI, 9_000) == "not_chair"


def test_a_co_moderator_has_the_chairs_powers_and_each_act_shows_whose_it_was() -> None:
    given = enacted(waiting(ANA), GiveFloor(), CO_MODERATOR, 9_000)

    act = chair_view(given, {})["acts"][-1]

    assert (act["do"], act["by"], act["who"], act["name"]) == ("give_floor", "co_moderator", "Vice-Chair", "Ana Alm")


def test_notes_of_several_hands_stand_side_by_side() -> None:
    noted = played(
        waiting(ANA), (9_000, SECRETARIAT, AddNote("Key point", "r1")), (9_500, CHAIR, AddNote("A quote", "r1"))
    )

    assert [note["text"] for note in chair_view(noted, {})["notes"].values()] == ["Key point", "A quote"]
    assert "Key point" not in str(audience_view(noted))
