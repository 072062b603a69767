"""The room display's options, the monitor on the podium, and the end of the session."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import Room
from tests.browser.stage import PROJECTOR, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHARE_OF_HEIGHT = "(node) => parseFloat(getComputedStyle(node).fontSize) / innerHeight"


async def display(stage: Stage, options: str, size: tuple[int, int] = PROJECTOR) -> Room:
    room = Room(await stage.page(size))
    stage.screens.append(room)
    await room.page.goto(f"{stage.server.address}/room{options}")
    await room.is_live()
    return room


async def test_the_address_says_how_long_the_list_is_and_whether_there_is_a_code(stage: Stage) -> None:
    director = await stage.director()
    await director.command("start_session")
    await director.command("open_topic", topic="vision")
    for number in range(1, 10):
        person = await stage.attendee(f"Person {number}")
        await person.command("request_floor", kind="intervention")
    usual = await display(stage, "")
    await expect(usual.next).to_have_count(5)
    await usual.see("and 4 more")
    long = await display(stage, "?list=9&qr=off&theme=light")
    await expect(long.next).to_have_count(9)
    await expect(long.page.locator("#qr")).to_be_hidden()
    await expect(long.page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    crowded = await display(stage, "?list=12")
    shown = await crowded.next.count()
    assert 5 <= shown < 9, "as many as fit beside the code"
    await crowded.see(f"and {9 - shown} more")
    none = await display(stage, "?list=0")
    await expect(none.next).to_have_count(0)
    await expect(none.page.locator("#qr")).to_be_visible()
    odd = await display(stage, "?list=many&lang=tlh&theme=plaid")
    await expect(odd.next).to_have_count(5)
    await expect(odd.waiting).to_have_text("9 waiting")


@pytest.mark.parametrize("size", [PROJECTOR, (3840, 2160)])
async def test_speaker_and_countdown_are_never_smaller_than_a_tenth_of_the_height(
    stage: Stage, size: tuple[int, int]
) -> None:
    director = await stage.director()
    await director.command("start_session")
    await director.command("open_topic", topic="technologies")
    long = await stage.attendee(
        "Jean-Baptiste Emmanuel Rakotomalala",
        organisation="Organisation internationale de la Francophonie et de ses partenaires",
    )
    await long.command("request_floor", kind="intervention")
    bo = await stage.attendee("Bo")
    await bo.command("request_floor", kind="point_of_order")
    await director.command("give_floor", after=None)
    await director.command("announce", text="Please keep to two minutes, since many wish to speak and time is short.")
    room = await display(stage, "", size)
    await expect(room.digits).not_to_be_empty()
    for part in (room.name, room.digits):
        assert await part.evaluate(SHARE_OF_HEIGHT) >= 0.0999
    assert await room.overflow() == {"x": 0, "y": 0}


async def test_the_monitor_on_the_podium_shows_time_and_notice_only(stage: Stage) -> None:
    director = await stage.director()
    await director.command("start_session")
    await director.command("open_topic", topic="vision")
    ana = await stage.attendee("Ana Souza")
    monitor = await display(stage, "?as=speaker")
    await monitor.see("left for this topic")
    await ana.command("request_floor", kind="intervention")
    await director.command("give_floor", after=None)
    digits = monitor.page.locator("#monitor-digits")
    await monitor.see("left of 2:00")
    assert await digits.evaluate(SHARE_OF_HEIGHT) > 0.4
    await monitor.not_see("Ana Souza", "The WSIS vision")
    await director.command("adjust_intervention", by_ms=-90_000)
    await monitor.see("Last minute")
    await director.command("announce", text="Please conclude.")
    await monitor.see("Please conclude.")
    await director.command("pause_session")
    await monitor.see("The session is paused")
    await director.command("end_session")
    await expect(digits).to_be_hidden()
    await monitor.see("Thank you")


async def test_at_the_end_it_thanks_and_says_how_many_were_heard_from_which_groups(stage: Stage) -> None:
    director = await stage.director()
    await director.command("start_session")
    await director.command("open_topic", topic="vision")
    for name, group in (("Ana", "government"), ("Bo", "government"), ("Chi", "academia")):
        person = await stage.attendee(name, group=group)
        await person.command("request_floor", kind="intervention")
        await director.until(lambda seen: len(seen.state["list"]) == 1)
        await director.command("give_floor", after=None)
        await director.until(lambda seen: "floor" in seen.state)
        await director.command("end_intervention", request=director.state["floor"]["request"])
        await director.until(lambda seen: "floor" not in seen.state)
    room = await display(stage, "")
    await director.command("end_session")
    await expect(room.headline).to_have_text("Thank you")
    await expect(room.subline).to_have_text("3 people were heard")
    await expect(room.page.locator("#heard li")).to_have_text(["2Government", "1Academia"])
    await room.see("Written contributions: cstd-wsis20@unctad.org")
    await expect(room.page.locator("#side")).to_be_hidden()


async def test_the_display_keeps_its_screen_on_and_hides_the_pointer(stage: Stage) -> None:
    room = Room(await stage.page(PROJECTOR))
    stage.screens.append(room)
    await room.page.add_init_script(
        """const { request } = WakeLock.prototype;
        WakeLock.prototype.request = function (kind) {
          document.documentElement.dataset.asked = kind;
          return request.call(this, kind);
        };"""
    )
    await room.page.goto(f"{stage.server.address}/room")
    await expect(room.page.locator("html")).to_have_attribute("data-asked", "screen")
    await expect(room.page.locator("body")).to_have_css("cursor", "none")
