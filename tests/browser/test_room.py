"""The display on the wall, seen from thirty metres: every state in large words, and nothing ever blank or cut off."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.director import added, given, topic_open
from tests.browser.screens import Room, is_right
from tests.browser.stage import KYOTO, PROJECTOR, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

SIZES = (PROJECTOR, (3840, 2160))
LONG = "Jean-Baptiste Emmanuel Rakotomalala-Andriamanantena"
LONGER = "Organisation intergouvernementale de la Francophonie numérique et audiovisuelle"
NAMES = ("Ana Souza", LONG, "田中 由紀子", "Kofi Mensah", "Ingrid Sørensen", "Маргарита Соколова", "Priya Raman")

FONT_SHARE = "(id) => parseFloat(getComputedStyle(document.getElementById(id)).fontSize) / innerHeight"
COLOURS = """() => ["digits", "words", "wall", "clock"].map((id) => {
  const { color, backgroundColor } = getComputedStyle(document.getElementById(id));
  return `${color} on ${backgroundColor}`;
}).join()"""
FITTED = """(() => {
  const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.getElementById("scene");
  const page = document.documentElement;
  return scrollHeight <= clientHeight && scrollWidth <= clientWidth
    && page.scrollWidth <= innerWidth && page.scrollHeight <= innerHeight;
})()"""
WATCH_BLANKS = """() => {
  globalThis.blanks = [];
  globalThis.scenes = new Set();
  const look = () => {
    const shown = [...document.querySelectorAll("#speaker, #words-scene")].filter((one) => one.checkVisibility());
    const [scene] = shown;
    const says = scene?.querySelector("#name, #headline").textContent ?? "";
    const pale = scene && Number(getComputedStyle(scene).opacity) < 0.25;
    const digits = scene?.id === "speaker" && document.getElementById("digits").textContent === "";
    const head = document.getElementById("topic-title").textContent === "";
    const blank = shown.length !== 1 || says === "" || pale || digits || head;
    if (blank) blanks.push([shown.length, says, pale, digits, head]);
    scenes.add(says);
  };
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(look).observe(document, all);
  const frame = () => { look(); requestAnimationFrame(frame); };
  frame();
}"""
WATCH_WORDS = """() => {
  globalThis.wordsShown = [];
  const words = document.getElementById("words");
  const watch = new MutationObserver(() => wordsShown.push(words.textContent));
  watch.observe(words, { subtree: true, childList: true, characterData: true });
}"""


async def readable(room: Room, *sizes: tuple[int, int]) -> None:
    """Nothing is cut off, and the countdown is large, on a wall of this size, or both."""
    for width, height in sizes or SIZES:
        await room.page.set_viewport_size({"width": width, "height": height})
        await room.until(FITTED)
        assert await room.out_of_sight() == []
        if await room.digits.is_visible():
            assert await room.page.evaluate(FONT_SHARE, "digits") >= 0.1
            assert await room.page.evaluate(FONT_SHARE, "name") >= 0.1


async def test_it_says_what_goes_on_while_nobody_speaks(browser: Browser, tmp_path: Path) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date()
    session = KYOTO.replace("date: 2023-10-10", f"date: {tomorrow}")
    async with Stage(browser, tmp_path, session) as stage:
        director, room = await asyncio.gather(stage.director(), stage.room())
        await expect(room.headline).to_have_text("Starts at 15:15")
        await expect(room.subline).to_have_text("Workshop room 6 (Room E), Kyoto, Japan")
        await expect(room.steps).to_have_text(
            ["1Scan the code, or open floor.example.org", "2Give your name and group", "3Tap “Request the floor”"]
        )
        await expect(room.page.get_by_role("img")).to_have_attribute(
            "alt", "QR code of the address https://floor.example.org"
        )
        assert await room.page.get_by_role("img").evaluate("(image) => image.complete && image.naturalWidth > 0")
        await readable(room, PROJECTOR)

        await director.command("start_session")
        await expect(room.headline).to_have_text("Opening")
        await readable(room, PROJECTOR)

        await director.command("open_topic", topic="technologies")
        await expect(room.topic).to_have_text("Trends and emerging technologies")
        await room.see("Topic 2 of 3", "25 min left", "Ask now")
        await expect(room.headline).to_have_text("The floor is open")
        await expect(room.list_state).to_have_text("List open")
        await readable(room, PROJECTOR)

        await director.command("close_list")
        await expect(room.list_state).to_have_text("List closed")
        await expect(room.headline).to_have_text("The list of speakers is closed")
        for name in NAMES:
            await added(director, name, organisation=LONGER)
        await expect(room.headline).to_have_text("The chair will give the floor")
        await expect(room.waiting).to_have_text("7 waiting")
        await expect(room.next).to_have_count(5)
        await room.see("and 2 more")
        await readable(room, PROJECTOR)

        await director.command("announce", text="Lunch is served on the second floor after the session. " * 3)
        await expect(room.notice).to_contain_text("Lunch is served")
        await expect(room.next).to_have_count(4)
        await readable(room, PROJECTOR)

        await director.command("pause_session")
        await expect(room.headline).to_have_text("The session is paused")
        await readable(room, PROJECTOR)
        await director.command("resume_session")
        await director.command("open_topic", topic="closing")
        await expect(room.headline).to_have_text("Closing")
        await readable(room, PROJECTOR)
        await director.command("end_session")
        await expect(room.headline).to_have_text("Thank you")
        await room.see("The session has ended", "Written contributions: cstd-wsis20@unctad.org")
        await expect(room.page.get_by_role("img")).to_be_hidden()
        await readable(room)


async def test_the_countdown_is_large_and_changes_colour_and_words_at_one_minute_and_at_time(stage: Stage) -> None:
    director, room = await topic_open(stage, topic="cooperation"), await stage.room()
    for name in (LONG, *NAMES):
        await added(director, name, organisation=LONGER, group="intergovernmental")
    await director.command("announce", text="Please speak slowly, for the interpreters")
    await given(director)
    await expect(room.kicker).to_have_text("Has the floor")
    await expect(room.name).to_have_text(LONG)
    await expect(room.from_).to_have_text(f"{LONGER} Intergovernmental organization")
    await expect(room.words).to_have_text("left of 2:00")
    await readable(room)
    colours = [await room.page.evaluate(COLOURS)]

    await director.command("adjust_intervention", by_ms=-63_000)
    await expect(room.words).to_have_text("Last minute")
    await readable(room)
    colours.append(await room.page.evaluate(COLOURS))

    await room.page.evaluate(WATCH_WORDS)
    timer = director.state["floor"]["timer"]
    left_ms = timer["allotted_ms"] - (director.now_ms() - timer["since"])
    await director.command("adjust_intervention", by_ms=-round(left_ms - 700))
    await expect(room.words).to_have_text("Over time")  # by itself: no message comes at zero
    await expect(room.digits).to_have_text(re.compile(r"^\+0:\d\d$"))
    assert await room.page.evaluate("() => wordsShown") == ["Time is up", "Over time"]
    await readable(room)
    colours.append(await room.page.evaluate(COLOURS))
    assert len(set(colours)) == 3

    await director.command("pause_session")
    await expect(room.words).to_have_text("The session is paused")
    await director.command("resume_session")
    await director.command("adjust_intervention", by_ms=150_000)
    await expect(room.words).to_have_text(re.compile("^left of "))
    assert await room.page.evaluate(COLOURS) == colours[0]

    await added(director, "Amina Diallo", kind="point_of_order")
    point = (await given(director))["request"]
    await expect(room.kicker).to_have_text("Point of order")
    await expect(room.name).to_have_text("Amina Diallo")
    await expect(room.interrupted).to_have_text(re.compile(f"^{LONG} goes on afterwards, [1-9]:\\d\\d left$"))
    await readable(room)
    await director.command("end_intervention", request=point)
    await expect(room.name).to_have_text(LONG)

    await director.until(lambda seen: seen.state["floor"]["request"] != point)
    await director.command("end_intervention", request=director.state["floor"]["request"])
    await expect(room.last).to_have_text(re.compile(f"^{LONG} spoke for \\d:\\d\\d$"))
    await readable(room)


async def test_nothing_is_blank_between_two_pictures(stage: Stage) -> None:
    director, room = await asyncio.gather(stage.director(), stage.room())
    await room.page.emulate_media(reduced_motion="no-preference")
    await director.command("start_session")
    await director.command("open_topic", topic="vision")
    for name in NAMES:
        await added(director, name)
    await expect(room.headline).to_have_text("The chair will give the floor")
    await room.page.evaluate(WATCH_BLANKS)

    for name in NAMES[:3]:
        await given(director)
        await expect(room.name).to_have_text(name)
    await director.command("end_intervention", request=director.state["floor"]["request"])
    await expect(room.headline).to_have_text("The chair will give the floor")
    await director.command("announce", text="One moment")
    await director.command("open_topic", topic="technologies")
    await expect(room.headline).to_have_text("The floor is open")
    await director.command("pause_session")
    await expect(room.headline).to_have_text("The session is paused")
    room.network_may_fail = True
    await asyncio.to_thread(stage.server.end)
    await expect(room.not_live).to_be_visible()
    await stage.start()
    await expect(room.not_live).to_be_hidden()

    assert await room.page.evaluate("() => blanks") == []
    assert set(await room.page.evaluate("() => [...scenes]")) >= {*NAMES[:3], "The floor is open"}


async def test_after_a_reload_room_and_console_show_the_right_time_and_never_another(stage: Stage) -> None:
    director = await topic_open(stage, "Ana Souza")
    room, chair = await asyncio.gather(stage.room(), stage.console())
    await given(director)
    for paused in (False, True):
        if paused:
            await director.command("pause_session")
            await director.until(lambda seen: "since" not in seen.state["floor"]["timer"])
        timer = director.state["floor"]["timer"]
        for screen in (room, chair):
            await screen.page.reload()
            await expect(screen.digits).not_to_be_empty()
            shown = await screen.times_shown()
            assert shown
            assert [text for at_ms, text in shown if not is_right(text, timer, at_ms)] == []
