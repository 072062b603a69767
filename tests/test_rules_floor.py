"""The floor: who gets it, how it ends, and the chair's hand on the list of speakers."""

import pytest

from app.floor import errors
from app.floor.commands import (
    AddRequest,
    AdjustIntervention,
    CloseList,
    Conclude,
    EndIntervention,
    EndSession,
    GiveFloor,
    MoveRequest,
    OpenTopic,
    PassOver,
    PauseSession,
    RemoveRequest,
    RequestFloor,
    ResumeSession,
    SetOrder,
    StepBack,
    Withdraw,
)
from app.floor.events import (
    FloorGiven,
    InterventionAdjusted,
    InterventionEnded,
    PassedOver,
    RequestMoved,
    RequestRemoved,
    SessionEnded,
    TopicOpened,
)
from app.floor.plan import Order
from app.floor.rules import decide
from app.floor.state import Share, State, shares
from app.floor.timers import Timer, phase, remaining_ms
from tests.scenes import (
    ANA,
    ANA_SPEAKS,
    BO,
    CHAIR,
    CY,
    DI,
    JOINED,
    START,
    VICE_CHAIR,
    enacted,
    names,
    outcome,
    played,
    waiting,
)

POINT_WAITS = enacted(ANA_SPEAKS, RequestFloor("point_of_order"), DI, 25_000)
"""Ana speaks since 10 000 (r1); Di's point of order (r4) waits before Bo (r2) and Cy (r3)."""

INTERRUPTED = enacted(POINT_WAITS, GiveFloor("r4", after="r1"), CHAIR, 30_000)
"""Di has the floor for a point of order since 30 000; Ana, interrupted, has spoken for 20 s."""


def listed(state: State) -> tuple[str, ...]:
    return state.topics["vision"].waiting


# --- giving the floor ---


def test_the_floor_goes_to_the_one_who_is_named_with_the_speaking_time() -> None:
    state = waiting(ANA, BO, CY)

    assert decide(state, GiveFloor("r2"), CHAIR, 10_000) == (FloorGiven("r2", 120_000, 10_000),)
    given = enacted(state, GiveFloor("r2"), CHAIR, 10_000)
    assert given.floor is not None
    assert (given.floor.request, given.floor.timer) == ("r2", Timer(120_000, since_ms=10_000))
    assert given.requests["r2"].status == "speaking"
    assert listed(given) == ("r1", "r3")


def test_without_a_name_the_next_one_is_given_the_floor() -> None:
    assert decide(waiting(ANA, BO), GiveFloor(), CHAIR, 10_000) == (FloorGiven("r1", 120_000, 10_000),)


def test_without_a_name_somebody_has_to_wait() -> None:
    with pytest.raises(errors.NoRequest):
        decide(START, GiveFloor(), CHAIR, 10_000)


def test_giving_the_floor_ends_the_intervention_before_it() -> None:
    events = decide(ANA_SPEAKS, GiveFloor("r2", after="r1"), CHAIR, 41_000)

    assert events == (InterventionEnded("r1", 31_000, 41_000), FloorGiven("r2", 120_000, 41_000))
    given = enacted(ANA_SPEAKS, GiveFloor("r2", after="r1"), CHAIR, 41_000)
    assert given.requests["r1"].status == "spoken"
    assert [(one.request, one.began_ms, one.ended_ms) for one in given.interventions] == [("r1", 10_000, 41_000)]


def test_one_act_has_one_effect_however_many_consoles_are_open() -> None:
    """Case 6: both chairs saw Ana with the floor; the second press is stale, not a second act."""
    given = enacted(ANA_SPEAKS, GiveFloor(after="r1"), CHAIR, 20_000)

    with pytest.raises(errors.Stale):
        decide(given, GiveFloor(after="r1"), VICE_CHAIR, 20_001)
    with pytest.raises(errors.Stale):
        decide(given, EndIntervention("r1"), VICE_CHAIR, 20_001)
    assert given.floor is not None
    assert given.floor.request == "r2"
    assert decide(given, GiveFloor(after="r2"), VICE_CHAIR, 20_001) != ()


