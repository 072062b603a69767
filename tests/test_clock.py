"""The server's clock: what is done to the wall clock after the start moves no timer."""

import time

import pytest

from app.clock import steady_clock

HOUR_MS = 3_600_000


def step_wall_clock(monkeypatch: pytest.MonkeyPatch, by_ms: int) -> None:
    """As NTP, or somebody's hand, does."""
    true_ns = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: true_ns() + by_ms * 1_000_000)
    true_s = time.time
    monkeypatch.setattr(time, "time", lambda: true_s() + by_ms / 1000)


def wall_ms() -> int:
    return time.time_ns() // 1_000_000


def test_it_begins_at_the_wall_time() -> None:
    before = wall_ms()

    now = steady_clock()()

    assert before - 1 <= now <= wall_ms() + 1


@pytest.mark.parametrize("by_ms", [HOUR_MS, -HOUR_MS, 365 * 24 * HOUR_MS])
def test_a_wall_clock_that_is_stepped_moves_it_not_at_all(monkeypatch: pytest.MonkeyPatch, by_ms: int) -> None:
    now_ms = steady_clock()
    before = now_ms()

    step_wall_clock(monkeypatch, by_ms)

    assert before <= now_ms() < before + HOUR_MS // 2


def test_it_counts_the_time_that_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    passed_ns = time.clock_gettime_ns(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic_ns()
    monkeypatch.setattr(time, "clock_gettime_ns", lambda _clock: passed_ns, raising=False)
    monkeypatch.setattr(time, "monotonic_ns", lambda: passed_ns)
    now_ms = steady_clock()
    before = now_ms()

    passed_ns += 90 * 60_000 * 1_000_000  # as in a suspended laptop, which counts on Linux

    assert now_ms() == before + 90 * 60_000


def test_after_a_start_under_a_wall_clock_set_back_it_goes_on_from_the_log() -> None:
    newest_ms = wall_ms() + HOUR_MS

    now_ms = steady_clock(not_before_ms=newest_ms)

    assert newest_ms - 1 <= now_ms() < newest_ms + HOUR_MS // 2


def test_a_log_of_the_past_does_not_hold_it_back() -> None:
    before = wall_ms()

    assert steady_clock(not_before_ms=before - HOUR_MS)() >= before - 1


def test_it_never_goes_back() -> None:
    now_ms = steady_clock()
    seen = [now_ms() for _ in range(10_000)]

    assert seen == sorted(seen)


def test_a_zero_that_was_kept_counts_for_more_than_the_wall_clock() -> None:
    passed = iter((5_000, 6_000))

    now_ms = steady_clock(zero_ms=1_000_000, wall_ms=lambda: 9_000_000, passed_ms=lambda: next(passed))

    assert now_ms() == 1_006_000


@pytest.mark.parametrize(("wall_ms", "expected"), [(2_000_000, 2_000_010), (1_000_000, 1_500_010)])
def test_its_zero_leads_to_the_wall_time_or_the_newest_instant_of_the_log(wall_ms: int, expected: int) -> None:
    passed_ms = 5_000
    now_ms = steady_clock(not_before_ms=1_500_000, wall_ms=lambda: wall_ms, passed_ms=lambda: passed_ms)

    passed_ms += 10

    assert now_ms() == expected
