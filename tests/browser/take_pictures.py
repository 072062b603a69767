"""Takes pictures of the running product: `python -m tests.browser.take_pictures [FOLDER]` (default: docs/pictures).

A server of its own plays the Kyoto session; real browsers look at it at the sizes of a laptop, a phone and a projector.
"""

import asyncio
import sys
import tempfile
from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Page, async_playwright

from app.client import Client, chair_cookies, join
from tests.browser.consoles import key_cookies
from tests.browser.find_browser import ASK, find
from tests.serving import REPOSITORY, ServerProcess

LAPTOP, PHONE, PROJECTOR = (1366, 768), (390, 844), (1920, 1080)

PEOPLE = (
    ("Ana Souza", "Brazil", "government", "room", "Connectivity that communities own and maintain"),
    ("田中 由紀子", "京都大学", "academia", "room", "What twenty years of data say, and what they leave out"),
    ("سلمى الحسن", "المجلس العربي للتنمية الرقمية", "civil_society", "online", "Local languages online"),
    ("Kofi Mensah", "Ghana Internet Exchange", "technical_community", "room", "Keeping traffic local"),
    ("Ingrid Sørensen", "Nordic Cloud Alliance", "private_sector", "room", ""),
    ("Маргарита Соколова", "Институт развития связи", "academia", "online", "Skills before devices"),
    (
        "Jean-Baptiste Emmanuel Rakotomalala",
        "Organisation internationale de la Francophonie",
        "intergovernmental",
        "room",
        "",
    ),
    ("李 伟", "中国", "government", "room", "Bridging the divide within countries"),
    ("Priya Raman", "Rural Women's Network", "civil_society", "room", "Who is still not in the room"),
    ("Tomás Herrera", "Chile", "government", "online", ""),
    ("Amina Diallo", "African Library Federation", "civil_society", "room", "Libraries as access points"),
    ("Oliver Brandt", "Open Standards Institute", "technical_community", "room", ""),
    ("Leilani Kealoha", "Pacific Islands Telecom", "private_sector", "online", "Small islands, high prices"),
)
"""Name, organisation or country, group, where, what about. All invented."""


NOTES = (
    (
        ("note", "Twenty years ago a cable was the question; today it is who owns the last mile"),
        ("key_point", "Community networks need spectrum, and a fund that small operators can ask"),
        ("quote", "We connected the cities and called it the world."),
        ("reference", "A/RES/70/125, paragraphs 26 to 30"),
    ),
    (
        ("key_point", "Access alone has not closed the gap between women and men"),
        ("note", "Will send the figures of the regional survey in writing"),
    ),
)
"""What is noted of the first who speaks, and of the second."""


class Scene:
    """The server, the chair's client, and the browsers that look."""

    def __init__(self, server: ServerProcess, browser: Browser, folder: Path, stack: AsyncExitStack) -> None:
        self.server = server
        self.folder = folder
        self._browser = browser
        self._stack = stack
        self.phones: list[Client] = []
        self.cookies: list[Mapping[str, str]] = []
        self.chair: Client

    async def open(self) -> None:
        self.chair_cookies = await chair_cookies(self.server.chair_link)
        self.chair = await self._stack.enter_async_context(
            Client(self.server.address, as_="chair", cookies=self.chair_cookies)
        )

    async def everybody_joins(self) -> None:
        for name, organisation, group, where, _ in PEOPLE:
            joined = await join(
                self.server.address,
                name=name,
                organisation=organisation,
                group=group,
                where=where,  # type: ignore[arg-type]
            )
            self.cookies.append(joined.cookies)
            phone = Client(self.server.address, cookies=joined.cookies)
            self.phones.append(await self._stack.enter_async_context(phone))

    async def everybody_requests(self) -> None:
        for phone, (*_, about) in zip(self.phones, PEOPLE, strict=True):
            await phone.command("request_floor", kind="intervention", summary=about)

    async def picture(
        self,
        name: str,
        path: str,
        size: tuple[int, int],
        cookies: Mapping[str, str] | None = None,
        scheme: Literal["light", "dark"] = "light",
    ) -> None:
        """What somebody with these cookies sees at this address once it is live."""
        width, height = size
        context = await self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            device_scale_factor=1,
        )
        await context.add_cookies(
            [{"name": key, "value": value, "url": self.server.address} for key, value in (cookies or {}).items()]
        )
        page = await context.new_page()
        await page.goto(self.server.address + path)
        await _settled(page)
        await page.screenshot(path=self.folder / f"{name}.png")
        await context.close()
        sys.stdout.write(f"{self.folder / name}.png\n")

    async def console(self, state: str, scheme: Literal["light", "dark"] = "light") -> None:
        await self.picture(f"console-{state}", "/chair", LAPTOP, self.chair_cookies, scheme)


