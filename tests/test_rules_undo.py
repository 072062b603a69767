"""Taking back: the chair's last act is as if it had never been; what attendees did meanwhile stays."""

from dataclasses import replace

import pytest

from app.floor import errors
from app.floor.commands import (
    AddRequest,
    AdjustIntervention,
    AdjustTopic,
    Announce,
    CloseList,
    Command,
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
    PlanSession,
    RemoveRequest,
    RequestFloor,
    ResumeSession,
    SetOrder,
    SetSpeakingTime,
    StartSession,
    StepBack,
    Undo,
    Withdraw,
)
from app.floor.events import ActTakenBack
from app.floor.people import SERVER, Actor
from app.floor.plan import PlannedTopic
from app.floor.rules import decide
from app.floor.state import MOST_ACTS, State
from app.floor.timers import Timer
from app.floor.views_chair import chair_view
from tests.scenes import (
    ANA,
    ANA_SPEAKS,
    BO,
    CHAIR,
    CY,
    DI,
    JOINED,
    OPENING,
    PLAN,
    START,
    VICE_CHAIR,
    enacted,
    outcome,
    played,
    waiting,
)

INTERRUPTED = played(ANA_SPEAKS, (25_000, DI, RequestFloor("point_of_order")), (30_000, CHAIR, GiveFloor("r4", "r1")))


def seen(state: State) -> dict[str, object]:
    """All that the chair can see, but for what can be taken back or done again next."""
    return {key: value for key, value in chair_view(state, {}).items() if key not in {"acts", "undone"}}


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (JOINED, StartSession()),
        (ANA_SPEAKS, PauseSession()),
        (enacted(ANA_SPEAKS, PauseSession(), CHAIR, 20_000), ResumeSession()),
        (ANA_SPEAKS, EndSession()),
        (INTERRUPTED, EndSession()),
        (ANA_SPEAKS, OpenTopic("risks")),
        (START, AdjustTopic(60_000)),
        (waiting(ANA), GiveFloor()),
        (ANA_SPEAKS, GiveFloor(after="r1")),
        (INTERRUPTED, GiveFloor("r2", after="r4")),
        (ANA_SPEAKS, EndIntervention("r1")),
        (INTERRUPTED, EndIntervention("r4")),
        (ANA_SPEAKS, AdjustIntervention(-30_000)),
        (ANA_SPEAKS, PassOver("r1")),
        (waiting(ANA, BO), PassOver("r1")),
        (enacted(waiting(ANA, BO), PassOver("r1"), CHAIR, 9_000), PassOver("r1")),
        (waiting(ANA, BO), RemoveRequest("r1")),
        (waiting(ANA, BO), MoveRequest("r2", before="r1")),
        (START, AddRequest("Eve", "Acme", "private_sector")),
        (START, CloseList()),
        (OPENING, OpenList()),
        (START, SetSpeakingTime(60_000)),
        (waiting(ANA, DI, BO), SetOrder("balanced")),
        (START, Announce("Lunch")),
    ],
    ids=lambda one: type(one).__name__ if not isinstance(one, State) else "",
)
def test_every_act_of_the_chair_can_be_taken_back(state: State, act: Command) -> None:
    acted = enacted(state, act, CHAIR, 50_000)
    assert seen(acted) != seen(state)

    events = decide(acted, Undo(), CHAIR, 55_000)

    assert events == (ActTakenBack(55_000),)
    taken_back = enacted(acted, Undo(), CHAIR, 55_000)
    assert seen(taken_back) == seen(state)
    assert taken_back.acts == state.acts


def test_there_is_nothing_to_take_back_before_the_first_act() -> None:
    with pytest.raises(errors.NothingToUndo):
        decide(JOINED, Undo(), CHAIR, 1_000)
    with pytest.raises(errors.NothingToUndo):
        decide(played(OPENING, (1_000, CHAIR, Undo())), Undo(), CHAIR, 2_000)

    assert decide(OPENING, Undo(), CHAIR, 1_000) == (ActTakenBack(1_000),)


