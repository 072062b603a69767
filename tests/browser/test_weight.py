"""The first visit of a phone: light enough for a crowded network, and nothing jumps while it arrives."""

import pytest
from playwright.async_api import expect

from tests.browser.narrow import NarrowNetwork
from tests.browser.screens import Phone
from tests.browser.stage import SMALL_PHONE, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOST_BYTES = 60_000
NO_SHIFT = 0.001
SHIFTED = """() => new Promise((told) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) sum += hadRecentInput ? 0 : value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => told(sum));
})"""


@pytest.mark.parametrize("language", ["en", "ru", "ja"])
async def test_the_first_visit_weighs_less_than_60_kilobytes_all_requests_and_headers(
    stage: Stage, language: str
) -> None:
    async with NarrowNetwork(stage.server.port) as network:
        page = await stage.page(SMALL_PHONE)
        await page.set_extra_http_headers({"Accept-Language": language})
        phone = Phone(page)
        await phone.open(network.address)
        await expect(page.locator("html")).to_have_attribute("lang", language)
        await page.wait_for_load_state("networkidle")
        assert network.http_bytes < MOST_BYTES, (network.http_bytes, network.websocket_bytes, network.requests)


async def test_nothing_jumps_while_the_page_arrives_and_when_somebody_joins(stage: Stage) -> None:
    page = await stage.page(SMALL_PHONE)
    phone = Phone(page)
    await phone.open(stage.server.address)
    assert await page.evaluate(SHIFTED) < NO_SHIFT
    joined = await stage.phone("Ana Souza")
    assert await joined.page.evaluate(SHIFTED) < NO_SHIFT
