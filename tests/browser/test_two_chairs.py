"""Two chairs and one list, fast fingers, and a list that changes under the hand."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.browser.director import added, has_floor, request_of, topic_open, waiting
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

NAMES = ("Ana", "Bo", "Chi", "Dan", "Eve")


async def test_two_chairs_give_the_floor_at_once_and_exactly_one_is_obeyed(stage: Stage) -> None:
    director = await topic_open(stage, *NAMES)
    line = await stage.line()
    one, other = await asyncio.gather(stage.console(), stage.console(via=line))
    await one.reads("Give the floor to Ana")
    await other.reads("Give the floor to Ana")

    await asyncio.gather(one.press("Enter"), other.press("Enter"))
    await has_floor(director, "Ana")
    await one.reads("Give the floor to Bo")
    await other.reads("Give the floor to Bo")
    await waiting(director, "Bo", "Chi", "Dan", "Eve")

    line.hold(up=False)  # what the first does is not seen by the second when it presses
    await one.press("Enter")
    await has_floor(director, "Bo")
    await other.press("Enter")
    await director.resync()
    line.heal()
    await expect(other.status).to_have_text("Somebody else acted first: nothing was done. Please look again.")
    await expect(other.speaker).to_have_text("Bo")
    await other.reads("Give the floor to Chi")
    await waiting(director, "Chi", "Dan", "Eve")
    assert len(director.state["acts"]) == 2 + len(NAMES) + 2


async def test_a_double_press_gives_the_floor_once(stage: Stage) -> None:
    director = await topic_open(stage, *NAMES)
    line = await stage.line()
    chair = await stage.console(via=line)

    await chair.reads("Give the floor to Ana")
    await chair.press("Enter", "Enter", "Space")
    await expect(chair.speaker).to_have_text("Ana")
    await chair.press("Enter")  # a slow second finger, on a button that has only just changed
    await chair.reads("Give the floor to Bo")
    await waiting(director, "Bo", "Chi", "Dan", "Eve")

    line.hold()  # the answer takes its time
    await chair.press("Enter", "Enter")
    await expect(chair.status).to_have_text("On its way…")
    await chair.press("Enter", "g")
    line.heal()
    await expect(chair.speaker).to_have_text("Bo")
    await chair.reads("Give the floor to Chi")
    await waiting(director, "Chi", "Dan", "Eve")

    await chair.page.keyboard.down("Enter")
    for _ in range(5):
        await chair.page.keyboard.down("Enter")  # held down, it repeats
    await chair.page.keyboard.up("Enter")
    await expect(chair.speaker).to_have_text("Chi")
    await chair.reads("Give the floor to Dan")
    await waiting(director, "Dan", "Eve")

    await chair.primary.click()
    await has_floor(director, "Dan")
    await expect(chair.speaker).to_have_text("Dan")


async def test_a_press_on_what_has_only_just_changed_does_nothing_and_says_so(stage: Stage) -> None:
    director = await topic_open(stage, "Ana", "Bo")
    chair = await stage.console()
    await chair.reads("Give the floor to Ana")

    await director.command(
        "move_request", request=await request_of(director, "Bo"), before=await request_of(director, "Ana")
    )
    await expect(chair.label).to_contain_text("Give the floor to Bo")
    await chair.press("Enter")  # meant for Ana
    await expect(chair.status).to_have_text("This changed just now: nothing was done. Please look and press again.")
    await chair.does("Give the floor to Bo")
    await has_floor(director, "Bo")
    await waiting(director, "Ana")


async def test_the_focus_stays_with_the_chosen_one_while_the_list_changes(stage: Stage) -> None:
    director = await topic_open(stage, *NAMES)
    chair = await stage.console()
    await chair.press("ArrowDown", "ArrowDown", "ArrowDown")
    await expect(chair.chosen).to_contain_text("Chi")
    await expect(chair.chosen).to_be_focused()

    await director.command("remove_request", request=await request_of(director, "Ana"))
    await director.command(
        "move_request", request=await request_of(director, "Eve"), before=await request_of(director, "Bo")
    )
    await added(director, "Fay", kind="point_of_order")
    await chair.lists("Fay", "Eve", "Bo", "Chi", "Dan")
    await expect(chair.chosen).to_contain_text("Chi")
    await expect(chair.chosen).to_be_focused()
    await chair.reads("Give the floor to Chi")

    await director.command("remove_request", request=await request_of(director, "Chi"))
    await expect(chair.status).to_have_text("Chi no longer waits.")
    await expect(chair.chosen).to_have_count(0)
    await expect(chair.page.locator("#speakers")).to_be_focused()
    await chair.reads("Point of order: give the floor to Fay")


async def test_a_request_is_moved_by_keyboard_in_the_list_as_it_now_is(stage: Stage) -> None:
    director = await topic_open(stage, *NAMES)
    chair = await stage.console()
    await chair.press("ArrowUp")
    await expect(chair.chosen).to_contain_text("Eve")
    for wanted in (["Ana", "Bo", "Chi", "Eve", "Dan"], ["Ana", "Bo", "Eve", "Chi", "Dan"]):
        await chair.press("Alt+ArrowUp")
        await chair.lists(*wanted)
        await expect(chair.chosen).to_be_focused()
    await chair.press("Alt+ArrowDown")
    await chair.lists("Ana", "Bo", "Chi", "Eve", "Dan")
    await waiting(director, "Ana", "Bo", "Chi", "Eve", "Dan")
    await chair.press("Delete")
    await chair.lists("Ana", "Bo", "Chi", "Dan")
    await chair.press("u")
    await chair.lists("Ana", "Bo", "Chi", "Eve", "Dan")


async def test_a_drag_survives_what_happens_to_the_list_meanwhile(stage: Stage) -> None:
    director = await topic_open(stage, *NAMES)
    chair = await stage.console()
    mouse = chair.page.mouse

    async def middle(name: str) -> tuple[float, float]:
        box = await chair.rows.filter(has_text=name).bounding_box()
        assert box is not None
        return box["x"] + 150, box["y"] + box["height"] / 2

    await chair.lists(*NAMES)
    await mouse.move(*await middle("Eve"))
    await mouse.down()
    x, y = await middle("Chi")
    await mouse.move(x, y - 5, steps=4)

    await added(director, "Fay", kind="point_of_order")  # goes first
    await director.command("remove_request", request=await request_of(director, "Dan"))
    await added(director, "Gus")
    await chair.lists("Fay", "Ana", "Bo", "Chi", "Eve", "Gus")
    x, y = await middle("Bo")
    await mouse.move(x, y - 8, steps=4)
    await mouse.up()
    await chair.lists("Fay", "Ana", "Eve", "Bo", "Chi", "Gus")
    await waiting(director, "Fay", "Ana", "Eve", "Bo", "Chi", "Gus")

    await mouse.move(*await middle("Gus"))
    await mouse.down()
    await mouse.move(*await middle("Ana"), steps=4)
    await director.command("remove_request", request=await request_of(director, "Gus"))
    await expect(chair.status).to_have_text("The one you were moving no longer waits.")
    await mouse.up()
    await chair.lists("Fay", "Ana", "Eve", "Bo", "Chi")

    await mouse.move(*await middle("Chi"))
    await mouse.down()
    await mouse.move(*await middle("Ana"), steps=4)
    await chair.press("Escape")
    await mouse.up()
    await chair.lists("Fay", "Ana", "Eve", "Bo", "Chi")

    await mouse.move(*await middle("Chi"))
    await mouse.down()
    x, y = await middle("Ana")
    await mouse.move(x, y - 5, steps=4)
    await director.command("remove_request", request=await request_of(director, "Fay"))
    await expect(chair.page.locator("[data-drop=before]")).to_contain_text("Eve")  # she is where Ana was
    await mouse.up()
    await chair.lists("Ana", "Chi", "Eve", "Bo")


async def test_what_the_server_refuses_is_said_calmly(stage: Stage) -> None:
    director = await topic_open(stage, "Ana")
    line = await stage.line()
    chair = await stage.console(via=line)
    await chair.press("ArrowDown")
    await expect(chair.chosen).to_contain_text("Ana")
    line.hold(up=False)
    await director.command("remove_request", request=await request_of(director, "Ana"))
    await chair.press("Delete")
    await director.resync()
    line.heal()
    await expect(chair.status).to_have_text("That request is no longer on the list.")
    await chair.reads("Open Topic 2")
    await expect(chair.page.get_by_role("dialog")).to_have_count(0)
