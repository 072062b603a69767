"""static/timers.js keeps to the same cases as floor/timers.py."""

import json
from pathlib import Path

import pytest
from playwright.async_api import Page

pytestmark = pytest.mark.asyncio(loop_scope="session")

CASES = json.loads((Path(__file__).parents[1] / "timer_cases.json").read_text("utf-8"))


async def test_a_timer_in_the_browser_is_the_same_arithmetic_on_now(module_page: Page) -> None:
    shown = await module_page.evaluate(
        """async (cases) => {
          const { spentMs, remainingMs, phase } = await import("/static/timers.js");
          return cases.map(({ timer, now }) => [spentMs(timer, now), remainingMs(timer, now), phase(timer, now)]);
        }""",
        CASES["timers"],
    )

    for case, seen in zip(CASES["timers"], shown, strict=True):
        assert seen == [case["spent_ms"], case["remaining_ms"], case["phase"]], case["name"]


async def test_clock_text_in_the_browser_rounds_time_left_up_and_overtime_down(module_page: Page) -> None:
    shown = await module_page.evaluate(
        """async (cases) => {
          const { clockText } = await import("/static/timers.js");
          return cases.map(({ left_ms }) => clockText(left_ms));
        }""",
        CASES["clock_text"],
    )

    assert shown == [case["text"] for case in CASES["clock_text"]]


async def test_the_bar_is_made_of_the_same_values_as_the_digits(module_page: Page) -> None:
    shares = await module_page.evaluate(
        """async (cases) => {
          const { usedShare } = await import("/static/timers.js");
          return cases.map(({ timer, now }) => usedShare(timer, now));
        }""",
        CASES["timers"],
    )

    for case, share in zip(CASES["timers"], shares, strict=True):
        allotted_ms = case["timer"]["allotted_ms"]
        wanted = min(1, max(0, case["spent_ms"] / allotted_ms)) if allotted_ms > 0 else 1
        assert share == pytest.approx(wanted), case["name"]
