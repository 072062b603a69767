"""`/replay` in a browser: a session laid down with literal times, and what its wall showed at each of them.

15:15:00 in Kyoto is its start; Ana speaks from 15:20:20, is paused for a minute, and for five seconds Cy has the floor
by mistake; Bo speaks from 15:23:50, with Di's point of order between.
"""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.async_api import Browser, Locator, Page, expect

from app.floor.commands import (
    Command,
    EndIntervention,
    EndSession,
    GiveFloor,
    Join,
    OpenTopic,
    PauseSession,
    RequestFloor,
    ResumeSession,
    StartSession,
    Undo,
)
from app.floor.people import Actor
from app.floor.replay import replay_of
from app.web.language import LANGUAGE_COOKIE
from tests.browser.screens import Room
from tests.browser.stage import LAPTOP, PROJECTOR, SMALL_PHONE, Stage
from tests.past import BEGAN_MS, CHAIR, lay_down
from tests.random_sessions import RandomSession
from tests.scenes import apply_merge_patch

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = (("ana", "Ana Alm"), ("bo", "Bo Berg"), ("cy", "Cy Chen"), ("di", "Di Diaz"))
ANA, BO, CY, DI = (Actor("attendee", id_) for id_, _ in PEOPLE)
JOINED = [(-60_000, Actor("attendee"), Join(id_, name, "Kyoto Forum", "academia")) for id_, name in PEOPLE]
SESSION: Sequence[tuple[int, Actor, Command]] = (
    *JOINED,
    (0, CHAIR, StartSession()),
    (300_000, CHAIR, OpenTopic("vision")),
    (310_000, ANA, RequestFloor()),
    (311_000, BO, RequestFloor()),
    (312_000, CY, RequestFloor()),
    (320_250, CHAIR, GiveFloor("r1")),
    (380_250, CHAIR, PauseSession()),
    (440_250, CHAIR, ResumeSession()),
    (470_250, CHAIR, GiveFloor("r3", after="r1")),
    (475_250, CHAIR, Undo()),
    (530_250, CHAIR, GiveFloor("r2", after="r1")),
    (560_250, DI, RequestFloor("point_of_order")),
    (565_250, CHAIR, GiveFloor("r4", after="r2")),
    (575_250, CHAIR, EndIntervention("r4")),
    (640_250, CHAIR, OpenTopic("technologies")),
    (700_250, CHAIR, EndSession()),
)
MOMENTS: dict[int, tuple[str, str, str]] = {
    322_250: ("Ana Alm", "1:58", "left of 2:00"),
    379_250: ("Ana Alm", "1:01", "left of 2:00"),
    400_000: ("Ana Alm", "1:00", "The session is paused"),
    441_250: ("Ana Alm", "0:59", "Last minute"),
    472_250: ("Cy Chen", "1:58", "left of 2:00"),
    476_250: ("Ana Alm", "0:24", "Last minute"),
    520_250: ("Ana Alm", "+0:20", "Over time"),
    540_250: ("Bo Berg", "1:50", "left of 2:00"),
    570_250: ("Di Diaz", "1:55", "left of 2:00"),
    580_250: ("Bo Berg", "1:20", "left of 2:00"),
}
"""Since the start: who has the floor, what the countdown shows, and the words beside it."""
AXE = Axe()
FRAMES_MS = 200
"""A clock that stands still draws nothing: so long, that what was pressed is seen."""


