"""Nothing that the secretariat types is lost: no line, a page loaded again, a killed server, a record published."""

import asyncio
import signal

import pytest
from playwright.async_api import expect

from tests.browser.consoles import Desk, all_added, desk
from tests.browser.director import given, topic_open
from tests.browser.line import Line
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

KEPT_HERE = "1 not saved yet, kept here"


async def two_note_takers(stage: Stage) -> tuple[Desk, Desk, Line]:
    """Ana has the floor; Mika's line may break."""
    director = await topic_open(stage)
    await all_added(director, "Ana Souza", "Bo Lind")
    await given(director)
    line = await stage.line()
    mika, jo = await desk(stage, via=line), await desk(stage, "Jo")
    for one in (mika, jo):
        one.network_may_fail = True
        await expect(one.note_on("Ana Souza")).to_be_focused()
    return mika, jo, line


async def test_what_is_typed_without_a_line_is_saved_when_it_is_back(stage: Stage) -> None:
    mika, jo, line = await two_note_takers(stage)
    await mika.types("Said")
    await jo.reads_notes("Ana Souza", "Said")
    line.cut()
    await expect(mika.not_live).to_be_visible()
    await mika.types(" while offline")
    await expect(mika.saved).to_have_text(KEPT_HERE)
    await mika.press("Enter")
    await mika.types("and half a sent")
    await expect(mika.saved).to_have_text("2 not saved yet, kept here")
    line.heal()
    await jo.reads_notes("Ana Souza", "Said while offline", "and half a sent")
    await expect(mika.saved).to_have_text("All saved")

    line.cut()
    await expect(mika.not_live).to_be_visible()
    await mika.types("ence")
    line.heal()
    await mika.page.reload()  # in the middle of typing
    await jo.reads_notes("Ana Souza", "Said while offline", "and half a sentence")
    await mika.reads_notes("Ana Souza", "Said while offline", "and half a sentence")


async def test_a_page_loaded_again_sends_what_the_server_does_not_have_and_nothing_twice(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza")
    await given(director)
    line = await stage.line()
    mika = await desk(stage, via=line)
    mika.network_may_fail = True
    line.hold(up=False)  # what it sends arrives; no answer does
    await mika.types("Arrived, and never answered")
    await director.until(lambda seen: len(seen.state["notes"]) == 1)
    await mika.types(", and went on")
    line.cut()
    line.heal()
    await mika.page.reload()
    await mika.reads_notes("Ana Souza", "Arrived, and never answered, and went on")
    assert [note["text"] for note in director.state["notes"].values()] == ["Arrived, and never answered, and went on"]


async def test_a_server_killed_while_two_type_loses_nothing_of_either(stage: Stage) -> None:
    mika, jo, _ = await two_note_takers(stage)
    await asyncio.gather(mika.types("Spectrum for "), jo.types("A fund for "))
    await asyncio.to_thread(stage.server.end, signal.SIGKILL)
    await asyncio.gather(mika.types("communities"), jo.types("small operators"))
    await mika.press("Enter")
    await mika.types("Both in writing")
    await expect(mika.saved).to_have_attribute("data-tone", "late")
    await stage.start()
    for one in (mika, jo):
        await expect(one.notes("Ana Souza")).to_have_count(3)
        await expect(one.saved).to_have_text("All saved")
        assert {await note.input_value() for note in await one.notes("Ana Souza").all()} == {
            "Spectrum for communities",
            "A fund for small operators",
            "Both in writing",
        }


async def test_a_note_that_was_changed_or_removed_meanwhile_keeps_what_was_typed(stage: Stage) -> None:
    mika, jo, line = await two_note_takers(stage)
    await mika.types("Spectrum")
    await jo.reads_notes("Ana Souza", "Spectrum")
    line.cut()
    await expect(mika.not_live).to_be_visible()
    await mika.types(" for communities")
    await jo.notes("Ana Souza").fill("Spectrum, later")
    await jo.reads_notes("Ana Souza", "Spectrum, later")
    line.heal()
    for one in (jo, mika):
        await one.reads_notes("Ana Souza", "Spectrum, later", "Spectrum for communities")

    line.cut()
    await expect(mika.not_live).to_be_visible()
    await mika.types(", soon")
    await jo.notes("Ana Souza").nth(1).fill("")
    await jo.press("Escape")
    await jo.reads_notes("Ana Souza", "Spectrum, later")
    line.heal()
    await mika.see("Somebody removed this note meanwhile. Your text is kept here.")
    await expect(mika.notes("Ana Souza").nth(1)).to_have_value("Spectrum for communities, soon")
    await mika.page.get_by_role("button", name="Keep as a new note").click()
    for one in (jo, mika):
        await one.reads_notes("Ana Souza", "Spectrum, later", "Spectrum for communities, soon")


async def test_notes_on_what_was_taken_back_stay_and_find_another_place(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, "Ana Souza")
    await given(director)
    mika = await desk(stage)
    await mika.types("Spectrum")
    await mika.reads_notes("Ana Souza", "Spectrum")
    await director.command("undo")
    await expect(mika.said("Ana Souza").locator(".said-when")).to_have_text("waits")
    await mika.reads_notes("Ana Souza", "Spectrum")
    await director.command("remove_request", request="r1")
    stray = mika.page.get_by_role("region", name="Notes on what was taken back")
    await expect(stray).to_contain_text("Spectrum")
    await stray.get_by_role("button", name="Move to Topic 1").click()
    await expect(stray).to_be_hidden()
    await expect(mika.page.locator(".topic-chair .note-text").first).to_have_value("Spectrum")
    await expect(mika.saved).to_have_text("All saved")
    assert [(note["text"], note.get("topic")) for note in director.state["notes"].values()] == [("Spectrum", "vision")]


async def test_a_published_record_is_read_only_until_it_is_taken_back(stage: Stage) -> None:
    mika, jo, line = await two_note_takers(stage)
    director = await stage.director()
    await mika.types("Spectrum")
    await jo.reads_notes("Ana Souza", "Spectrum")
    await director.command("end_session")
    await jo.see("It is a draft: only consoles can read it.", "Who was not heard")
    await jo.lists("Bo Lind")
    line.cut()
    await expect(mika.not_live).to_be_visible()
    await mika.types(", later")
    await jo.page.get_by_role("button", name="Publish the record").click()
    await jo.confirms("Publish the record?")
    line.heal()
    for one in (mika, jo):
        await one.see("The record is published and stays as it is.")
        await expect(one.notes("Ana Souza")).to_have_attribute("readonly", "")
        await expect(one.note_on("Ana Souza")).to_have_count(0)
    await expect(mika.notes("Ana Souza")).to_have_value("Spectrum, later")
    await expect(mika.saved).to_have_text(KEPT_HERE)
    await expect(jo.notes("Ana Souza")).to_have_value("Spectrum")
    assert await jo.page.locator(".record-links a").evaluate_all("(all) => all.map((a) => a.pathname)") == [
        "/record",
        "/replay",
    ]
    await jo.page.locator("#published").get_by_role("button", name="Take it back to a draft").click()
    await jo.confirms("Take the record back to a draft?")
    for one in (mika, jo):
        await one.reads_notes("Ana Souza", "Spectrum, later")
        await expect(one.note_on("Ana Souza")).to_be_editable()
