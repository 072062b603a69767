"""Seven languages: chosen from the browser, changed by one touch, kept; from right to left; nothing untranslated."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from app.web.language import LANGUAGE_COOKIE
from tests.browser.consoles import Desk
from tests.browser.screens import Console, Phone, Room, Screen
from tests.browser.stage import LAPTOP, PROJECTOR, SMALL_PHONE, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh", "ja")
CASES = json.loads((Path(__file__).parents[1] / "grapheme_cases.json").read_text("utf-8"))

BRACKETED = """\
id: small
title: {en: "⟦A small session⟧"}
place: {en: "⟦Here⟧"}
date: 2023-10-10
starts: "15:15"
time_zone: Asia/Tokyo
duration_minutes: 25
opening: {minutes: 5, title: {en: "⟦Opening⟧"}}
topics:
  - {id: vision, minutes: 15, title: {en: "⟦The vision⟧"}, question: {en: "⟦How far?⟧"}}
closing: {minutes: 5, title: {en: "⟦Closing⟧"}}
speaking_time_seconds: 120
groups:
  academia: {en: "⟦Academia⟧"}
contact: someone@example.org
"""
UNTRANSLATED = """() => {
  // All that somebody sees or a screen reader says, without what is in brackets and what people typed.
  const found = new Set();
  const look = (text, node) => {
    let rest = text;
    for (let before; before !== rest;) [before, rest] = [rest, rest.replace(/⟦[^⟦⟧]*⟧/g, "")];
    if (/\\p{Letter}/u.test(rest)) found.add(`${node.nodeName}#${node.id}: ${rest.trim()}`);
  };
  for (const node of document.querySelectorAll("body *, title")) {
    if (node.closest("script, noscript, bdi, option, kbd, [hidden], a[href^=mailto], .own-code")) continue;
    const own = [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE);
    look(own.map((child) => child.data).join(" "), node);
    for (const name of ["aria-label", "placeholder", "title", "alt"]) {
      const text = node.getAttribute(name) ?? "";
      const typed = [...node.querySelectorAll("bdi")].map((each) => each.textContent).filter(Boolean);
      if (!typed.some((each) => text.includes(each))) look(text.replace(location.host, ""), node);
    }
  }
  return [...found];
}"""

SPEAK_ALL = """async (languages) => {
  const { loadCatalogue } = await import("/static/i18n.js");
  await loadCatalogue(...languages);
}"""
CUT_OFF = """async (language) => {
  const { speak } = await import("/static/i18n.js");
  speak(language);
  await new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn), 150)); // the next tick of the display
  return ["scene", "side"].filter((id) => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.getElementById(id);
    return scrollWidth > clientWidth || scrollHeight > clientHeight;
  });
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def bracketed(browser: Browser, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose session's own texts are in brackets, as all of ours are in the pseudo-language."""
    async with Stage(browser, tmp_path, BRACKETED) as stage:
        yield stage


async def read_in(page: Page, language: str) -> Page:
    await page.set_extra_http_headers({"Accept-Language": language})
    return page


async def test_the_browser_s_language_is_spoken_and_one_touch_changes_it_for_good(stage: Stage) -> None:
    phone = Phone(await read_in(await stage.page(SMALL_PHONE), "fr-CH"))
    stage.screens.append(phone)
    await phone.open(stage.server.address)
    await expect(phone.page.get_by_role("heading", level=1)).to_have_text("Rejoindre la séance")
    await phone.page.locator("#name").fill("Salma")

    await phone.page.get_by_label("Langue").select_option("العربية")

    await expect(phone.page.get_by_role("heading", level=1)).to_have_text("الانضمام إلى الجلسة")
    await expect(phone.page.locator("html")).to_have_attribute("dir", "rtl")
    await expect(phone.page.locator("#name")).to_have_value("Salma")  # what was typed is still there
    await phone.page.locator("#join-submit").click()
    await phone.see("يُرجى اختيار إحدى المجموعات.")
    another = await phone.page.context.new_page()
    await another.goto(stage.server.address)
    await expect(another.locator("html")).to_have_attribute("lang", "ar")
    await phone.page.context.clear_cookies()  # some browsers forget them after a week
    await phone.page.reload()
    await expect(phone.page.locator("html")).to_have_attribute("lang", "ar")


async def test_a_refusal_comes_in_the_language_that_was_chosen(stage: Stage) -> None:
    director = await stage.director()
    await director.command("start_session")
    await director.command("open_topic", topic="vision")
    phone = await stage.phone("Ana Souza")
    await phone.page.get_by_label("Language").select_option("ja")
    await expect(phone.request).to_have_text("発言を求める")
    await director.command("close_list")
    await phone.page.evaluate("() => document.getElementById('request').click()")
    await expect(phone.word).to_have_text("発言者リストは締切")


async def test_arabic_runs_from_right_to_left_and_clocks_do_not(stage: Stage) -> None:
    director = await stage.director()
    await director.command("start_session")
    await director.command("open_topic", topic="vision")
    for name in ("Ana Souza", "Jean-Baptiste Emmanuel Rakotomalala"):
        await (await stage.attendee(name)).command("request_floor", kind="intervention")
    await director.command("give_floor", after=None)
    room = Room(await stage.page(PROJECTOR))
    stage.screens.append(room)
    await room.page.goto(f"{stage.server.address}/room?lang=ar")
    await expect(room.name).to_have_text("Ana Souza")
    await expect(room.page.locator("html")).to_have_attribute("dir", "rtl")
    side = await room.page.locator("#side").bounding_box()
    digits = await room.digits.bounding_box()
    words = await room.words.bounding_box()
    assert side is not None
    assert digits is not None
    assert words is not None
    assert side["x"] == 0, "the list stands at the left"
    assert words["x"] < digits["x"], "the words follow the countdown, to its left"
    assert await room.digits.evaluate("(node) => getComputedStyle(node).direction") == "ltr"
    aligned = "(node) => getComputedStyle(node).textAlign"
    assert await room.page.locator("#next .row-name bdi").first.evaluate(aligned) == "right", "beside its number"


async def test_no_screen_of_ours_shows_a_word_that_nobody_can_translate(bracketed: Stage) -> None:
    stage = bracketed
    director = await stage.director()
    cookie = {"name": LANGUAGE_COOKIE, "value": "x-pseudo", "url": stage.server.address}

    async def is_translated(screen: Screen) -> None:
        assert await screen.page.evaluate(UNTRANSLATED) == []

    guest = Phone(await stage.page(SMALL_PHONE))
    joined = Phone(await stage.page(SMALL_PHONE, (await stage.server.joined("Ana")).cookies))
    room = Room(await stage.page(PROJECTOR))
    console = Console(await stage.page(LAPTOP, await stage.key()))
    secretariat = Desk(await stage.page(LAPTOP, await stage.key()))
    for screen in (guest, joined, room, console, secretariat):
        await screen.page.context.add_cookies([cookie])  # type: ignore[list-item]
        await screen.open(stage.server.address)
    await guest.page.locator("#join-submit").click()
    await is_translated(guest)
    await guest.page.locator("#rejoin-open").click()
    await guest.page.locator("#code").fill("NOBODY")
    await guest.page.keyboard.press("Enter")
    await expect(guest.page.locator("#code-error")).not_to_be_empty()
    await is_translated(guest)
    await joined.page.locator("#me").click()
    await expect(joined.page.locator("#own-code")).not_to_be_empty()
    await is_translated(joined)
    await joined.page.locator("#take-out").click()
    await is_translated(joined)
    await joined.page.locator("#confirm-no").click()
    await joined.page.locator("#join-cancel").click()

    bo = await stage.attendee("Bo")
    statuses = {"pause_session": "paused", "end_session": "ended"}
    for act in ("start_session", "open_topic", "request", "give_floor", "point", "pause_session", "end_session"):
        match act:
            case "open_topic":
                await director.command("open_topic", topic="vision")
            case "request":
                await bo.command("request_floor", kind="intervention", summary="On access")
                await joined.ask()
            case "give_floor":
                await director.command("give_floor", after=None)
                await expect(room.digits).not_to_be_empty()
            case "point":
                await bo.command("request_floor", kind="point_of_order")
                await director.until(lambda seen: len(seen.state["list"]) == 2)
                await director.command("give_floor", after=director.state["floor"]["request"])
                await expect(room.page.locator("#speaker")).to_have_attribute("data-kind", "point_of_order")
            case _:
                await director.command(act)
        await expect(room.page.locator("#wall")).to_have_attribute("data-status", statuses.get(act, "running"))
        for at_work in (console, secretariat):
            await expect(at_work.page.locator("#console")).to_have_attribute(
                "data-status", statuses.get(act, "running")
            )
        for shown in (joined, room, console, secretariat):
            await is_translated(shown)
    replay = Screen(await stage.page(LAPTOP, {**await stage.key(), LANGUAGE_COOKIE: "x-pseudo"}))
    await replay.page.goto(f"{stage.server.address}/replay")
    await expect(replay.page.locator("#controls")).to_be_visible()
    for _ in range(2):
        await replay.page.keyboard.press("]")
        await expect(replay.page.locator("#told")).not_to_be_empty()
        await is_translated(replay)
    await director.command("publish_record")
    await expect(secretariat.page.locator("#published")).to_be_visible()
    await is_translated(secretariat)


async def test_nothing_runs_over_the_edge_in_any_language(stage: Stage) -> None:
    director = await stage.director()
    phone, guest, room = await stage.phone("Ana Souza"), await stage.phone(), await stage.room()
    await room.page.evaluate(SPEAK_ALL, list(LANGUAGES))

    async def wall_holds_all() -> None:
        for language in LANGUAGES:
            assert await room.page.evaluate(CUT_OFF, language) == [], language

    async def is_as_wide_as(screen: Phone) -> None:
        for language in LANGUAGES:
            cookie = {"name": LANGUAGE_COOKIE, "value": language, "url": stage.server.address}
            await screen.page.context.add_cookies([cookie])  # type: ignore[list-item]
            await screen.open(stage.server.address)
            await expect(screen.page.locator("html")).to_have_attribute("lang", language)
            assert (await screen.overflow())["x"] <= 0, language

    await is_as_wide_as(guest)
    await wall_holds_all()
    await director.command("start_session")
    await director.command("open_topic", topic="technologies")
    await expect(room.list_state).to_be_visible()
    await wall_holds_all()
    bo = await stage.attendee("Bo")
    await bo.command("request_floor", kind="intervention")
    await phone.ask()
    await is_as_wide_as(phone)
    await director.command("give_floor", after=None)
    await bo.command("request_floor", kind="point_of_order")
    await expect(room.digits).not_to_be_empty()
    await wall_holds_all()


async def test_the_display_speaks_two_languages_by_turns(stage: Stage) -> None:
    room = Room(await stage.page(PROJECTOR))
    line = await stage.line()
    await room.page.clock.install()
    await room.page.goto(f"{line.address}/room?lang=ja,en")
    await room.is_live()
    await expect(room.headline).not_to_be_empty()
    line.cut()  # else the server's time, which goes on as ever, puts the display's right
    html = room.page.locator("html")
    texts = {"ja": ("まもなく開始", "読み取って発言を申し出"), "en": ("Starting soon", "Scan to request the floor")}
    was = await html.get_attribute("lang") or ""
    for _ in range(3):
        was = "en" if was == "ja" else "ja"
        for _second in range(12):  # by steps: what is drawn is drawn between them
            await room.page.clock.run_for(1_000)
            if await html.get_attribute("lang") == was:
                break
        assert [await room.headline.inner_text(), await room.page.locator("#scan").inner_text()] == [*texts[was]]


async def test_the_browser_counts_characters_as_the_server_does(stage: Stage) -> None:
    phone = await stage.phone()
    counts = await phone.page.evaluate(
        "async (texts) => { const { graphemes } = await import('/static/i18n.js'); return texts.map(graphemes); }",
        [text for text, _ in CASES],
    )
    assert dict(zip((text for text, _ in CASES), counts, strict=True)) == dict(CASES)
