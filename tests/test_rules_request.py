"""Those who ask: join, request the floor, say what about, step back, withdraw, and the chair on behalf of others."""

from dataclasses import replace

import pytest

from app.floor import errors
from app.floor.commands import (
    AddRequest,
    CloseList,
    Conclude,
    DescribeRequest,
    EndIntervention,
    EndSession,
    GiveFloor,
    Join,
    MoveRequest,
    OpenList,
    OpenTopic,
    PassOver,
    PauseSession,
    RequestFloor,
    StepBack,
    Withdraw,
)
from app.floor.events import (
    FloorRequested,
    InterventionEnded,
    ParticipantChanged,
    ParticipantJoined,
    RequestDescribed,
    RequestSteppedBack,
    RequestWithdrawn,
)
from app.floor.people import Actor, Participant
from app.floor.request import Kind
from app.floor.rules import decide
from app.floor.views import audience_view
from tests.scenes import (
    ANA,
    ANA_SPEAKS,
    BO,
    CHAIR,
    CY,
    DI,
    JOINED,
    OPENING,
    PLANNED,
    ROOM,
    START,
    STRANGER,
    enacted,
    outcome,
    played,
    waiting,
)

CLOSED = enacted(START, CloseList(), CHAIR, 500)


# --- joining ---


def test_joining_makes_a_participant_of_a_stranger() -> None:
    join = Join("eve", " Eve  Ek ", "Finland", "government", "online", "en")

    assert decide(PLANNED, join, STRANGER, 1_000) == (
        ParticipantJoined(Participant("eve", "Eve Ek", "Finland", "government", "online"), 1_000),
    )


def test_joining_again_from_the_same_phone_changes_that_participant() -> None:
    changed = Join("p99", "Ana Ali", "Norway", "government", "online", "fr")

    assert decide(JOINED, changed, ANA, 1_000) == (
        ParticipantChanged(Participant("ana", "Ana Ali", "Norway", "government", "online", "fr"), 1_000),
    )
    assert decide(JOINED, Join("p99", "Ana Alm", "Sweden", "government"), ANA, 1_000) == ()


def test_names_are_never_identity() -> None:
    """Case 7: a second Ana Alm, and a rename while waiting and while speaking, leave all acts working."""
    state = played(
        START,
        (0, Actor("attendee"), Join("other", "Ana Alm", "Sweden", "government")),
        (1_000, ANA, RequestFloor()),
        (2_000, Actor("attendee", "other"), RequestFloor()),
        (3_000, ANA, Join("", "Bo Berg", "Access for All", "civil_society")),
        (4_000, CHAIR, MoveRequest("r2", before="r1")),
        (5_000, CHAIR, GiveFloor()),
        (6_000, Actor("attendee", "other"), Join("", "Cy", "Peru", "academia")),
        (7_000, Actor("attendee", "other"), Conclude()),
        (8_000, CHAIR, GiveFloor()),
    )

    assert state.floor is not None
    assert state.floor.request == "r1"
    assert audience_view(state)["requests"]["r1"]["name"] == "Bo Berg"
    assert [one.request for one in state.interventions] == ["r2"]


def test_a_running_timer_is_untouched_by_a_change_of_name() -> None:
    """Case 1."""
    renamed = enacted(ANA_SPEAKS, Join("", "Ana A.", "Sweden", "government"), ANA, 20_000)

    assert renamed.floor == ANA_SPEAKS.floor


def test_who_joins_gives_a_name_and_one_of_the_groups() -> None:
    with pytest.raises(errors.Malformed, match="name: expected at least 1"):
        decide(PLANNED, Join("eve", " \u202e ", "Finland", "government"), STRANGER, 1_000)
    with pytest.raises(errors.Malformed, match="group: expected one of government, civil_society"):
        decide(PLANNED, Join("eve", "Eve", "Finland", "press"), STRANGER, 1_000)

    assert decide(PLANNED, Join("eve", "Eve", "", "academia"), STRANGER, 1_000) != ()


