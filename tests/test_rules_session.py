"""The session as a whole: its course, its topics and their timers, lists that open and close, what is set for all."""

from dataclasses import replace

import pytest

from app.floor import errors
from app.floor.commands import (
    AddRequest,
    AdjustIntervention,
    AdjustTopic,
    Announce,
    CloseList,
    EndIntervention,
    EndSession,
    GiveFloor,
    OpenList,
    OpenTopic,
    PauseSession,
    PlanSession,
    RequestFloor,
    ResumeSession,
    SetOrder,
    SetSpeakingTime,
    StartSession,
    Undo,
)
from app.floor.events import (
    Announced,
    InterventionEnded,
    ListClosed,
    ListOpened,
    OrderSet,
    SessionEnded,
    SessionPaused,
    SessionPlanned,
    SessionResumed,
    SessionStarted,
    SpeakingTimeSet,
    TopicAdjusted,
    TopicOpened,
)
from app.floor.people import SERVER
from app.floor.plan import PlannedTopic
from app.floor.rules import decide
from app.floor.state import EMPTY, State
from app.floor.timers import Timer, phase, remaining_ms, spent_ms
from tests.scenes import (
    ANA,
    ANA_SPEAKS,
    BO,
    CHAIR,
    CY,
    JOINED,
    OPENING,
    PLAN,
    PLANNED,
    START,
    enacted,
    played,
    waiting,
)

DAY_MS = 24 * 3_600_000


# --- the course of the session ---


def test_starting_opens_the_first_topic_so_that_all_time_is_some_topics_time() -> None:
    events = decide(JOINED, StartSession(), CHAIR, now_ms=1_000)

    assert events == (SessionStarted(1_000), TopicOpened("opening", 1_000))
    started = enacted(JOINED, StartSession(), CHAIR, 1_000)
    assert (started.status, started.topic) == ("running", "opening")
    assert started.timer == Timer(3_900_000, since_ms=1_000)
    assert started.topics["opening"].timer == Timer(300_000, since_ms=1_000)


def test_a_new_session_begins_empty() -> None:
    """Case 21, 44: nothing of an older session is known before the log's first event."""
    assert PLANNED.requests == {}
    assert PLANNED.topics["vision"].timer == Timer(1_500_000)
    assert PLANNED.floor is None
    assert PLANNED.acts == ()


def test_starting_a_session_that_has_begun_does_nothing() -> None:
    assert decide(OPENING, StartSession(), CHAIR, 9_000) == ()
    paused = enacted(OPENING, PauseSession(), CHAIR, 5_000)
    assert decide(paused, StartSession(), CHAIR, 9_000) == ()


def test_a_session_needs_a_topic_to_start_with() -> None:
    for state in (EMPTY, enacted(EMPTY, PlanSession(replace(PLAN, topics=())), SERVER, 0)):
        with pytest.raises(errors.NoTopic):
            decide(state, StartSession(), CHAIR, 1_000)

    assert decide(PLANNED, StartSession(), CHAIR, 1_000) != ()


def test_pausing_freezes_all_timers_and_resuming_lets_them_run_on() -> None:
    paused = enacted(ANA_SPEAKS, PauseSession(), CHAIR, 30_000)

    assert paused.timer == Timer(3_900_000, spent_ms=30_000)
    assert paused.topics["vision"].timer == Timer(1_500_000, spent_ms=30_000)
    assert paused.floor is not None
    assert paused.floor.timer == Timer(120_000, spent_ms=20_000)

    resumed = enacted(paused, ResumeSession(), CHAIR, 90_000)

    assert resumed.timer == Timer(3_900_000, spent_ms=30_000, since_ms=90_000)
    assert resumed.topics["vision"].timer == Timer(1_500_000, spent_ms=30_000, since_ms=90_000)
    assert resumed.floor is not None
    assert resumed.floor.timer == Timer(120_000, spent_ms=20_000, since_ms=90_000)


def test_pausing_a_paused_session_and_resuming_a_running_one_do_nothing() -> None:
    paused = enacted(START, PauseSession(), CHAIR, 1_000)

    assert decide(paused, PauseSession(), CHAIR, 2_000) == ()
    assert decide(START, ResumeSession(), CHAIR, 2_000) == ()


