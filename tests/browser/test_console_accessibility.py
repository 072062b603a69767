"""axe-core finds nothing on any console, in any of its dialogs, by light and in the dark; nothing is cut off."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import ALL, COLOURS, violations
from tests.browser.consoles import all_added, console
from tests.browser.director import given, topic_open
from tests.browser.screens import Screen
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

LETTERS = ("k", "c", "i", "j", "h", "a", "t", "m", "?", "Shift+Delete")
"""The keys that open a dialog."""


async def clean(screen: Screen, state: str) -> None:
    found = await violations(screen.page, ALL)
    await screen.page.emulate_media(color_scheme="dark")
    found += [f"in the dark: {one}" for one in await violations(screen.page, COLOURS)]
    await screen.page.emulate_media(color_scheme="light")
    assert found == [], state


async def test_the_dialogs(stage: Stage) -> None:
    director = await topic_open(stage)
    await stage.attendee("Chi Nakamura")
    await all_added(director, *(f"Speaker {number}" for number in range(14)), where="online")
    await given(director)
    await director.command("close_list")
    await director.command("undo")
    chair = await stage.console()
    for letter in LETTERS:
        await chair.press(letter)
        await expect(chair.page.locator("dialog[open]"), letter).to_have_count(1)
        if letter in "cj":
            await chair.page.keyboard.type("chi")
            await expect(chair.page.locator("dialog[open] [aria-selected=true]")).to_have_count(1)
        await clean(chair, letter)
        await chair.press("Escape")
        await expect(chair.page.locator("dialog[open]")).to_have_count(0)


async def test_what_is_new_on_the_console(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza", where="online")
    await all_added(director, *(f"Speaker {number}" for number in range(14)))
    await given(director)
    await director.command("adjust_topic", by_ms=-21 * 60_000)
    chair = await stage.console()
    await expect(chair.open_topic).to_contain_text("last 5 minutes")
    await clean(chair, "over, with offers")
    await director.command("end_intervention", request=director.state["floor"]["request"])
    await chair.see("Ana Souza spoke for")
    await director.command("undo")
    await director.command("adjust_topic", by_ms=-4 * 60_000 + 1_000)
    await expect(chair.open_topic).to_contain_text("over time")
    await clean(chair, "over time")


@pytest.mark.parametrize("size", [(1366, 768), (1366, 660), (1024, 768), (683, 384)])
async def test_nothing_sticks_out_with_twelve_waiting(stage: Stage, size: tuple[int, int]) -> None:
    """683 by 384 is a laptop at 200 % zoom: there the page may scroll, but only down."""
    director = await topic_open(stage)
    await all_added(director, *(f"Speaker with a Name {number}" for number in range(13)), where="online")
    await given(director)
    chair = await console(stage, "co_moderator", "Amara Okafor", size=size)
    await expect(chair.rows).to_have_count(12)
    over = await chair.overflow()
    assert over["x"] <= 0
    small = size[0] < 900
    assert small or over["y"] <= 0
    cut = await chair.page.evaluate(
        """() => [...document.querySelectorAll("#speakers, #floor, #next, #list, .list-mend, .floor-acts")]
          .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
          .map((one) => one.id || one.className)"""
    )
    assert small or cut == []