def test_who_sits_in_the_chair_may_change_and_takes_back_what_the_other_did() -> None:
    assert decide(ANA_SPEAKS, Undo(), VICE_CHAIR, 20_000) == (ActTakenBack(20_000),)
    with pytest.raises(errors.NotChair):
        decide(ANA_SPEAKS, Undo(), ANA, 20_000)


def test_timers_run_as_if_the_act_had_never_been() -> None:
    """Ana spoke on in the room, whatever the screens said for five seconds."""
    state = played(ANA_SPEAKS, (40_000, CHAIR, EndIntervention("r1")), (45_000, CHAIR, Undo()))

    assert state.floor is not None
    assert state.floor.timer == Timer(120_000, since_ms=10_000)
    assert state.interventions == ()

    state = played(ANA_SPEAKS, (40_000, CHAIR, OpenTopic("risks")), (45_000, CHAIR, Undo()))
    assert state.topics["vision"].timer == Timer(1_500_000, since_ms=0)
    assert state.topics["risks"].timer == Timer(1_500_000)


def test_what_attendees_did_in_between_stays() -> None:
    state = played(
        waiting(ANA, BO),
        (10_000, CHAIR, CloseList()),
        (11_000, Actor("attendee"), Join("eve", "Eve", "Acme", "private_sector")),
        (12_000, BO, Withdraw()),
        (13_000, ANA, DescribeRequest("On access")),
        (14_000, CY, RequestFloor("right_of_reply")),
        (15_000, ANA, StepBack()),
        (16_000, CHAIR, Undo()),
    )

    assert state.topics["vision"].list == "open"
    assert state.topics["vision"].waiting == ("r3", "r1")
    assert state.requests["r1"].summary == "On access"
    assert state.requests["r2"].status == "withdrawn"
    assert "eve" in state.participants


def test_what_attendees_did_stays_through_several_acts_taken_back() -> None:
    state = played(
        START,
        (1_000, CHAIR, Announce("one")),
        (2_000, ANA, RequestFloor()),
        (3_000, CHAIR, Announce("two")),
        (4_000, BO, RequestFloor()),
        (5_000, CHAIR, Undo()),
        (6_000, CY, RequestFloor()),
        (7_000, CHAIR, Undo()),
    )

    assert state.notice is None
    assert state.topics["vision"].waiting == ("r1", "r2", "r3")
    back_in_opening = enacted(state, Undo(), CHAIR, 8_000)
    assert back_in_opening.topic == "opening"
    assert back_in_opening.topics["vision"].waiting == ("r1", "r2", "r3")


def test_the_act_before_the_one_taken_back_comes_next() -> None:
    state = played(ANA_SPEAKS, (20_000, CHAIR, GiveFloor(after="r1")), (30_000, CHAIR, AdjustIntervention(30_000)))

    once = enacted(state, Undo(), CHAIR, 31_000)
    assert once.floor is not None
    assert (once.floor.request, once.floor.timer) == ("r2", Timer(120_000, since_ms=20_000))
    twice = enacted(once, Undo(), CHAIR, 32_000)
    assert twice.floor == ANA_SPEAKS.floor
    thrice = enacted(twice, Undo(), CHAIR, 33_000)
    assert thrice.floor is None
    assert thrice.topics["vision"].waiting == ("r1", "r2", "r3")


def test_a_new_act_after_taking_back_is_what_comes_back_next() -> None:
    state = played(
        START,
        (1_000, CHAIR, Announce("one")),
        (2_000, CHAIR, Undo()),
        (3_000, CHAIR, Announce("two")),
        (4_000, CHAIR, Undo()),
    )

    assert state.notice is None
    assert state.topic == "vision"
    assert enacted(state, Undo(), CHAIR, 5_000).topic == "opening"


def test_what_changes_nothing_is_no_act_to_take_back() -> None:
    state = enacted(ANA_SPEAKS, OpenList(), CHAIR, 20_000)

    assert enacted(state, Undo(), CHAIR, 21_000).floor is None


