"""Lines that break, servers that restart, sessions that change: every screen is right again without being touched."""

import asyncio
import signal
from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.browser.director import given, topic_open
from tests.browser.screens import Phone
from tests.browser.stage import KYOTO, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

PINGS_EVERY_MS = 20_000
PONG_WITHIN_MS = 5_000
STUCK_AFTER_MS = 5_000
WAKING_PONG_WITHIN_MS = 1_500


async def test_a_phone_that_goes_offline_says_so_and_is_right_again_by_itself(stage: Stage) -> None:
    director = await topic_open(stage)
    phone = await stage.phone("Ana Souza")
    phone.network_may_fail = True
    await phone.mark()
    await expect(phone.request).to_be_visible()

    await phone.page.context.set_offline(True)
    await expect(phone.not_live).to_have_text("Not live. Reconnecting…")
    await phone.request.click()
    await phone.see("Kept. It will be sent as soon as you are connected.")
    await phone.request.click(force=True)  # whoever waits, taps again
    await director.command("announce", text="Meanwhile in the room")
    assert director.state["list"] == []

    await phone.page.context.set_offline(False)
    await expect(phone.not_live).to_be_hidden()
    await expect(phone.place).to_have_text("You are next")
    await phone.see("Meanwhile in the room")
    await director.until(lambda seen: len(seen.state["list"]) == 1)
    assert await phone.is_same_page()


async def test_what_was_sent_when_the_line_broke_is_done_once_whether_it_had_arrived_or_not(stage: Stage) -> None:
    director, ana = await topic_open(stage), await stage.attendee("Ana Souza")
    await ana.command("request_floor", kind="intervention")
    allotted_ms = (await given(director))["timer"]["allotted_ms"]
    line = await stage.line()
    chair = await stage.console(via=line)
    chair.network_may_fail = True
    await chair.mark()

    async def added_so_far(by_ms: int) -> None:
        await director.until(lambda seen: seen.state["floor"]["timer"]["allotted_ms"] > allotted_ms + by_ms - 30_000)
        assert director.state["floor"]["timer"]["allotted_ms"] == allotted_ms + by_ms

    async def comes_back() -> None:
        line.cut()
        await expect(chair.not_live).to_be_visible()
        line.heal()
        await expect(chair.not_live).to_be_hidden()

    line.hold(down=True, up=False)  # the command arrives; its answer is lost
    await chair.press("+")
    await added_so_far(30_000)
    await comes_back()

    line.hold(up=True, down=False)  # the command itself is lost
    await chair.press("+")
    await comes_back()
    await added_so_far(60_000)

    await chair.press("+")
    await added_so_far(90_000)
    await chair.see("of 3:30")
    assert await chair.is_same_page()


async def test_a_half_open_line_is_noticed_by_the_missing_pong_and_a_stuck_attempt_is_given_up(stage: Stage) -> None:
    director = await topic_open(stage)
    line = await stage.line()
    phone = await stage.phone("Ana Souza", via=line, clock=timedelta())
    phone.network_may_fail = True
    clock = phone.page.clock

    line.hold()
    asked = line.attempts
    await phone.request.click()
    await expect(phone.request).to_have_text("Sending…")
    await expect(phone.not_live).to_be_hidden()  # it cannot know yet
    await clock.run_for(PINGS_EVERY_MS + PONG_WITHIN_MS)
    await expect(phone.not_live).to_be_visible()
    await line.asked(more_than=asked)

    asked = line.attempts  # this attempt hangs: neither refused nor answered
    await clock.run_for(STUCK_AFTER_MS + 5_000)
    await line.asked(more_than=asked)

    line.heal()  # now even what was held arrives, late, on a line that the phone has left
    await expect(phone.not_live).to_be_hidden()
    await expect(phone.place).to_have_text("You are next")
    await director.until(lambda seen: len(seen.state["list"]) == 1)


async def test_attempts_never_run_out(stage: Stage) -> None:
    line = await stage.line()
    phone = await stage.phone("Ana Souza", via=line, clock=timedelta())
    phone.network_may_fail = True

    line.cut()
    await expect(phone.not_live).to_be_visible()
    for _ in range(12):
        asked = line.attempts
        await phone.page.clock.run_for(5_000)
        await line.asked(more_than=asked)
    line.heal()
    await phone.page.clock.run_for(5_000)
    await expect(phone.not_live).to_be_hidden()


RETURNS = {
    "from the back-forward cache": "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))",
    "from another app": "document.dispatchEvent(new Event('visibilitychange'))",
    "with the network": "dispatchEvent(new Event('online'))",
    "to its window": "dispatchEvent(new Event('focus'))",
}


