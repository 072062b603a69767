"""The speaking order, by example and by property: fair, foreseeable, and nobody starves for the sake of balance."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.floor.commands import (
    GiveFloor,
    Join,
    MoveRequest,
    PassOver,
    RequestFloor,
    SetOrder,
    StepBack,
    Withdraw,
)
from app.floor.events import FloorGiven
from app.floor.order import MOST_OVERTAKEN, Waiting, arrange
from app.floor.people import Actor
from app.floor.plan import Order
from app.floor.request import Kind, Request
from app.floor.rules import decide
from app.floor.state import speaking_order
from tests.scenes import ANA, BO, CHAIR, CY, DI, START, enacted, played, waiting

ORDERS: tuple[Order, ...] = get_args(Order)
GROUPS = ("government", "civil_society", "academia", "private_sector")


def wants(
    request: str,
    turn: int,
    group: str = "government",
    *,
    new: bool = True,
    kind: Kind = "intervention",
    moved: bool = False,
) -> Waiting:
    return Waiting(Request(request, f"p-{request}", "vision", kind, turn, turn, moved=moved), group, new)


# --- as requested ---


def test_as_requested_is_first_come_first_served() -> None:
    listed = [wants("r1", 1), wants("r2", 2, "academia"), wants("r3", 3, new=False)]

    assert arrange(listed, "as_requested", {"government": 999_000}, 120_000) == ("r1", "r2", "r3")


@pytest.mark.parametrize("order", ORDERS)
def test_points_of_order_come_first_and_first_come_first_served_among_themselves(order: Order) -> None:
    """Case 18."""
    listed = [
        wants("r1", 1),
        wants("r2", 2, kind="right_of_reply"),
        wants("r3", 3, "government", kind="point_of_order", new=False),
        wants("r4", 4, "academia", kind="point_of_order"),
    ]

    assert arrange(listed, order, {"government": 120_000}, 120_000)[:2] == ("r3", "r4")


@pytest.mark.parametrize("order", ORDERS)
def test_nobody_waits_no_order(order: Order) -> None:
    assert arrange([], order, {}, 120_000) == ()


# --- new voices ---


def test_new_voices_come_before_those_who_have_spoken_and_then_it_is_by_time() -> None:
    listed = [wants("r1", 1, new=False), wants("r2", 2), wants("r3", 3, new=False), wants("r4", 4, "academia")]

    assert arrange(listed, "new_voices", {"academia": 999_000}, 120_000) == ("r2", "r4", "r1", "r3")


def test_who_has_spoken_goes_after_five_new_voices() -> None:
    listed = [wants("r1", 1, new=False), *(wants(f"r{turn}", turn) for turn in range(2, 9))]

    assert arrange(listed, "new_voices", {}, 120_000) == ("r2", "r3", "r4", "r5", "r6", "r1", "r7", "r8")


# --- balanced ---


def test_balanced_calls_the_group_least_heard_and_counts_each_call_as_a_speaking_time() -> None:
    listed = [
        wants("r1", 1, "government"),
        wants("r2", 2, "government"),
        wants("r3", 3, "academia"),
        wants("r4", 4, "academia"),
        wants("r5", 5, "civil_society"),
    ]
    spent_ms = {"government": 200_000, "academia": 100_000, "civil_society": 0}

    # academia then stands at 220 000, civil society at 120 000: the government's 200 000 are next.
    assert arrange(listed, "balanced", spent_ms, 120_000) == ("r5", "r3", "r1", "r4", "r2")


def test_within_a_group_balanced_lets_new_voices_go_first() -> None:
    listed = [wants("r1", 1, new=False), wants("r2", 2), wants("r3", 3, "academia", new=False)]

    assert arrange(listed, "balanced", {}, 120_000) == ("r2", "r3", "r1")


def test_groups_heard_equally_are_called_by_time_of_asking() -> None:
    listed = [wants("r1", 1, "academia"), wants("r2", 2, "government"), wants("r3", 3, "civil_society")]

    assert arrange(listed, "balanced", {"government": 5, "academia": 5, "civil_society": 5}, 1) == ("r1", "r2", "r3")


# --- placed by hand ---


@pytest.mark.parametrize("order", ORDERS)
def test_what_was_placed_by_hand_stays_and_the_rule_fills_the_places_around_it(order: Order) -> None:
    listed = [wants("r1", 1, new=False), wants("r9", 9, moved=True), wants("r2", 2, new=False), wants("r3", 3)]

    arranged = arrange(listed, order, {}, 120_000)

    assert arranged[1] == "r9"
    assert (
        arranged
        == {
            "as_requested": ("r1", "r9", "r2", "r3"),
            "new_voices": ("r3", "r9", "r1", "r2"),
            "balanced": ("r3", "r9", "r1", "r2"),
        }[order]
    )


def test_a_move_under_a_rule_of_order_is_counted_in_the_order_that_everybody_sees() -> None:
    """Case 49: the chair sees Bo (r3) first, as his group was not heard, and puts Di (r2) before him."""
    state = played(
        waiting(ANA, DI),
        (3_000, CHAIR, SetOrder("balanced")),
        (4_000, CHAIR, GiveFloor("r1")),
        (64_000, ANA, Withdraw("r1")),
        (65_000, BO, RequestFloor()),
    )
    assert speaking_order(state, "vision") == ("r3", "r2")

    moved = enacted(state, MoveRequest("r2", before="r3"), CHAIR, 66_000)

    assert speaking_order(moved, "vision") == ("r2", "r3")
    assert speaking_order(enacted(moved, RequestFloor(), CY, 67_000), "vision")[0] == "r2"
    joined = enacted(state, RequestFloor(), CY, 66_000)
    assert speaking_order(joined, "vision") == ("r3", "r4", "r2")
    moved = enacted(joined, MoveRequest("r4", before="r3"), CHAIR, 67_000)
    assert speaking_order(moved, "vision") == ("r4", "r3", "r2")


@pytest.mark.parametrize("order", ORDERS)
def test_points_of_order_can_be_placed_by_hand_and_a_later_one_still_comes_after_them(order: Order) -> None:
    """Case 18: the chair swaps two of them; the third does not jump ahead."""
    state = played(
        waiting(ANA),
        (2_000, CHAIR, SetOrder(order)),
        (3_000, BO, RequestFloor("point_of_order")),
        (4_000, CY, RequestFloor("point_of_order")),
        (5_000, CHAIR, MoveRequest("r3", before="r2")),
        (6_000, DI, RequestFloor("point_of_order")),
    )

    assert speaking_order(state, "vision") == ("r3", "r2", "r4", "r1")


@pytest.mark.parametrize("order", ORDERS)
def test_what_was_placed_before_a_point_of_order_stays_there_and_a_later_one_waits_behind_it(order: Order) -> None:
    state = played(
        waiting(ANA, BO),
        (2_000, CHAIR, SetOrder(order)),
        (3_000, CY, RequestFloor("point_of_order")),
        (4_000, CHAIR, MoveRequest("r2", before="r3")),
        (5_000, DI, RequestFloor("point_of_order")),
    )

    assert speaking_order(state, "vision") == ("r2", "r3", "r4", "r1")


@pytest.mark.parametrize("order", ORDERS)
def test_a_point_of_order_comes_before_what_was_placed_by_hand_before_it_was_raised(order: Order) -> None:
    state = played(
        waiting(ANA, BO),
        (2_000, CHAIR, SetOrder(order)),
        (3_000, CHAIR, MoveRequest("r2", before="r1")),
        (4_000, CY, RequestFloor("point_of_order")),
    )

    assert speaking_order(state, "vision") == ("r3", "r2", "r1")


@pytest.mark.parametrize("order", ORDERS)
def test_a_point_of_order_that_stepped_back_is_not_overtaken_by_a_later_one(order: Order) -> None:
    state = played(
        START,
        (1_000, CHAIR, SetOrder(order)),
        (2_000, ANA, RequestFloor("point_of_order")),
        (3_000, BO, RequestFloor("point_of_order")),
        (4_000, ANA, StepBack()),
        (5_000, CY, RequestFloor("point_of_order")),
    )

    assert speaking_order(state, "vision") == ("r2", "r1", "r3")


def test_stepping_back_under_a_rule_of_order_is_one_place_in_the_order_that_everybody_sees() -> None:
    state = played(waiting(ANA, DI, BO), (5_000, CHAIR, SetOrder("balanced")))
    assert speaking_order(state, "vision") == ("r1", "r3", "r2")

    stepped_back = enacted(state, StepBack(), ANA, 6_000)

    assert speaking_order(stepped_back, "vision").index("r1") == 1


def test_a_change_of_the_order_puts_all_lists_in_the_new_order_and_back() -> None:
    state = waiting(ANA, DI, BO)

    balanced = enacted(state, SetOrder("balanced"), CHAIR, 5_000)
    back = enacted(balanced, SetOrder("as_requested"), CHAIR, 6_000)

    assert speaking_order(balanced, "vision") == ("r1", "r3", "r2")
    assert speaking_order(back, "vision") == ("r1", "r2", "r3")


# --- by property ---


@st.composite
def lists(draw: st.DrawFn) -> list[Waiting]:
    size = draw(st.integers(0, 12))
    turns = draw(st.permutations(range(1, size + 1)))
    return [
        Waiting(
            Request(
                f"r{turn}",
                f"p{turn}",
                "vision",
                draw(st.sampled_from(get_args(Kind))),
                turn,
                turn,
                overtaken=draw(st.integers(0, 6)),
                moved=draw(st.integers(0, 3)) == 0,
            ),
            draw(st.sampled_from(GROUPS)),
            draw(st.booleans()),
        )
        for turn in turns
    ]


spent = st.dictionaries(st.sampled_from(GROUPS), st.integers(0, 900_000))


@settings(deadline=None, max_examples=150)
@given(lists(), st.sampled_from(ORDERS), spent)
def test_every_order_is_a_rearrangement_that_keeps_what_was_placed_by_hand(
    listed: list[Waiting], order: Order, spent_ms: dict[str, int]
) -> None:
    arranged = arrange(listed, order, spent_ms, 120_000)

    assert sorted(arranged) == sorted(one.request.id for one in listed)
    by_hand = [place for place, one in enumerate(listed) if one.request.moved]
    assert [arranged[place] for place in by_hand] == [listed[place].request.id for place in by_hand]
    points = [one.request for one in listed if one.request.is_point_of_order and not one.request.moved]
    around = [request for place, request in enumerate(arranged) if place not in by_hand]
    assert around[: len(points)] == [point.id for point in sorted(points, key=lambda one: one.turn)]


@settings(deadline=None, max_examples=100)
@given(st.data(), lists(), st.sampled_from(ORDERS), spent)
def test_the_order_is_determined_by_who_waits_and_not_by_how_the_list_was_kept(
    data: st.DataObject, listed: list[Waiting], order: Order, spent_ms: dict[str, int]
) -> None:
    """Case 20. Those placed by hand apart, whose place in the list is what they were given."""
    free = [one for one in listed if not one.request.moved]
    shuffled = data.draw(st.permutations(free))

    arranged = arrange(free, order, spent_ms, 120_000)

    assert arrange(shuffled, order, spent_ms, 120_000) == arranged
    by_id = {one.request.id: one for one in free}
    assert arrange([by_id[one] for one in arranged], order, spent_ms, 120_000) == arranged


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(ORDERS), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=20, max_size=60))
def test_nobody_is_overtaken_more_than_five_times(order: Order, rounds: list[tuple[int, int]]) -> None:
    """Twelve wait; each who has spoken asks again at once or later, so that the list never runs dry."""
    groups = ["government"] * 7 + ["civil_society"] * 2 + ["academia"] * 2 + ["private_sector"]
    listed = {f"r{turn}": wants(f"r{turn}", turn, group) for turn, group in enumerate(groups, start=1)}
    overtaken = dict.fromkeys(listed, 0)
    spent_ms = dict.fromkeys(GROUPS, 0)
    turn = len(groups)
    for who, length in rounds:
        called = listed.pop(arrange(list(listed.values()), order, spent_ms, 120_000)[0])
        spent_ms[called.group] += length * 60_000
        for request, one in listed.items():
            if one.request.turn < called.request.turn:
                overtaken[request] += 1
                listed[request] = replace(one, request=replace(one.request, overtaken=overtaken[request]))
        turn += 1
        new = who >= 5
        group = called.group if not new else GROUPS[who % 4]
        listed[f"r{turn}"] = wants(f"r{turn}", turn, group, new=new)
        overtaken[f"r{turn}"] = 0

    assert max(overtaken.values()) <= MOST_OVERTAKEN == 5


HALL = [Actor("attendee", f"g{seat}") for seat in range(12)]
FULL_HALL = played(
    START,
    *(
        (0, Actor("attendee"), Join(one.id, one.id, "", "government" if seat < 8 else GROUPS[seat % 4]))
        for seat, one in enumerate(HALL)
    ),
    *((0, one, RequestFloor()) for one in HALL),
)
"""Twelve wait, eight of them of one group."""


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(ORDERS), st.lists(st.integers(0, 11), min_size=20, max_size=60))
def test_nobody_starves_in_a_session_whose_chair_always_calls_the_next(order: Order, newcomers: list[int]) -> None:
    """The same through commands: newcomers ask, those who have spoken ask again, and the next one is called."""
    state = enacted(FULL_HALL, SetOrder(order), CHAIR, 0)
    overtaken = dict.fromkeys(state.requests, 0)
    for round_, newcomer in enumerate(newcomers):
        now_ms = round_ * 60_000
        stranger = Actor("attendee", f"n{round_}")
        join = Join(stranger.id, stranger.id, "", GROUPS[newcomer % 4])
        state = played(state, (now_ms, Actor("attendee"), join), (now_ms, stranger, RequestFloor()))
        after = state.floor.request if state.floor else None
        given = decide(state, GiveFloor(after=after), CHAIR, now_ms)[-1]
        assert isinstance(given, FloorGiven)
        turn = state.requests[given.request].turn
        state = enacted(state, GiveFloor(after=after), CHAIR, now_ms)
        for request in state.topics["vision"].waiting:
            overtaken[request] = overtaken.get(request, 0) + (state.requests[request].turn < turn)
        if after is not None and newcomer < 8:
            spoke = Actor("attendee", state.requests[after].participant)
            state = enacted(state, RequestFloor(), spoke, now_ms)

    waits = state.topics["vision"].waiting
    assert {one: state.requests[one].overtaken for one in waits} == {one: overtaken.get(one, 0) for one in waits}
    assert max(overtaken.values()) <= MOST_OVERTAKEN


def test_who_is_passed_over_has_no_claim_from_having_been_overtaken() -> None:
    state = played(waiting(ANA, BO, CY), (5_000, CHAIR, GiveFloor("r3")), (6_000, CHAIR, PassOver("r1")))

    assert (state.requests["r1"].overtaken, state.requests["r2"].overtaken) == (0, 1)
