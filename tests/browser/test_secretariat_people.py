"""Hands raised online come into the same list; the page is legible, and sound to a screen reader, in every state."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.browser.consoles import all_added, console, desk, run
from tests.browser.director import given, topic_open, waiting
from tests.browser.stage import Stage
from tests.browser.test_console_accessibility import clean

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG = "Jean-Baptiste Emmanuel Rakotomalala-Andriamanantena"
LONGER = "Organisation intergouvernementale de la Francophonie numérique et audiovisuelle"
TITLE = "Add a speaker"


async def test_a_hand_raised_online_stands_in_the_list_on_every_screen_and_nobody_is_made_twice(stage: Stage) -> None:
    director = await topic_open(stage)
    mika, chair, room = await desk(stage), await stage.console(), await stage.room()
    phone = await stage.phone("Ana Souza", organisation="Brazil", group="government")
    await director.command("close_list")
    await mika.press("a")
    form = mika.dialog(TITLE)
    await mika.types("ana")
    await expect(form.get_by_role("option")).to_have_count(1)
    await mika.press("ArrowDown")
    await expect(form.locator(".add-known")).to_have_text(
        "Ana Souza, Brazil, Government has joined already: the request is made on their behalf."
    )
    await expect(form.get_by_label("Country or organisation")).to_be_disabled()
    await mika.press("Enter")
    await mika.is_closed(TITLE)
    await mika.lists("Ana Souza")
    await chair.lists("Ana Souza")
    await expect(phone.place.first).to_have_text("You are next")
    await expect(room.next).to_have_count(1)

    await mika.press("a")
    await mika.types("Ana")
    await expect(form.get_by_role("option")).to_have_count(1)
    await mika.press("ArrowDown", "Enter")
    await expect(form.get_by_role("alert")).to_have_text("They are on the list already, or have the floor.")
    await form.get_by_label("Name", exact=True).fill("Anabel Ruiz")  # somebody else after all
    await expect(form.get_by_role("option")).to_have_count(0)
    await form.get_by_label("Country or organisation").fill("Open Data Forum")
    await form.get_by_label("Civil society").check()
    await mika.press("Enter")
    await mika.is_closed(TITLE)
    await mika.lists("Ana Souza", "Anabel Ruiz")
    await waiting(director, "Ana Souza", "Anabel Ruiz")
    asked = {one["name"]: one for one in director.state["requests"].values()}
    assert [(asked[name]["where"], asked[name]["group"]) for name in ("Ana Souza", "Anabel Ruiz")] == [
        ("room", "government"),
        ("online", "civil_society"),
    ]
    assert sum(director.state["joined"].values()) == 2


async def test_what_was_typed_of_a_hand_outlives_a_page_loaded_again(stage: Stage) -> None:
    await topic_open(stage)
    mika = await desk(stage)
    await mika.press("a")
    await mika.types("Bo Lind")
    await mika.press("Tab")
    await mika.types("Open Data Forum")
    await mika.page.reload()
    await mika.is_live()
    await expect(mika.page.locator(".topic").first).to_be_visible()
    await mika.press("a")
    await expect(mika.dialog(TITLE).get_by_label("Country or organisation")).to_have_value("Open Data Forum")
    await mika.escapes(TITLE)
    await mika.press("a")
    await expect(mika.dialog(TITLE).get_by_label("Name", exact=True)).to_have_value("")


async def test_who_joined_twice_is_made_one(stage: Stage) -> None:
    director = await topic_open(stage)
    await stage.attendee("Ana Souza", organisation="Brazil")
    await all_added(director, "Ana S")
    await given(director)
    mika = await desk(stage)
    await expect(mika.note_on("Ana S")).to_be_focused()
    await mika.press("Escape", "j")
    await mika.types("brazil")
    await expect(mika.page.locator("#merge").get_by_role("option", selected=True)).to_contain_text("Ana Souza Brazil")
    await mika.press("Enter")
    await expect(mika.speaker).to_have_text("Ana Souza")
    await expect(mika.said("Ana Souza")).to_be_visible()


async def test_axe_finds_nothing_in_any_state_and_nothing_sticks_out(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, LONG, *(f"Speaker {number}" for number in range(12)), organisation=LONGER, where="online")
    await given(director)
    mika = await desk(stage)
    await mika.types("! A key point that goes on and on, " + "as they do, " * 20)
    await mika.press("Enter")
    await mika.types('" What was said')
    await mika.press("Escape", "v")
    await mika.types("From the chair")
    await mika.press("Escape", "t")
    await mika.types("connectivity")
    await mika.press("Enter")
    await mika.said(LONG).get_by_role("button", name="Tags", exact=True).click()
    await expect(mika.saved).to_have_text("All saved")
    await given(director)
    await expect(mika.said("Speaker 0")).to_be_visible()
    await clean(mika, "while somebody speaks")
    for size in ((1366, 768), (1920, 1080), (390, 844)):
        await mika.page.set_viewport_size({"width": size[0], "height": size[1]})
        over = await mika.overflow()
        assert over["x"] <= 0, size
        assert over["y"] <= 0 or size[0] < 900, size
    await clean(mika, "on a phone")
    await mika.page.set_viewport_size({"width": 1366, "height": 768})
    for key in ("?", "a"):
        await mika.press("Escape", key)
        await expect(mika.page.locator("dialog[open]")).to_have_count(1)
        await clean(mika, key)
        await mika.press("Escape")
        await expect(mika.page.locator("dialog[open]")).to_have_count(0)
    await director.command("end_session")
    await director.command("publish_record")
    await expect(mika.page.locator("#published")).to_be_visible()
    await clean(mika, "published")
    await asyncio.to_thread(run, stage.server, "keys", "revoke", "Mika")
    await expect(mika.page.locator("#shut")).to_be_visible()
    await clean(mika, "shut")


async def test_a_chair_may_look_in_and_arabic_reads_from_right_to_left(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "سلمى الحسن", organisation="المجلس العربي")
    await given(director)
    amara = await console(stage, "co_moderator", "Amara")
    await amara.page.context.add_cookies([{"name": "open_floor_language", "value": "ar", "url": stage.server.address}])
    await amara.page.goto(f"{stage.server.address}/secretariat")
    note = amara.page.get_by_role("textbox", name="ملاحظة بشأن")
    await expect(note.first).to_be_focused()
    await expect(amara.page.locator("html")).to_have_attribute("dir", "rtl")
    choices, text = await amara.page.locator(".note-kinds").first.bounding_box(), await note.first.bounding_box()
    assert choices
    assert text
    assert choices["x"] < text["x"] + 100, "what is at the end of a line is on the left"
    await amara.page.keyboard.type("! نقطة")
    await expect(amara.page.locator(".note-kind:visible").first).to_have_text("نقطة رئيسية")
    await director.until(lambda seen: [one["text"] for one in seen.state["notes"].values()] == ["نقطة"])
    assert [one["by"] for one in director.state["notes"].values()] == ["Amara"]