class Replay(Room):
    """The page: the wall, and the bar under it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.play = page.get_by_role("button", name="Play")
        self.pause = page.get_by_role("button", name="Pause")
        self.following = page.get_by_role("button", name="Next intervention")
        self.previous = page.get_by_role("button", name="Previous intervention")
        self.time = page.get_by_role("slider", name="Time in the session")
        self.speed = page.get_by_role("spinbutton", name="Speed")
        self.at = page.locator("#at")
        self.told = page.get_by_role("status")

    async def loaded(self, address: str) -> None:
        await self.page.goto(address)
        await expect(self.page.locator("#controls")).to_be_visible()

    async def shows(self, name: str, digits: str, words: str) -> None:
        await expect(self.name).to_have_text(name)
        await expect(self.digits).to_have_text(digits)
        await expect(self.words).to_have_text(words)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)


async def staged(browser: Browser, folder: Path, steps: Sequence[tuple[int, Actor, Command]]) -> AsyncIterator[Stage]:
    stage = Stage(browser, folder)
    await lay_down(stage.server, steps)
    async with stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def past(browser: Browser, tmp_path: Path) -> AsyncIterator[Stage]:
    """A server with the session above."""
    async for stage in staged(browser, tmp_path, SESSION):
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def unbegun(browser: Browser, tmp_path: Path) -> AsyncIterator[Stage]:
    async for stage in staged(browser, tmp_path, JOINED):
        yield stage


async def opened(
    stage: Stage, where: str = "", *, language: str = "en", size: tuple[int, int] = LAPTOP, stopped: bool = False
) -> Replay:
    """The page for a console. `stopped`: with a clock that stands still unless the test moves it."""
    replay = Replay(await stage.page(size, {**await stage.key(), LANGUAGE_COOKIE: language}))
    stage.screens.append(replay)
    if stopped:
        await replay.page.clock.install(time=0)
        await replay.page.clock.pause_at(1)
    await replay.loaded(f"{stage.server.address}/replay{where}")
    if stopped:
        await replay.page.clock.run_for(FRAMES_MS)
    return replay


async def test_it_stands_at_the_session_s_start_and_goes_on_at_the_pace_that_is_asked_for(past: Stage) -> None:
    replay = await opened(past, stopped=True)
    clock = replay.page.clock
    await expect(replay.at).to_have_text("15:15:00")
    await expect(replay.headline).to_have_text("Opening")
    await clock.run_for(5_000)
    await expect(replay.at).to_have_text("15:15:00")

    await replay.play.click()
    await clock.run_for(10_500)
    await expect(replay.at).to_have_text("15:15:10")
    await expect(replay.topic_time).to_have_text("5 min left")

    await replay.speed.fill("25.5")
    await replay.speed.press("Enter")
    await clock.run_for(12_000)
    await replay.pause.click()
    await clock.run_for(60_000)
    await expect(replay.at).to_have_text("15:20:16")
    await expect(replay.topic).to_have_text("The WSIS vision")
    await expect(replay.next).to_have_text(["1Ana AlmKyoto Forum", "2Bo BergKyoto Forum", "3Cy ChenKyoto Forum"])


async def test_a_page_that_was_hidden_is_where_it_would_have_been(past: Stage) -> None:
    replay = await opened(past, stopped=True)
    await replay.play.click()

    await replay.page.clock.fast_forward(520_250)  # no timer fires more than once in it

    await replay.shows(*MOMENTS[520_250])


async def test_it_stops_at_the_end_and_from_there_begins_anew(past: Stage) -> None:
    replay = await opened(past, "#t=15:26:45", stopped=True)
    await replay.play.click()
    await replay.page.clock.run_for(10_000)
    await expect(replay.at).to_have_text("15:26:50")
    await expect(replay.headline).to_have_text("Thank you")
    await expect(replay.subline).to_have_text("2 people were heard")

    await replay.play.click()
    await replay.page.clock.run_for(1_500)
    await expect(replay.at).to_have_text("15:15:01")


@pytest.mark.parametrize(
    ("where", "after_ms"),
    [
        (f"?at={BEGAN_MS + 520_250}", 520_250),
        ("#t=15:21:19.25", 379_250),
        ("#t=400", 400_000),
        ("#t=15:22:21.250", 441_250),
    ],
)
async def test_an_address_leads_to_who_spoke_then_and_how_much_time_they_had(
    past: Stage, where: str, after_ms: int
) -> None:
    replay = await opened(past, where)

    await replay.shows(*MOMENTS[after_ms])


async def test_whichever_way_it_is_moved_it_shows_what_the_wall_showed_then(past: Stage) -> None:
    replay = await opened(past)
    moments = list(MOMENTS) * 2
    Random(7).shuffle(moments)
    for after_ms in moments:
        await replay.page.evaluate(f"location.hash = 't={after_ms / 1000}'")
        await replay.shows(*MOMENTS[after_ms])
    await replay.page.evaluate("location.hash = 't=570.25'")
    await expect(replay.kicker).to_have_text("Point of order")
    await expect(replay.interrupted).to_have_text("Bo Berg goes on afterwards, 1:25 left")


async def test_from_one_intervention_to_the_next_and_back_with_buttons_and_keys(past: Stage) -> None:
    replay = await opened(past)
    for at, name in (
        ("15:20:20", "Ana Alm"),
        ("15:22:50", "Cy Chen"),
        ("15:22:55", "Ana Alm"),
        ("15:23:50", "Bo Berg"),
        ("15:24:25", "Di Diaz"),
    ):
        await replay.press("]")
        await expect(replay.at).to_have_text(at)
        await expect(replay.name).to_have_text(name)
        await expect(replay.told).to_have_text(f"{at}: {name} has the floor")
    await replay.previous.click()
    await expect(replay.at).to_have_text("15:23:50")
    await replay.press("ArrowRight", "[")
    await expect(replay.at).to_have_text("15:23:50")
    await replay.press("[")
    await expect(replay.at).to_have_text("15:22:55")
    await replay.following.click()
    await expect(replay.at).to_have_text("15:23:50")
    await replay.press("]", "]")
    await expect(replay.at).to_have_text("15:26:50")
    await expect(replay.told).to_have_text("15:26:50: nobody has the floor")


async def test_the_keys_play_and_move_it_unless_a_field_has_them(past: Stage) -> None:
    replay = await opened(past, stopped=True)
    await replay.press("Space")
    await replay.page.clock.run_for(1_000)
    await expect(replay.pause).to_be_visible()
    await replay.press("Space", "ArrowRight", "Shift+ArrowRight", "ArrowRight", "ArrowLeft")
    await replay.page.clock.run_for(1_000)
    await expect(replay.play).to_be_visible()
    await expect(replay.at).to_have_text("15:16:11")
    await replay.press("End")
    await replay.page.clock.run_for(1_000)
    await expect(replay.at).to_have_text("15:26:50")
    await replay.press("Home", "+", "+", "-")
    await replay.page.clock.run_for(1_000)
    await expect(replay.at).to_have_text("15:15:00")
    await expect(replay.speed).to_have_value("2")
    await replay.speed.focus()
    await replay.press("]", "Space", "ArrowRight")
    await replay.page.clock.run_for(1_000)
    await expect(replay.at).to_have_text("15:15:00")
    await expect(replay.play).to_be_visible()
    await replay.following.focus()
    await replay.press("Space")
    await replay.page.clock.run_for(1_000)
    await expect(replay.at).to_have_text("15:20:20")
    await expect(replay.play).to_be_visible()


async def test_a_speed_that_makes_no_sense_is_not_taken(past: Stage) -> None:
    replay = await opened(past)
    for typed in ("0", "-3", "", "5000"):
        await replay.speed.fill(typed)
        await replay.speed.press("Enter")
        await expect(replay.speed).to_have_value("1")
    faster = replay.page.get_by_role("button", name="Faster")
    for speed in ("2", "5", "10", "30", "60", "60"):
        await faster.click()
        await expect(replay.speed).to_have_value(speed)
    await expect(replay.told).to_have_text("Speed: 60×")


async def clicked(slider: Locator, share: float) -> None:
    box = await slider.bounding_box()
    assert box is not None
    await slider.click(position={"x": box["width"] * share, "y": box["height"] / 2})


async def test_the_track_leads_where_it_is_touched_and_to_each_topic(past: Stage) -> None:
    replay = await opened(past)
    await clicked(replay.time, 540 / 710)
    await expect(replay.name).to_have_text("Bo Berg")
    assert abs(int(await replay.time.input_value()) - BEGAN_MS - 540_000) < 5_000
    await replay.page.get_by_role("button", name="Trends and emerging technologies").click()
    await expect(replay.at).to_have_text("15:25:40")
    await expect(replay.topic).to_have_text("Trends and emerging technologies")
    marks = replay.page.locator(".topic")
    await expect(marks).to_have_text(["Opening", "The WSIS vision", "Trends and emerging technologies"])
    await expect(replay.page.locator(".span")).to_have_count(6)


async def test_over_the_track_the_pointer_learns_when_that_is_and_who_had_the_floor(past: Stage) -> None:
    replay = await opened(past)
    box = await replay.time.bounding_box()
    assert box is not None
    await replay.page.mouse.move(box["x"] + box["width"] * 540 / 710, box["y"] + box["height"] / 2)
    hint = replay.page.locator("#hint")
    await expect(hint).to_contain_text("Bo Berg")
    await expect(hint).to_contain_text("15:2")
    await replay.page.mouse.move(10, 10)
    await expect(hint).to_be_hidden()


async def test_the_slider_tells_the_moment_once_and_nothing_while_it_plays(past: Stage) -> None:
    replay = await opened(past, "#t=379.25", stopped=True)
    await expect(replay.time).to_have_attribute("aria-valuetext", "15:21:19: Ana Alm has the floor")
    await replay.time.focus()
    await replay.press("Space")
    value, told = await replay.time.input_value(), await replay.told.text_content()
    await replay.page.clock.run_for(100_000)
    await expect(replay.at).to_have_text("15:22:59")
    assert (await replay.time.input_value(), await replay.told.text_content()) == (value, told)
    await expect(replay.time).to_have_attribute("aria-valuetext", "15:21:19: Ana Alm has the floor")
    await replay.press("ArrowUp")  # the slider's own key, from where it is and not from where it was
    await expect(replay.time).to_have_attribute("aria-valuetext", "15:23:00: Ana Alm has the floor")


async def test_whoever_copies_the_address_sends_others_to_the_same_moment(past: Stage) -> None:
    replay = await opened(past, f"?at={BEGAN_MS + 1_000}")
    await replay.press("]", "]")
    await replay.until("location.hash === '#t=15:22:50.250'")
    other = await opened(past, replay.page.url.removeprefix(f"{past.server.address}/replay"))
    await other.shows("Cy Chen", "2:00", "left of 2:00")


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("ja", "ltr")])
async def test_it_reads_in_the_language_s_direction_fits_and_axe_finds_nothing(
    past: Stage, language: str, direction: str
) -> None:
    for size in (LAPTOP, PROJECTOR, SMALL_PHONE):
        replay = await opened(past, "#t=580.25", language=language, size=size)
        await expect(replay.digits).to_have_text("1:20")
        await expect(replay.page.locator("html")).to_have_attribute("dir", direction)
        assert await replay.overflow() == {"x": 0, "y": 0}
        assert await replay.out_of_sight() == []
        track = await replay.page.locator("#track").evaluate("(node) => getComputedStyle(node).direction")
        assert track == "ltr", "as on any player, time runs from left to right"
        for hash_ in ("t=0", "t=400", "t=520", "t=570.25", "t=705"):
            await replay.page.evaluate(f"location.hash = '{hash_}'")
            results = await AXE.run(replay.page, options={"resultTypes": ["violations"]})
            assert [(one["id"], one["nodes"][0]["html"]) for one in results.response["violations"]] == []


async def test_every_control_shows_where_the_focus_is(past: Stage) -> None:
    replay = await opened(past)
    seen = []
    for _ in range(11):
        await replay.press("Tab")
        seen.append(
            await replay.page.evaluate(
                """() => {
                  const node = document.activeElement;
                  const shown = node.id === "time" ? document.getElementById("track") : node;
                  return [node.id || node.textContent.trim(), getComputedStyle(shown).outlineStyle];
                }"""
            )
        )
    assert [name for name, _ in seen] == [
        *("Opening", "The WSIS vision", "Trends and emerging technologies"),
        *("time", "previous", "play", "following", "slower", "speed", "faster", "language"),
    ]
    assert {style for _, style in seen} == {"solid"}


async def test_another_language_goes_on_where_this_one_was_while_it_plays_too(past: Stage) -> None:
    replay = await opened(past, "#t=440", stopped=True)
    await replay.speed.fill("10")
    await replay.speed.press("Enter")
    await replay.play.click()
    await replay.page.clock.run_for(14_100)
    await replay.page.evaluate(
        """() => {
          document.getElementById("language").value = "ar";
          document.getElementById("language").dispatchEvent(new Event("change"));
        }"""
    )
    await replay.page.clock.resume()
    await expect(replay.page.locator("html")).to_have_attribute("lang", "ar")
    await expect(replay.name).to_have_text("Bo Berg")


async def test_back_while_it_plays_means_the_one_before_for_the_first_two_seconds(past: Stage) -> None:
    replay = await opened(past, "#t=530.25", stopped=True)
    await replay.speed.fill("10")
    await replay.speed.press("Enter")
    await replay.play.click()
    await replay.page.clock.run_for(2_500)
    await replay.previous.click()
    await replay.page.clock.run_for(1_000)
    await expect(replay.name).to_have_text("Bo Berg")
    await replay.previous.click()
    await replay.page.clock.run_for(1_000)
    await expect(replay.name).to_have_text("Ana Alm")


async def test_nobody_is_asked_to_join_a_session_that_is_played_again(past: Stage) -> None:
    replay = await opened(past, "#t=305")
    await expect(replay.waiting).to_have_text("Nobody is waiting")
    await expect(replay.page.locator("#join")).to_be_hidden()
    await replay.not_see("Scan to request the floor", "floor.example.org")


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_whoever_may_not_see_it_is_told_so_on_a_page_that_axe_finds_nothing_in(
    past: Stage, language: str
) -> None:
    page = await past.page(SMALL_PHONE, {LANGUAGE_COOKIE: language})
    await page.goto(f"{past.server.address}/replay")
    await expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    results = await AXE.run(page, options={"resultTypes": ["violations"]})
    assert [(one["id"], one["nodes"][0]["html"]) for one in results.response["violations"]] == []


async def test_where_it_cannot_be_loaded_it_says_so(past: Stage) -> None:
    replay = Replay(await past.page(LAPTOP, await past.key()))
    await replay.page.route("**/api/replay", lambda route: route.abort())
    await replay.page.goto(f"{past.server.address}/replay")
    await replay.see("The replay could not be loaded. Please load this page again.")


async def test_before_the_session_it_says_that_there_is_nothing_yet(unbegun: Stage) -> None:
    replay = Replay(await unbegun.page(LAPTOP, await unbegun.key()))
    unbegun.screens.append(replay)
    await replay.page.goto(f"{unbegun.server.address}/replay")
    await replay.see("The session has not begun. There is nothing to play yet.")
    await expect(replay.page.locator("#controls")).to_be_hidden()


def random_sessions(count: int) -> list[RandomSession]:
    """What Hypothesis comes up with."""
    found: list[RandomSession] = []

    @settings(max_examples=count, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.integers(0, 2**32))
    def collect(seed: int) -> None:
        found.append(RandomSession(begun=True, order="balanced"))
        found[-1].take_steps(Random(seed), 80)

    collect()
    return found


async def test_any_instant_of_any_session_is_found_in_any_order(module_page: Page) -> None:
    for number, session in enumerate(random_sessions(10)):
        replay = replay_of(session.log, session.state)
        view, expected = replay.first, {0: replay.first}
        for change in replay.changes:
            view = apply_merge_patch(view, change.patch)
            expected[change.at_ms] = view
        instants = list(expected)
        Random(number).shuffle(instants)
        told: list[Any] = await module_page.evaluate(
            """async ([told, instants]) => {
              const { Film } = await import("/static/replay/film.js");
              const film = new Film(told);
              return instants.map((at) => film.stateAt(at));
            }""",
            [
                {
                    "now": session.now_ms,
                    "first": replay.first,
                    "changes": [[change.at_ms, change.patch] for change in replay.changes],
                },
                instants,
            ],
        )
        assert told == [expected[at] for at in instants]
