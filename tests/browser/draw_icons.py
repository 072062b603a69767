"""Draws the app's icons as PNG files from app/static/icon.svg: `python -m tests.browser.draw_icons`.

Run again after a change of the drawing; the files are kept, since no phone reads a manifest's SVG.
"""

import asyncio
import sys

from playwright.async_api import async_playwright

from tests.browser.find_browser import ASK, find
from tests.serving import REPOSITORY

DRAWING = REPOSITORY / "app" / "static" / "icon.svg"
FOLDER = REPOSITORY / "app" / "static" / "icons"
SIZES = (180, 192, 512)


async def main() -> None:
    found = find()
    if found is None:
        sys.exit(ASK)
    FOLDER.mkdir(exist_ok=True)
    # Phones cut icons to shapes of their own: the ground fills the square, the drawing keeps to the middle.
    square = DRAWING.read_text("utf-8").replace('rx="14"', 'rx="0"')
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for size in SIZES:
            page = await browser.new_page(viewport={"width": size, "height": size})
            style = f"<style>body {{ margin: 0 }} svg {{ display: block; width: {size}px }}</style>"
            await page.set_content(style + square)
            await page.screenshot(path=FOLDER / f"icon-{size}.png")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
