"""Pictures of every state of phone and room display in three languages: for the eye, before a release.

`python -m tests.browser.take_pictures_languages FOLDER [LANGUAGE …]` plays a session on a server of its own. One
person's phone is open once in each language, so that all of them show the same moment.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from app.web.language import LANGUAGE_COOKIE
from tests.browser.find_browser import ASK, find
from tests.browser.take_pictures import PHONE, PROJECTOR, Scene
from tests.serving import REPOSITORY, ServerProcess

LANGUAGES = ("en", "ar", "ja")
MINE = 3
"""Whose phone we look over: somebody with a few people before them."""
DISPLAYS = {"room": "", "room-light": "&theme=light&list=10&qr=off", "monitor": "&as=speaker"}


class Album(Scene):
    """The same moment on many screens."""

    def __init__(
        self, server: ServerProcess, browser: Browser, folder: Path, stack: AsyncExitStack, languages: Sequence[str]
    ) -> None:
        super().__init__(server, browser, folder, stack)
        self.languages = languages
        self.pages: dict[tuple[str, str], Page] = {}
        self._count = 0

    async def look(self, kind: str, path: str, size: tuple[int, int], cookies: dict[str, str]) -> None:
        """A page of this kind in every language, open from now on."""
        for language in self.languages:
            width, height = size
            context = await self._browser.new_context(
                viewport={"width": width, "height": height}, reduced_motion="reduce", locale=language
            )
            await context.add_cookies(
                [
                    {"name": key, "value": value, "url": self.server.address}
                    for key, value in (cookies | {LANGUAGE_COOKIE: language}).items()
                ]
            )
            page = await context.new_page()
            await page.goto(f"{self.server.address}{path.format(language=language)}")
            self.pages[kind, language] = page

    async def take(self, moment: str, *kinds: str) -> None:
        """A picture of this moment on all pages of these kinds."""
        self._count += 1
        for (kind, language), page in self.pages.items():
            if kind in kinds:
                await page.bring_to_front()
                await settled(page)
                await page.screenshot(path=self.folder / f"{self._count:02}-{moment}-{kind}-{language}.png")

    async def each(self, kind: str, act: Callable[[Page], object]) -> None:
        """Does something on all pages of this kind."""
        for (which, _), page in self.pages.items():
            if which == kind:
                await act(page)  # type: ignore[misc]


async def settled(page: Page) -> None:
    """Live, with its fonts, and drawn since the last change."""
    await page.wait_for_function("document.querySelector('#not-live')?.hidden !== false")
    await page.wait_for_function("document.fonts.status === 'loaded'")
    await page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


async def play(album: Album) -> None:
    chair = album.chair
    await album.look("guest", "/", PHONE, {})
    for kind, options in DISPLAYS.items():
        await album.look(kind, "/room?lang={language}" + options, PROJECTOR, {})
    await album.take("before", "guest", "room")
    await album.each("guest", lambda page: page.locator("#join-submit").click())
    await album.take("join-refused", "guest")
    await album.each("guest", lambda page: page.locator("#rejoin-open").click())
    await album.take("rejoin", "guest")

    await album.everybody_joins()
    mine = dict(album.cookies[MINE])
    await album.look("phone", "/", PHONE, mine)
    await album.look("small", "/", (360, 640), mine)
    await album.each("phone", lambda page: page.locator("#dock").wait_for())
    await album.take("not-started", "phone")
    await album.each("phone", lambda page: page.locator("#me").click())
    await album.each("phone", lambda page: page.locator("#own-code:not(:empty)").wait_for())
    await album.take("details", "phone")
    await album.each("phone", lambda page: page.locator("#take-out").click())
    await album.take("take-out", "phone")
    await album.each("phone", lambda page: page.locator("#confirm-no").click())
    await album.each("phone", lambda page: page.locator("#join-cancel").click())

    await chair.command("start_session")
    await album.take("opening", "phone", *DISPLAYS)
    await chair.command("open_topic", topic="vision")
    await album.take("open-floor", "phone", "small", *DISPLAYS)
    await album.each("phone", lambda page: page.locator("#ways-open").click())
    await album.take("ways", "phone")
    await album.each("phone", lambda page: page.keyboard.press("Escape"))
    await album.everybody_requests()
    await album.take("nobody-speaks", "phone", "room", "room-light")
    await chair.command("give_floor", after=None)
    await album.take("listed", "phone", "small", *DISPLAYS)
    await chair.command("announce", text="Please keep to two minutes: many wish to speak.")
    await album.take("notice", "phone", *DISPLAYS)
    await chair.command("announce", text="")
    await chair.command("close_list")
    await album.take("closed", "phone", *DISPLAYS)
    await chair.command("pause_session")
    await album.take("paused", "phone", *DISPLAYS)
    await chair.command("resume_session")

    await next_speaks(album)
    await chair.command("set_speaking_time", limit_ms=45_000)
    await next_speaks(album)
    await album.take("next", "phone", "small", *DISPLAYS)
    await next_speaks(album)
    await album.take("last-minute", "phone", "small", *DISPLAYS)
    await album.each("phone", lambda page: page.locator("#conclude").click())
    await album.take("conclude", "phone")
    await album.each("phone", lambda page: page.locator("#confirm-no").click())
    await chair.command("adjust_intervention", by_ms=-44_000)
    await album.each("phone", lambda page: page.locator("#speaking[data-phase=over]").wait_for())
    await album.take("over", "phone", *DISPLAYS)
    await album.phones[-1].command("request_floor", kind="point_of_order")
    await chair.until(lambda seen: any(one["kind"] == "point_of_order" for one in seen.state["requests"].values()))
    await next_speaks(album)
    await album.take("point-of-order", "phone", *DISPLAYS)
    point, interrupted = chair.state["floor"]["request"], chair.state["floor"]["interrupted"]["request"]
    await chair.command("end_intervention", request=point)
    await chair.command("end_intervention", request=interrupted)
    await album.take("spoken", "phone", *DISPLAYS)
    await chair.command("open_topic", topic="closing")
    await album.take("closing", "phone", *DISPLAYS)
    await chair.command("end_session")
    await album.take("ended", "phone", *DISPLAYS)


async def next_speaks(album: Album) -> None:
    before = album.chair.state.get("floor", {}).get("request")
    await album.chair.command("give_floor", after=before)
    await album.chair.until(lambda seen: seen.state.get("floor", {}).get("request") not in {None, before})


async def main(folder: Path, languages: Sequence[str]) -> None:
    found = find()
    if found is None:
        sys.exit(ASK)
    session = (REPOSITORY / "session_config.yaml").read_text("utf-8")
    with tempfile.TemporaryDirectory() as temporary:
        server = ServerProcess(Path(temporary), session)
        server.start("--public-address", "https://floor.example.org")
        try:
            async with async_playwright() as playwright, AsyncExitStack() as stack:
                browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
                album = Album(server, browser, folder, stack, languages)
                await album.open()
                await play(album)
                await browser.close()
        finally:
            server.end()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    to = Path(sys.argv[1])
    to.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(to, sys.argv[2:] or LANGUAGES))
