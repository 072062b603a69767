"""The secretariat's console: notes saved as they are typed, several people at once, from the keyboard alone."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.browser.consoles import Desk, all_added, desk
from tests.browser.director import added, given, topic_open
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

BOTH_KEPT = "Both texts are kept: yours is this note."


async def two_note_takers(stage: Stage, *names: str) -> tuple[Desk, Desk]:
    """On the first of these, who has the floor; the others wait."""
    director = await topic_open(stage)
    await all_added(director, *names)
    await given(director)
    mika, jo = await desk(stage), await desk(stage, "Jo")
    await expect(mika.note_on(names[0])).to_be_focused()
    await expect(jo.note_on(names[0])).to_be_focused()
    return mika, jo


async def test_nothing_on_the_secretariats_console_moves_the_floor(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza", "Bo Lind")
    mika = await desk(stage)
    await expect(mika.page.locator(".top-role")).to_have_text("Secretariat · Mika")
    await expect(mika.page.locator(".now-topic")).to_have_text("The WSIS vision")
    await expect(mika.page.locator(".now-next")).to_have_text("Next: Ana Souza, Kyoto Forum, Academia")
    await mika.lists("Ana Souza", "Bo Lind")
    await expect(mika.primary).to_have_count(0)
    before, seq = director.state, director.seq
    await mika.press("ArrowDown", *"gespxlrumkcy+-.,", "Delete", "Shift+Delete", "Alt+ArrowDown", "Control+z")
    await mika.press("Enter", "Space", "Escape")
    await mika.page.wait_for_timeout(300)
    assert (director.state, director.seq) == (before, seq)
    await mika.press("?")
    await mika.see("note on who speaks or spoke last", "in a note: save it and begin the next")
    await mika.not_see("give the floor to the chosen")


async def test_two_note_takers_on_one_intervention_see_each_other_write(stage: Stage) -> None:
    mika, jo = await two_note_takers(stage, "Ana Souza", "Bo Lind")
    director = await stage.director()
    await mika.types("Community networks")
    await jo.reads_notes("Ana Souza", "Community networks")  # nobody pressed anything
    await expect(jo.said("Ana Souza").locator(".note-by").first).to_have_text("Mika")

    await given(director)  # the floor moves on while they write
    await expect(mika.said("Bo Lind")).to_be_visible()
    await mika.types(" need spectrum")
    await jo.types("@ Paris accord")
    await mika.press("Enter")
    await mika.types('! Ask for a "fund"')
    for one in (mika, jo):
        await one.reads_notes("Ana Souza", "Community networks need spectrum", "Paris accord", 'Ask for a "fund"')
        await expect(one.said("Ana Souza").locator(".note .note-kind:visible")).to_have_text(
            ["Note", "Reference", "Key point"]
        )
        await expect(one.notes("Bo Lind")).to_have_count(0)
    await expect(mika.saved).to_have_text("All saved")


async def test_of_two_who_change_one_note_at_the_same_moment_both_keep_their_text(stage: Stage) -> None:
    mika, jo = await two_note_takers(stage, "Ana Souza")
    await mika.types("Spectrum")
    await jo.reads_notes("Ana Souza", "Spectrum")
    await jo.notes("Ana Souza").focus()
    await jo.press("End")
    await asyncio.gather(mika.types(" from Mika"), jo.types(" from Jo"))
    for one in (mika, jo):
        await expect(one.notes("Ana Souza")).to_have_count(2)
        await expect(one.said("Ana Souza").locator("[data-unsaved]")).to_have_count(0)
        assert {await note.input_value() for note in await one.notes("Ana Souza").all()} == {
            "Spectrum from Mika",
            "Spectrum from Jo",
        }
    told = [await one.page.get_by_text(BOTH_KEPT).filter(visible=True).count() for one in (mika, jo)]
    assert sorted(told) == [0, 1], "told to whom it concerns"

    await asyncio.gather(mika.types(", on"), jo.types(", on"))  # the caret is where it was, each in their own
    for one in (mika, jo):
        await expect(one.said("Ana Souza").locator("[data-unsaved]")).to_have_count(0)
        await one.until(
            '[..."12"].every((_, at) => document.querySelectorAll(".said .note-text")[at].value.endsWith(", on"))'
        )


async def test_an_echo_never_touches_what_is_typed_and_others_changes_come_in_place(stage: Stage) -> None:
    mika, jo = await two_note_takers(stage, "Ana Souza")
    await mika.types("  Two   spaces ")
    await jo.reads_notes("Ana Souza", "Two spaces")
    field = mika.notes("Ana Souza")
    await expect(field).to_have_value("  Two   spaces ")
    await mika.press("Home", "ArrowRight", "ArrowRight")
    await mika.types("All ")
    await jo.reads_notes("Ana Souza", "All Two spaces")
    assert await field.evaluate("(one) => one.selectionStart") == 6
    await mika.press("Escape")
    await expect(field).to_have_value("All Two spaces")

    await jo.notes("Ana Souza").focus()
    await jo.press("End")
    await jo.types(" and more")
    await mika.reads_notes("Ana Souza", "All Two spaces and more")
    await jo.press("Alt+3")
    await expect(mika.said("Ana Souza").locator(".note-kind").first).to_have_text("Quote")
    await jo.notes("Ana Souza").fill("")
    await jo.press("Escape")
    await mika.reads_notes("Ana Souza")


async def test_what_the_chair_said_tags_and_corrections_by_keyboard_alone(stage: Stage) -> None:
    mika, jo = await two_note_takers(stage, "Anna Suza", "Bo Lind")
    director, room = await stage.director(), await stage.room()
    await mika.press("F2")
    await expect(mika.dialog("Put details right")).to_be_visible()
    await mika.types("Ana Souza")
    await mika.press("Enter")
    await mika.is_closed("Put details right")
    for one in (mika, jo):
        await expect(one.speaker).to_have_text("Ana Souza")
        await expect(one.said("Ana Souza")).to_be_visible()
    await expect(room.name).to_have_text("Ana Souza")

    await mika.note_on("Ana Souza").focus()
    await mika.press("Escape", "v")
    await expect(mika.chairs_words("Topic 1")).to_be_focused()
    await mika.types("How far have we come?")
    await mika.press("Escape", "t")
    await mika.types("connectivity")
    await mika.press("Enter")
    chip = jo.page.locator(".tag", has_text="connectivity")
    await expect(chip).to_be_visible()
    await expect(jo.page.locator(".topic-chair .note-text").first).to_have_value("How far have we come?")
    assert [note["topic"] for note in director.state["notes"].values()] == ["vision"]

    toggles = jo.said("Ana Souza").get_by_role("button", name="Tags", exact=True)
    await toggles.press("Enter")
    await jo.said("Ana Souza").get_by_role("button", name="connectivity").press("Space")
    await expect(mika.said("Ana Souza").get_by_role("button", name="connectivity", pressed=True)).to_be_visible()
    await expect(chip).to_contain_text("1")
    await mika.page.get_by_role("button", name="Remove the tag connectivity").press("Enter")
    await mika.confirms("Remove the tag “connectivity”?")
    await expect(chip).to_have_count(0)

    await given(director)
    await expect(mika.said("Bo Lind")).to_be_visible()
    await mika.note_on("Ana Souza").focus()
    await mika.press("Alt+ArrowUp")
    await expect(mika.note_on("Bo Lind")).to_be_focused()
    await mika.press("Alt+ArrowDown")
    await expect(mika.note_on("Ana Souza")).to_be_focused()
    await mika.press("Control+Enter")
    await expect(mika.note_on("Bo Lind")).to_be_focused()

    await mika.press("Escape")  # the next key is meant for the page: whoever speaks next, it is not typed into a note
    await added(director, "Cy Ito")
    await given(director)
    await expect(mika.said("Cy Ito")).to_be_visible()
    await mika.press("x")
    assert await mika.page.evaluate("document.activeElement === document.body")
    assert await mika.note_on("Cy Ito").input_value() == ""


async def test_while_an_input_method_composes_enter_chooses_a_word_and_saves_nothing(stage: Stage) -> None:
    mika, jo = await two_note_takers(stage, "田中 由紀子")
    keys = await mika.page.context.new_cdp_session(mika.page)
    enter = {"type": "keyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
    await keys.send("Input.imeSetComposition", {"text": "きょうと", "selectionStart": 4, "selectionEnd": 4})
    await keys.send("Input.dispatchKeyEvent", enter)
    await keys.send("Input.imeSetComposition", {"text": "京都", "selectionStart": 2, "selectionEnd": 2})
    await jo.reads_notes("田中 由紀子", "京都")
    await expect(mika.notes("田中 由紀子")).to_be_focused()
    await keys.send("Input.insertText", {"text": "京都"})
    await mika.press("Enter")
    await expect(mika.note_on("田中 由紀子")).to_be_focused()
    await keys.send("Input.insertText", {"text": "！\u3000要点です"})
    await jo.reads_notes("田中 由紀子", "京都", "要点です")
    await expect(jo.said("田中 由紀子").locator(".note-kind").nth(1)).to_have_text("Key point")
