"""The three screens as a person or a screen reader finds their way on them: by role, name and words."""

import asyncio
import re
from collections.abc import Mapping

from playwright.async_api import ConsoleMessage, Locator, Page, expect

from app.client import spent_ms

PATIENCE_S = 10  # for a busy machine: what happens at once is waited for no longer
NETWORK = re.compile(
    r"net::ERR_|WebSocket connection to|Failed to fetch|ERR_CONNECTION|Failed to load resource"
    r"|An unknown error occurred when fetching the script"  # the service worker's, which is fetched after all else
)
STEADY = """() => new Promise((resolve) => {
  const look = () => (performance.now() - globalThis.primaryChanged > 650 ? resolve() : setTimeout(look, 20));
  look();
})"""
CONSIDERED = """(dialog) => new Promise((resolve) => {
  const look = () => (performance.now() - dialog.openedAt > 510 ? resolve() : setTimeout(look, 20));
  look();
})"""
WATCH_PRIMARY = """
globalThis.primaryChanged = 0;
new MutationObserver((changes) => {
  const within = (node) => (node instanceof Element ? node : node.parentElement)?.closest("#primary");
  if (changes.some(({ target }) => within(target))) globalThis.primaryChanged = performance.now();
}).observe(document, { subtree: true, childList: true, characterData: true });
"""
"""Remembers when the large button last changed: the console disregards a press on what nobody can have read yet."""


WATCH_DIGITS = """
globalThis.digitsShown = [];
new MutationObserver(() => {
  for (const node of document.querySelectorAll("#speaking-digits, #now-digits, #digits, .floor-clock")) {
    const text = node.checkVisibility() ? node.textContent : "";
    if (text !== (node.shownBefore ?? "") && text !== "") digitsShown.push([Date.now(), text]);
    node.shownBefore = text;
  }
}).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
"""
"""Keeps every time that a countdown has ever shown, and when."""

OUT_OF_SIGHT = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  const range = document.createRange();
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true })) continue;
    let clipped = false;
    for (let around = parent; around !== document.body; around = around.parentElement) {
      if (getComputedStyle(around).overflowX !== "visible") clipped = true;
    }
    if (clipped) continue;
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1) {
      found.push(`${node.data.trim()} ${JSON.stringify(box)}`);
    }
  }
  return found;
}"""


def seconds_of(text: str) -> int:
    """What a countdown says: 83 for "1:23", -7 for "+0:07"."""
    minutes, seconds = text.lstrip("+").split(":")
    return (60 * int(minutes) + int(seconds)) * (-1 if text.startswith("+") else 1)


def is_right(text: str, timer: Mapping[str, int], now_ms: float) -> bool:
    """Whether this stands for what `timer` has left at `now_ms`, give or take a second."""
    left_ms = timer["allotted_ms"] - spent_ms(timer, now_ms)
    return abs(seconds_of(text) * 1000 - left_ms) < 2_000


class Screen:
    """One page, and whatever went wrong on it."""

    not_live_id = "#not-live"

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        self.network_may_fail = False
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("console", self._said)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if self.network_may_fail and NETWORK.search(message.text):
            return
        self.troubles.append(f"console {message.type}: {message.text}")

    @property
    def not_live(self) -> Locator:
        """What says that this screen does not show the present."""
        return self.page.locator(self.not_live_id)

    async def open(self, address: str) -> None:
        await self.page.add_init_script(WATCH_DIGITS)
        await self.page.goto(address)
        await self.is_live()

    async def is_live(self) -> None:
        """Rendered from the server's state, and known to be the present."""
        await expect(self.page.locator("#loading:visible")).to_have_count(0)
        await expect(self.not_live).to_be_hidden()

    async def mark(self) -> None:
        """To tell later that the page is still the same: not loaded anew."""
        await self.page.evaluate("() => { globalThis.marked = true }")

    async def is_same_page(self) -> bool:
        return bool(await self.page.evaluate("() => globalThis.marked === true"))

    async def times_shown(self) -> list[tuple[int, str]]:
        """Every time that a countdown has shown since this page was loaded: (when, what)."""
        return [(at_ms, text) for at_ms, text in await self.page.evaluate("() => digitsShown")]

    async def overflow(self) -> Mapping[str, int]:
        """By how many CSS pixels the page is wider and higher than its window."""
        result: Mapping[str, int] = await self.page.evaluate(
            """() => ({
              x: document.documentElement.scrollWidth - innerWidth,
              y: document.documentElement.scrollHeight - innerHeight,
            })"""
        )
        return result

    async def until(self, condition: str) -> None:
        """Returns once this JavaScript expression is true on the page."""
        look = f"const look = () => (({condition}) ? found() : setTimeout(look, 20)); look();"
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self.page.evaluate(f"() => new Promise((found) => {{ {look} }})")
        except TimeoutError:
            raise AssertionError(f"never came true: {condition}") from None

    async def out_of_sight(self) -> list[str]:
        """Texts that stand, wholly or in part, outside the window, though nothing clips them there on purpose."""
        texts: list[str] = await self.page.evaluate(OUT_OF_SIGHT)
        return texts

    async def see(self, *texts: str) -> None:
        """Each of these words stands somewhere on the screen."""
        for text in texts:
            await expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    async def not_see(self, *texts: str) -> None:
        for text in texts:
            await expect(self.page.get_by_text(text).filter(visible=True)).to_have_count(0)


