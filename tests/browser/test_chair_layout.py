"""The console at arm's length on a podium laptop: all in one view, one next action, and a key for everything else."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from app.client import Client
from tests.browser.director import added, topic_open
from tests.browser.screens import Console
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG = "Jean-Baptiste Emmanuel Rakotomalala-Andriamanantena"
LONGER = "Organisation intergouvernementale de la Francophonie numérique et audiovisuelle"
GROUPS = ("government", "civil_society", "private_sector", "academia", "technical_community", "intergovernmental")
TWELVE = 12

LIST_SCROLLS = """() => {
  const list = document.getElementById("speakers");
  return list.scrollHeight > list.clientHeight + 1;
}"""
BUTTONS_OUT_OF_REACH = """() => [...document.querySelectorAll("#console > :not(dialog) button")]
  .filter((button) => button.checkVisibility() && !button.closest("#speakers"))
  .filter((button) => {
    button.scrollIntoView({ block: "nearest" });
    const { left, top, right, bottom } = button.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return left < 0 || top < 0 || right > innerWidth || bottom > innerHeight
      || !button.contains(document.elementFromPoint(x, y));
  })
  .map((button) => button.outerHTML)"""
SHORTCUTS = """() => [...document.querySelectorAll("[aria-keyshortcuts]")]
  .flatMap((node) => node.getAttribute("aria-keyshortcuts").split(" "))"""


async def twelve_waiting(stage: Stage) -> Client:
    """And a thirteenth who has the floor; some with long names."""
    director = await topic_open(stage)
    for number in range(TWELVE + 1):
        long = number % 3 == 0
        await added(
            director,
            f"{LONG} {number}" if long else f"Speaker {number}",
            organisation=LONGER if long else "Kyoto Forum",
            group=GROUPS[number % len(GROUPS)],
            where="online" if number % 4 == 1 else "room",
            summary="What twenty years of data say, and what they leave out. " * (number % 4),
        )
    await director.command("give_floor", after=None)
    await director.until(lambda seen: "floor" in seen.state and len(seen.state["list"]) == TWELVE)
    return director


async def in_one_view(chair: Console) -> None:
    overflow = await chair.overflow()
    assert (overflow["x"], overflow["y"]) <= (0, 0)
    assert overflow["y"] <= 0
    await expect(chair.primary).to_be_in_viewport(ratio=1)


async def test_twelve_waiting_are_in_one_view_on_a_podium_laptop(stage: Stage) -> None:
    director = await twelve_waiting(stage)
    chair = await stage.console(size=(1366, 768))
    await expect(chair.rows).to_have_count(TWELVE)
    await in_one_view(chair)
    assert not await chair.page.evaluate(LIST_SCROLLS)
    for row in await chair.rows.all():
        await expect(row).to_be_in_viewport(ratio=1)
    before = await chair.primary.bounding_box()

    await chair.press("ArrowDown", "ArrowDown", "ArrowDown")
    await expect(chair.chosen).to_contain_text(LONG)
    await in_one_view(chair)
    await added(director, "Amina Diallo", kind="point_of_order")
    await director.command("announce", text="Please speak slowly, for the interpreters. " * 5)
    await director.command("adjust_intervention", by_ms=-119_000)
    await expect(chair.notice).to_contain_text("Please speak slowly")
    await chair.see("over time")
    await in_one_view(chair)
    await chair.press("Escape")
    await director.command("give_floor", after=director.state["floor"]["request"])
    await chair.reads("End the point of order of Amina Diallo")
    await chair.see("Interrupted")
    await in_one_view(chair)
    await director.command("pause_session")
    await chair.reads("Resume the session")
    await in_one_view(chair)
    assert await chair.primary.bounding_box() == before  # always in the same place


async def test_smaller_windows_are_usable(stage: Stage) -> None:
    await twelve_waiting(stage)
    chair = await stage.console()
    await expect(chair.rows).to_have_count(TWELVE)
    await chair.press("ArrowDown")
    for width, height in ((1024, 768), (1280, 640)):
        await chair.page.set_viewport_size({"width": width, "height": height})
        assert (await chair.overflow())["x"] <= 0
        for part in (chair.primary, chair.digits, chair.rows.first):
            await expect(part).to_be_in_viewport(ratio=1)
        assert await chair.page.evaluate(BUTTONS_OUT_OF_REACH) == []
        await chair.press("Escape", "ArrowUp")
        await expect(chair.chosen).to_be_in_viewport(ratio=1)  # the list scrolls to who is chosen


async def test_every_secondary_act_is_under_one_key_and_the_page_of_keys_lists_them_all(stage: Stage) -> None:
    director = await topic_open(stage)
    for name in ("Ana", "Bo", "Chi", "Dan"):
        await added(director, name, group="government" if name == "Chi" else "academia")
    await director.command("give_floor", after=None)
    chair = await stage.console()
    await chair.reads("Give the floor to Bo")

    await chair.press("?")
    keys = chair.dialog("Keys")
    listed = await keys.locator("kbd").all_inner_texts()
    names = {"ArrowUp": "↑", "ArrowDown": "↓", "Delete": "Del", "-": "−"}
    for shortcut in await chair.page.evaluate(SHORTCUTS):
        parts = [names.get(part, part) for part in shortcut.split("+") if part] or ["+"]
        shown = " ".join(parts)
        assert shown in listed or (shortcut.startswith("Control") and "U" in listed), shortcut
    await chair.escapes("Keys")

    await every_key_does_its_act(chair, director)


async def every_key_does_its_act(chair: Console, director: Client) -> None:
    floor_ms, topic_ms = 120_000, 25 * 60_000
    for key, by_ms in (("+", 30_000), ("-", -30_000)):
        floor_ms += by_ms
        await chair.press(key)
        await director.until(lambda seen, wanted=floor_ms: seen.state["floor"]["timer"]["allotted_ms"] == wanted)  # type: ignore[misc]
    for key, by_ms in ((".", 60_000), (",", -60_000)):
        topic_ms += by_ms
        await chair.press(key)
        await director.until(
            lambda seen, wanted=topic_ms: seen.state["topics"]["vision"]["timer"]["allotted_ms"] == wanted  # type: ignore[misc]
        )
    for wanted in ("closed", "open"):
        await chair.press("l")
        await director.until(lambda seen, wanted=wanted: seen.state["topics"]["vision"]["list"] == wanted)  # type: ignore[misc]
        await expect(chair.list_standing).to_have_text(wanted)
    for wanted, name in (("new_voices", "New voices"), ("balanced", "Balanced")):
        await chair.press("r")
        await director.until(lambda seen, wanted=wanted: seen.state["session"]["order"] == wanted)  # type: ignore[misc]
        await expect(chair.page.get_by_role("button", pressed=True)).to_have_text(name)
    await expect(chair.undo).to_contain_text("Balanced between groups")
    await chair.press("u")
    await director.until(lambda seen: seen.state["session"]["order"] == "new_voices")
    await expect(chair.undo).to_contain_text("New voices first")
    await expect(chair.undo).not_to_have_attribute("aria-disabled", "true")
    await chair.press("u")
    await expect(chair.undo).to_contain_text("list opened")
    await expect(chair.undo).not_to_have_attribute("aria-disabled", "true")
    assert director.state["session"]["order"] == "as_requested"
    for wanted, label in (("paused", "Resume the session"), ("running", "Give the floor to Bo")):
        await chair.press("p")
        await director.until(lambda seen, wanted=wanted: seen.state["session"]["status"] == wanted)  # type: ignore[misc]
        await chair.reads(label)

    for key, title in (
        ("t", "Speaking time"),
        ("a", "Add a speaker"),
        ("m", "Message on all screens"),
        ("h", "What was done, newest first"),
        ("n", "Open Topic 2"),
        ("x", "Close the session"),
    ):
        await chair.press(key)
        await chair.escapes(title)

    await chair.press("w")
    await expect(chair.voice).to_contain_text("Ana, Kyoto Forum, Academia has the floor.")
    dark = await chair.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    await chair.press("d")
    assert await chair.page.evaluate("() => getComputedStyle(document.body).backgroundColor") != dark
    await chair.press("d")

    await chair.press("s")  # whoever is suggested: here the first in the list
    await expect(chair.chosen).to_contain_text("Bo")
    await chair.press("ArrowDown", "ArrowDown")
    await expect(chair.chosen).to_contain_text("Dan")
    await chair.reads("Give the floor to Dan")
    await chair.press("g")
    await expect(chair.speaker).to_have_text("Dan")
    await chair.reads("Give the floor to Bo")
    await chair.press("o")
    await expect(chair.speaker).not_to_have_text("Dan")
    await chair.lists("Bo", "Chi", "Dan")
    await chair.press("ArrowDown", "Delete")
    await chair.lists("Chi", "Dan")
    await chair.does("Give the floor to Chi")
    await expect(chair.speaker).to_have_text("Chi")
    await chair.reads("Give the floor to Dan")
    await chair.press("e")
    await chair.see("Chi spoke for")


async def test_a_speaker_is_added_and_the_speaking_time_is_set_without_a_mouse(stage: Stage) -> None:
    director = await topic_open(stage)
    chair = await stage.console()

    await chair.press("a")
    await expect(chair.dialog("Add a speaker")).to_be_visible()
    await chair.page.keyboard.type("Sofía Marín")
    await chair.press("Tab")
    await chair.page.keyboard.type("Chile")
    await chair.press("Tab", "Space", "Enter")
    await chair.is_closed("Add a speaker")
    await chair.see("Sofía Marín is on the list.")
    await chair.reads("Give the floor to Sofía Marín, Chile, Government")

    await chair.press("t")
    free = chair.dialog("Speaking time").get_by_label("Other")
    await free.focus()
    await chair.page.keyboard.type("soon")
    await chair.press("Enter")
    await chair.see("Please give minutes and seconds, like 1:45.")
    await free.fill("1:45")
    await chair.press("Enter")
    await chair.is_closed("Speaking time")
    await director.until(lambda seen: seen.state["session"]["speaking_time_ms"] == 105_000)
    await chair.see("1:45")

    await chair.press("m")
    await chair.page.keyboard.type("Two minutes each, please")
    await chair.press("Enter")
    await chair.is_closed("Message on all screens")
    await chair.see("On all screens: “Two minutes each, please”")
    await chair.press("m")
    await chair.page.get_by_role("button", name="Take it down").click()
    await expect(chair.notice).to_be_hidden()


async def test_the_next_action_is_there_as_long_as_the_session_has_one(stage: Stage) -> None:
    director, chair = await asyncio.gather(stage.director(), stage.console())

    async def next_is(label: str) -> None:
        await expect(chair.label).to_have_text(re.compile(label))
        await expect(chair.primary).to_be_in_viewport(ratio=1)
        await expect(chair.primary).to_be_enabled()

    await next_is("^Start the session$")
    await director.command("start_session")
    await next_is("^Open Topic 1: The WSIS vision$")
    await director.command("open_topic", topic="vision")
    await next_is("^Open Topic 2: ")
    await added(director, "Ana")
    await added(director, "Bo", where="online")
    await next_is("^Give the floor to Ana, Kyoto Forum, Academia$")
    await director.command("give_floor", after=None)
    await next_is("^Give the floor to Bo, ")
    await chair.see("Online: unmute. Ends the intervention of Ana.")
    await director.until(lambda seen: "floor" in seen.state)
    await added(director, "Chi", kind="point_of_order")
    await next_is("^Point of order: give the floor to Chi, ")
    await chair.see("Pauses the intervention of Ana.")
    await director.command("give_floor", after=director.state["floor"]["request"])
    await next_is("^End the point of order of Chi, ")
    await chair.see("Ana goes on,")
    await director.command("pause_session")
    await next_is("^Resume the session$")
    await director.command("resume_session")
    await next_is("^End the point of order of Chi, ")
    await director.command("open_topic", topic="closing")
    await next_is("^Close the session$")
    await chair.see("1 still waits and will be on record as not heard.")
    await director.command("end_session")
    await expect(chair.primary).to_be_hidden()
    await chair.see("The session is closed. The record is kept; nothing is left to do here.")
    await director.command("undo")
    await next_is("^Close the session$")