def test_what_has_not_started_can_be_neither_paused_nor_resumed_nor_ended() -> None:
    for command in (PauseSession(), ResumeSession(), EndSession(), OpenTopic("vision")):
        with pytest.raises(errors.NotRunning):
            decide(JOINED, command, CHAIR, 1_000)

    assert decide(START, PauseSession(), CHAIR, 1_000) == (SessionPaused(1_000),)
    paused = enacted(START, PauseSession(), CHAIR, 1_000)
    assert decide(paused, ResumeSession(), CHAIR, 2_000) == (SessionResumed(2_000),)


def test_no_error_adds_up_over_fifty_pauses() -> None:
    """Case 35."""
    state = ANA_SPEAKS
    for pause in range(50):
        state = enacted(state, PauseSession(), CHAIR, 10_000 + pause * 1_000 + 333)
        state = enacted(state, ResumeSession(), CHAIR, 11_000 + pause * 1_000)

    assert state.floor is not None
    assert spent_ms(state.floor.timer, 60_000) == 50 * 333
    assert spent_ms(state.topics["vision"].timer, 60_000) == 10_000 + 50 * 333
    assert spent_ms(state.timer, 60_000) == 10_000 + 50 * 333


def test_midnight_and_the_end_of_summer_time_are_instants_like_any_other() -> None:
    """Case 40: 29 October 2023, 00:59:50 UTC; ten seconds later clocks in Europe go back by an hour."""
    at_ms = 1_698_541_190_000
    state = played(JOINED, (at_ms, CHAIR, StartSession()))

    assert spent_ms(state.timer, at_ms + 20_000) == 20_000
    midnight_ms = 1_698_537_600_000
    state = played(JOINED, (midnight_ms - 1_000, CHAIR, StartSession()))
    assert spent_ms(state.timer, midnight_ms + 1_000) == 2_000


def test_ending_the_session_ends_the_running_intervention_and_freezes_all_timers() -> None:
    events = decide(ANA_SPEAKS, EndSession(), CHAIR, 40_000)

    assert events == (InterventionEnded("r1", 30_000, 40_000), SessionEnded(40_000))
    ended = enacted(ANA_SPEAKS, EndSession(), CHAIR, 40_000)
    assert ended.floor is None
    assert ended.timer == Timer(3_900_000, spent_ms=40_000)
    assert ended.topics["vision"].timer == Timer(1_500_000, spent_ms=40_000)
    assert [one.spent_ms for one in ended.interventions] == [30_000]


def test_a_paused_session_can_be_ended_and_its_timers_stay_where_they_stood() -> None:
    paused = enacted(ANA_SPEAKS, PauseSession(), CHAIR, 30_000)

    events = decide(paused, EndSession(), CHAIR, 90_000)

    assert events == (InterventionEnded("r1", 20_000, 90_000), SessionEnded(90_000))
    assert enacted(paused, EndSession(), CHAIR, 90_000).timer == Timer(3_900_000, spent_ms=30_000)


def test_after_the_end_nothing_but_a_notice_and_taking_back_is_possible() -> None:
    ended = enacted(waiting(ANA), EndSession(), CHAIR, 40_000)

    for command in (StartSession(), ResumeSession(), EndSession(), GiveFloor(), OpenTopic("risks"), OpenList()):
        with pytest.raises(errors.SessionEnded):
            decide(ended, command, CHAIR, 50_000)
    with pytest.raises(errors.SessionEnded):
        decide(ended, RequestFloor(), BO, 50_000)
    assert decide(ended, Announce("Thank you all."), CHAIR, 50_000) == (Announced("Thank you all.", 50_000, "a1"),)


# --- topics ---


def test_a_topics_timer_runs_while_it_is_open_and_stops_when_another_opens() -> None:
    on_risks = enacted(START, OpenTopic("risks"), CHAIR, 60_000)

    assert on_risks.topic == "risks"
    assert on_risks.topics["vision"].timer == Timer(1_500_000, spent_ms=60_000)
    assert on_risks.topics["risks"].timer == Timer(1_500_000, since_ms=60_000)
    assert on_risks.timer == Timer(3_900_000, since_ms=0)

    back = enacted(on_risks, OpenTopic("vision"), CHAIR, 100_000)

    assert back.topics["vision"].timer == Timer(1_500_000, spent_ms=60_000, since_ms=100_000)
    assert back.topics["risks"].timer == Timer(1_500_000, spent_ms=40_000)


