"""GET /record of a running server: who may read it, and that what is published stays as it is."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import closing

import httpx
import pytest
import pytest_asyncio

from app.client import Client, Refused, chair_cookies
from app.entries import acts
from app.floor.record_making import AS_IGF, record_of
from app.record_html import record_html
from app.store import Store
from tests.reading import Page
from tests.serving import SESSION, ServerProcess

IGF = SESSION + "  technical_community: {en: Technical community}\n"


@pytest_asyncio.fixture
async def chair(own_server: ServerProcess) -> AsyncIterator[Client]:
    own_server.config.write_text(IGF, "utf-8")
    own_server.start()
    async with await own_server.chair() as chair:
        yield chair


Cookies = Mapping[str, str]


async def asked(server: ServerProcess, path: str = "/record", cookies: Cookies | None = None) -> httpx.Response:
    async with httpx.AsyncClient(base_url=server.address, cookies=dict(cookies or {})) as http:
        return await http.get(path)


async def spoken(server: ServerProcess, chair: Client, *names: str) -> None:
    """Each of them has the floor once, on the topic "vision"."""
    await chair.command("start_session")
    await chair.command("open_topic", topic="vision")
    for count, name in enumerate(names, start=1):
        async with await server.phone(name) as phone:
            await phone.command("request_floor", kind="intervention", summary=f"Said by {name}")
            await chair.command("give_floor", after=None)
            await phone.command("conclude")
        await chair.until(lambda seen, count=count: len(seen.state["interventions"]) == count)  # type: ignore[misc]


async def test_a_draft_is_for_consoles_and_what_is_published_for_everybody(
    own_server: ServerProcess, chair: Client
) -> None:
    console = await chair_cookies(own_server.chair_link)
    ana = (await own_server.joined("Ana Souza")).cookies
    await spoken(own_server, chair, "Bo Berg")
    for cookies in ({}, ana):
        answer = await asked(own_server, cookies=cookies)
        assert (answer.status_code, "Bo Berg" in answer.text) == (403, False)
        assert "The record is not public yet" in answer.text
    draft = await asked(own_server, cookies=console)
    assert (draft.status_code, draft.headers["cache-control"]) == (200, "no-store")
    assert "Bo Berg" in draft.text
    assert "Draft as of" in draft.text

    await chair.command("end_session")
    await chair.command("publish_record")

    for cookies in ({}, ana, console):
        answer = await asked(own_server, cookies=cookies)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
        assert "Edition 1, published on" in answer.text
    assert len({(await asked(own_server, cookies=cookies)).content for cookies in ({}, ana, console)}) == 1
    await chair.command("withdraw_record")
    assert (await asked(own_server)).status_code == 403
    await chair.command("publish_record")
    assert "Edition 2, published on" in (await asked(own_server)).text


async def test_what_is_published_is_what_the_log_says_to_the_byte_and_stays_so(
    own_server: ServerProcess, chair: Client
) -> None:
    await spoken(own_server, chair, "Ana Souza", "Bo Berg")
    said = next(iter(chair.state["interventions"]))
    await chair.command("add_note", request=said, text="Access for all", kind="key_point")
    await chair.command("end_session")
    await chair.command("publish_record")
    published = (await asked(own_server)).content

    with closing(Store(f"sqlite:///{own_server.database}", "small")) as store:
        entries = store.load()
    assert published.decode() == record_html(record_of(acts(entries), 0), "en")
    refused = {
        "add_note": {"request": said, "text": "More"},
        "add_tag": {"topic": "vision", "tag": "access"},
        "undo": {},
        "edit_participant": {"participant": chair.state["interventions"][said]["participant"], "name": "Eva"},
    }
    for command, details in refused.items():
        with pytest.raises(Refused, match="record_published"):
            await chair.command(command, **details)
    assert (await asked(own_server)).content == published
    await asyncio.to_thread(own_server.end)
    await asyncio.to_thread(own_server.start)
    assert (await asked(own_server)).content == published


async def test_whoever_was_hidden_or_took_out_their_data_is_counted_and_not_named(
    own_server: ServerProcess, chair: Client
) -> None:
    await spoken(own_server, chair, "Ana Souza", "Bo Berg", "Cy Chen")
    of = {one["name"]: one["participant"] for one in chair.state["interventions"].values()}
    await chair.command("hide_participant", participant=of["Bo Berg"])
    async with await own_server.phone("Di Diaz") as di:
        await di.command("request_floor", kind="intervention")
        await di.command("take_out_data")
    await chair.command("end_session")
    await chair.command("publish_record")

    html = (await asked(own_server)).text

    assert "Bo Berg" not in html
    assert "Di Diaz" not in html
    rows = [cells for cells in Page(html).table("Interventions: The vision").rows if len(cells) == 7]
    assert [cells[2] for cells in rows[1:]] == [
        "Ana Souza Kyoto Forum",
        "A participant (Academia)",
        "Cy Chen Kyoto Forum",
    ]


async def test_a_name_that_is_hidden_after_the_page_was_made_is_gone_from_it(
    own_server: ServerProcess, chair: Client
) -> None:
    console = await chair_cookies(own_server.chair_link)
    await spoken(own_server, chair, "Bo Berg")
    assert "Bo Berg" in (await asked(own_server, cookies=console)).text

    (said,) = chair.state["interventions"].values()
    await chair.command("hide_participant", participant=said["participant"])

    assert "Bo Berg" not in (await asked(own_server, cookies=console)).text


async def test_academia_is_counted_apart_or_with_the_technical_community_as_whoever_reads_it_says(
    own_server: ServerProcess, chair: Client
) -> None:
    await spoken(own_server, chair, "Ana Souza")
    await chair.command("end_session")
    await chair.command("publish_record")

    apart = Page((await asked(own_server)).text)
    as_igf = Page((await asked(own_server, "/record?groups=igf")).text)

    def counts(page: Page) -> dict[str, str]:
        return {cells[0]: cells[1] for cells in page.table(". Groups").rows[1:-1]}

    nobody = {"Government": "0", "Civil society": "0"}
    assert counts(apart) == nobody | {"Academia": "1", "Technical community": "0"}
    assert counts(as_igf) == nobody | {"Technical community (with Academia)": "1"}
    assert "/record?lang=en&groups=igf" in apart.links
    assert "/record?lang=en" in as_igf.links
    with closing(Store(f"sqlite:///{own_server.database}", "small")) as store:
        record = record_of(acts(store.load()), 0, AS_IGF)
    assert as_igf.text == Page(record_html(record, "en", as_igf=True)).text


async def test_however_many_ask_at_once_all_read_the_same(own_server: ServerProcess, chair: Client) -> None:
    await spoken(own_server, chair, "Ana Souza")
    await chair.command("end_session")
    await chair.command("publish_record")

    answers = await asyncio.gather(*(asked(own_server) for _ in range(20)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


async def test_where_the_log_cannot_be_read_the_page_says_so_and_is_there_again_afterwards(
    own_server: ServerProcess, chair: Client
) -> None:
    await spoken(own_server, chair, "Ana Souza")
    await chair.command("end_session")
    await chair.command("publish_record")
    with closing(sqlite3.connect(own_server.database)) as database:
        database.execute("ALTER TABLE event RENAME TO hidden")
        answer = await asked(own_server)
        assert (answer.status_code, answer.text[:37]) == (503, "The record cannot be read at the mome")
        database.execute("ALTER TABLE hidden RENAME TO event")

    assert (await asked(own_server)).status_code == 200


async def test_the_page_s_files_are_there(own_server: ServerProcess, chair: Client) -> None:
    console = await chair_cookies(own_server.chair_link)
    html = (await asked(own_server, cookies=console)).text
    for file in ("/static/style.css", "/static/record.css", "/static/record_print.css", "/static/record.js"):
        assert file in html
        assert (await asked(own_server, file)).status_code == 200
