"""The floor as it is: who is in the room and who online, who is away, who was overtaken, what was moved by hand."""

import pytest
from playwright.async_api import expect

from tests.browser.consoles import all_added
from tests.browser.director import given, topic_open
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_speaker_online_is_marked_so_that_somebody_unmutes_them(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza", where="online")
    await all_added(director, "Bo Lind")
    chair = await stage.console()
    await expect(chair.rows.nth(0)).to_contain_text("Online")
    await expect(chair.rows.nth(1)).not_to_contain_text("Online")
    await chair.reads("Give the floor to Ana Souza")
    await expect(chair.primary).to_contain_text("Online: unmute.")
    await chair.press("Enter")
    await expect(chair.page.locator(".floor-label")).to_have_text("Has the floor · Online: unmute")
    await chair.does("Give the floor to Bo Lind")
    await expect(chair.page.locator(".floor-label")).to_have_text("Has the floor · In the room")


async def test_a_phone_that_has_gone_is_marked_away_and_keeps_its_place(stage: Stage) -> None:
    await topic_open(stage)
    ana, bo = await stage.attendee("Ana Souza"), await stage.attendee("Bo Lind")
    for phone in (ana, bo):
        await phone.command("request_floor", kind="intervention")
    chair = await stage.console()
    await expect(chair.rows).to_have_count(2)
    await ana.close()
    await expect(chair.rows.nth(0).locator("[data-mark=away]")).to_have_text("phone gone")
    await chair.lists("Ana Souza", "Bo Lind")
    await expect(chair.rows.nth(1).locator("[data-mark=away]")).to_have_count(0)


async def test_what_was_moved_by_hand_and_who_was_overtaken_is_shown(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza", "Bo Lind", "Chi Nakamura")
    chair = await stage.console()
    await chair.press("ArrowUp", "Alt+ArrowUp")
    await chair.lists("Ana Souza", "Chi Nakamura", "Bo Lind")
    await expect(chair.rows.nth(1).locator("[data-mark=moved]")).to_contain_text("moved by hand")
    await chair.press("Escape", "ArrowDown", "ArrowDown")
    await chair.does("Give the floor to Chi Nakamura")
    await expect(chair.speaker).to_have_text("Chi Nakamura")
    await expect(chair.rows.nth(0).locator("[data-mark=overtaken]")).to_contain_text("overtaken once")


async def test_one_interrupted_and_the_point_of_order_stand_side_by_side(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza", where="online")
    await given(director)
    await all_added(director, "Bo Lind", kind="point_of_order")
    await given(director)
    chair = await stage.console()
    await expect(chair.page.locator(".floor-label")).to_have_text("Point of order · In the room")
    await expect(chair.page.locator(".floor-rest")).to_contain_text("Ana Souza (Online)")
    await chair.reads("End the point of order of Bo Lind")