def test_what_the_chair_saw_with_the_floor_must_still_be_so() -> None:
    state = waiting(ANA, BO)
    with pytest.raises(errors.Stale):
        decide(state, GiveFloor(after="r1"), CHAIR, 10_000)  # nobody has it
    with pytest.raises(errors.Stale):
        decide(ANA_SPEAKS, GiveFloor(), CHAIR, 20_000)  # Ana has it
    with pytest.raises(errors.Stale):
        decide(enacted(ANA_SPEAKS, Conclude(), ANA, 20_000), GiveFloor(after="r1"), CHAIR, 21_000)

    assert decide(state, GiveFloor(after=None), CHAIR, 10_000) != ()
    assert decide(ANA_SPEAKS, GiveFloor(after="r1"), CHAIR, 20_000) != ()


def test_the_floor_is_given_while_the_session_runs_and_not_before_or_while_paused() -> None:
    paused = enacted(waiting(ANA), PauseSession(), CHAIR, 5_000)
    for state in (JOINED, paused):
        with pytest.raises(errors.NotRunning):
            decide(state, GiveFloor(), CHAIR, 10_000)

    assert decide(enacted(paused, ResumeSession(), CHAIR, 9_000), GiveFloor(), CHAIR, 10_000) != ()


def test_the_floor_goes_to_those_alone_who_wait_for_the_open_topic() -> None:
    away = enacted(waiting(ANA, BO), OpenTopic("risks"), CHAIR, 10_000)
    for request in ("r1", "r9"):
        with pytest.raises(errors.NoSuchRequest) as refused:
            decide(away, GiveFloor(request), CHAIR, 11_000)
        assert refused.value.values_by_name == {"request": request}
    with pytest.raises(errors.NoSuchRequest):
        decide(enacted(waiting(ANA), Withdraw(), ANA, 5_000), GiveFloor("r1"), CHAIR, 6_000)
    with pytest.raises(errors.FloorTaken):
        decide(ANA_SPEAKS, GiveFloor("r1", after="r1"), CHAIR, 20_000)

    assert decide(waiting(ANA), GiveFloor("r1"), CHAIR, 6_000) != ()


def test_a_new_speaker_starts_from_the_plan_and_not_from_what_was_added_to_the_one_before() -> None:
    """Case 44."""
    longer = enacted(ANA_SPEAKS, AdjustIntervention(30_000), CHAIR, 20_000)

    bo_speaks = enacted(longer, GiveFloor(after="r1"), CHAIR, 30_000)

    assert bo_speaks.floor is not None
    assert bo_speaks.floor.timer == Timer(120_000, since_ms=30_000)
    assert bo_speaks.interventions[0].allotted_ms == 150_000


# --- how an intervention ends ---


def test_the_chair_ends_the_intervention_that_was_seen() -> None:
    assert decide(ANA_SPEAKS, EndIntervention("r1"), CHAIR, 40_000) == (InterventionEnded("r1", 30_000, 40_000),)
    with pytest.raises(errors.Stale):
        decide(ANA_SPEAKS, EndIntervention("r2"), CHAIR, 40_000)


def test_an_intervention_that_nobody_makes_can_be_neither_ended_nor_concluded_nor_adjusted() -> None:
    """Case 50."""
    ended = enacted(ANA_SPEAKS, EndIntervention("r1"), CHAIR, 40_000)
    assert ended.floor is None
    for command in (EndIntervention("r1"), AdjustIntervention(30_000)):
        with pytest.raises(errors.FloorEmpty):
            decide(ended, command, CHAIR, 41_000)
    with pytest.raises(errors.FloorEmpty):
        decide(ended, Conclude(), ANA, 41_000)


