"""The record in a browser: legible to everyone, on a phone and on paper; and how people come to it."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from app.client import Client
from app.web.language import LANGUAGE_COOKIE
from tests.browser.stage import LAPTOP, PROJECTOR, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = (390, 844)
NAMES = (
    "Ana Souza",
    "田中 由紀子",
    "سلمى الحسن",
    "Jean-Baptiste Emmanuel Rakotomalala of the Very Long Name",
    "Маргарита Соколова",
)
NOTE = "Connectivity is not enough: skills and content in local languages decide who benefits. "
GROUPS = ("government", "academia", "civil_society", "intergovernmental", "technical_community")
BEYOND = """() => [...document.querySelectorAll("#record *")]
  .filter((node) => !node.closest(".scrolling, .drawing, .visually-hidden, thead") && node.checkVisibility())
  .filter((node) => {
    const { left, right } = node.getBoundingClientRect();
    return left < -1 || right > innerWidth + 1;
  })
  .map((node) => node.outerHTML.slice(0, 120))"""


async def spoken(stage: Stage, director: Client, rounds: int = 1) -> None:
    """All of them on each topic, each with notes; one who is not heard."""
    await director.command("start_session")
    phones = [await stage.attendee(name, group=group) for name, group in zip(NAMES, GROUPS, strict=True)]
    for topic in ("vision", "technologies")[:rounds]:
        await director.command("open_topic", topic=topic)
        await director.until(lambda seen, topic=topic: seen.state.get("topic") == topic and "floor" not in seen.state)  # type: ignore[misc]
        for phone in phones:
            await phone.command("request_floor", kind="intervention", summary="On access")
        for _ in phones[1:]:
            before = director.state.get("floor", {}).get("request")
            await director.command("give_floor", after=before)
            await director.until(lambda seen, before=before: seen.state.get("floor", {}).get("request") != before)  # type: ignore[misc]
            request = director.state["floor"]["request"]
            for kind in ("key_point", "quote", "reference"):
                await director.command("add_note", request=request, text=NOTE * 3, kind=kind)
            await director.command("add_tag", topic=topic, tag="access", request=request)


async def published(stage: Stage, rounds: int = 1) -> Client:
    director = await stage.director()
    await spoken(stage, director, rounds)
    await director.command("end_session")
    await director.command("publish_record")
    return director


async def record(stage: Stage, size: tuple[int, int], language: str = "en", cookies: Mapping[str, str] = {}) -> Page:
    page = await stage.page(size, {LANGUAGE_COOKIE: language, **cookies})
    await page.goto(f"{stage.server.address}/record")
    return page


async def violations(page: Page) -> list[str]:
    results = await Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {node['html'][:160]} | {node['failureSummary']}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_axe_finds_nothing_on_the_record_light_or_dark_wide_or_narrow(stage: Stage, language: str) -> None:
    await published(stage)
    for size in (LAPTOP, PHONE):
        page = await record(stage, size, language)
        assert await page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        assert await violations(page) == []
        await page.emulate_media(color_scheme="dark")
        assert await violations(page) == []


@pytest.mark.parametrize("language", ["en", "ar", "ru", "ja"])
async def test_nothing_of_it_is_wider_than_the_screen_it_is_read_on(stage: Stage, language: str) -> None:
    await published(stage)
    for size in (PHONE, LAPTOP, PROJECTOR):
        page = await record(stage, size, language)
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        beyond = await page.evaluate(BEYOND)
        assert beyond == []


async def test_it_is_read_without_a_script_and_an_address_leads_to_an_intervention(stage: Stage) -> None:
    await published(stage)
    page = await stage.page(LAPTOP)
    context = await page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    plain = await context.new_page()
    await plain.goto(f"{stage.server.address}/record#said-2")
    await expect(plain.locator("#said-2 .name")).to_have_text(NAMES[1])
    await expect(plain.locator("#said-2")).to_be_in_viewport()
    await expect(plain.get_by_role("img", name="The session, drawn to scale")).to_be_visible()
    await context.close()


async def test_a_draft_keeps_up_with_the_session_and_what_is_published_runs_no_script(stage: Stage) -> None:
    director = await stage.director()
    await spoken(stage, director)
    page = await stage.page(LAPTOP, await stage.key())
    await page.clock.install()
    async with page.expect_response(lambda answer: answer.request.resource_type == "fetch"):
        await page.goto(f"{stage.server.address}/record")
    await expect(page.locator("#record .draft")).to_have_text("Draft")
    said = next(iter(director.state["interventions"]))
    await director.command("add_note", request=said, text="Written later", kind="note")
    await expect(page.get_by_text("Written later")).to_have_count(0)

    await page.clock.fast_forward(16_000)

    await expect(page.get_by_text("Written later")).to_be_visible()
    await director.command("end_session")
    await director.command("publish_record")
    await page.reload()
    await expect(page.locator("script")).to_have_count(0)


async def printed(page: Page, folder: Path) -> list[str]:
    """The text of each page of A4, as pdftotext lays it out."""
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("pdftotext is not installed: nobody looked at the printed page")
    await page.pdf(path=folder / "record.pdf", prefer_css_page_size=True)
    command = (pdftotext, "-layout", str(folder / "record.pdf"), "-")
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()  # noqa: ASYNC221
    return text.split("\f")[:-1]


@pytest.mark.parametrize("language", ["en", "ar", "ja"])
async def test_on_paper_each_page_has_its_number_and_all_but_the_first_the_title(
    stage: Stage, tmp_path: Path, language: str
) -> None:
    await published(stage, rounds=2)
    pages = await printed(await record(stage, LAPTOP, language), tmp_path)

    assert len(pages) > 4
    last = [page.strip().splitlines()[-1] for page in pages]
    for number, foot in enumerate(last, start=1):
        assert sorted(re.findall(r"\d+", foot)) == sorted([str(number), str(len(pages))]), foot
    if language == "en":
        title = "WSIS at 20: Successes, Failures, and Expectations"
        assert [title in page.strip().splitlines()[0] for page in pages] == [False] + [True] * (len(pages) - 1)


async def test_on_paper_no_intervention_is_cut_in_two_and_each_table_s_head_comes_again(
    stage: Stage, tmp_path: Path
) -> None:
    await published(stage, rounds=2)
    pages = await printed(await record(stage, LAPTOP), tmp_path)

    assert "Word" not in pages[0], "no tools"
    said = [page for page in pages if re.search(r"^\s*\d+ +\d\d:\d\d:\d\d ", page, re.MULTILINE)]
    assert len(said) > 2
    for page in said:
        lines = [line for line in page.splitlines() if line.strip()]
        rows = [place for place, line in enumerate(lines) if re.match(r"\s*\d+ +\d\d:\d\d:\d\d ", line)]
        heads = [place for place, line in enumerate(lines) if re.match(r"\s*No\. +Start +Speaker", line)]
        assert heads, "its columns are named on this page too"
        assert heads[0] < rows[0]
        parts = "\n".join(lines[rows[0] :])
        assert parts.count("Key points") == parts.count("References") == len(rows), "with all its notes"
        assert "Key points" not in "\n".join(lines[: rows[0]])


async def test_once_it_is_published_the_phone_links_to_it_and_the_room_says_where_it_is(stage: Stage) -> None:
    director = await stage.director()
    phone, room = await stage.phone("Bo"), await stage.room()
    await director.command("start_session")
    await director.command("end_session")
    await expect(phone.word).to_have_text("The session has ended")
    link = phone.page.get_by_role("link", name="Read the record of the session")
    await expect(link).to_have_count(0)

    await director.command("publish_record")

    await expect(room.page.locator("#last")).to_have_text("The record is published: floor.example.org/record")
    await link.click()
    await expect(phone.page).to_have_url(f"{stage.server.address}/record")
    await expect(phone.page.get_by_role("heading", level=1)).to_contain_text("WSIS at 20")
