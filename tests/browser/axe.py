"""axe-core on one of our pages: all its rules, or the contrast of colours alone."""

from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

ALL: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS: dict[str, Any] = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
SCRIPT = Axe().axe_script


async def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """Half a megabyte of script is given to a page once, and what is in order does not come back."""
    if not await page.evaluate("'axe' in globalThis"):
        await page.evaluate(SCRIPT)
    found = await page.evaluate("(options) => axe.run(options).then((results) => results.violations)", options)
    return [
        f"{violation['id']}: {node['html'][:200]} | {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]