def test_a_speaker_concludes_and_nobody_else_does_it_for_them() -> None:
    assert decide(ANA_SPEAKS, Conclude(), ANA, 40_000) == (InterventionEnded("r1", 30_000, 40_000),)
    with pytest.raises(errors.NoRequest):
        decide(ANA_SPEAKS, Conclude(), BO, 40_000)


def test_past_its_time_an_intervention_counts_up_until_it_is_ended() -> None:
    """Case 5."""
    assert ANA_SPEAKS.floor is not None
    timer = ANA_SPEAKS.floor.timer
    assert [(remaining_ms(timer, at), phase(timer, at)) for at in (129_999, 130_000, 137_000)] == [
        (1, "last_minute"),
        (0, "over"),
        (-7_000, "over"),
    ]
    assert decide(ANA_SPEAKS, EndIntervention("r1"), CHAIR, 137_000) == (InterventionEnded("r1", 127_000, 137_000),)


def test_no_pause_counts_as_speaking() -> None:
    state = played(ANA_SPEAKS, (20_000, CHAIR, PauseSession()), (80_000, CHAIR, ResumeSession()))

    assert decide(state, EndIntervention("r1"), CHAIR, 85_000) == (InterventionEnded("r1", 15_000, 85_000),)


def test_an_intervention_can_end_while_the_session_is_paused() -> None:
    paused = enacted(ANA_SPEAKS, PauseSession(), CHAIR, 20_000)

    assert decide(paused, EndIntervention("r1"), CHAIR, 60_000) == (InterventionEnded("r1", 10_000, 60_000),)
    assert decide(paused, Conclude(), ANA, 60_000) == (InterventionEnded("r1", 10_000, 60_000),)


def test_adjusting_an_intervention_adds_exactly_that_much_and_keeps_the_plan_apart() -> None:
    """Case 37, 42."""
    assert decide(ANA_SPEAKS, AdjustIntervention(30_000), CHAIR, 20_000) == (
        InterventionAdjusted("r1", 30_000, 20_000),
    )
    longer = enacted(ANA_SPEAKS, AdjustIntervention(30_000), CHAIR, 20_000)
    assert longer.floor is not None
    assert longer.floor.timer == Timer(120_000, added_ms=30_000, since_ms=10_000)


def test_no_more_can_be_taken_from_an_intervention_than_was_allotted() -> None:
    longer = enacted(ANA_SPEAKS, AdjustIntervention(30_000), CHAIR, 20_000)
    with pytest.raises(errors.Malformed):
        decide(longer, AdjustIntervention(-150_001), CHAIR, 21_000)
    with pytest.raises(errors.Malformed):
        decide(longer, AdjustIntervention(86_400_001), CHAIR, 21_000)

    assert decide(longer, AdjustIntervention(-150_000), CHAIR, 21_000) != ()


# --- points of order ---


def test_a_point_of_order_pauses_the_speaker_who_speaks_on_when_it_ends() -> None:
    assert names(decide(POINT_WAITS, GiveFloor("r4", after="r1"), CHAIR, 30_000)) == ["FloorGiven"]
    assert INTERRUPTED.floor is not None
    assert INTERRUPTED.interrupted is not None
    assert (INTERRUPTED.floor.request, INTERRUPTED.floor.timer) == ("r4", Timer(120_000, since_ms=30_000))
    assert (INTERRUPTED.interrupted.request, INTERRUPTED.interrupted.timer) == ("r1", Timer(120_000, spent_ms=20_000))
    assert INTERRUPTED.requests["r1"].status == "speaking"

    goes_on = enacted(INTERRUPTED, EndIntervention("r4"), CHAIR, 50_000)

    assert (goes_on.interrupted, goes_on.last) == (None, None)
    assert goes_on.floor is not None
    assert (goes_on.floor.request, goes_on.floor.timer) == ("r1", Timer(120_000, spent_ms=20_000, since_ms=50_000))
    assert decide(goes_on, EndIntervention("r1"), CHAIR, 60_000) == (InterventionEnded("r1", 30_000, 60_000),)


