"""What was done is taken back and done again from the keyboard; nobody takes back what they did not see."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.consoles import all_added, console
from tests.browser.director import topic_open
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_acts_are_undone_from_the_newest_backwards_and_done_again(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza", "Bo Lind")
    chair = await stage.console()
    await chair.does("Give the floor to Ana Souza")
    await expect(chair.speaker).to_have_text("Ana Souza")
    await chair.press("l")
    await expect(chair.list_standing).to_have_text("closed")

    await chair.press("h")
    acts = chair.dialog("What was done, newest first")
    rows = acts.get_by_role("listitem")
    await expect(rows.nth(0)).to_have_text(re.compile(r"^\d\d:\d\dlist closed \(Topic 1\)undone nextChair$"))
    await expect(rows.nth(1)).to_have_text(re.compile(r"^\d\d:\d\dfloor given to Ana SouzaChair$"))
    await chair.press("u")
    await expect(chair.list_standing).to_have_text("open")
    await expect(rows.nth(0)).to_have_text(re.compile(r"list closed \(Topic 1\)undoneChair$"))
    await chair.press("u")
    await expect(chair.speaker).not_to_have_text("Ana Souza")
    await chair.press("y")
    await expect(chair.speaker).to_have_text("Ana Souza")
    await chair.press("Escape")
    await expect(acts).to_be_hidden()

    await expect(chair.page.locator("#redo")).to_have_text(re.compile("^Redo: list closed"))
    await chair.press("Control+y")
    await expect(chair.list_standing).to_have_text("closed")
    await chair.press("Control+z")
    await expect(chair.list_standing).to_have_text("open")
    await chair.press("Control+Shift+z")
    await expect(chair.list_standing).to_have_text("closed")


async def test_redo_ends_with_the_next_act(stage: Stage) -> None:
    await topic_open(stage)
    chair = await stage.console()
    redo = chair.page.locator("#redo")
    await chair.press("l")
    await expect(chair.list_standing).to_have_text("closed")
    await chair.press("u")
    await expect(redo).to_be_visible()
    await chair.press(".")
    await expect(chair.undo).to_contain_text("+1:00")
    await expect(redo).to_be_hidden()
    await chair.press("y")
    await expect(chair.list_standing).to_have_text("open")


async def test_each_act_shows_whose_it_was(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza")
    chair, other = await stage.console(), await console(stage, "co_moderator", "Amara Okafor")
    await other.press("l")
    await expect(chair.list_standing).to_have_text("closed")

    await chair.press("h")
    rows = chair.dialog("What was done, newest first").get_by_role("listitem")
    await expect(rows.nth(0)).to_contain_text("Amara Okafor")
    await expect(rows.nth(1)).to_contain_text("Chair")


async def test_two_consoles_never_undo_each_others_act(stage: Stage) -> None:
    """What the first console has not seen yet, its undo does not touch."""
    director = await topic_open(stage)
    await all_added(director, "Ana Souza", "Bo Lind")
    line = await stage.line()
    chair, other = await stage.console(via=line), await console(stage, "co_moderator", "Amara Okafor")
    await chair.press("l")
    await expect(other.list_standing).to_have_text("closed")
    await chair.page.wait_for_timeout(1_300)  # the chair looks away

    line.hold(down=True, up=False)
    await other.does("Give the floor to Ana Souza")
    await expect(other.speaker).to_have_text("Ana Souza")
    await chair.press("u")
    await chair.page.wait_for_timeout(300)
    line.heal()

    await expect(chair.status).to_have_text("Somebody else acted first: nothing was done. Please look again.")
    await expect(chair.speaker).to_have_text("Ana Souza")
    await expect(chair.list_standing).to_have_text("closed")
