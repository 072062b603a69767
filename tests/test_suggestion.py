"""Whom the chair might call next, and why; and what the list still needs."""

import pytest

from app.floor.commands import (
    AddRequest,
    Conclude,
    GiveFloor,
    OpenTopic,
    RequestFloor,
    SetOrder,
    SetSpeakingTime,
)
from app.floor.forecast import needed_ms
from app.floor.plan import Order
from app.floor.state import State
from app.floor.suggestion import Suggestion, suggest
from tests.scenes import ANA, ANA_SPEAKS, BO, CHAIR, CY, DI, JOINED, START, enacted, played, waiting


def spoken(state: State, request: str, seconds: int, at_ms: int) -> State:
    """That request given the floor, and concluded."""
    participant = state.requests[request].participant
    actor = next(actor for actor in (ANA, BO, CY, DI) if actor.id == participant)
    return played(state, (at_ms, CHAIR, GiveFloor(request)), (at_ms + seconds * 1_000, actor, Conclude()))


def test_nobody_is_suggested_where_nobody_waits() -> None:
    assert suggest(JOINED) is None
    assert suggest(START) is None
    assert suggest(enacted(waiting(ANA), OpenTopic("risks"), CHAIR, 5_000)) is None


def test_the_only_one_is_suggested() -> None:
    assert suggest(waiting(ANA)) == Suggestion("r1", "only_one")


def test_a_point_of_order_is_suggested_before_all_else() -> None:
    state = enacted(waiting(ANA, BO), RequestFloor("point_of_order"), CY, 5_000)

    assert suggest(state) == Suggestion("r3", "point_of_order")
    assert suggest(enacted(START, RequestFloor("point_of_order"), CY, 5_000)) == Suggestion("r1", "point_of_order")


def test_a_group_not_heard_on_this_topic_is_suggested_first() -> None:
    state = spoken(waiting(ANA, DI, BO), "r1", 60, 10_000)

    assert suggest(state) == Suggestion("r3", "group_not_heard_on_topic", "civil_society")


def test_a_group_heard_on_an_earlier_topic_alone_counts_as_not_heard_on_this_one() -> None:
    state = spoken(waiting(ANA), "r1", 60, 10_000)
    state = played(
        state,
        (80_000, CHAIR, OpenTopic("risks")),
        (81_000, ANA, RequestFloor()),
        (82_000, DI, RequestFloor()),
    )

    assert suggest(state) == Suggestion("r2", "group_not_heard_on_topic", "government")


def test_a_new_voice_comes_next_where_all_groups_were_heard() -> None:
    state = spoken(waiting(ANA), "r1", 60, 10_000)
    state = played(state, (80_000, ANA, RequestFloor()), (81_000, DI, RequestFloor()))

    assert suggest(state) == Suggestion("r3", "new_voice", "government")


def test_then_the_group_least_heard_in_the_session() -> None:
    state = spoken(spoken(waiting(ANA, BO), "r1", 60, 10_000), "r2", 30, 100_000)
    state = played(state, (200_000, ANA, RequestFloor()), (201_000, BO, RequestFloor()))

    assert suggest(state) == Suggestion("r4", "group_least_heard", "civil_society")


def test_else_the_first_in_the_list() -> None:
    state = spoken(spoken(waiting(ANA, BO), "r1", 30, 10_000), "r2", 60, 100_000)
    state = played(state, (200_000, ANA, RequestFloor()), (201_000, BO, RequestFloor()))

    assert suggest(state) == Suggestion("r3", "first_in_list")


def test_a_point_of_order_makes_no_group_heard() -> None:
    """Case 3."""
    state = spoken(enacted(START, RequestFloor("point_of_order"), ANA, 1_000), "r1", 60, 10_000)
    state = played(state, (80_000, ANA, RequestFloor()), (81_000, BO, RequestFloor()))

    assert suggest(state) == Suggestion("r2", "group_not_heard_on_topic", "government")


@pytest.mark.parametrize("order", ["new_voices", "balanced"])
def test_a_suggestion_is_a_word_in_the_ear_under_any_order(order: Order) -> None:
    state = enacted(spoken(waiting(ANA, DI, BO), "r1", 60, 10_000), SetOrder(order), CHAIR, 80_000)

    suggested = suggest(state)

    assert suggested is not None
    assert suggested.request in state.topics["vision"].waiting


def test_the_forecast_is_what_all_who_wait_need_at_the_present_speaking_time() -> None:
    assert needed_ms(JOINED) == 0
    assert needed_ms(START) == 0
    assert needed_ms(waiting(ANA, BO, CY)) == 360_000
    assert needed_ms(ANA_SPEAKS) == 240_000
    assert needed_ms(enacted(ANA_SPEAKS, SetSpeakingTime(60_000), CHAIR, 20_000)) == 120_000
    assert needed_ms(enacted(ANA_SPEAKS, AddRequest("Eve", "", "academia"), CHAIR, 20_000)) == 360_000
    assert needed_ms(enacted(ANA_SPEAKS, OpenTopic("risks"), CHAIR, 20_000)) == 0