def test_a_point_of_order_counts_as_no_intervention_and_as_nobodys_share() -> None:
    """Case 3."""
    state = played(INTERRUPTED, (50_000, DI, Conclude()), (60_000, ANA, Conclude()))

    assert shares(state)["government"] == Share(1, 30_000)
    assert shares(state, "vision")["government"] == Share(1, 30_000)
    assert shares(state)["civil_society"] == Share(0, 0)
    assert [(one.request, one.kind, one.spent_ms) for one in state.interventions] == [
        ("r4", "point_of_order", 20_000),
        ("r1", "intervention", 30_000),
    ]


def test_who_has_raised_a_point_of_order_is_still_a_new_voice() -> None:
    """Case 3: it is not that person's first contribution."""
    state = played(
        START,
        (0, CHAIR, SetOrder("new_voices")),
        (1_000, ANA, RequestFloor("point_of_order")),
        (2_000, CHAIR, GiveFloor()),
        (3_000, ANA, Conclude()),
        (4_000, ANA, RequestFloor()),
        (5_000, BO, RequestFloor()),
    )

    assert decide(state, GiveFloor(), CHAIR, 6_000) == (FloorGiven("r2", 120_000, 6_000),)


def test_a_right_of_reply_counts_as_its_groups_share() -> None:
    state = played(
        START, (1_000, ANA, RequestFloor("right_of_reply")), (2_000, CHAIR, GiveFloor()), (9_000, ANA, Conclude())
    )

    assert shares(state)["government"] == Share(1, 7_000)


def test_a_second_point_of_order_ends_the_first_and_the_speaker_stays_interrupted() -> None:
    second = enacted(INTERRUPTED, RequestFloor("point_of_order"), BO, 31_000)

    events = decide(second, GiveFloor("r5", after="r4"), CHAIR, 40_000)

    assert events == (InterventionEnded("r4", 10_000, 40_000), FloorGiven("r5", 120_000, 40_000))
    state = enacted(second, GiveFloor("r5", after="r4"), CHAIR, 40_000)
    assert state.interrupted is not None
    assert state.interrupted == INTERRUPTED.interrupted
    resumed = enacted(state, EndIntervention("r5"), CHAIR, 55_000)
    assert resumed.floor is not None
    assert resumed.floor.timer == Timer(120_000, spent_ms=20_000, since_ms=55_000)


def test_a_point_of_order_while_nobody_speaks_interrupts_nobody() -> None:
    state = played(waiting(ANA), (5_000, BO, RequestFloor("point_of_order")), (6_000, CHAIR, GiveFloor()))

    assert state.floor is not None
    assert (state.floor.request, state.interrupted) == ("r2", None)
    assert enacted(state, EndIntervention("r2"), CHAIR, 9_000).floor is None


def test_giving_an_ordinary_request_the_floor_ends_the_point_of_order_and_the_interrupted_intervention() -> None:
    events = decide(INTERRUPTED, GiveFloor("r2", after="r4"), CHAIR, 45_000)

    assert events == (
        InterventionEnded("r1", 20_000, 45_000),
        InterventionEnded("r4", 15_000, 45_000),
        FloorGiven("r2", 120_000, 45_000),
    )
    state = enacted(INTERRUPTED, GiveFloor("r2", after="r4"), CHAIR, 45_000)
    assert state.interrupted is None
    assert [one.spent_ms for one in state.interventions] == [20_000, 15_000]


def test_another_topic_and_the_end_finish_both_the_point_of_order_and_whom_it_interrupted() -> None:
    both = [InterventionEnded("r1", 20_000, 45_000), InterventionEnded("r4", 15_000, 45_000)]

    assert decide(INTERRUPTED, OpenTopic("risks"), CHAIR, 45_000) == (*both, TopicOpened("risks", 45_000))
    assert decide(INTERRUPTED, EndSession(), CHAIR, 45_000) == (*both, SessionEnded(45_000))
    after = enacted(INTERRUPTED, OpenTopic("risks"), CHAIR, 45_000)
    assert (after.floor, after.interrupted) == (None, None)


