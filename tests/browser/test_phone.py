"""The attendee's phone at 360 by 640: join, ask, know where you stand, speak, and learn what became of it."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from app.client import Client
from tests.browser.director import added, given, request_of, topic_open
from tests.browser.screens import Phone, is_right
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG = "Jean-Baptiste Emmanuel Rakotomalala-Andriamanantena"
LONGER = "Organisation intergouvernementale de la Francophonie numérique et audiovisuelle"


async def fits(*phones: Phone) -> None:
    for phone in phones:
        assert (await phone.overflow())["x"] <= 0


async def test_joining_says_what_is_missing_and_is_remembered_and_details_can_change_later(stage: Stage) -> None:
    director = await topic_open(stage)
    phone = await stage.phone()
    await phone.see("Join the session")
    await fits(phone)
    await phone.page.get_by_role("button", name="Join").click()
    await phone.see("Please choose one.", "Please give your name.", "Please give your organization.")
    await expect(phone.page.get_by_role("radio", name="Government", exact=True)).to_be_focused()
    await expect(phone.page.get_by_label("Your name")).to_have_attribute("aria-invalid", "true")
    await phone.join("Ana Souza", "Brazil", "Government")
    await phone.ask()

    await phone.page.reload()
    await expect(phone.place).to_have_text("You are next")
    await expect(phone.page.get_by_role("button", name="Join")).to_be_hidden()

    await phone.page.get_by_role("button", name="Ana Souza: change my details").click()
    await expect(phone.page.get_by_label("Your name")).to_have_value("Ana Souza")
    await expect(phone.page.get_by_label("Country")).to_have_value("Brazil")
    await phone.page.get_by_label("Your name").fill("Ana Maria Souza")
    await phone.page.get_by_role("button", name="Save").click()
    await expect(phone.page.get_by_role("button", name="Ana Maria Souza: change my details")).to_be_visible()
    await expect(phone.place).to_have_text("You are next")  # the name changed; the place did not
    await given(director)
    await expect(phone.floor_title).to_have_text("You have the floor")
    assert director.state["requests"][director.state["floor"]["request"]]["name"] == "Ana Maria Souza"


async def test_it_says_where_i_stand_warns_before_my_turn_and_shows_my_time_while_i_speak(stage: Stage) -> None:
    director = await topic_open(stage)
    await added(director, "Bo Lind")
    await added(director, "Chi Nakamura")
    phone = await stage.phone(LONG, organisation=LONGER, group="intergovernmental")
    await phone.ask()
    await expect(phone.place).to_have_text("3rd in the list")
    await phone.see("2 people before you, about 3–5 minutes")
    await expect(phone.page.locator("#next").get_by_role("listitem").nth(2)).to_have_text("3You")
    await expect(phone.polite).to_contain_text("You are 3rd in the list.")
    await expect(phone.page).to_have_title(re.compile("^3rd · "))
    await fits(phone)

    await given(director)
    await expect(phone.place).to_have_text("2nd in the list")
    await phone.see("1 person before you, about 3–5 minutes", "Bo Lind", "Has the floor")
    await given(director)
    await expect(phone.place).to_have_text("You are next")
    await phone.see("Please be ready, in about 1–2 minutes.")
    await expect(phone.polite).to_contain_text("You are next. Please be ready to speak.")
    await expect(phone.page).to_have_title("You are next!")
    await fits(phone)

    await expect(phone.let_one_first).to_be_hidden()
    await added(director, "Dan Okoro")
    await phone.let_one_first.click()
    await expect(phone.place).to_have_text("2nd in the list")
    await given(director)
    await expect(phone.place).to_have_text("You are next")
    await expect(phone.assertive).to_be_empty()

    await given(director)
    await it_is_my_turn(phone, director)


async def it_is_my_turn(phone: Phone, director: Client) -> None:
    await expect(phone.floor_title).to_have_text("You have the floor")
    await expect(phone.floor_title).to_be_focused()
    await expect(phone.assertive).to_have_text("You have the floor.")
    await expect(phone.assertive).to_have_role("alert")
    await expect(phone.page).to_have_title("You have the floor!")
    await expect(phone.page.locator("#app")).to_have_attribute("inert", "")
    await expect(phone.floor_words).to_have_text("left of 2:00")
    box = await phone.page.locator("#speaking").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 640}
    await fits(phone)

    await director.command("adjust_intervention", by_ms=-65_000)
    await expect(phone.floor_words).to_have_text("Last minute")
    await expect(phone.polite).to_have_text("One minute left.")
    colours = [await phone.page.locator("#speaking").evaluate("(node) => getComputedStyle(node).backgroundColor")]
    await director.command("adjust_intervention", by_ms=-55_000)
    await expect(phone.floor_words).to_have_text("Over time. Please conclude.")
    await expect(phone.digits).to_have_text(re.compile(r"^\+0:\d\d$"))
    await expect(phone.polite).to_have_text("Your time is up. Please conclude.")
    colours.append(await phone.page.locator("#speaking").evaluate("(node) => getComputedStyle(node).backgroundColor"))
    assert len(set(colours)) == 2
    await fits(phone)

    await director.command("pause_session")
    await expect(phone.floor_words).to_have_text("The session is paused")
    await director.command("resume_session")
    await added(director, "Eve", kind="point_of_order")
    await given(director)
    await expect(phone.floor_title).to_have_text("One moment: a point of order")
    await phone.see("You keep the floor. Your time stands still until the point of order is over.")
    await expect(phone.assertive).to_be_empty()
    await director.command("end_intervention", request=director.state["floor"]["request"])
    await expect(phone.floor_title).to_have_text("You have the floor")
    await expect(phone.floor_words).to_have_text("Over time. Please conclude.")

    await phone.has_finished.click()
    await phone.answers("Go on speaking")
    await expect(phone.floor_title).to_be_visible()
    await phone.has_finished.click()
    await phone.answers("I have finished")
    await expect(phone.ended).to_have_text(re.compile(r"^You spoke for 0:\d\d\. Thank you\.$"))
    await expect(phone.request).to_have_text("Request the floor again")


async def test_it_says_what_became_of_a_request_and_the_button_is_ready_again(stage: Stage) -> None:
    director = await topic_open(stage)
    phone = await stage.phone("Ana Souza")
    await phone.ask()
    mine = await request_of(director, "Ana Souza")
    await phone.about.fill("Connectivity that communities own")
    await phone.page.keyboard.press("Enter")
    await phone.see("Connectivity that communities own")
    await director.until(lambda seen: "summary" in seen.state["requests"][mine])  # the same request: the place is kept
    await fits(phone)

    await phone.withdraw.click()
    await phone.answers("Keep my place")
    await expect(phone.place).to_have_text("You are next")
    await phone.withdraw.click()
    await phone.answers("Withdraw")
    await expect(phone.ended).to_have_text("You have withdrawn your request.")
    await phone.page.get_by_role("button", name="OK").click()
    await expect(phone.ended).to_be_hidden()

    await phone.ask()
    await expect(phone.about).to_have_value("")
    await director.command("remove_request", request=await request_of(director, "Ana Souza"))
    await expect(phone.ended).to_have_text("The chair has taken your request off the list.")
    await expect(phone.request).to_have_text("Request the floor")
    await fits(phone)

    await phone.ask()
    await expect(phone.ended).to_be_hidden()
    mine = await request_of(director, "Ana Souza")
    await given(director)
    await director.command("pass_over", request=mine)
    await phone.see("You were called but not found. You are now at the end of the list; the next time counts.")
    await expect(phone.polite).to_contain_text("You were called but not found.")
    await fits(phone)
    await director.command("pass_over", request=mine)
    await expect(phone.ended).to_have_text(
        "You were called twice but not found, so your request is off the list. You can ask again."
    )
    await expect(phone.request).to_be_visible()


async def test_a_closed_list_is_told_in_words_and_one_can_still_withdraw_and_reply(stage: Stage) -> None:
    director = await topic_open(stage)
    listed, late = await asyncio.gather(stage.phone("Ana Souza"), stage.phone("Bo Lind"))
    await listed.ask()
    await director.command("close_list")
    await listed.see("The list is closed. You keep your place.", "1 person waits · The list of speakers is closed")
    await expect(late.word).to_have_text("The list of speakers is closed")
    await late.see("No new requests for this topic.")
    await expect(late.request).to_be_hidden()
    await expect(late.polite).to_contain_text("The list of speakers is closed")
    await fits(listed, late)

    await late.page.get_by_role("button", name="Right of reply or point of order").click()
    await late.page.get_by_role("button", name="Ask for a right of reply").click()
    await expect(late.place).to_have_text("2nd in the list")
    await late.see("Right of reply")
    await fits(late)

    await listed.withdraw.click()
    await listed.answers("Withdraw")
    await expect(listed.ended).to_have_text("You have withdrawn your request.")
    await expect(listed.request).to_be_hidden()
    await expect(late.place).to_have_text("You are next")

    await director.command("end_session")
    await expect(listed.word).to_have_text("The session has ended")
    await listed.see("Thank you for taking part.", "Anything to add? Write to cstd-wsis20@unctad.org.")
    await fits(listed, late)


async def test_after_a_reload_it_shows_the_same_and_the_right_time_and_never_another(stage: Stage) -> None:
    director = await topic_open(stage)
    speaker, other = await asyncio.gather(stage.phone("Ana Souza"), stage.phone("Bo Lind"))
    await speaker.ask()
    await other.ask()
    await given(director)
    for paused in (False, True):
        if paused:
            await director.command("pause_session")
        await director.until(lambda seen, paused=paused: ("since" not in seen.state["floor"]["timer"]) == paused)  # type: ignore[misc]
        timer = director.state["floor"]["timer"]
        for phone in (speaker, other):
            await phone.page.reload()
        await expect(speaker.floor_title).to_have_text("You have the floor")
        await expect(speaker.digits).not_to_be_empty()
        await expect(other.place).to_have_text("You are next")
        await expect(other.page.locator("#now-digits")).not_to_be_empty()
        for phone in (speaker, other):
            shown = await phone.times_shown()
            assert shown
            assert [text for at_ms, text in shown if not is_right(text, timer, at_ms)] == []


async def test_an_arabic_name_is_isolated_and_turns_no_row_around(stage: Stage) -> None:
    director = await topic_open(stage)
    arabic, council = "سلمى الحسن", "المجلس العربي للتنمية الرقمية"
    own = await stage.phone(arabic, organisation=council, group="civil_society", where="online")
    other = await stage.phone("Bo\u202e Lind\u2066", organisation="Open Data Forum")
    room = await stage.room()
    await own.ask()
    await other.ask()
    await expect(own.page.get_by_role("button", name=f"{arabic}: change my details").locator("bdi")).to_have_text(
        arabic
    )
    await expect(room.next).to_have_text([f"1{arabic}{council}", "2Bo LindOpen Data Forum"])  # no controls

    for screen in (other, room):
        row = screen.page.locator("#next").get_by_role("listitem").first
        assert await row.evaluate("(node) => getComputedStyle(node).direction") == "ltr"
        place = await row.get_by_text("1", exact=True).bounding_box()
        name = await row.get_by_text(arabic).bounding_box()
        assert place is not None
        assert name is not None
        assert place["x"] + place["width"] <= name["x"] + 1
    await given(director)
    await expect(room.name).to_have_text(arabic)
    for screen in (own, other, room):
        for text in (arabic, council):
            for node in await screen.page.get_by_text(text).filter(visible=True).all():
                assert await node.evaluate("(node) => [node.tagName, node.dir]") == ["BDI", "auto"]
    assert (await other.overflow())["x"] <= 0