class Phone(Screen):
    """An attendee's phone."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.request = page.locator("#request")
        self.place = page.locator("#mine").get_by_role("heading")
        self.withdraw = page.locator("#mine").get_by_role("button", name="Withdraw")
        self.let_one_first = page.get_by_role("button", name="Let one go first")
        self.about = page.get_by_label("What about?")
        self.ended = page.locator("#ended-text")
        self.word = page.locator("#word-title")
        self.floor_title = page.locator("#speaking").get_by_role("heading")
        self.digits = page.locator("#speaking-digits")
        self.floor_words = page.locator("#speaking-words")
        self.has_finished = page.locator("#conclude")
        self.sheet = page.get_by_role("dialog")
        self.polite = page.locator("#polite")
        self.assertive = page.locator("#assertive")

    async def open(self, address: str) -> None:
        await super().open(f"{address}/")

    async def join(self, name: str, organisation: str, group: str, where: str = "in the room") -> None:
        await self.page.get_by_text(group, exact=True).click()
        await self.page.get_by_label("Your name").fill(name)
        await self.page.locator("#organisation").fill(organisation)
        await self.page.get_by_text(where, exact=True).click()
        await self.page.get_by_role("button", name="Join").click()
        await expect(self.page.get_by_role("button", name=f"{name}: change my details")).to_be_visible()

    async def ask(self) -> None:
        """Taps the large button, and is on the list."""
        await self.request.click()
        await expect(self.place.first).to_be_visible()

    async def answers(self, answer: str) -> None:
        """Answers the question that the last tap has put."""
        await self.sheet.get_by_role("button", name=answer, exact=True).click()
        await expect(self.sheet).to_be_hidden()


class Room(Screen):
    """The display on the wall."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.topic = page.get_by_role("heading", level=1)
        self.question = page.locator("#question")
        self.topic_time = page.locator("#topic-time")
        self.kicker = page.locator("#kicker")
        self.name = page.locator("#name")
        self.from_ = page.locator(".from")
        self.digits = page.locator("#digits")
        self.words = page.locator("#words")
        self.interrupted = page.locator("#interrupted")
        self.headline = page.locator("#headline")
        self.subline = page.locator("#subline")
        self.steps = page.locator("#steps").get_by_role("listitem")
        self.last = page.locator("#last")
        self.waiting = page.locator("#side-title")
        self.list_state = page.locator("#list-state")
        self.next = page.locator("#next").get_by_role("listitem")
        self.notice = page.get_by_role("complementary", name="Notice")

    async def open(self, address: str) -> None:
        await super().open(f"{address}/room")


class Console(Screen):
    """The chair's console, by keyboard."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.primary = page.locator("#primary")
        self.label = page.locator("#primary .primary-label")
        self.status = page.locator("#next").get_by_role("status")
        self.rows = page.locator("#speakers").get_by_role("listitem")
        self.chosen = page.locator("#speakers").locator("[aria-current=true]")
        self.speaker = page.locator(".floor-name")
        self.digits = page.locator(".floor-clock")
        self.undo = page.locator("#undo")
        self.notice = page.locator(".top-notice-text")
        self.list_standing = page.locator(".list-standing")
        self.open_topic = page.locator("#topics [aria-current=step]")
        self.voice = page.locator("#voice")

    async def open(self, address: str) -> None:
        """The chair's link has given the cookie before."""
        await self.page.add_init_script(WATCH_PRIMARY)
        await super().open(f"{address}/chair")
        await expect(self.label).not_to_be_empty()

    def dialog(self, name: str) -> Locator:
        return self.page.get_by_role("dialog", name=name)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def reads(self, label: str) -> None:
        """The large button says this, and has said it for as long as it takes to read."""
        await expect(self.label).to_contain_text(label)
        await expect(self.primary).not_to_have_attribute("aria-disabled", "true")
        async with asyncio.timeout(PATIENCE_S):
            await self.page.evaluate(STEADY)

    async def does(self, label: str) -> None:
        """Reads the large button, then does what it says."""
        await self.reads(label)
        await self.press("Enter")

    async def lists(self, *names: str) -> None:
        """Exactly these wait, in this order."""
        await expect(self.page.locator("#speakers .row-name")).to_have_text(list(names))

    async def confirms(self, question: str) -> None:
        """Reads the question that an act has put, then says yes."""
        dialog = self.dialog(question)
        await expect(dialog).to_be_visible()
        async with asyncio.timeout(PATIENCE_S):
            await dialog.evaluate(CONSIDERED)
        await self.press("Enter")
        await self.is_closed(question)

    async def escapes(self, title: str) -> None:
        """Closes this dialog without an answer."""
        await expect(self.dialog(title)).to_be_visible()
        await self.press("Escape")
        await self.is_closed(title)

    async def is_closed(self, title: str) -> None:
        """This dialog has gone, its fields have let go of the focus, and keys are the console's again."""
        await expect(self.dialog(title)).to_be_hidden()
        await self.until("!document.activeElement.closest('dialog')")
