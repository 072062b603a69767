"""Gender and UN regional group: asked where the session file says so, counted in the record, shown to nobody."""

from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from app.entries import acts
from app.floor.record import Share
from app.floor.record_making import record_of
from app.store import Store
from tests.browser.screens import Phone
from tests.browser.stage import KYOTO, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONE = (390, 844)


@pytest_asyncio.fixture(loop_scope="session")
async def asking(browser: Browser, tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(browser, tmp_path, KYOTO + "\nask_for: [gender, region]\n") as stage:
        yield stage


async def somebody(stage: Stage, language: str = "en") -> Phone:
    """The phone of somebody who has not joined yet."""
    page = await stage.page(PHONE)
    await page.set_extra_http_headers({"Accept-Language": language})
    phone = Phone(page)
    stage.screens.append(phone)
    await phone.open(stage.server.address)
    return phone


async def spoken(stage: Stage, *phones: Phone) -> None:
    director = await stage.director()
    await director.command("start_session")
    await director.command("open_topic", topic="vision")
    for phone in phones:
        await phone.ask()
    for _ in phones:
        await director.until(lambda c: c.state["list"])
        floor = director.state.get("floor", {}).get("request")
        done = await director.command("give_floor", after=floor)
        await director.at(done.seq)
    await director.command("end_intervention", request=director.state["floor"]["request"])


def balance(stage: Stage, asked: str) -> dict[str, int]:
    with closing(Store(f"sqlite:///{stage.server.database}", "wsis-at-20")) as store:
        record = record_of(acts(store.load()), 0)
    counted: dict[str, Share] = dict(record.balance[asked])  # type: ignore[index]
    return {answer: share.people for answer, share in counted.items() if share.people}


async def test_what_people_say_of_themselves_is_counted_and_what_they_leave_out_is_not_stated(asking: Stage) -> None:
    ana, bo = await somebody(asking), await somebody(asking)
    await ana.page.get_by_label("Gender").select_option("Woman")
    await ana.page.get_by_label("UN regional group").select_option("Eastern European States")
    await ana.join("Ana Souza", "Brazil", "Government")
    await bo.join("Bo Lind", "Sweden", "Government")

    await spoken(asking, ana, bo)

    assert balance(asking, "gender") == {"woman": 1, "": 1}
    assert balance(asking, "region") == {"eastern_european": 1, "": 1}


async def test_what_was_said_is_kept_until_somebody_says_otherwise(asking: Stage) -> None:
    ana = await somebody(asking)
    await ana.page.get_by_label("Gender").select_option("Woman")
    await ana.join("Ana Souza", "Brazil", "Government")
    await spoken(asking, ana)

    await ana.page.reload()
    await ana.page.get_by_role("button", name="Ana Souza: change my details").click()
    await expect(ana.page.get_by_label("Gender")).to_have_value("woman")
    await ana.page.evaluate("localStorage.clear(); sessionStorage.clear()")  # as on another phone, which does not know
    await ana.page.reload()
    await ana.page.get_by_role("button", name="Ana Souza: change my details").click()
    await expect(ana.page.get_by_label("Gender")).to_have_value("")
    await ana.page.get_by_label("Your name").fill("Ana Maria Souza")
    await ana.page.get_by_role("button", name="Save").click()
    await expect(ana.page.get_by_role("button", name="Ana Maria Souza: change my details")).to_be_visible()
    assert balance(asking, "gender") == {"woman": 1}

    await ana.page.get_by_role("button", name="Ana Maria Souza: change my details").click()
    await ana.page.get_by_label("Gender").select_option("Man")
    await ana.page.get_by_label("Gender").select_option("Prefer not to say")
    await ana.page.get_by_role("button", name="Save").click()
    await expect(ana.page.get_by_role("button", name="Save")).to_be_hidden()
    assert balance(asking, "gender") == {"": 1}


async def test_nobody_is_asked_where_the_session_file_says_nothing(stage: Stage) -> None:
    phone = await somebody(stage)

    await expect(phone.page.get_by_label("Your name")).to_be_visible()
    await expect(phone.page.locator("#gender, #region, #asked-what")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "ar", "ja"])
async def test_the_longer_form_fits_a_phone(asking: Stage, language: str) -> None:
    phone = await somebody(asking, language)

    await expect(phone.page.locator("html")).to_have_attribute("lang", language)
    await expect(phone.page.locator("#region option")).to_have_count(6)
    assert await phone.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