def test_a_name_has_at_most_80_characters_and_an_organisation_120() -> None:
    with pytest.raises(errors.TooLong, match="name"):
        decide(PLANNED, Join("eve", "x" * 81, "Finland", "government"), STRANGER, 1_000)
    with pytest.raises(errors.TooLong, match="organisation"):
        decide(PLANNED, Join("eve", "Eve", "x" * 121, "government"), STRANGER, 1_000)

    assert decide(PLANNED, Join("eve", "x" * 80, "x" * 120, "government"), STRANGER, 1_000) != ()


def test_one_can_join_before_the_session_and_after_it() -> None:
    ended = enacted(START, EndSession(), CHAIR, 1_000)

    for state in (PLANNED, START, ended):
        assert decide(state, Join("eve", "Eve", "Acme", "private_sector"), STRANGER, 2_000) != ()


# --- requesting the floor ---


def test_a_request_goes_to_the_end_of_the_open_topics_list() -> None:
    assert decide(START, RequestFloor(summary=" Access "), ANA, 1_000) == (
        FloorRequested("r1", "ana", "vision", "intervention", "Access", 1_000),
    )
    assert waiting(ANA, BO, CY).topics["vision"].waiting == ("r1", "r2", "r3")


def test_who_has_not_joined_cannot_request_the_floor() -> None:
    for actor in (STRANGER, Actor("attendee", "eve"), ROOM, CHAIR):
        with pytest.raises(errors.NotJoined):
            decide(START, RequestFloor(), actor, 1_000)

    assert decide(START, RequestFloor(), ANA, 1_000) != ()


def test_the_floor_can_be_requested_once_the_session_runs_and_while_it_is_paused() -> None:
    with pytest.raises(errors.NotRunning):
        decide(JOINED, RequestFloor(), ANA, 1_000)
    paused = enacted(START, PauseSession(), CHAIR, 1_000)

    assert decide(paused, RequestFloor(), ANA, 2_000) != ()


def test_of_fifty_requests_of_one_person_at_one_instant_exactly_one_counts() -> None:
    """Case 17."""
    state, answers = START, []
    for _ in range(50):
        found = outcome(state, RequestFloor(), ANA, 1_000)
        answers.append(found if isinstance(found, str) else "accepted")
        if not isinstance(found, str):
            state = enacted(state, RequestFloor(), ANA, 1_000)

    assert answers == ["accepted", *["already_requested"] * 49]
    assert state.topics["vision"].waiting == ("r1",)


def test_one_waiting_request_per_participant_topic_and_kind() -> None:
    """Case 19: an intervention, a right of reply and a point of order may wait at once, and each again once it ends."""
    state = played(
        START,
        (1_000, ANA, RequestFloor("intervention")),
        (2_000, ANA, RequestFloor("right_of_reply")),
        (3_000, ANA, RequestFloor("point_of_order")),
    )
    for kind in ("intervention", "right_of_reply", "point_of_order"):
        with pytest.raises(errors.AlreadyRequested):
            decide(state, RequestFloor(kind), ANA, 4_000)

    point_heard = played(state, (5_000, CHAIR, GiveFloor("r3")), (6_000, CHAIR, EndIntervention("r3")))
    assert decide(point_heard, RequestFloor("point_of_order"), ANA, 7_000) != ()
    with pytest.raises(errors.AlreadyRequested):
        decide(point_heard, RequestFloor("intervention"), ANA, 7_000)

    on_risks = enacted(point_heard, OpenTopic("risks"), CHAIR, 8_000)
    assert decide(on_risks, RequestFloor("intervention"), ANA, 9_000) != ()


def test_two_participants_each_have_their_own_request() -> None:
    assert decide(waiting(ANA), RequestFloor(), BO, 2_000) != ()


