"""Phone and room display for everyone: axe-core, the keyboard alone, large text, and what the system asks for."""

from collections.abc import Iterable

import pytest
from playwright.async_api import expect

from app.web.language import LANGUAGE_COOKIE
from tests.browser.axe import ALL, COLOURS, violations
from tests.browser.screens import Phone, Room
from tests.browser.stage import PROJECTOR, SMALL_PHONE, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

LANGUAGES = ("en", "ar", "ja")


async def all_clean(screens: Iterable[Phone | Room], state: str, *, dark: bool = False) -> None:
    found = [f"{state}: {one}" for screen in screens for one in await violations(screen.page, ALL)]
    for screen in screens:
        if dark and isinstance(screen, Phone):
            await screen.page.emulate_media(color_scheme="dark")
            found += [f"{state}, in the dark: {one}" for one in await violations(screen.page, COLOURS)]
            await screen.page.emulate_media(color_scheme="light")
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_axe_finds_nothing_in_any_state(stage: Stage, language: str) -> None:
    director = await stage.director()
    cookies = {LANGUAGE_COOKIE: language}
    joined = (await stage.server.joined("Ana Souza")).cookies
    guest = Phone(await stage.page(SMALL_PHONE, cookies))
    phone = Phone(await stage.page(SMALL_PHONE, {**cookies, **joined}))
    room = Room(await stage.page(PROJECTOR, cookies))
    for screen in (guest, phone, room):
        await screen.open(stage.server.address)
    walls = [room]
    if language == "en":  # neither the colours nor the monitor know languages
        for options in ("?theme=light", "?as=speaker"):
            walls.append(Room(await stage.page(PROJECTOR, cookies)))
            await walls[-1].page.goto(f"{stage.server.address}/room{options}")
    dark = language == "en"
    await all_clean((guest, phone, room), "before", dark=dark)
    await guest.page.locator("#join-submit").click()
    await all_clean((guest,), "refused", dark=dark)
    await guest.page.locator("#rejoin-open").click()
    await all_clean((guest,), "code", dark=dark)
    await phone.page.locator("#me").click()
    await expect(phone.page.locator("#own-code")).not_to_be_empty()
    await all_clean((phone,), "details", dark=dark)
    await phone.page.locator("#take-out").click()
    await all_clean((phone,), "take out", dark=dark)
    await phone.page.locator("#confirm-no").click()
    await phone.page.locator("#join-cancel").click()

    await director.command("start_session")
    await director.command("open_topic", topic="vision")
    await expect(phone.request).to_be_visible()
    await phone.page.locator("#ways-open").click()
    await all_clean((phone, *walls), "open floor", dark=dark)
    await phone.page.keyboard.press("Escape")
    bo = await stage.attendee("Bo")
    await bo.command("request_floor", kind="intervention")
    await phone.ask()
    await director.command("announce", text="Please keep to two minutes.")
    await director.command("close_list")
    await expect(phone.page.locator("#notice")).to_be_visible()
    await all_clean((phone, *walls), "listed", dark=dark)
    await director.command("give_floor", after=None)
    await expect(room.digits).not_to_be_empty()
    await all_clean((phone, *walls), "next", dark=dark)
    await director.command("give_floor", after=director.state["floor"]["request"])
    await expect(phone.digits).not_to_be_empty()
    await all_clean((phone,), "speaking", dark=dark)
    for phase, by_ms in (("last_minute", -90_000), ("over", -29_000)):
        await director.command("adjust_intervention", by_ms=by_ms)
        await expect(phone.page.locator(f"#speaking[data-phase={phase}]")).to_be_visible()
        await expect(room.page.locator(f"#clock[data-phase={phase}]")).to_be_visible()
        await all_clean((phone, *walls), phase, dark=dark)
    await director.command("pause_session")
    await expect(phone.page.locator("#speaking[data-phase=standing]")).to_be_visible()
    await all_clean((phone, *walls), "paused", dark=dark)
    await director.command("end_session")
    await expect(phone.word).to_be_visible()
    await all_clean((phone, *walls), "ended", dark=dark)


async def test_the_keyboard_alone_joins_asks_and_speaks(stage: Stage) -> None:
    director = await stage.director()
    await director.command("start_session")
    await director.command("open_topic", topic="vision")
    phone = await stage.phone()
    keyboard = phone.page.keyboard
    await phone.page.locator("#language").focus()
    await keyboard.press("Tab")
    await keyboard.press("Space")  # the first group
    await keyboard.press("Tab")
    await keyboard.type("Ana Souza")
    await keyboard.press("Tab")
    await keyboard.type("Brazil")
    await keyboard.press("Enter")
    await expect(phone.request).to_be_visible()
    await phone.request.focus()
    await keyboard.press("Enter")
    await expect(phone.place).to_have_text("You are next")
    focused = "() => document.activeElement.id"
    assert await phone.page.evaluate(focused) == "dock", "what was focused has gone: the focus is near, not at the top"
    await keyboard.press("Tab")
    assert await phone.page.evaluate("() => document.activeElement.tagName") == "TEXTAREA"
    await keyboard.type("On access")
    await keyboard.press("Enter")
    await phone.see("On access")
    await director.command("give_floor", after=None)
    await expect(phone.floor_title).to_be_focused()
    await keyboard.press("Tab")
    await keyboard.press("Enter")
    await expect(phone.sheet).to_be_visible()
    await keyboard.press("Tab")
    await keyboard.press("Enter")
    await expect(phone.ended).to_contain_text("You spoke for")


async def test_text_of_twice_the_size_cuts_nothing_off(stage: Stage) -> None:
    director = await stage.director()
    await director.command("start_session")
    await director.command("open_topic", topic="technologies")
    for name in ("Bo", "Chi"):
        await (await stage.attendee(name)).command("request_floor", kind="intervention")
    phone, guest = await stage.phone("Ana Souza"), await stage.phone()
    await phone.ask()
    for screen in (phone, guest):
        await screen.page.evaluate("() => document.documentElement.style.setProperty('font-size', '200%')")
        assert (await screen.overflow())["x"] <= 0
        cut = await screen.page.evaluate(
            "() => [...document.querySelectorAll('button, label, h1, h2, p')]"
            ".filter((node) => node.checkVisibility() && !node.closest('.visually-hidden, .top')"
            "  && (node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== 'visible'))"
            ".map((node) => node.outerHTML.slice(0, 100))"
        )
        assert cut == []
    await phone.withdraw.scroll_into_view_if_needed()
    await expect(phone.withdraw).to_be_in_viewport()
    await guest.page.locator("#rejoin-open").scroll_into_view_if_needed()
    await expect(guest.page.locator("#rejoin-open")).to_be_in_viewport()


async def test_what_the_system_asks_for_is_respected(stage: Stage) -> None:
    director = await stage.director()
    await director.command("start_session")
    await director.command("open_topic", topic="vision")
    phone, room = await stage.phone("Ana Souza"), await stage.room()
    await phone.ask()
    for screen in (phone, room):
        await screen.page.emulate_media(reduced_motion="reduce", contrast="more", forced_colors="active")
    await director.command("give_floor", after=None)
    await expect(room.digits).not_to_be_empty()
    running = "() => document.getAnimations().filter((one) => one.playState === 'running').length"
    assert await room.page.evaluate(running) == 0
    border = "(node) => getComputedStyle(node).borderTopStyle"
    assert await room.page.locator("#clock").evaluate(border) == "solid", "colours are gone, the shape stays"
    assert await phone.page.locator("#speaking").evaluate(border) == "solid"
