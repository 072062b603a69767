"""Time that adds up: what would mend a list that is too long, shown before it is done; the warnings, seen and heard."""

import pytest
from playwright.async_api import expect

from tests.browser.consoles import all_added
from tests.browser.director import topic_open
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

MINUTE_MS = 60_000
VISION_MIN = 25


async def test_time_is_taken_from_later_topics_after_it_was_shown_which_give_how_much(stage: Stage) -> None:
    director = await topic_open(stage)
    await all_added(director, *(f"Speaker {number}" for number in range(15)))
    chair = await stage.console()
    forecast = chair.page.locator(".list-forecast")
    await expect(forecast).to_have_text("15 waiting × 2:00 = 30 min, 24 min left on this topic: over by 6 min")
    offer = chair.page.locator(".list-mend [data-act=take]")
    await expect(offer).to_contain_text("Take 6 min")
    await chair.see("Fit: 1:35 each", "Close the list")

    await chair.press("k")
    dialog = chair.dialog("Take time from later topics")
    rows = dialog.locator("tbody tr")
    await expect(rows).to_have_text(
        [
            "Topic 1: The WSIS vision25 min31 min",
            "Topic 2: Trends and emerging technologies25 min22 min",
            "Topic 3: International cooperation and governance25 min22 min",
            "Closing10 min",
        ]
    )
    await expect(dialog.locator(".take-effect")).to_contain_text("All who wait are heard.")
    await expect(dialog.locator(".take-effect")).to_contain_text("Expected end of the session:")
    await chair.press("ArrowUp")
    await expect(rows.nth(1)).to_contain_text("21 min")
    await chair.press("ArrowDown", "Enter")
    await expect(dialog).to_be_hidden()

    await director.until(lambda seen: seen.state["topics"]["vision"]["timer"]["allotted_ms"] == 31 * MINUTE_MS)
    assert director.state["topics"]["technologies"]["timer"]["allotted_ms"] == 22 * MINUTE_MS
    await expect(chair.undo).to_contain_text("Undo: 6 min taken from later topics")
    await expect(offer).to_be_hidden()
    await chair.press("u")
    await expect(forecast).to_contain_text("over by 6 min")


async def test_fit_goes_no_lower_than_the_session_file_allows(stage: Stage) -> None:
    director = await topic_open(stage)
    await director.command("adjust_topic", by_ms=-15 * MINUTE_MS)
    await all_added(director, *(f"Speaker {number}" for number in range(12)))
    chair = await stage.console()
    fit = chair.page.locator(".list-fit")
    await expect(fit).to_have_text("Fit: 0:45 each")
    await fit.click()
    await expect(chair.page.locator(".list-limit")).to_have_text("0:45")
    await all_added(director, "One More", "And Another")
    await expect(chair.page.locator(".list-mend [data-act=take]")).to_be_visible()
    await expect(fit).to_be_hidden()


@pytest.mark.parametrize(
    ("left_min", "word", "said"),
    [
        (5, "last 5 minutes", "5 minutes left on The WSIS vision."),
        (1, "last minute", "1 minute left on The WSIS vision."),
        (0, "over time", "The time of The WSIS vision is up."),
    ],
)
async def test_a_topic_that_nears_its_end_says_so_in_words(stage: Stage, left_min: int, word: str, said: str) -> None:
    director = await topic_open(stage)
    chair = await stage.console()
    await expect(chair.open_topic).to_contain_text("of 25:00")
    spent_ms = director.now_ms() - director.state["topics"]["vision"]["timer"]["since"]
    soon_ms = 2_500
    await director.command(
        "adjust_topic", by_ms=round(left_min * MINUTE_MS + spent_ms + soon_ms - VISION_MIN * MINUTE_MS)
    )
    await expect(chair.open_topic).to_contain_text(word)
    await expect(chair.voice).to_contain_text(said)


async def test_each_topic_shows_its_planned_and_its_expected_end(stage: Stage) -> None:
    director = await topic_open(stage)
    chair = await stage.console()
    ends = chair.page.locator(".topic-ends .visually-hidden")
    await expect(ends).to_have_count(4)
    await director.command("adjust_topic", by_ms=7 * MINUTE_MS)
    await expect(chair.open_topic.locator(".topic-ends")).to_contain_text("→")
    await expect(ends.first).to_contain_text("planned to end at")
