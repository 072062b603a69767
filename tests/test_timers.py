"""The timers, by the same table of cases that the browser's `timers.js` must pass, and by property."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.floor.timers import (
    Timer,
    clock_text,
    extended,
    phase,
    remaining_ms,
    spent_ms,
    started,
    stopped,
)

CASES = json.loads(Path(__file__).with_name("timer_cases.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["clock_text"], ids=lambda case: str(case["left_ms"]))
def test_clock_text_rounds_time_left_up_and_overtime_down(case: dict[str, object]) -> None:
    assert clock_text(case["left_ms"]) == case["text"]  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES["timers"], ids=lambda case: case["name"])
def test_a_timer_is_arithmetic_on_now(case: dict) -> None:  # type: ignore[type-arg]
    wire = case["timer"]
    timer = Timer(wire["allotted_ms"], spent_ms=wire["spent_ms"], since_ms=wire.get("since"))

    shown = (spent_ms(timer, case["now"]), remaining_ms(timer, case["now"]), phase(timer, case["now"]))

    assert shown == (case["spent_ms"], case["remaining_ms"], case["phase"])


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), max_size=50))
def test_no_error_adds_up_over_fifty_pauses(spans: list[tuple[int, int]]) -> None:
    timer, now_ms = Timer(120_000), 0
    for running_ms, pause_ms in spans:
        timer = stopped(started(timer, now_ms), now_ms + running_ms)
        now_ms += running_ms + pause_ms

    assert spent_ms(timer, now_ms) == sum(running_ms for running_ms, _ in spans)


@given(st.integers(-(10**6), 10**6), st.booleans(), st.integers(0, 10**6))
def test_added_time_changes_what_is_left_by_exactly_that_much(by_ms: int, runs: bool, now_ms: int) -> None:
    timer = Timer(120_000, spent_ms=7, since_ms=0 if runs else None)

    assert remaining_ms(extended(timer, by_ms), now_ms) - remaining_ms(timer, now_ms) == by_ms


def test_starting_a_running_timer_and_stopping_a_standing_one_change_nothing() -> None:
    running, standing = Timer(1_000, since_ms=5), Timer(1_000, spent_ms=3)

    assert started(running, 99) is running
    assert stopped(standing, 99) is standing
