"""A short session through three topics, as one chair, three phones and the room display see it."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.browser.screens import Console, Phone, Room
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_chair_three_phones_and_the_room_play_a_session_through_three_topics(stage: Stage) -> None:
    chair, room, ana, bo, chi = await asyncio.gather(
        stage.console(), stage.room(), stage.phone(), stage.phone(), stage.phone()
    )

    await everybody_joins_before_the_start(room, ana, bo, chi)
    await the_session_opens(chair, room, ana)
    await three_request_the_floor(chair, room, ana, bo, chi)
    await the_first_speaks_and_says_when_done(chair, room, ana, bo)
    await the_second_is_called_and_not_there(chair, room, bo, chi)
    await the_chair_puts_the_last_first(chair, bo, chi)
    await a_message_stands_on_all_screens(chair, room, ana)
    await the_list_closes(chair, room, ana, bo)
    await all_clocks_stand_still(chair, room, chi)
    await a_slip_is_taken_back(chair, room, bo)
    await the_second_topic_has_its_own_list(chair, room, bo, chi)
    await the_chair_ends_an_intervention(chair, room, chi)
    await the_session_ends(chair, room, ana, bo)


async def everybody_joins_before_the_start(room: Room, ana: Phone, bo: Phone, chi: Phone) -> None:
    await ana.join("Ana Souza", "Brazil", "Government")
    await bo.join("Bo Lind", "Open Data Forum", "Civil society", "online")
    await chi.join("Chi Nakamura", "Kyoto University", "Academia")

    await expect(ana.word).to_have_text("The session has not started yet")
    await expect(ana.request).to_be_hidden()
    await expect(room.headline).to_have_text("Starting soon")
    await expect(room.steps).to_have_count(3)


async def the_session_opens(chair: Console, room: Room, ana: Phone) -> None:
    await chair.see("3 have joined · 3 screens connected")
    await chair.does("Start the session")
    await expect(room.headline).to_have_text("Opening")
    await expect(ana.word).to_have_text("The list of speakers is closed")
    await ana.see("You can request the floor as soon as the first topic opens.")
    await expect(chair.open_topic).to_contain_text("Opening")

    await chair.does("Open Topic 1: The WSIS vision")
    await expect(room.topic).to_have_text("The WSIS vision")
    await room.see("Topic 1 of 3", "25 min left")
    await expect(room.question).to_contain_text("people-centred")
    await expect(room.headline).to_have_text("The floor is open")
    await expect(room.list_state).to_have_text("List open")
    await expect(ana.page.get_by_role("heading", level=1)).to_have_text("The WSIS vision")


async def three_request_the_floor(chair: Console, room: Room, ana: Phone, bo: Phone, chi: Phone) -> None:
    for phone in (ana, bo, chi):
        await phone.ask()
    await expect(ana.place).to_have_text("You are next")
    await expect(bo.place).to_have_text("2nd in the list")
    await expect(chi.place).to_have_text("3rd in the list")
    await chi.see("2 people before you, about 3–5 minutes")
    await expect(chi.request).to_be_hidden()
    await expect(room.waiting).to_have_text("3 waiting")
    await expect(room.next).to_have_text(
        ["1Ana SouzaBrazil", "2Bo LindOpen Data Forum", "3Chi NakamuraKyoto University"]
    )
    await expect(room.headline).to_have_text("The chair will give the floor")
    await chair.lists("Ana Souza", "Bo Lind", "Chi Nakamura")


async def the_first_speaks_and_says_when_done(chair: Console, room: Room, ana: Phone, bo: Phone) -> None:
    await chair.does("Give the floor to Ana Souza, Brazil, Government")
    await expect(ana.floor_title).to_have_text("You have the floor")
    await expect(ana.digits).to_have_text(re.compile(r"^(2:00|1:5\d)$"))
    await expect(ana.floor_words).to_have_text("left of 2:00")
    await expect(room.kicker).to_have_text("Has the floor")
    await expect(room.name).to_have_text("Ana Souza")
    await expect(room.from_).to_have_text("Brazil Government")
    await expect(room.digits).to_have_text(re.compile(r"^(2:00|1:5\d)$"))
    await expect(bo.place).to_have_text("You are next")
    await bo.see("Please be ready, in about 1–2 minutes.")
    await expect(chair.speaker).to_have_text("Ana Souza")
    await chair.lists("Bo Lind", "Chi Nakamura")

    await ana.has_finished.click()
    await ana.answers("I have finished")
    await expect(ana.floor_title).to_be_hidden()
    await expect(ana.ended).to_have_text(re.compile(r"^You spoke for 0:\d\d\. Thank you\.$"))
    await expect(ana.request).to_have_text("Request the floor again")
    await expect(room.last).to_have_text(re.compile(r"^Ana Souza spoke for 0:\d\d$"))
    await chair.see("Ana Souza spoke for")


async def the_second_is_called_and_not_there(chair: Console, room: Room, bo: Phone, chi: Phone) -> None:
    await chair.does("Give the floor to Bo Lind, Open Data Forum, Civil society")
    await expect(bo.floor_title).to_have_text("You have the floor")
    await chair.reads("Give the floor to Chi Nakamura")
    await chair.press("o")
    await expect(bo.floor_title).to_be_hidden()
    await expect(bo.place).to_have_text("2nd in the list")
    await bo.see("You were called but not found. You are now at the end of the list; the next time counts.")
    await expect(chi.place).to_have_text("You are next")
    await expect(room.headline).to_have_text("The chair will give the floor")
    await chair.lists("Chi Nakamura", "Bo Lind")


async def the_chair_puts_the_last_first(chair: Console, bo: Phone, chi: Phone) -> None:
    await chair.press("ArrowDown", "ArrowDown")
    await expect(chair.chosen).to_contain_text("Bo Lind")
    await chair.press("Alt+ArrowUp")
    await chair.lists("Bo Lind", "Chi Nakamura")
    await expect(bo.place).to_have_text("You are next")
    await expect(chi.place).to_have_text("2nd in the list")
    await chair.press("Escape")
    await expect(chair.chosen).to_have_count(0)


async def a_message_stands_on_all_screens(chair: Console, room: Room, ana: Phone) -> None:
    await chair.press("m")
    await expect(chair.dialog("Message on all screens")).to_be_visible()
    await chair.page.keyboard.type("Please speak slowly")
    await chair.press("Enter")
    await chair.is_closed("Message on all screens")
    await expect(room.notice).to_have_text("Please speak slowly")
    await ana.see("Please speak slowly")
    await expect(chair.notice).to_contain_text("Please speak slowly")


async def the_list_closes(chair: Console, room: Room, ana: Phone, bo: Phone) -> None:
    await chair.press("l")
    await expect(chair.list_standing).to_have_text("closed")
    await expect(room.list_state).to_have_text("List closed")
    await expect(ana.word).to_have_text("The list of speakers is closed")
    await ana.see("No new requests for this topic.")
    await expect(ana.request).to_be_hidden()
    await bo.see("The list is closed. You keep your place.")
    await expect(bo.withdraw).to_be_visible()


async def all_clocks_stand_still(chair: Console, room: Room, chi: Phone) -> None:
    await chair.press("p")
    await expect(room.headline).to_have_text("The session is paused")
    await expect(chi.word).to_have_text("The session is paused")
    await chi.see("You keep your place in the list.")
    await chair.does("Resume the session")
    await expect(chi.word).to_be_hidden()
    await expect(room.headline).to_have_text("The chair will give the floor")


async def a_slip_is_taken_back(chair: Console, room: Room, bo: Phone) -> None:
    await chair.does("Give the floor to Bo Lind")
    await expect(bo.floor_title).to_have_text("You have the floor")
    await expect(chair.undo).to_have_text(re.compile("Undo: floor given to Bo Lind"))
    await chair.reads("Give the floor to Chi Nakamura")
    await chair.press("Control+z")
    await expect(bo.floor_title).to_be_hidden()
    await expect(bo.place).to_have_text("You are next")
    await expect(room.name).to_be_hidden()
    await chair.lists("Bo Lind", "Chi Nakamura")


async def the_second_topic_has_its_own_list(chair: Console, room: Room, bo: Phone, chi: Phone) -> None:
    await chair.press("n")
    await chair.confirms("Open Topic 2: Trends and emerging technologies")
    await expect(room.topic).to_have_text("Trends and emerging technologies")
    await room.see("Topic 2 of 3")
    await expect(room.list_state).to_have_text("List open")
    await chair.lists()
    await bo.see("Your request on “The WSIS vision” waits with its topic.")
    await expect(bo.request).to_be_visible()
    await chi.ask()
    await expect(chi.place).to_have_text("You are next")


async def the_chair_ends_an_intervention(chair: Console, room: Room, chi: Phone) -> None:
    await chair.does("Give the floor to Chi Nakamura")
    await expect(room.name).to_have_text("Chi Nakamura")
    await chair.reads("End the intervention of Chi Nakamura")
    await chair.press("e")
    await expect(chi.ended).to_have_text(re.compile("^You spoke for"))
    await expect(chi.request).to_have_text("Request the floor again")
    await expect(room.last).to_contain_text("Chi Nakamura spoke for")


async def the_session_ends(chair: Console, room: Room, ana: Phone, bo: Phone) -> None:
    await chair.does("Open Topic 3: International cooperation and governance")
    await expect(room.topic).to_have_text("International cooperation and governance")
    await chair.does("Open Closing")
    await expect(room.headline).to_have_text("Closing")
    await ana.see("Thank you for taking part.")
    await chair.does("Close the session")
    await chair.confirms("Close the session")
    await expect(room.headline).to_have_text("Thank you")
    await expect(ana.word).to_have_text("The session has ended")
    await expect(bo.request).to_be_hidden()
    await expect(chair.primary).to_be_hidden()
    await chair.see("The session is closed", "2 were not heard")