async def _settled(page: Page) -> None:
    """Live, with its fonts and pictures, and nothing moving any more."""
    await page.wait_for_load_state("networkidle")
    await page.wait_for_function("document.fonts.status === 'loaded'")
    await page.wait_for_function("document.getAnimations().every((one) => one.playState !== 'running')")


async def play(scene: Scene) -> None:
    """From the first minute to the end, with a picture wherever a screen looks different."""
    chair = scene.chair
    await scene.everybody_joins()
    await scene.console("waiting")
    await chair.command("start_session")
    await chair.command("open_topic", topic="vision")
    await scene.everybody_requests()
    await _given(chair)
    await scene.picture("chair", "/chair", LAPTOP, scene.chair_cookies)
    await scene.console("speaking", scheme="dark")
    await scene.picture("phone", "/", PHONE, scene.cookies[2])
    await scene.picture("room", "/room", PROJECTOR)
    mika = await key_cookies(scene.server, "secretariat", "Mika Tanaka")
    async with Client(scene.server.address, as_="chair", cookies=mika) as desk:
        await _written_down(chair, desk)
    await scene.picture("secretariat", "/secretariat", LAPTOP, mika)
    await _hear_some(chair)
    await chair.command("set_order", order="balanced")
    await chair.command("set_speaking_time", limit_ms=60_000)
    await _given(chair)
    await asyncio.sleep(67)  # a minute to speak, and some more
    await scene.console("over-time")
    await _given(chair)
    await scene.phones[0].command("request_floor", kind="point_of_order", summary="The microphone in the back")
    await chair.until(lambda one: len(one.state["list"]) > 0 and _kind(one, one.state["list"][0]) == "point_of_order")
    await _given(chair)
    await scene.console("point-of-order")
    await chair.command("pause_session")
    await chair.command("announce", text="The interpretation will be back in a moment")
    await scene.console("paused", scheme="dark")
    await chair.command("resume_session")
    await chair.command("announce", text="")
    await chair.command("end_session")
    await scene.console("ended")


async def _written_down(chair: Client, desk: Client) -> None:
    """What the secretariat has noted of the first two who spoke."""
    for tag in ("connectivity", "spectrum", "skills"):
        await desk.command("add_tag", topic="vision", tag=tag)
    for written in NOTES:
        request = chair.state["floor"]["request"]
        await desk.command("add_tag", topic="vision", tag="connectivity", request=request)
        for kind, text in written:
            await desk.command("add_note", request=request, kind=kind, text=text)
        if written is not NOTES[-1]:
            await _given(chair)


async def _given(chair: Client) -> None:
    """The floor to the next one."""
    after = chair.state.get("floor", {}).get("request")
    await chair.command("give_floor", after=after)
    await chair.until(lambda one: one.state.get("floor", {}).get("request") not in {after, None})


async def _hear_some(chair: Client) -> None:
    for _ in range(4):
        await asyncio.sleep(2)
        await _given(chair)


def _kind(client: Client, request: str) -> str:
    return str(client.state["requests"][request]["kind"])


async def main(folder: Path) -> None:
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
                scene = Scene(server, browser, folder, stack)
                await scene.open()
                await play(scene)
                await browser.close()
        finally:
            server.end()


if __name__ == "__main__":
    to = Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY / "docs" / "pictures"
    to.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(to))