def test_who_is_interrupted_can_conclude_and_then_does_not_speak_on() -> None:
    for command in (Conclude(), Withdraw("r1")):
        assert decide(INTERRUPTED, command, ANA, 40_000) == (InterventionEnded("r1", 20_000, 40_000),)
    concluded = enacted(INTERRUPTED, Conclude(), ANA, 40_000)
    assert concluded.floor == INTERRUPTED.floor
    assert enacted(concluded, EndIntervention("r4"), CHAIR, 50_000).floor is None


def test_a_point_of_order_on_ones_own_intervention_is_concluded_first() -> None:
    state = played(ANA_SPEAKS, (20_000, ANA, RequestFloor("point_of_order")), (21_000, CHAIR, GiveFloor(after="r1")))

    assert decide(state, Conclude(), ANA, 25_000) == (InterventionEnded("r4", 4_000, 25_000),)


def test_pausing_and_resuming_leave_the_interrupted_speaker_interrupted() -> None:
    state = played(INTERRUPTED, (40_000, CHAIR, PauseSession()), (90_000, CHAIR, ResumeSession()))

    assert state.floor is not None
    assert state.floor.timer == Timer(120_000, spent_ms=10_000, since_ms=90_000)
    assert state.interrupted == INTERRUPTED.interrupted


def test_a_point_of_order_that_ends_while_paused_gives_the_floor_back_standing_still() -> None:
    state = played(INTERRUPTED, (40_000, CHAIR, PauseSession()), (50_000, DI, Conclude()))

    assert state.floor is not None
    assert (state.floor.request, state.floor.timer) == ("r1", Timer(120_000, spent_ms=20_000))
    resumed = enacted(state, ResumeSession(), CHAIR, 60_000)
    assert resumed.floor is not None
    assert resumed.floor.timer == Timer(120_000, spent_ms=20_000, since_ms=60_000)


def test_an_absent_speaker_behind_a_point_of_order_is_passed_over_alone() -> None:
    state = enacted(INTERRUPTED, PassOver("r1"), CHAIR, 40_000)

    assert state.floor == INTERRUPTED.floor
    assert state.interrupted is None
    assert listed(state) == ("r2", "r3", "r1")


def test_a_point_of_order_whose_raiser_is_absent_gives_the_floor_back() -> None:
    state = enacted(INTERRUPTED, PassOver("r4"), CHAIR, 40_000)

    assert state.floor is not None
    assert (state.floor.request, state.floor.timer) == ("r1", Timer(120_000, spent_ms=20_000, since_ms=40_000))
    assert listed(state) == ("r2", "r3", "r4")
    assert state.interventions == ()


# --- passing over ---


def test_passed_over_once_is_at_the_lists_end_and_twice_is_off_the_list() -> None:
    state = waiting(ANA, BO, CY)

    assert decide(state, PassOver("r1"), CHAIR, 10_000) == (PassedOver("r1", 10_000),)
    once = enacted(state, PassOver("r1"), CHAIR, 10_000)
    assert listed(once) == ("r2", "r3", "r1")
    assert (once.requests["r1"].status, once.requests["r1"].passed_over) == ("waiting", 1)

    twice = enacted(once, PassOver("r1"), CHAIR, 20_000)
    assert listed(twice) == ("r2", "r3")
    assert twice.requests["r1"].status == "passed_over"
    with pytest.raises(errors.NoSuchRequest):
        decide(twice, PassOver("r1"), CHAIR, 21_000)