def test_no_second_intervention_while_speaking_and_the_button_is_ready_again_afterwards() -> None:
    """Case 15: the request ends with its intervention."""
    with pytest.raises(errors.AlreadyRequested):
        decide(ANA_SPEAKS, RequestFloor(), ANA, 20_000)
    assert decide(ANA_SPEAKS, RequestFloor("point_of_order"), ANA, 20_000) != ()
    assert decide(ANA_SPEAKS, RequestFloor("right_of_reply"), ANA, 20_000) != ()

    spoken = enacted(ANA_SPEAKS, Conclude(), ANA, 30_000)
    assert decide(spoken, RequestFloor(), ANA, 31_000) != ()


@pytest.mark.parametrize("kind", ["right_of_reply", "point_of_order"])
def test_no_second_request_of_a_kind_while_speaking_to_it_so_that_one_passed_over_is_not_two(kind: Kind) -> None:
    state = played(START, (1_000, ANA, RequestFloor(kind)), (2_000, CHAIR, GiveFloor()))

    with pytest.raises(errors.AlreadyRequested):
        decide(state, RequestFloor(kind), ANA, 3_000)
    assert decide(state, RequestFloor(), ANA, 3_000) != ()
    assert decide(enacted(state, Conclude(), ANA, 4_000), RequestFloor(kind), ANA, 5_000) != ()


def test_no_second_intervention_while_interrupted_either() -> None:
    interrupted = played(
        ANA_SPEAKS, (20_000, BO, RequestFloor("point_of_order")), (21_000, CHAIR, GiveFloor("r4", "r1"))
    )

    with pytest.raises(errors.AlreadyRequested):
        decide(interrupted, RequestFloor(), ANA, 22_000)


def test_a_closed_list_takes_no_more_interventions() -> None:
    with pytest.raises(errors.ListClosed):
        decide(CLOSED, RequestFloor(), ANA, 1_000)
    with pytest.raises(errors.ListClosed):
        decide(OPENING, RequestFloor(), ANA, 1_000)

    assert decide(enacted(CLOSED, OpenList(), CHAIR, 1_000), RequestFloor(), ANA, 2_000) != ()


@pytest.mark.parametrize("kind", ["right_of_reply", "point_of_order"])
def test_a_right_of_reply_and_a_point_of_order_are_possible_on_a_closed_list(kind: Kind) -> None:
    assert decide(CLOSED, RequestFloor(kind), ANA, 1_000) == (FloorRequested("r1", "ana", "vision", kind, "", 1_000),)


def test_a_point_of_order_goes_first_and_first_come_first_served_among_themselves() -> None:
    """Case 18."""
    state = played(
        waiting(ANA, BO),
        (10_000, CY, RequestFloor("point_of_order")),
        (11_000, DI, RequestFloor("point_of_order")),
        (12_000, ANA, RequestFloor("point_of_order")),
    )

    assert state.topics["vision"].waiting == ("r3", "r4", "r5", "r1", "r2")


def test_a_summary_has_at_most_280_characters() -> None:
    with pytest.raises(errors.TooLong):
        decide(START, RequestFloor(summary="x" * 281), ANA, 1_000)
    with pytest.raises(errors.TooLong):
        decide(waiting(ANA), DescribeRequest("x" * 281), ANA, 2_000)

    assert decide(START, RequestFloor(summary="x" * 280), ANA, 1_000) != ()
    assert decide(waiting(ANA), DescribeRequest("x" * 280), ANA, 2_000) != ()


def test_ids_are_never_used_again() -> None:
    again = played(waiting(ANA), (2_000, ANA, Withdraw()), (3_000, ANA, RequestFloor()))

    assert again.topics["vision"].waiting == ("r2",)
    assert again.requests["r1"].status == "withdrawn"


# --- saying what about ---


def test_the_line_of_text_follows_the_request_and_the_place_stays() -> None:
    """Case 48."""
    state = waiting(ANA, BO)

    events = decide(state, DescribeRequest("On access"), ANA, 5_000)

    assert events == (RequestDescribed("r1", "On access", 5_000),)
    described = enacted(state, DescribeRequest("On access"), ANA, 5_000)
    assert described.topics["vision"].waiting == ("r1", "r2")
    assert described.requests["r1"].summary == "On access"
    assert decide(described, DescribeRequest("On access"), ANA, 6_000) == ()