def test_so_many_acts_can_be_taken_back_and_no_more() -> None:
    state = START
    for number in range(25):
        state = enacted(state, Announce(f"notice {number}"), CHAIR, number)
    assert MOST_ACTS == 20

    for _ in range(20):
        state = enacted(state, Undo(), CHAIR, 100)

    assert state.notice is not None
    assert state.notice.text == "notice 4"
    with pytest.raises(errors.NothingToUndo):
        decide(state, Undo(), CHAIR, 101)


def test_ids_used_since_are_not_used_again() -> None:
    eve = AddRequest("Eve", "Acme", "private_sector")
    state = played(waiting(ANA), (2_000, CHAIR, eve), (3_000, CHAIR, Undo()))
    assert "r2" not in state.requests
    assert "p5" not in state.participants

    again = enacted(state, eve, CHAIR, 4_000)

    assert again.topics["vision"].waiting == ("r1", "r3")
    assert again.requests["r3"].participant == "p6"
    assert enacted(again, RequestFloor(), BO, 5_000).topics["vision"].waiting == ("r1", "r3", "r4")


# --- what no longer makes sense is refused as stale rather than guessed ---


def test_giving_the_floor_cannot_be_taken_back_once_the_speaker_has_concluded() -> None:
    concluded = enacted(ANA_SPEAKS, Conclude(), ANA, 30_000)

    with pytest.raises(errors.Stale):
        decide(concluded, Undo(), CHAIR, 31_000)
    assert decide(ANA_SPEAKS, Undo(), CHAIR, 31_000) == (ActTakenBack(31_000),)


def test_what_let_somebody_speak_on_cannot_be_taken_back_once_they_have() -> None:
    """Else their time would be longer than the topic was open, or than they had the floor."""
    resumed = played(ANA_SPEAKS, (20_000, CHAIR, PauseSession()), (30_000, CHAIR, ResumeSession()))
    point_ended = enacted(INTERRUPTED, EndIntervention("r4"), CHAIR, 40_000)
    for state in (resumed, point_ended):
        assert outcome(enacted(state, Conclude(), ANA, 50_000), Undo(), CHAIR, 51_000) == "stale"
        assert outcome(state, Undo(), CHAIR, 51_000) == (ActTakenBack(51_000),)


def test_a_pause_can_be_taken_back_though_a_speaker_concluded_in_it_with_the_time_they_then_had() -> None:
    state = played(ANA_SPEAKS, (20_000, CHAIR, PauseSession()), (50_000, ANA, Conclude()), (51_000, CHAIR, Undo()))

    assert state.topics["vision"].timer == Timer(1_500_000, since_ms=0)
    assert [one.spent_ms for one in state.interventions] == [10_000]


def test_what_is_stale_stays_so_while_later_acts_can_still_be_taken_back() -> None:
    state = played(ANA_SPEAKS, (30_000, ANA, Conclude()), (31_000, CHAIR, Announce("Next")))

    taken_back = enacted(state, Undo(), CHAIR, 32_000)

    assert taken_back.notice is None
    assert outcome(taken_back, Undo(), CHAIR, 33_000) == "stale"


def test_removing_and_passing_over_cannot_be_taken_back_once_the_person_has_asked_again() -> None:
    removed = enacted(waiting(ANA, BO), RemoveRequest("r1"), CHAIR, 10_000)
    off = played(waiting(ANA, BO), (10_000, CHAIR, PassOver("r1")), (11_000, CHAIR, PassOver("r1")))
    for state in (removed, off):
        assert outcome(enacted(state, RequestFloor(), ANA, 12_000), Undo(), CHAIR, 13_000) == "stale"
        assert outcome(enacted(state, RequestFloor(), CY, 12_000), Undo(), CHAIR, 13_000) == (ActTakenBack(13_000),)


