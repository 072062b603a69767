"""Who people are, put right; anyone called; an abusive name gone from every screen. All from the keyboard."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.consoles import all_added
from tests.browser.director import given, topic_open
from tests.browser.screens import Console
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def renamed(chair: Console, name: str) -> None:
    dialog = chair.dialog("Put details right")
    await expect(dialog).to_be_visible()
    await chair.page.keyboard.type(name)
    await chair.press("Enter")
    await expect(dialog).to_be_hidden()


async def test_the_chosen_one_the_speaker_and_the_last_speaker_are_put_right(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Anna Suza", "Bo Lindt")
    chair, room = await stage.console(), await stage.room()
    await chair.press("ArrowDown", "ArrowDown", "i")
    await renamed(chair, "Bo Lind")
    await chair.lists("Anna Suza", "Bo Lind")
    await chair.press("Escape")

    await chair.does("Give the floor to Anna Suza")
    await expect(chair.speaker).to_have_text("Anna Suza")
    await chair.press("i")
    await renamed(chair, "Ana Souza")
    await expect(chair.speaker).to_have_text("Ana Souza")
    await expect(room.name).to_have_text("Ana Souza")

    await chair.reads("Give the floor to Bo Lind")
    await chair.press("e")
    await chair.see("Ana Souza spoke for")
    await chair.press("i")
    await renamed(chair, "Ana C. Souza")
    await expect(room.last).to_contain_text("Ana C. Souza spoke for")
    await expect(chair.undo).to_contain_text("details of Ana C. Souza put right")
    await expect(chair.undo).not_to_have_attribute("aria-disabled", "true")
    await chair.until("!document.activeElement.closest('dialog')")
    await chair.press("u")
    await expect(room.last).to_contain_text("Ana Souza spoke for")


async def test_a_group_and_a_place_are_put_right(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza")
    chair = await stage.console()
    await chair.press("ArrowDown", "i", "Tab", "Tab")
    await expect(chair.page.locator("#person [name=group]:focus")).to_have_value("academia")
    await chair.press("ArrowRight", "Tab", "ArrowRight", "Enter")
    await chair.reads("Give the floor to Ana Souza, Kyoto Forum, Technical community")
    await expect(chair.rows.first).to_contain_text("Online")
    await chair.see("Online: unmute.")


async def test_two_who_are_one_are_merged_and_it_is_said_before(stage: Stage) -> None:
    director = await topic_open(stage)
    twice, ana = await stage.attendee("Ana S"), await stage.attendee("Ana Souza", organisation="Brazil")
    for phone in (ana, twice):
        await phone.command("request_floor", kind="intervention")
    chair = await stage.console()
    await chair.press("ArrowDown", "ArrowDown", "j")
    dialog = chair.dialog("Joined twice: make one of two")
    await chair.page.keyboard.type("brazil")
    await expect(dialog.get_by_role("option", selected=True)).to_contain_text("Ana Souza Brazil")
    await expect(dialog.locator(".merge-note")).to_contain_text(
        "What Ana S, Kyoto Forum, Academia asked and said becomes that of Ana Souza, Brazil, Academia."
    )
    await chair.press("Enter")
    await expect(dialog).to_be_hidden()
    await chair.lists("Ana Souza")
    await expect(chair.undo).to_contain_text("Undo: two entries merged into Ana Souza")
    assert len(director.state["requests"]) == 1


async def test_a_name_is_hidden_after_a_question_and_comes_back_by_undo(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "A Rude Name", "Bo Lind")
    chair, room, phone = await stage.console(), await stage.room(), await stage.phone("Chi Nakamura")
    await chair.does("Give the floor to A Rude Name")
    await expect(room.name).to_have_text("A Rude Name")
    await phone.see("A Rude Name")

    await chair.press("Shift+Delete")
    await chair.confirms("Hide the name “A Rude Name”?")
    await expect(room.name).to_be_hidden()
    for screen in (chair, room, phone):
        await screen.not_see("A Rude Name")
    await expect(room.last).to_have_text(re.compile(r"^A participant spoke for 0:\d\d$"))
    await chair.see("A participant spoke for")
    await expect(chair.undo).to_contain_text("Undo: a name hidden everywhere")

    await chair.press("u")
    await expect(room.name).to_have_text("A Rude Name")
    await expect(chair.speaker).to_have_text("A Rude Name")


async def test_anyone_who_has_joined_is_called_by_part_of_their_name(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza")
    await given(director)
    for name in ("Bo Lind", "Chi Nakamura"):
        await stage.attendee(name)
    chair = await stage.console()
    await chair.press("c")
    dialog = chair.dialog("Call someone")
    await chair.press("Enter")
    await expect(dialog.get_by_role("alert")).to_have_text("Please choose somebody from the list.")
    await chair.page.keyboard.type("naka")
    await expect(dialog.locator(".call-note")).to_have_text(
        "Gives the floor to Chi Nakamura, Kyoto Forum, Academia, now. Ends the intervention of Ana Souza."
    )
    await chair.press("Enter")
    await expect(dialog).to_be_hidden()
    await expect(chair.speaker).to_have_text("Chi Nakamura")


async def test_a_right_of_reply_is_given_to_anyone(stage: Stage) -> None:
    await topic_open(stage)
    await stage.attendee("Bo Lind")
    chair, room = await stage.console(), await stage.room()
    await chair.press("c")
    await chair.page.keyboard.type("bo")
    await expect(chair.dialog("Call someone").get_by_role("option", selected=True)).to_contain_text("Bo Lind")
    await chair.press("Tab", "ArrowRight", "Enter")
    await expect(chair.speaker).to_have_text("Bo Lind")
    await expect(room.kicker).to_have_text("Right of reply")


async def test_the_last_speaker_gets_a_follow_up_by_one_key(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza", "Bo Lind")
    chair = await stage.console()
    await chair.does("Give the floor to Ana Souza")
    await chair.reads("Give the floor to Bo Lind")
    await chair.press("e")
    await chair.see("Ana Souza spoke for")
    await chair.page.wait_for_timeout(650)  # it was read
    await chair.press("b")
    await expect(chair.speaker).to_have_text("Ana Souza")
    await chair.lists("Bo Lind")


async def test_a_point_of_order_is_put_on_the_list_by_hand_and_pauses_the_speaker(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza", "Bo Lind")
    await given(director)
    chair = await stage.console()
    await chair.press("a")
    await chair.page.keyboard.type("Chi Nakamura")
    await chair.press("Tab")
    await chair.page.keyboard.type("Japan")
    await chair.press("Tab", "Space", "Tab", "Tab", "ArrowLeft", "Enter")
    await chair.lists("Chi Nakamura", "Bo Lind")
    await chair.does("Point of order: give the floor to Chi Nakamura, Japan, Government")
    await expect(chair.speaker).to_have_text("Chi Nakamura")
    await expect(chair.page.locator(".floor-rest")).to_have_text(
        re.compile(r"^Interrupted, [12]:\d\d left: Ana Souza$")
    )