def test_a_speaker_can_still_say_what_about_and_nobody_can_once_it_has_ended() -> None:
    assert decide(ANA_SPEAKS, DescribeRequest("On access", "r1"), ANA, 20_000) != ()
    spoken = enacted(ANA_SPEAKS, Conclude(), ANA, 30_000)

    with pytest.raises(errors.NoSuchRequest):
        decide(spoken, DescribeRequest("On access", "r1"), ANA, 31_000)
    with pytest.raises(errors.NoRequest):
        decide(spoken, DescribeRequest("On access"), ANA, 31_000)


# --- withdrawing ---


def test_withdrawing_takes_the_request_off_the_list() -> None:
    state = waiting(ANA, BO)

    assert decide(state, Withdraw(), ANA, 5_000) == (RequestWithdrawn("r1", 5_000),)
    withdrawn = enacted(state, Withdraw("r1"), ANA, 5_000)
    assert withdrawn.topics["vision"].waiting == ("r2",)
    assert withdrawn.requests["r1"].status == "withdrawn"


def test_withdrawing_is_possible_from_a_closed_list_while_paused_and_from_another_topic() -> None:
    """Case 46."""
    closed = played(waiting(ANA, BO), (10_000, CHAIR, CloseList()), (11_000, CHAIR, PauseSession()))
    away = enacted(closed, OpenTopic("risks"), CHAIR, 12_000)

    assert decide(closed, Withdraw(), ANA, 13_000) == (RequestWithdrawn("r1", 13_000),)
    assert decide(away, Withdraw(), BO, 13_000) == (RequestWithdrawn("r2", 13_000),)


def test_withdrawing_while_speaking_is_concluding() -> None:
    assert decide(ANA_SPEAKS, Withdraw(), ANA, 40_000) == (InterventionEnded("r1", 30_000, 40_000),)
    assert decide(ANA_SPEAKS, Withdraw("r1"), ANA, 40_000) == decide(ANA_SPEAKS, Conclude(), ANA, 40_000)


def test_a_participant_acts_on_their_own_requests_alone() -> None:
    """Case 47."""
    state = waiting(ANA, BO)

    for command in (Withdraw("r2"), StepBack("r2"), DescribeRequest("mine", "r2"), Withdraw("r9")):
        with pytest.raises(errors.NoSuchRequest):
            decide(state, command, ANA, 5_000)
    with pytest.raises(errors.NoRequest):
        decide(ANA_SPEAKS, Conclude(), BO, 20_000)

    for command in (Withdraw("r2"), DescribeRequest("mine", "r2")):
        assert decide(state, command, BO, 5_000) != ()


def test_who_has_no_request_has_none_to_withdraw_move_or_describe() -> None:
    for command in (Withdraw(), StepBack(), DescribeRequest("x")):
        with pytest.raises(errors.NoRequest):
            decide(START, command, ANA, 5_000)


def test_without_a_name_the_request_on_the_open_topic_is_meant() -> None:
    state = played(waiting(ANA, BO), (10_000, CHAIR, OpenTopic("risks")), (11_000, ANA, RequestFloor()))

    assert decide(state, Withdraw(), ANA, 12_000) == (RequestWithdrawn("r3", 12_000),)


def test_a_request_that_has_ended_cannot_be_withdrawn_again() -> None:
    withdrawn = enacted(waiting(ANA), Withdraw(), ANA, 5_000)

    with pytest.raises(errors.NoSuchRequest):
        decide(withdrawn, Withdraw("r1"), ANA, 6_000)


# --- stepping back ---


