"""More consoles than the chair's, each with a key of its own, and `open-floor` beside the running server."""

import asyncio
import time
from collections.abc import Mapping

from playwright.async_api import Locator, Page, expect
from typer.testing import CliRunner

from app.cli import cli
from app.client import Client, NotAdmitted, chair_cookies
from tests.browser.director import added
from tests.browser.line import Line
from tests.browser.screens import Console, Screen
from tests.browser.stage import LAPTOP, Stage
from tests.serving import ServerProcess

KNOWN_WITHIN_S = 5


class Desk(Console):
    """The secretariat's console."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.saved = page.locator("#saved")
        self.speaker = page.locator(".now-name")

    async def open(self, address: str) -> None:
        await Screen.open(self, f"{address}/secretariat")
        await expect(self.page.locator(".topic h2").first).to_be_visible()

    def note_on(self, name: str) -> Locator:
        """The empty field for the next note."""
        return self.page.get_by_role("textbox", name=f"Note on {name}", exact=True)

    def chairs_words(self, topic: str) -> Locator:
        return self.note_on(f"the chair, {topic}")

    def said(self, name: str) -> Locator:
        """The card of an intervention."""
        return self.page.locator(".said").filter(has=self.page.get_by_role("heading", name=name, exact=True))

    def notes(self, name: str) -> Locator:
        """The fields of the notes that are written on it."""
        return self.said(name).locator(".note:not([data-next]) .note-text")

    async def reads_notes(self, name: str, *texts: str) -> None:
        """Exactly these are written on it, in this order, and saved."""
        await expect(self.notes(name)).to_have_count(len(texts))
        for place, text in enumerate(texts):
            await expect(self.notes(name).nth(place)).to_have_value(text)
        await expect(self.said(name).locator("[data-unsaved]")).to_have_count(0)

    async def types(self, text: str) -> None:
        await self.page.keyboard.type(text)

    async def lists(self, *names: str) -> None:
        await expect(self.page.locator(".waits-who strong")).to_have_text(list(names))


def run(server: ServerProcess, *arguments: str) -> str:
    """`open-floor …` beside the running server, with its session file and its database."""
    done = CliRunner().invoke(cli, [*arguments, "--config", str(server.config), "--database", server.database])
    assert done.exit_code == 0, done.output
    return done.stdout  # what an earlier test of this process has left of its log goes elsewhere


async def key_cookies(server: ServerProcess, role: str, name: str) -> Mapping[str, str]:
    """The cookie of a new key; the running server knows it a moment after it was made."""
    printed = await asyncio.to_thread(run, server, "keys", "new", role, "--name", name)
    path, _, key = printed.strip().partition("?key=")
    assert path.endswith("/secretariat" if role == "secretariat" else "/chair")
    ends = time.monotonic() + KNOWN_WITHIN_S
    while True:
        try:
            return await chair_cookies(f"{server.address}/chair?key={key}")
        except NotAdmitted:
            assert time.monotonic() < ends
            await asyncio.sleep(0.1)


async def console(
    stage: Stage, role: str, name: str, *, via: Line | None = None, size: tuple[int, int] = LAPTOP
) -> Console:
    page = await stage.page(size, await key_cookies(stage.server, role, name))
    screen = Desk(page) if role == "secretariat" else Console(page)
    stage.screens.append(screen)
    await screen.open((via or stage.server).address)
    return screen


async def desk(stage: Stage, name: str = "Mika", *, via: Line | None = None) -> Desk:
    found = await console(stage, "secretariat", name, via=via)
    assert isinstance(found, Desk)
    return found


async def all_added(director: Client, *names: str, **more: str) -> None:
    for name in names:
        await added(director, name, **more)
