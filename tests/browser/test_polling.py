"""A network that lets no websocket through: the same messages go by plain HTTP, and nobody notices."""

import pytest
from playwright.async_api import expect

from tests.browser.narrow import NarrowNetwork, Way
from tests.browser.screens import Phone
from tests.browser.stage import SMALL_PHONE, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("way", ["refuse", "swallow"])
async def test_all_works_where_websockets_are_blocked(stage: Stage, way: Way) -> None:
    director = await stage.director()
    await director.command("start_session")
    await director.command("open_topic", topic="vision")
    async with NarrowNetwork(stage.server.port, way) as network:
        phone = Phone(await stage.page(SMALL_PHONE))
        phone.network_may_fail = True
        stage.screens.append(phone)
        await phone.open(network.address)
        await phone.join("Ana Souza", "Brazil", "Government")
        await phone.ask()
        await director.command("give_floor", after=None)
        await expect(phone.floor_title).to_have_text("You have the floor")
        await expect(phone.digits).not_to_be_empty()
        await phone.has_finished.click()
        await phone.answers("I have finished")
        await expect(phone.ended).to_contain_text("You spoke for")
        await director.until(lambda seen: "floor" not in seen.state)
        await director.command("announce", text="To all")
        await phone.see("To all")
        await expect(phone.not_live).to_be_hidden()
        assert network.opened_websockets == 0
        assert any("/api/live/" in request for request in network.requests)
        await phone.page.close()


async def test_whoever_is_on_plain_http_goes_back_to_a_websocket_once_there_is_one(stage: Stage) -> None:
    director = await stage.director()
    async with NarrowNetwork(stage.server.port, "refuse") as network:
        page = await stage.page(SMALL_PHONE, (await stage.server.joined("Ana Souza")).cookies)
        await page.clock.install()
        phone = Phone(page)
        phone.network_may_fail = True
        await phone.open(network.address)
        assert network.opened_websockets == 0
        network.websockets = "open"
        await page.clock.fast_forward(65_000)
        await network.opened(2)  # one to try, one to stay
        await director.command("announce", text="Over the websocket")
        await phone.see("Over the websocket")
        await expect(phone.not_live).to_be_hidden()
        await page.close()
