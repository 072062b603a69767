"""The life of a phone: no network, sleep, a page loaded again; what was asked is done once or dropped with a word."""

import asyncio
from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.browser.screens import Phone
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHELL_IS_KEPT = "async () => { await navigator.serviceWorker.ready }"


async def at_open_topic(stage: Stage) -> None:
    director = await stage.director()
    await director.command("start_session")
    await director.command("open_topic", topic="vision")


async def test_an_installed_page_opens_offline_says_so_and_sends_what_it_kept(stage: Stage) -> None:
    await at_open_topic(stage)
    director, line = await stage.director(), await stage.line()
    phone = await stage.phone("Ana Souza", via=line)
    phone.network_may_fail = True
    await phone.page.evaluate(SHELL_IS_KEPT)
    await phone.page.reload()  # now it is the service worker that answers
    await phone.is_live()

    line.cut()
    await expect(phone.not_live).to_be_visible()
    await phone.request.click()
    await phone.see("Kept. It will be sent as soon as you are connected.")
    await phone.page.reload()
    await phone.see("You are offline", "Kept. It will be sent as soon as you are connected.")
    await expect(phone.request).to_be_hidden()  # nothing of the past is shown

    line.heal()
    await expect(phone.place).to_have_text("You are next")
    await director.until(lambda seen: len(seen.state["list"]) == 1)
    await phone.page.reload()
    await phone.is_live()
    await director.command("announce", text="Meanwhile")
    await phone.see("Meanwhile")
    assert len(director.state["list"]) == 1, "it was sent once"


async def test_a_request_for_a_topic_that_has_closed_meanwhile_is_dropped_with_a_word(stage: Stage) -> None:
    await at_open_topic(stage)
    director, line = await stage.director(), await stage.line()
    phone = await stage.phone("Ana Souza", via=line)
    phone.network_may_fail = True

    line.cut()
    await expect(phone.not_live).to_be_visible()
    await phone.request.click()
    await director.command("open_topic", topic="technologies")
    line.heal()

    await phone.see("The topic you asked for has closed, so you are not on the list.")
    await expect(phone.polite).to_contain_text("The topic you asked for has closed")
    await expect(phone.request).to_have_text("Request the floor")
    assert director.state["list"] == []


async def test_a_page_that_was_frozen_does_not_pass_for_live_before_it_knows_better(stage: Stage) -> None:
    await at_open_topic(stage)
    director, line = await stage.director(), await stage.line()
    phone = await stage.phone("Ana Souza", via=line)
    phone.network_may_fail = True
    await phone.ask()
    await director.until(lambda seen: len(seen.state["list"]) == 1)

    line.hold()  # its socket dies, and nobody tells it
    await phone.page.evaluate("() => { document.dispatchEvent(new Event('freeze')) }")
    await expect(phone.not_live).to_be_visible()  # before it sleeps: the first frame on waking is right already
    await director.command("open_topic", topic="technologies")
    await phone.page.evaluate("() => { document.dispatchEvent(new Event('resume')) }")
    await expect(phone.not_live).to_be_visible()
    await expect(phone.page.locator("body[data-doubtful]")).to_have_count(1)
    line.heal()
    await phone.see("Trends and emerging technologies")
    await expect(phone.not_live).to_be_hidden()
    await expect(phone.page.locator("body[data-doubtful]")).to_have_count(0)


async def test_a_page_that_slept_an_hour_is_right_again_at_once(stage: Stage) -> None:
    await at_open_topic(stage)
    director, line = await stage.director(), await stage.line()
    phone = await stage.phone("Ana Souza", via=line, clock=timedelta(0))
    phone.network_may_fail = True
    await phone.ask()
    line.cut()
    await expect(phone.not_live).to_be_visible()
    await director.command("give_floor", after=None)
    await director.until(lambda seen: "floor" in seen.state)
    request = director.state["floor"]["request"]
    await director.command("pass_over", request=request)
    line.heal()
    await phone.page.clock.fast_forward(3_600_000)
    await phone.page.evaluate("() => { document.dispatchEvent(new Event('resume')) }")
    async with asyncio.timeout(5):
        await expect(phone.not_live).to_be_hidden()
    await phone.see("You were called but not found.")
    await expect(phone.polite).to_contain_text("You were called but not found.")


async def test_the_shell_and_the_manifest_make_an_app(stage: Stage) -> None:
    phone: Phone = await stage.phone("Ana Souza")
    manifest = await phone.page.evaluate(
        "async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json()"
    )
    assert manifest["display"] == "standalone"
    assert manifest["start_url"] == manifest["scope"] == "/"
    sizes = await phone.page.evaluate(
        """(icons) => Promise.all(icons.map(async ({ src }) => {
          const image = new Image();
          image.src = src;
          await image.decode();
          return image.naturalWidth;
        }))""",
        [icon for icon in manifest["icons"] if icon["type"] == "image/png"],
    )
    assert {192, 512} <= set(sizes)
    scope = await phone.page.evaluate("async () => (await navigator.serviceWorker.ready).scope")
    assert scope == f"{stage.server.address}/"