def test_a_topic_opened_while_paused_begins_to_spend_its_time_on_resuming() -> None:
    paused = played(START, (10_000, CHAIR, PauseSession()), (20_000, CHAIR, OpenTopic("risks")))

    assert paused.topics["risks"].timer == Timer(1_500_000)
    resumed = enacted(paused, ResumeSession(), CHAIR, 30_000)
    assert resumed.topics["risks"].timer == Timer(1_500_000, since_ms=30_000)
    assert resumed.topics["vision"].timer == Timer(1_500_000, spent_ms=10_000)


def test_opening_a_topic_ends_the_running_intervention() -> None:
    events = decide(ANA_SPEAKS, OpenTopic("risks"), CHAIR, 40_000)

    assert events == (InterventionEnded("r1", 30_000, 40_000), TopicOpened("risks", 40_000))
    assert enacted(ANA_SPEAKS, OpenTopic("risks"), CHAIR, 40_000).floor is None


def test_opening_the_open_topic_does_nothing_and_leaves_the_speaker_alone() -> None:
    assert decide(ANA_SPEAKS, OpenTopic("vision"), CHAIR, 40_000) == ()


def test_a_topic_that_is_not_in_the_plan_cannot_be_opened() -> None:
    with pytest.raises(errors.NoTopic):
        decide(START, OpenTopic("weather"), CHAIR, 1_000)

    assert decide(START, OpenTopic("risks"), CHAIR, 1_000) == (TopicOpened("risks", 1_000),)


def test_waiting_requests_stay_with_their_topic_and_come_back_with_it() -> None:
    """Case 15: what still waits when a topic closes is not lost."""
    on_risks = enacted(waiting(ANA, BO), OpenTopic("risks"), CHAIR, 60_000)

    assert on_risks.topics["vision"].waiting == ("r1", "r2")
    assert on_risks.topics["risks"].waiting == ()
    with pytest.raises(errors.NoRequest):
        decide(on_risks, GiveFloor(), CHAIR, 61_000)

    asked_again = enacted(on_risks, RequestFloor(), ANA, 70_000)
    assert asked_again.topics["risks"].waiting == ("r3",)

    back = enacted(asked_again, OpenTopic("vision"), CHAIR, 80_000)
    assert back.topics["vision"].waiting == ("r1", "r2")
    assert enacted(back, GiveFloor(), CHAIR, 81_000).floor is not None


def test_adjusting_a_topic_adds_exactly_that_much_and_keeps_the_plan_apart() -> None:
    """Case 37, 42."""
    more = enacted(START, AdjustTopic(60_000), CHAIR, 10_000)
    less = enacted(more, AdjustTopic(-90_000), CHAIR, 20_000)

    assert decide(START, AdjustTopic(60_000), CHAIR, 10_000) == (TopicAdjusted("vision", 60_000, 10_000),)
    assert more.topics["vision"].timer == Timer(1_500_000, added_ms=60_000, since_ms=0)
    assert less.topics["vision"].timer == Timer(1_500_000, added_ms=-30_000, since_ms=0)
    assert less.timer == START.timer


def test_adjusting_by_nothing_does_nothing() -> None:
    assert decide(START, AdjustTopic(0), CHAIR, 10_000) == ()
    assert decide(ANA_SPEAKS, AdjustIntervention(0), CHAIR, 20_000) == ()


def test_no_more_can_be_taken_from_a_topic_than_was_allotted_and_no_more_than_a_day_added() -> None:
    with pytest.raises(errors.Malformed):
        decide(START, AdjustTopic(-1_500_001), CHAIR, 10_000)
    with pytest.raises(errors.Malformed):
        decide(START, AdjustTopic(DAY_MS + 1), CHAIR, 10_000)

    assert decide(START, AdjustTopic(-1_500_000), CHAIR, 10_000) == (TopicAdjusted("vision", -1_500_000, 10_000),)
    assert decide(START, AdjustTopic(DAY_MS), CHAIR, 10_000) == (TopicAdjusted("vision", DAY_MS, 10_000),)