def test_called_with_the_floor_and_not_there_frees_the_floor_and_is_no_intervention() -> None:
    once = enacted(ANA_SPEAKS, PassOver("r1"), CHAIR, 15_000)

    assert once.floor is None
    assert once.interventions == ()
    assert listed(once) == ("r2", "r3", "r1")
    assert shares(once)["government"] == Share(0, 0)

    twice = played(once, (20_000, CHAIR, GiveFloor("r1")), (25_000, CHAIR, PassOver("r1")))
    assert twice.floor is None
    assert listed(twice) == ("r2", "r3")
    assert twice.requests["r1"].status == "passed_over"


def test_who_comes_after_the_one_passed_over_stands_behind_them() -> None:
    once = enacted(waiting(ANA, BO), PassOver("r1"), CHAIR, 10_000)

    assert listed(enacted(once, RequestFloor(), DI, 11_000)) == ("r2", "r1", "r3")


@pytest.mark.parametrize("order", ["as_requested", "new_voices", "balanced"])
def test_who_is_passed_over_stands_at_the_end_under_every_order(order: Order) -> None:
    """Bo, of a group not heard yet, would be put first again by the rule of balance."""
    state = played(
        waiting(BO, ANA, DI),
        (5_000, CHAIR, SetOrder(order)),
        (10_000, CHAIR, PassOver("r1")),
    )

    assert decide(state, GiveFloor(), CHAIR, 11_000) == (FloorGiven("r2", 120_000, 11_000),)
    state = enacted(state, GiveFloor(), CHAIR, 11_000)
    assert decide(state, GiveFloor(after="r2"), CHAIR, 12_000)[-1] == FloorGiven("r3", 120_000, 12_000)


def test_only_who_waits_or_speaks_can_be_passed_over() -> None:
    with pytest.raises(errors.NoSuchRequest):
        decide(START, PassOver("r1"), CHAIR, 10_000)
    with pytest.raises(errors.NoSuchRequest):
        decide(enacted(ANA_SPEAKS, Conclude(), ANA, 20_000), PassOver("r1"), CHAIR, 21_000)

    assert decide(ANA_SPEAKS, PassOver("r1"), CHAIR, 20_000) == (PassedOver("r1", 20_000),)
    assert decide(ANA_SPEAKS, PassOver("r2"), CHAIR, 20_000) == (PassedOver("r2", 20_000),)


# --- removing and moving ---


def test_the_chair_removes_a_waiting_request() -> None:
    assert decide(waiting(ANA, BO), RemoveRequest("r1"), CHAIR, 10_000) == (RequestRemoved("r1", 10_000),)
    removed = enacted(waiting(ANA, BO), RemoveRequest("r1"), CHAIR, 10_000)
    assert listed(removed) == ("r2",)
    assert removed.requests["r1"].status == "removed"
    assert decide(removed, RequestFloor(), ANA, 11_000) != ()


def test_who_has_the_floor_is_neither_removed_nor_moved() -> None:
    for command in (RemoveRequest("r1"), MoveRequest("r1"), MoveRequest("r3", before="r1")):
        with pytest.raises(errors.FloorTaken):
            decide(ANA_SPEAKS, command, CHAIR, 20_000)
    with pytest.raises(errors.FloorTaken):
        decide(INTERRUPTED, RemoveRequest("r1"), CHAIR, 40_000)

    assert decide(ANA_SPEAKS, RemoveRequest("r2"), CHAIR, 20_000) != ()


def test_a_request_is_moved_before_another_or_to_the_end() -> None:
    state = waiting(ANA, BO, CY)

    assert decide(state, MoveRequest("r3", before="r1"), CHAIR, 10_000) == (RequestMoved("r3", "r1", 10_000),)
    assert listed(enacted(state, MoveRequest("r3", before="r1"), CHAIR, 10_000)) == ("r3", "r1", "r2")
    assert listed(enacted(state, MoveRequest("r3", before="r2"), CHAIR, 10_000)) == ("r1", "r3", "r2")
    assert listed(enacted(state, MoveRequest("r1"), CHAIR, 10_000)) == ("r2", "r3", "r1")


