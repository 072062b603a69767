"""A server of its own with the Kyoto session, the screens that look at it, and a client that moves things along."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, TypeVar

from playwright.async_api import Browser, BrowserContext, Page

from app.client import Client, chair_cookies
from tests.browser.line import Line
from tests.browser.screens import PATIENCE_S, Console, Phone, Room, Screen
from tests.serving import REPOSITORY, ServerProcess

KYOTO = (REPOSITORY / "session_config.yaml").read_text("utf-8")
PUBLIC_ADDRESS = "https://floor.example.org"
SMALL_PHONE, LAPTOP, PROJECTOR = (360, 640), (1366, 768), (1920, 1080)

AnyScreen = TypeVar("AnyScreen", bound=Screen)


class Stage:
    """`async with Stage(browser, folder) as stage`. On leaving, nothing may have gone wrong on any screen."""

    def __init__(self, browser: Browser, folder: Path, session: str = KYOTO) -> None:
        self.server = ServerProcess(folder, session)
        self.screens: list[Screen] = []
        self._browser = browser
        self._stack = AsyncExitStack()
        self._chair_cookies: Mapping[str, str] | None = None

    async def __aenter__(self) -> "Stage":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        troubles = [trouble for screen in self.screens for trouble in screen.troubles]
        await asyncio.gather(self._stack.aclose(), asyncio.to_thread(self.server.end))
        assert troubles == [], troubles
        assert self.server.faults == [], self.server.log

    async def start(self) -> None:
        await asyncio.to_thread(self.server.start, "--public-address", PUBLIC_ADDRESS)

    async def line(self) -> Line:
        """A line to the server that can break: give it to a screen as `via`."""
        return await self._stack.enter_async_context(Line(self.server.port))

    async def director(self) -> Client:
        """The chair's protocol client: to bring the session to where a test begins."""
        return await self._stack.enter_async_context(Client(self.server.address, as_="chair", cookies=await self.key()))

    async def key(self) -> Mapping[str, str]:
        if self._chair_cookies is None:
            self._chair_cookies = await chair_cookies(self.server.chair_link)
        return self._chair_cookies

    async def attendee(self, name: str, **details: Any) -> Client:
        """Someone whose phone nobody looks at."""
        return await self._stack.enter_async_context(await self.server.phone(name, **details))

    async def phone(
        self, name: str | None = None, *, via: Line | None = None, clock: timedelta | None = None, **details: Any
    ) -> Phone:
        """The phone of someone who has joined; without a `name`, of someone who has not.

        `via` a line that can break. With a `clock` that a test can turn, so much ahead of the server's.
        """
        cookies = (await self.server.joined(name, **details)).cookies if name else {}
        return await self._open(Phone, SMALL_PHONE, cookies, via, clock)

    async def room(self, *, via: Line | None = None, clock: timedelta | None = None) -> Room:
        return await self._open(Room, PROJECTOR, {}, via, clock)

    async def console(
        self, *, size: tuple[int, int] = LAPTOP, via: Line | None = None, clock: timedelta | None = None
    ) -> Console:
        return await self._open(Console, size, await self.key(), via, clock)

    async def page(
        self,
        size: tuple[int, int],
        cookies: Mapping[str, str] | None = None,
        scheme: Literal["light", "dark"] = "light",
    ) -> Page:
        """A blank page in a browser profile of its own."""
        width, height = size
        context: BrowserContext = await self._browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_S * 1000)
        self._stack.push_async_callback(context.close)
        await context.add_cookies(
            [{"name": key, "value": value, "url": self.server.address} for key, value in (cookies or {}).items()]
        )
        return await context.new_page()

    async def _open(
        self,
        kind: type[AnyScreen],
        size: tuple[int, int],
        cookies: Mapping[str, str],
        via: Line | None,
        clock: timedelta | None,
    ) -> AnyScreen:
        page = await self.page(size, cookies)
        if clock is not None:
            await page.clock.install(time=datetime.now(UTC) + clock)
        screen = kind(page)
        self.screens.append(screen)
        await screen.open((via or self.server).address)
        return screen