def test_before_the_session_there_is_no_topic_to_adjust() -> None:
    with pytest.raises(errors.NoTopic):
        decide(JOINED, AdjustTopic(60_000), CHAIR, 1_000)


@pytest.mark.parametrize("at_ms", [20_000, 130_000, 200_000])
@pytest.mark.parametrize("paused", [False, True])
def test_added_time_changes_what_is_left_by_exactly_that_much_running_paused_or_over(at_ms: int, paused: bool) -> None:
    """Case 37. Ana's two minutes began at 10 000 and are over at 130 000."""
    state = enacted(ANA_SPEAKS, PauseSession(), CHAIR, at_ms) if paused else ANA_SPEAKS

    adjusted = played(state, (at_ms, CHAIR, AdjustIntervention(30_000)), (at_ms, CHAIR, AdjustTopic(-5_000)))

    assert state.floor is not None
    assert adjusted.floor is not None
    assert remaining_ms(adjusted.floor.timer, at_ms) - remaining_ms(state.floor.timer, at_ms) == 30_000
    before, after = state.topics["vision"].timer, adjusted.topics["vision"].timer
    assert remaining_ms(after, at_ms) - remaining_ms(before, at_ms) == -5_000


def test_a_topic_past_its_time_counts_on_until_the_chair_opens_another() -> None:
    """Case 5: the rules end nothing by themselves."""
    assert phase(START.topics["vision"].timer, 1_500_000) == "over"
    assert remaining_ms(START.topics["vision"].timer, 1_507_000) == -7_000
    assert decide(START, RequestFloor(), ANA, 1_507_000) != ()


# --- lists ---


def test_questions_begin_with_an_open_list_opening_and_closing_with_a_closed_one() -> None:
    assert {topic: stands.list for topic, stands in PLANNED.topics.items()} == {
        "opening": "closed",
        "vision": "open",
        "risks": "open",
        "closing": "closed",
    }


def test_closing_and_opening_the_list_without_a_topic_means_the_open_one() -> None:
    closed = enacted(START, CloseList(), CHAIR, 1_000)

    assert decide(START, CloseList(), CHAIR, 1_000) == (ListClosed("vision", 1_000),)
    assert closed.topics["vision"].list == "closed"
    assert closed.topics["risks"].list == "open"
    assert decide(closed, OpenList(), CHAIR, 2_000) == (ListOpened("vision", 2_000),)


def test_another_topics_list_can_be_closed_and_opened_even_before_the_session() -> None:
    assert decide(START, CloseList("risks"), CHAIR, 1_000) == (ListClosed("risks", 1_000),)
    assert decide(JOINED, OpenList("closing"), CHAIR, 1_000) == (ListOpened("closing", 1_000),)


def test_closing_a_closed_list_and_opening_an_open_one_do_nothing() -> None:
    assert decide(OPENING, CloseList(), CHAIR, 1_000) == ()
    assert decide(START, OpenList(), CHAIR, 1_000) == ()


def test_a_list_needs_a_topic_that_exists() -> None:
    with pytest.raises(errors.NoTopic):
        decide(START, CloseList("weather"), CHAIR, 1_000)
    with pytest.raises(errors.NoTopic):
        decide(JOINED, CloseList(), CHAIR, 1_000)


def test_a_closed_list_keeps_those_who_are_on_it() -> None:
    closed = enacted(waiting(ANA, BO), CloseList(), CHAIR, 10_000)

    assert closed.topics["vision"].waiting == ("r1", "r2")
    assert enacted(closed, GiveFloor(), CHAIR, 11_000).floor is not None


def test_a_topic_that_comes_back_has_its_list_as_it_was_left() -> None:
    away = played(START, (1_000, CHAIR, CloseList()), (2_000, CHAIR, OpenTopic("risks")))

    assert enacted(away, OpenTopic("vision"), CHAIR, 3_000).topics["vision"].list == "closed"


# --- what the chair sets for all ---


