"""More than one hand: a co-moderator, and keys that are taken back. The secretariat is in test_secretariat*.py."""

import asyncio
import time

import pytest
from playwright.async_api import expect

from tests.browser.consoles import all_added, console, desk, run
from tests.browser.director import given, topic_open
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHUT = "This link no longer opens the console"


async def test_a_co_moderator_has_the_chairs_console_with_their_role_shown(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza")
    other = await console(stage, "co_moderator", "Amara Okafor")
    await expect(other.page.locator(".top-role")).to_have_text("Co-moderator · Amara Okafor")
    await other.does("Give the floor to Ana Souza")
    await expect(other.speaker).to_have_text("Ana Souza")


async def test_a_key_taken_back_closes_its_console_within_a_second_and_for_good(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza")
    await given(director)
    line = await stage.line()
    mika, chair = await desk(stage, via=line), await stage.console()
    mika.network_may_fail = True
    await mika.note_on("Ana Souza").focus()
    line.hold(down=False)  # what is typed does not arrive
    await mika.page.keyboard.type("Not saved yet")
    await asyncio.to_thread(run, stage.server, "keys", "revoke", "Mika")
    revoked = time.monotonic()
    await expect(mika.page.get_by_role("heading", name=SHUT)).to_be_visible()
    assert time.monotonic() - revoked < 1.5  # a second, and what a busy machine takes to look
    await mika.see("1 note that is not saved yet is kept on this laptop")
    await expect(mika.not_live).to_be_hidden()
    await mika.page.evaluate(
        "() => { globalThis.sockets = 0; globalThis.WebSocket = class { constructor() { sockets += 1 } } }"
    )
    await mika.page.wait_for_timeout(2_000)
    await mika.page.evaluate("() => dispatchEvent(new Event('online'))")
    assert await mika.page.evaluate("() => sockets") == 0
    await expect(chair.speaker).to_have_text("Ana Souza")


async def test_a_laptop_that_slept_while_its_key_was_taken_back_is_told_too(stage: Stage) -> None:
    await topic_open(stage)
    line = await stage.line()
    other = await console(stage, "co_moderator", "Amara", via=line)
    other.network_may_fail = True
    line.cut()
    await expect(other.not_live).to_be_visible()
    await asyncio.to_thread(run, stage.server, "keys", "revoke", "Amara")
    await asyncio.sleep(1)
    line.heal()
    await expect(other.page.get_by_role("heading", name=SHUT)).to_be_visible()