def test_stepping_back_is_one_place_later_and_never_earlier() -> None:
    """Case 16: after a colleague with a related point; the place is held from then on."""
    state = waiting(ANA, BO, CY)

    assert decide(state, StepBack(), ANA, 5_000) == (RequestSteppedBack("r1", 5_000),)
    once = enacted(state, StepBack(), ANA, 5_000)
    twice = enacted(once, StepBack("r1"), ANA, 6_000)

    assert once.topics["vision"].waiting == ("r2", "r1", "r3")
    assert twice.topics["vision"].waiting == ("r2", "r3", "r1")
    assert decide(twice, StepBack("r1"), ANA, 7_000) == ()
    assert enacted(twice, RequestFloor(), DI, 8_000).topics["vision"].waiting == ("r2", "r3", "r1", "r4")


def test_who_speaks_cannot_step_back() -> None:
    with pytest.raises(errors.NoSuchRequest):
        decide(ANA_SPEAKS, StepBack("r1"), ANA, 20_000)
    with pytest.raises(errors.NoRequest):
        decide(ANA_SPEAKS, StepBack(), ANA, 20_000)

    assert decide(ANA_SPEAKS, StepBack(), BO, 20_000) != ()


def test_a_running_timer_is_untouched_by_all_that_attendees_do_on_the_list() -> None:
    """Case 1."""
    state = played(
        ANA_SPEAKS,
        (20_000, BO, StepBack()),
        (21_000, DI, RequestFloor()),
        (22_000, DI, DescribeRequest("Cost")),
        (23_000, CY, Withdraw()),
    )

    assert state.floor == ANA_SPEAKS.floor
    assert state.topics["vision"].timer == ANA_SPEAKS.topics["vision"].timer


# --- on behalf of others ---


def test_the_chair_requests_on_behalf_of_someone_with_no_phone() -> None:
    events = decide(START, AddRequest("Eve", "Acme", "private_sector", summary="Cost"), CHAIR, 1_000)

    eve = Participant("p5", "Eve", "Acme", "private_sector", has_phone=False)
    assert events == (
        ParticipantJoined(eve, 1_000),
        FloorRequested("r1", "p5", "vision", "intervention", "Cost", 1_000),
    )


def test_the_chair_may_call_anyone_so_a_closed_list_does_not_stop_them() -> None:
    added = enacted(CLOSED, AddRequest("Eve", "Acme", "private_sector", "point_of_order", "online"), CHAIR, 1_000)

    assert added.topics["vision"].waiting == ("r1",)
    assert added.requests["r1"].kind == "point_of_order"
    assert added.participants["p5"].where == "online"


def test_the_same_name_added_twice_is_two_people() -> None:
    eve = AddRequest("Eve", "Acme", "private_sector")
    state = played(START, (1_000, CHAIR, eve), (2_000, CHAIR, eve))

    assert state.topics["vision"].waiting == ("r1", "r2")
    assert {state.requests[request].participant for request in ("r1", "r2")} == {"p5", "p6"}


def test_an_added_request_needs_a_running_session_a_name_and_a_group() -> None:
    eve = AddRequest("Eve", "Acme", "private_sector")
    with pytest.raises(errors.NotRunning):
        decide(JOINED, eve, CHAIR, 1_000)
    for mistaken in (replace(eve, name=""), replace(eve, group="press")):
        with pytest.raises(errors.Malformed):
            decide(START, mistaken, CHAIR, 1_000)
    for too_long in (replace(eve, name="x" * 81), replace(eve, summary="x" * 281)):
        with pytest.raises(errors.TooLong):
            decide(START, too_long, CHAIR, 1_000)

    assert decide(START, eve, CHAIR, 1_000) != ()


def test_who_was_passed_over_may_not_ask_twice_but_again_once_off_the_list() -> None:
    once = enacted(waiting(ANA, BO), PassOver("r1"), CHAIR, 10_000)
    with pytest.raises(errors.AlreadyRequested):
        decide(once, RequestFloor(), ANA, 11_000)

    twice = enacted(once, PassOver("r1"), CHAIR, 12_000)
    assert decide(twice, RequestFloor(), ANA, 13_000) != ()