def test_the_speaking_time_holds_for_all_who_follow_and_not_for_who_speaks_now() -> None:
    shorter = enacted(ANA_SPEAKS, SetSpeakingTime(90_000), CHAIR, 20_000)

    assert decide(ANA_SPEAKS, SetSpeakingTime(90_000), CHAIR, 20_000) == (SpeakingTimeSet(90_000, 20_000),)
    assert shorter.floor is not None
    assert shorter.floor.timer == Timer(120_000, since_ms=10_000)
    bo_speaks = enacted(shorter, GiveFloor(after="r1"), CHAIR, 30_000)
    assert bo_speaks.floor is not None
    assert bo_speaks.floor.timer == Timer(90_000, since_ms=30_000)


def test_the_speaking_time_is_ten_seconds_to_an_hour() -> None:
    for limit_ms in (9_999, 3_600_001, -1):
        with pytest.raises(errors.Malformed):
            decide(START, SetSpeakingTime(limit_ms), CHAIR, 1_000)

    for limit_ms in (10_000, 3_600_000):
        assert decide(START, SetSpeakingTime(limit_ms), CHAIR, 1_000) == (SpeakingTimeSet(limit_ms, 1_000),)
    assert decide(START, SetSpeakingTime(120_000), CHAIR, 1_000) == ()


def test_the_order_can_be_set_at_any_time_before_the_end() -> None:
    assert decide(JOINED, SetOrder("balanced"), CHAIR, 1_000) == (OrderSet("balanced", 1_000),)
    assert decide(JOINED, SetOrder("as_requested"), CHAIR, 1_000) == ()
    assert enacted(START, SetOrder("new_voices"), CHAIR, 1_000).order == "new_voices"


def test_a_notice_stands_until_it_is_replaced_or_cleared() -> None:
    shown = enacted(JOINED, Announce("  Lunch\nis served. "), CHAIR, 1_000)

    assert shown.notice is not None
    assert (shown.notice.text, shown.notice.at_ms) == ("Lunch is served.", 1_000)
    assert decide(shown, Announce("Lunch is served."), CHAIR, 2_000) == ()
    assert enacted(shown, Announce(""), CHAIR, 2_000).notice is None
    assert decide(JOINED, Announce(" "), CHAIR, 1_000) == ()


def test_a_notice_has_at_most_280_characters() -> None:
    with pytest.raises(errors.TooLong) as refused:
        decide(START, Announce("x" * 281), CHAIR, 1_000)

    assert refused.value.values_by_name == {"field": "text", "most": 280}
    assert decide(START, Announce("x" * 280), CHAIR, 1_000) == (Announced("x" * 280, 1_000, "a1"),)


# --- the plan ---


def _with_minutes(topic: str, planned_ms: int) -> PlanSession:
    topics = tuple(replace(one, planned_ms=planned_ms) if one.id == topic else one for one in PLAN.topics)
    return PlanSession(replace(PLAN, topics=topics))


def _without(topic: str) -> PlanSession:
    return PlanSession(replace(PLAN, topics=tuple(one for one in PLAN.topics if one.id != topic)))


def test_the_plan_is_an_event_so_that_the_log_alone_tells_the_whole_session() -> None:
    assert decide(EMPTY, PlanSession(PLAN), SERVER, 5) == (SessionPlanned(PLAN, 5),)
    assert decide(PLANNED, PlanSession(PLAN), SERVER, 6) == ()


def test_a_plan_changed_in_a_safe_way_keeps_what_was_spent_added_and_asked() -> None:
    state = played(waiting(ANA), (20_000, CHAIR, AdjustTopic(60_000)), (30_000, CHAIR, OpenTopic("risks")))
    new = replace(
        PLAN,
        title={"en": "WSIS at twenty"},
        topics=(
            *(replace(one, planned_ms=1_200_000) if one.id == "vision" else one for one in PLAN.topics[:3]),
            PlannedTopic("youth", 300_000, {"en": "Youth"}),
            PLAN.topics[3],
        ),
    )

    changed = enacted(state, PlanSession(new), SERVER, 40_000)

    assert changed.plan.title == {"en": "WSIS at twenty"}
    assert list(changed.topics) == ["opening", "vision", "risks", "youth", "closing"]
    assert changed.topics["vision"].timer == Timer(1_200_000, added_ms=60_000, spent_ms=30_000)
    assert changed.topics["vision"].waiting == ("r1",)
    assert changed.topics["risks"].timer == Timer(1_500_000, since_ms=30_000)
    assert changed.topics["youth"].timer == Timer(300_000)