def test_a_move_to_where_it_stands_does_nothing() -> None:
    state = waiting(ANA, BO)

    assert decide(state, MoveRequest("r1", before="r2"), CHAIR, 10_000) == ()
    assert decide(state, MoveRequest("r1", before="r1"), CHAIR, 10_000) == ()
    assert decide(state, MoveRequest("r2"), CHAIR, 10_000) == ()


def test_a_move_works_on_the_list_as_it_now_is() -> None:
    """Case 49: during the drag of Cy before Ana, Di joined the list and a point of order came in."""
    state = played(waiting(ANA, BO, CY), (9_000, DI, RequestFloor()), (9_500, BO, RequestFloor("point_of_order")))

    moved = enacted(state, MoveRequest("r3", before="r1"), CHAIR, 10_000)

    assert listed(moved) == ("r5", "r3", "r1", "r2", "r4")


def test_a_neighbour_that_has_gone_meanwhile_is_named_in_the_refusal() -> None:
    """Case 49: the chair sees at once why, and drags again; nothing is guessed."""
    gone = enacted(waiting(ANA, BO, CY), Withdraw(), BO, 9_000)

    with pytest.raises(errors.NoSuchRequest) as refused:
        decide(gone, MoveRequest("r3", before="r2"), CHAIR, 10_000)
    assert refused.value.values_by_name == {"request": "r2"}
    assert decide(gone, MoveRequest("r3", before="r1"), CHAIR, 10_000) != ()


def test_a_request_is_moved_among_those_of_its_own_topic() -> None:
    state = played(waiting(ANA, BO), (5_000, CHAIR, OpenTopic("risks")), (6_000, CY, RequestFloor()))

    with pytest.raises(errors.NoSuchRequest):
        decide(state, MoveRequest("r3", before="r1"), CHAIR, 10_000)
    assert enacted(state, MoveRequest("r2", before="r1"), CHAIR, 10_000).topics["vision"].waiting == ("r2", "r1")


def test_what_was_moved_holds_its_place_when_others_come_and_go() -> None:
    moved = enacted(waiting(ANA, BO, CY), MoveRequest("r3", before="r1"), CHAIR, 10_000)

    came = enacted(moved, RequestFloor(), DI, 11_000)
    assert listed(came) == ("r3", "r1", "r2", "r4")
    assert listed(enacted(came, Withdraw(), ANA, 12_000)) == ("r3", "r2", "r4")


def test_a_running_timer_is_untouched_by_any_change_to_the_list() -> None:
    """Case 1."""
    state = ANA_SPEAKS
    for command in (
        MoveRequest("r3", before="r2"),
        PassOver("r3"),
        RemoveRequest("r2"),
        AddRequest("Eve", "Acme", "private_sector"),
        CloseList(),
        SetOrder("balanced"),
    ):
        state = enacted(state, command, CHAIR, 20_000)
        assert state.floor == ANA_SPEAKS.floor

    assert state.topics["vision"].timer == ANA_SPEAKS.topics["vision"].timer


def test_each_act_works_after_any_other_has_changed_the_list() -> None:
    """Case 7, 50: Bo steps back, Cy is moved, Di joins; the next one is whoever now stands first."""
    state = played(
        waiting(ANA, BO, CY),
        (4_000, ANA, StepBack()),
        (5_000, CHAIR, MoveRequest("r3", before="r2")),
        (6_000, DI, RequestFloor()),
    )

    assert listed(state) == ("r3", "r2", "r1", "r4")
    spoken = []
    for now_ms in range(10_000, 50_000, 10_000):
        after = state.floor.request if state.floor else None
        state = enacted(state, GiveFloor(after=after), CHAIR, now_ms)
        assert state.floor is not None
        spoken.append(state.floor.request)
    assert spoken == ["r3", "r2", "r1", "r4"]
    assert outcome(state, GiveFloor(after="r4"), CHAIR, 60_000) == "no_request"
