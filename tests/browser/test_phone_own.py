"""One person on two phones, or in two tabs; their data seen, changed and taken out; the signals they accepted."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.screens import Phone
from tests.browser.stage import SMALL_PHONE, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOTE_SIGNALS = """
const note = async (signal) => {
  const { dataset } = document.documentElement;
  dataset.signals = `${dataset.signals ?? ""} ${signal}`;
};
Navigator.prototype.vibrate = () => note("vibrates");
Navigator.prototype.setAppBadge = (place) => note(`badge-${place}`);
Navigator.prototype.clearAppBadge = () => note("no-badge");
WakeLock.prototype.request = async () => {
  note("stays-awake");
  return { released: false, release() {} };
};
"""
"""A browser without a hand to hold it in has no screen to keep lit, nor an icon: what it is asked is written down."""


async def at_open_topic(stage: Stage) -> None:
    director = await stage.director()
    await director.command("start_session")
    await director.command("open_topic", topic="vision")


async def test_a_personal_code_brings_somebody_back_on_another_phone_request_and_place_included(stage: Stage) -> None:
    await at_open_topic(stage)
    bo = await stage.attendee("Bo")
    await bo.command("request_floor", kind="intervention")
    phone = await stage.phone("田中 由紀子")
    await phone.ask()
    await phone.page.get_by_role("button", name="change my details").click()
    code = phone.page.locator("#own-code")
    await expect(code).not_to_be_empty()
    typed = (await code.inner_text()).lower().replace("-", " ")
    await phone.page.get_by_role("button", name="Cancel").click()

    other = await stage.phone()
    other.network_may_fail = True  # the browser says that a code was refused
    await other.page.get_by_role("button", name="Continue from another phone").click()
    await expect(other.page.get_by_label("Personal code")).to_be_focused()
    await other.page.keyboard.type("ABCD-2345")
    await other.page.keyboard.press("Enter")
    await other.see("Nobody has this code. Please check it on the other phone.")
    await other.page.get_by_label("Personal code").fill(typed)
    await other.page.get_by_role("button", name="Continue here").click()
    await expect(other.place).to_have_text("2nd in the list")

    await other.withdraw.click()
    await other.answers("Withdraw")
    await expect(phone.ended).to_have_text("You have withdrawn your request.")
    await expect(phone.request).to_be_visible()
    await phone.ask()
    await expect(other.place).to_have_text("2nd in the list")


async def test_two_tabs_of_one_phone_agree_at_once(stage: Stage) -> None:
    await at_open_topic(stage)
    one = await stage.phone()
    two = Phone(await one.page.context.new_page())
    stage.screens.append(two)
    await two.open(stage.server.address)
    await one.join("Ana Souza", "Brazil", "Government")
    await expect(two.request).to_be_visible()
    await two.ask()
    await expect(one.place).to_have_text("You are next")


async def test_a_participant_sees_changes_and_takes_out_their_data(stage: Stage) -> None:
    await at_open_topic(stage)
    director, room = await stage.director(), await stage.room()
    phone = await stage.phone()
    await phone.see("Shown in the room when you ask for the floor, and kept in the record of the session.")
    await expect(phone.page.get_by_role("link", name="cstd-wsis20@unctad.org").first).to_be_visible()
    await phone.join("Ana Souza", "Brazil", "Government")
    await phone.ask()
    await expect(room.next).to_contain_text(["Ana Souza"])

    await phone.page.get_by_role("button", name="Ana Souza: change my details").click()
    await expect(phone.page.get_by_label("Your name")).to_have_value("Ana Souza")
    await phone.page.get_by_label("Your name").fill("Ana Sousa")
    await phone.page.get_by_role("button", name="Save").click()
    await expect(room.next).to_contain_text(["Ana Sousa"])

    await phone.page.get_by_role("button", name="Ana Sousa: change my details").click()
    await phone.page.get_by_role("button", name="Take out my data").click()
    await phone.see("What stays: that somebody of your group spoke", "This cannot be undone.")
    await phone.answers("Keep it")
    await director.until(lambda seen: len(seen.state["list"]) == 1)
    await phone.page.get_by_role("button", name="Take out my data").click()
    await phone.answers("Take it out")

    await phone.see("Your data has been taken out. Thank you for taking part.", "Join the session")
    await expect(phone.page.get_by_label("Your name")).to_have_value("")
    await expect(room.next).to_have_count(0)
    await room.not_see("Ana Sousa")
    await phone.page.reload()
    await phone.see("Join the session")
    await expect(phone.page.get_by_label("Your name")).to_have_value("")


async def test_a_phone_signals_only_what_was_accepted_and_only_once(stage: Stage) -> None:
    await at_open_topic(stage)
    director = await stage.director()
    for name in ("Bo", "Chi"):
        await (await stage.attendee(name)).command("request_floor", kind="intervention")
    page = await stage.page(SMALL_PHONE, (await stage.server.joined("Ana Souza")).cookies)
    await page.add_init_script(NOTE_SIGNALS)
    phone = Phone(page)
    stage.screens.append(phone)
    await phone.open(stage.server.address)
    await phone.ask()
    await expect(phone.place).to_have_text("3rd in the list")
    await expect(page.get_by_role("switch", name="Signal when I am next")).not_to_be_checked()
    html = page.locator("html")
    await expect(html).to_have_attribute("data-signals", " badge-3")

    await page.get_by_role("switch", name="Keep the screen on").check()
    await expect(html).to_have_attribute("data-signals", " badge-3 stays-awake")
    await page.get_by_role("switch", name="Signal when I am next").check()  # so that one knows what it will be like
    await expect(html).to_have_attribute("data-signals", " badge-3 stays-awake vibrates")

    await director.command("give_floor", after=None)
    await expect(phone.place).to_have_text("2nd in the list")
    request = director.state["floor"]["request"]
    await director.command("give_floor", after=request)
    await expect(phone.place).to_have_text("You are next")
    await expect(html).to_have_attribute("data-signals", re.compile(" badge-2 vibrates badge-1$"))
    await expect(page).to_have_title("You are next!")
    await director.until(lambda seen: seen.state["floor"]["request"] != request)
    await director.command("give_floor", after=director.state["floor"]["request"])
    await expect(phone.floor_title).to_have_text("You have the floor")
    await expect(html).to_have_attribute("data-signals", re.compile(" badge-1 vibrates$"))
    await phone.has_finished.click()
    await phone.answers("I have finished")
    await expect(html).to_have_attribute("data-signals", re.compile(" badge-1 vibrates no-badge$"))


async def test_what_nobody_can_read_on_a_wall_is_refused_before_it_is_sent(stage: Stage) -> None:
    phone = await stage.phone()
    await phone.page.get_by_text("Academia", exact=True).click()
    await phone.page.locator("#organisation").fill("京都大学")
    await phone.page.get_by_label("Your name").fill("👩🏽‍🔬" * 81)
    await phone.page.locator("#join-submit").click()
    await phone.see("Please make this shorter.")
    await phone.page.get_by_label("Your name").fill("👩🏽‍🔬" * 80)
    await phone.page.locator("#join-submit").click()
    await expect(phone.word).to_have_text("The session has not started yet")