def test_a_changed_plan_does_not_overrule_what_the_chair_has_set() -> None:
    new = PlanSession(replace(PLAN, speaking_time_ms=60_000, order="balanced"))

    untouched = enacted(START, new, SERVER, 10_000)
    set_by_chair = enacted(
        played(START, (1_000, CHAIR, SetSpeakingTime(90_000)), (2_000, CHAIR, SetOrder("new_voices"))),
        new,
        SERVER,
        10_000,
    )

    assert (untouched.speaking_time_ms, untouched.order) == (60_000, "balanced")
    assert (set_by_chair.speaking_time_ms, set_by_chair.order) == (90_000, "new_voices")


def test_a_topic_that_has_begun_or_has_requests_cannot_be_planned_away() -> None:
    with pytest.raises(errors.PlanConflict, match="vision"):
        decide(START, _without("vision"), SERVER, 10_000)
    asked_on_risks = played(
        START, (1_000, CHAIR, OpenTopic("risks")), (2_000, CY, RequestFloor()), (3_000, CHAIR, OpenTopic("vision"))
    )
    with pytest.raises(errors.PlanConflict, match="risks"):
        decide(asked_on_risks, _without("risks"), SERVER, 10_000)

    opened_by_mistake = played(
        START, (1_000, CHAIR, OpenTopic("risks")), (2_000, CY, RequestFloor()), (3_000, CHAIR, Undo())
    )
    with pytest.raises(errors.PlanConflict, match="risks"):
        decide(opened_by_mistake, _without("risks"), SERVER, 10_000)

    assert "risks" not in enacted(START, _without("risks"), SERVER, 10_000).topics


def test_a_topic_cannot_be_planned_shorter_than_what_it_has_used() -> None:
    with pytest.raises(errors.PlanConflict, match=r"topic 'vision' has used 10 min already"):
        decide(START, _with_minutes("vision", 540_000), SERVER, 600_000)

    assert enacted(START, _with_minutes("vision", 600_000), SERVER, 600_000).topics["vision"].timer == Timer(
        600_000, since_ms=0
    )
    assert decide(START, _with_minutes("risks", 60_000), SERVER, 600_000) != ()


def test_a_group_that_has_participants_cannot_be_planned_away() -> None:
    groups = dict(PLAN.groups)
    del groups["academia"]
    without_academia = PlanSession(replace(PLAN, groups=groups))

    with pytest.raises(errors.PlanConflict, match="academia"):
        decide(JOINED, without_academia, SERVER, 1_000)
    assert "academia" not in enacted(PLANNED, without_academia, SERVER, 1_000).plan.groups


def test_every_conflict_of_a_changed_plan_is_named_at_once() -> None:
    conflicting = PlanSession(replace(PLAN, topics=PLAN.topics[2:], groups={"government": {"en": "Government"}}))

    with pytest.raises(errors.PlanConflict) as refused:
        decide(START, conflicting, SERVER, 1_000)

    detail = str(refused.value.values_by_name["detail"])
    assert [line.split("'")[1] for line in detail.splitlines()] == ["opening", "vision", "academia", "civil_society"]


def test_an_added_request_alone_keeps_its_group_in_the_plan() -> None:
    added = enacted(START, AddRequest("Eve", "Acme", "private_sector"), CHAIR, 1_000)
    groups = {group: texts for group, texts in PLAN.groups.items() if group != "private_sector"}

    with pytest.raises(errors.PlanConflict, match="private_sector"):
        decide(added, PlanSession(replace(PLAN, groups=groups)), SERVER, 2_000)


def test_the_last_intervention_stays_readable_until_the_next_one_or_the_next_topic() -> None:
    """Case 45."""
    ended: State = enacted(ANA_SPEAKS, EndIntervention("r1"), CHAIR, 65_000)

    assert ended.last is not None
    assert (ended.last.request, ended.last.spent_ms, ended.last.allotted_ms) == ("r1", 55_000, 120_000)
    assert enacted(ended, RequestFloor(), ANA, 66_000).last == ended.last
    assert enacted(ended, GiveFloor("r2"), CHAIR, 70_000).last is None
    assert enacted(ended, OpenTopic("risks"), CHAIR, 70_000).last is None
