"""Fixtures of the browser tests. All of them run in one event loop, in which the one browser lives."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.find_browser import ASK, find
from tests.browser.screens import PATIENCE_S
from tests.browser.stage import Stage
from tests.serving import ServerProcess

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The address bar's two lists of suggestions are web pages, loaded for each window: a third of all work.
    # This switch replaces Playwright's own, so what it disables there for our sake stands here too.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,HttpsUpgrades,PaintHolding,OptimizationHints,"
    "DestroyProfileOnBrowserClose,AvoidUnnecessaryBeforeUnloadCheckSync,ThirdPartyStoragePartitioning",
)

expect.set_options(timeout=PATIENCE_S * 1000)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    found = await asyncio.to_thread(find)  # may ask Playwright's other API, which bears no event loop
    if found is None:
        pytest.fail(ASK)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(browser: Browser, tmp_path: Path) -> AsyncIterator[Stage]:
    """A server of this test's own. The test fails if anything goes wrong on a screen or in the server."""
    async with Stage(browser, tmp_path) as stage:
        yield stage


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def module_page(browser: Browser, server: ServerProcess) -> AsyncIterator[Page]:
    """A page of the server's on which no script of ours runs yet: to import one module and try it."""
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(f"{server.address}/api/state")
    yield page
    await context.close()
