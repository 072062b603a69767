"""More than one hand: a co-moderator, the secretariat with its notes, and keys that are taken back."""

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


async def test_nothing_on_the_secretariats_console_moves_the_floor(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza", "Bo Lind")
    secretariat = await desk(stage)
    await expect(secretariat.page.locator(".top-role")).to_have_text("Secretariat · Mika")
    await secretariat.see("The chair moves the floor.")
    await expect(secretariat.primary).to_be_hidden()
    buttons = await secretariat.page.locator("button:visible").all_inner_texts()
    assert [" ".join(text.split()) for text in buttons if text.strip()] == [
        *["Opening", "Topic 1 The WSIS vision"],
        *["Topic 2 Trends and emerging technologies", "Topic 3 International cooperation and governance", "Closing"],
        *["Note N", "Add a speaker A", "Acts H", "Keys ?"],
    ]
    before, seq = director.state, director.seq
    await secretariat.press("ArrowDown", *"gespxlrumkcy+-.,", "Delete", "Shift+Delete", "Alt+ArrowDown", "Control+z")
    await secretariat.press("Enter", "Space", "Escape")
    await secretariat.page.wait_for_timeout(300)
    assert (director.state, director.seq) == (before, seq)
    await secretariat.press("?")
    await secretariat.see("write a note on who speaks or spoke last")
    await secretariat.not_see("give the floor to the chosen")


async def test_the_secretariat_writes_notes_beside_each_other(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza", "Bo Lind")
    await given(director)
    mika, jo = await desk(stage), await desk(stage, "Jo")
    await mika.press("n")
    await expect(mika.note_on("Ana Souza")).to_be_focused()
    await mika.page.keyboard.type("Community networks")
    await given(director)  # the floor moves on while they write
    await expect(jo.note_on("Bo Lind")).to_be_visible()
    await expect(mika.note_on("Ana Souza")).to_be_focused()
    await mika.page.keyboard.type(" need spectrum")
    await mika.press("Enter")
    await jo.note_on("Ana Souza").focus()
    await jo.page.keyboard.type("Asked for a fund")
    await jo.press("Enter")
    for one in (mika, jo):
        notes = one.page.locator(".said-one", has_text="Ana Souza").locator(".note")
        await expect(notes.nth(0)).to_contain_text("Mika")
        await expect(notes.nth(0)).to_contain_text("Community networks need spectrum")
        await expect(notes.nth(1)).to_contain_text("Asked for a fund")
    await expect(mika.note_on("Ana Souza")).to_have_value("")


async def test_a_note_outlives_a_broken_line_and_a_reload(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza")
    await given(director)
    line = await stage.line()
    mika = await desk(stage, via=line)
    mika.network_may_fail = True
    line.cut()
    await expect(mika.not_live).to_be_visible()
    await mika.note_on("Ana Souza").focus()
    await mika.page.keyboard.type("Said while offline")
    await mika.press("Enter")
    await mika.see("Kept on this laptop, on its way…")
    await mika.page.keyboard.type("and half a sent")
    line.heal()
    await director.until(lambda seen: len(seen.state["notes"]) == 1)
    await mika.not_see("Kept on this laptop, on its way…")
    await expect(mika.note_on("Ana Souza")).to_have_value("and half a sent")

    await mika.page.reload()
    await expect(mika.note_on("Ana Souza")).to_have_value("and half a sent")
    await expect(mika.page.locator(".note")).to_have_count(1)


async def test_the_secretariat_adds_a_speaker_and_puts_names_right(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Anna Suza")
    await given(director)
    mika = await desk(stage)
    await mika.press("i")
    await mika.page.keyboard.type("Ana Souza")
    await mika.press("Enter")
    await expect(mika.speaker).to_have_text("Ana Souza")

    await mika.press("a")
    await mika.page.keyboard.type("Bo Lind")
    await mika.press("Tab")
    await mika.page.keyboard.type("Open Data Forum")
    await mika.press("Tab", "Space", "Enter")
    await mika.lists("Bo Lind")


async def test_a_key_taken_back_closes_its_console_within_a_second_and_for_good(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza")
    await given(director)
    mika, chair = await desk(stage), await stage.console()
    mika.network_may_fail = True
    await mika.note_on("Ana Souza").focus()
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
