"""static/clock.js knows the server's time, whatever the network and the device's own clock do. So do the screens."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.async_api import Page, expect

from tests.browser.director import topic_open
from tests.browser.screens import Phone, Room, is_right
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

SERVER = 1_696_905_000_000
"""The server's time when the page's monotonic clock stood at zero."""
EIGHT_MINUTES, AN_HOUR = 480_000, 3_600_000

PLAY = """async (runs) => {
  const { Clock } = await import("/static/clock.js");
  return runs.map((steps) => {
    let [monotonic, wall] = [0, 0];
    const clock = new Clock({ monotonic: () => monotonic, wall: () => wall });
    const heard = [];
    for (const [name, ...values] of steps) {
      if (name === "at") [monotonic, wall] = values;
      else if (name === "now") heard.push(clock.now() ?? null);
      else if (name === "jumped") heard.push(clock.jumped());
      else clock[name](...values);
    }
    return heard;
  });
}"""
"""Plays each run on a clock of its own: `at` sets the device's two clocks, `now` and `jumped` are written down."""

Steps = Sequence[Sequence[Any]]


async def play(page: Page, *steps: Sequence[Any]) -> list[Any]:
    heard: list[list[Any]] = await page.evaluate(PLAY, [list(steps)])
    return heard[0]


async def test_no_time_is_known_before_the_first_message(module_page: Page) -> None:
    assert await play(module_page, ["now"], ["hint", SERVER, 0], ["now"]) == [None, SERVER]


async def test_the_sample_with_the_smallest_round_trip_wins(module_page: Page) -> None:
    heard = await play(
        module_page,
        ["at", 1_000, 0],
        ["sample", 600, SERVER + 950, 1_000],  # 400 ms, most of it on the way there: 150 ms ahead
        ["now"],
        ["at", 2_000, 0],
        ["sample", 1_980, SERVER + 1_990, 2_000],  # 20 ms: exact
        ["now"],
        ["at", 3_000, 0],
        ["sample", 2_700, SERVER + 2_720, 3_000],  # 300 ms, most of it on the way back
        ["now"],
    )

    assert heard == [SERVER + 1_150, SERVER + 2_000, SERVER + 3_000]


@pytest.mark.parametrize("ahead_ms", [14 * 60_000, -14 * 60_000, 0])
async def test_the_offset_is_signed(module_page: Page, ahead_ms: int) -> None:
    here = AN_HOUR
    heard = await play(module_page, ["at", here, 0], ["sample", here - 10, here - ahead_ms - 5, here], ["now"])

    assert heard == [here - ahead_ms]


async def test_a_late_message_moves_nothing(module_page: Page) -> None:
    heard = await play(
        module_page,
        ["at", 1_000, 0],
        ["sample", 980, SERVER + 990, 1_000],
        ["at", 9_000, 0],
        ["hint", SERVER + 4_000, 9_000],  # five seconds on its way
        ["now"],
        ["hint", SERVER + 9_000, 9_000],
        ["now"],
    )

    assert heard == [SERVER + 9_000, SERVER + 9_000]


async def test_a_stepped_wall_clock_is_noticed_and_moves_nothing(module_page: Page) -> None:
    heard = await play(
        module_page,
        ["at", 1_000, 1_000],
        ["sample", 980, SERVER + 990, 1_000],
        ["jumped"],
        ["at", 2_000, 2_000 + AN_HOUR],
        ["jumped"],
        ["now"],
        ["at", 3_000, 3_000 + AN_HOUR],
        ["jumped"],
        ["now"],
    )

    assert heard == [False, True, SERVER + 2_000, False, SERVER + 3_000]


@pytest.mark.parametrize("monotonic_sleeps", [True, False])
async def test_after_eight_minutes_of_sleep_the_first_message_puts_it_right(
    module_page: Page, monotonic_sleeps: bool
) -> None:
    awake = 2_000 if monotonic_sleeps else 2_000 + EIGHT_MINUTES
    now = SERVER + 2_000 + EIGHT_MINUTES
    steps = [["at", 1_000, 1_000], ["sample", 980, SERVER + 990, 1_000], ["at", awake, 2_000 + EIGHT_MINUTES]]
    sample, hint = ["sample", awake - 200, now - 100, awake], ["hint", now, awake]

    assert await play(module_page, *steps, ["jumped"], sample, ["now"]) == [monotonic_sleeps, now]
    assert await play(module_page, *steps, sample, ["now"]) == [pytest.approx(now, abs=60)]
    assert await play(module_page, *steps, hint, ["now"]) == [now]


def networks(count: int) -> list[list[tuple[int, int]]]:
    """Ways there and back, in milliseconds."""
    found: list[list[tuple[int, int]]] = []
    ways = st.integers(0, 5_000)

    @settings(max_examples=count, database=None, deadline=None)
    @given(st.lists(st.tuples(ways, ways), min_size=1, max_size=8))
    def collect(network: list[tuple[int, int]]) -> None:
        found.append(network)

    collect()
    return found


async def test_it_is_never_wrong_by_more_than_half_the_smallest_round_trip(module_page: Page) -> None:
    runs, bounds = [], []
    for network in networks(80):
        at, smallest, steps, bound = 0, 10**9, [], []
        for there, back in network:
            received = at + there + back
            steps += [["at", received, received], ["sample", at, SERVER + at + there, received], ["now"]]
            smallest = min(smallest, there + back)
            bound.append((SERVER + received, smallest / 2 + 0.5 + received * 1e-4))
            at = received + 50
        runs.append(steps)
        bounds.append(bound)

    for heard, bound in zip(await module_page.evaluate(PLAY, runs), bounds, strict=True):
        for now, (true, most) in zip(heard, bound, strict=True):
            assert abs(now - true) <= most


async def test_neither_a_wrong_clock_nor_a_stepped_one_nor_a_sleep_moves_what_is_shown(stage: Stage) -> None:
    director, ana = await topic_open(stage), await stage.attendee("Ana Souza")
    await ana.command("request_floor", kind="intervention")
    await director.command("give_floor", after=None)
    await director.until(lambda seen: "floor" in seen.state)
    phone = await stage.phone("Bo Lind", clock=timedelta(minutes=14))
    room = await stage.room(clock=timedelta(hours=-9))
    digits = {phone: phone.page.locator("#now-digits"), room: room.digits}

    async def right(screen: Phone | Room) -> None:
        await expect(screen.not_live).to_be_hidden()
        await expect(digits[screen]).not_to_be_empty()
        text = await digits[screen].inner_text()
        assert is_right(text, director.state["floor"]["timer"], director.now_ms()), text

    for screen in (phone, room):
        await right(screen)
        await screen.page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=3))
        await expect(digits[screen]).not_to_have_text(await digits[screen].inner_text())  # it goes on
        await right(screen)
        await screen.page.clock.fast_forward(EIGHT_MINUTES)
        await right(screen)