async def test_whoever_returns_to_the_page_waits_for_no_backoff(stage: Stage) -> None:
    line = await stage.line()
    phone = await stage.phone("Ana Souza", via=line, clock=timedelta())
    phone.network_may_fail = True
    for way, event in RETURNS.items():
        line.cut()
        await expect(phone.not_live).to_be_visible()
        await stand_still(phone)
        await phone.page.evaluate("() => fetch('/healthz').catch(() => {})")  # an attempt under way is refused by now
        line.heal()
        asked = line.attempts
        await phone.page.evaluate(f"() => {{ {event} }}")
        async with asyncio.timeout(5):
            await line.asked(more_than=asked)  # with all its timers standing still
        await phone.page.clock.resume()
        await expect(phone.not_live, way).to_be_hidden()


async def test_a_page_that_was_away_does_not_call_itself_live_before_it_knows(stage: Stage) -> None:
    line = await stage.line()
    phone = await stage.phone("Ana Souza", via=line, clock=timedelta())
    phone.network_may_fail = True

    line.hold()  # the socket died while the page was away; nobody told it
    await stand_still(phone)
    asked = line.attempts
    await phone.page.evaluate(f"() => {{ {RETURNS['from the back-forward cache']} }}")
    await phone.page.clock.run_for(200)
    await expect(phone.not_live).to_be_visible()
    assert line.attempts == asked
    await phone.page.clock.run_for(WAKING_PONG_WITHIN_MS)
    await line.asked(more_than=asked)
    line.heal()
    await phone.page.clock.resume()
    await expect(phone.not_live).to_be_hidden()


async def stand_still(phone: Phone) -> None:
    """No timer of the page's runs any more, until it is told to."""
    await phone.page.clock.pause_at(await phone.page.evaluate("() => (Date.now() + 400) / 1000"))


async def test_the_server_is_killed_and_every_screen_comes_back_without_being_touched(stage: Stage) -> None:
    await topic_open(stage)
    chair, room, phone = await asyncio.gather(stage.console(), stage.room(), stage.phone("Ana Souza"))
    screens = (chair, room, phone)
    await phone.ask()
    await chair.does("Give the floor to Ana Souza")
    await expect(phone.digits).not_to_be_empty()
    for screen in screens:
        screen.network_may_fail = True
        await screen.mark()

    await asyncio.to_thread(stage.server.end, signal.SIGKILL)
    await expect(room.not_live).to_have_text("Reconnecting…")
    await expect(chair.not_live).to_be_visible()
    await expect(phone.page.locator("#speaking-not-live")).to_be_visible()
    await expect(room.name).to_have_text("Ana Souza")  # the last picture stays
    await stage.start()

    for screen in screens:
        await expect(screen.not_live).to_be_hidden()
        assert await screen.is_same_page()
    await expect(phone.page.locator("#speaking-not-live")).to_be_hidden()
    await chair.press("e")
    await expect(phone.ended).to_contain_text("You spoke for")
    await expect(room.last).to_contain_text("Ana Souza spoke for")


async def test_pages_of_an_older_session_start_afresh(stage: Stage) -> None:
    await topic_open(stage)
    chair, room = await asyncio.gather(stage.console(), stage.room())
    phone = await stage.phone()
    await phone.join("Ana Souza", "Brazil", "Government")
    await phone.ask()
    for screen in (chair, room, phone):
        screen.network_may_fail = True
        await screen.mark()

    await asyncio.to_thread(stage.server.end)
    await phone.withdraw.click()
    await phone.answers("Withdraw")  # meant for the session that is over
    next_session = KYOTO.replace("id: wsis-at-20", "id: another").replace("WSIS at 20: Successes", "Another: Successes")
    stage.server.config.write_text(next_session, "utf-8")
    await stage.start()

    await phone.see("Another: Successes", "Join the session")
    assert not await phone.is_same_page()
    await it_remembers_who_joined(phone)
    await room.see("Another: Successes", "Starting soon")
    assert not await room.is_same_page()
    await chair.see("This link no longer opens the console")  # its cookie is worth nothing in another session


async def it_remembers_who_joined(phone: Phone) -> None:
    await expect(phone.page.get_by_label("Your name")).to_have_value("Ana Souza")
    await expect(phone.page.get_by_label("Country")).to_have_value("Brazil")
    await expect(phone.page.get_by_role("radio", name="Government", exact=True)).to_be_checked()
    await phone.page.get_by_role("button", name="Join").click()
    await expect(phone.word).to_have_text("The session has not started yet")