@pytest.mark.parametrize("act", [EndIntervention("r1"), GiveFloor("r2", after="r1")])
def test_an_intervention_cannot_go_on_once_its_speaker_has_asked_for_another(act: Command) -> None:
    """There is no second intervention while speaking, by way of taking back neither."""
    ended = enacted(ANA_SPEAKS, act, CHAIR, 20_000)

    assert outcome(enacted(ended, RequestFloor(), ANA, 21_000), Undo(), CHAIR, 22_000) == "stale"
    assert outcome(enacted(ended, RequestFloor("right_of_reply"), ANA, 21_000), Undo(), CHAIR, 22_000) != "stale"
    assert outcome(enacted(ended, RequestFloor(), DI, 21_000), Undo(), CHAIR, 22_000) != "stale"


def test_resuming_a_topic_may_be_taken_back_when_its_speaker_asked_on_the_next_one() -> None:
    """One waiting request per topic: Ana may wait for the next topic while she speaks on this one."""
    state = played(ANA_SPEAKS, (20_000, CHAIR, OpenTopic("risks")), (21_000, ANA, RequestFloor()))

    back = enacted(state, Undo(), CHAIR, 22_000)

    assert back.floor == ANA_SPEAKS.floor
    assert back.topics["risks"].waiting == ("r4",)


def test_passing_over_a_speaker_cannot_be_taken_back_once_they_have_withdrawn() -> None:
    passed = enacted(ANA_SPEAKS, PassOver("r1"), CHAIR, 20_000)

    assert outcome(enacted(passed, Withdraw("r1"), ANA, 21_000), Undo(), CHAIR, 22_000) == "stale"
    assert outcome(enacted(passed, StepBack("r2"), BO, 21_000), Undo(), CHAIR, 22_000) != "stale"


def test_a_speaker_who_concluded_before_the_act_stays_concluded() -> None:
    state = played(ANA_SPEAKS, (30_000, ANA, Conclude()), (31_000, CHAIR, GiveFloor()), (32_000, CHAIR, Undo()))

    assert state.floor is None
    assert [one.request for one in state.interventions] == ["r1"]
    assert state.last is not None


def test_a_speaker_who_concluded_after_an_act_that_does_not_touch_them_stays_concluded() -> None:
    state = played(ANA_SPEAKS, (20_000, CHAIR, CloseList()), (30_000, ANA, Conclude()), (31_000, CHAIR, Undo()))

    assert state.topics["vision"].list == "open"
    assert [(one.request, one.spent_ms) for one in state.interventions] == [("r1", 20_000)]


def test_a_refused_undo_changes_nothing() -> None:
    concluded = enacted(ANA_SPEAKS, Conclude(), ANA, 30_000)
    before = seen(concluded)

    assert outcome(concluded, Undo(), CHAIR, 31_000) == "stale"
    assert seen(concluded) == before


def test_a_changed_plan_stays_when_an_act_before_it_is_taken_back() -> None:
    new = replace(PLAN, topics=(*PLAN.topics[:3], PlannedTopic("youth", 300_000, {"en": "Youth"}), PLAN.topics[3]))
    state = played(
        START,
        (1_000, CHAIR, Announce("one")),
        (2_000, SERVER, PlanSession(new)),
        (3_000, CHAIR, OpenTopic("youth")),
        (4_000, CHAIR, Undo()),
        (5_000, CHAIR, Undo()),
    )

    assert state.notice is None
    assert state.plan == new
    assert "youth" in state.topics
    assert outcome(state, OpenTopic("youth"), CHAIR, 6_000) != "no_topic"


def test_the_chair_sees_which_act_is_taken_back_next() -> None:
    state = enacted(ANA_SPEAKS, CloseList(), CHAIR, 20_000)

    assert [act["do"] for act in chair_view(state, {})["acts"]] == [
        "start_session",
        "open_topic",
        "give_floor",
        "close_list",
    ]
    assert [act["do"] for act in chair_view(enacted(state, Undo(), CHAIR, 21_000), {})["acts"]][-1] == "give_floor"
