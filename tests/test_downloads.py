"""The record's files over HTTP: who may have them, as what they come, and that the floor goes on meanwhile."""

import asyncio
import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import docx
import httpx
import pytest
from pypdf import PdfReader

from app.client import Client, chair_cookies
from app.client.joining import tls
from app.exports.making import FORMATS, MEDIA_TYPES
from app.web.downloads import ADDRESSES
from tests.serving import SESSION, ServerProcess

TWO_LANGUAGES = SESSION.replace("title: {en: A small session}", "title: {en: A small session, fr: Petite session}")
WITH_TECHNICIANS = TWO_LANGUAGES + "  technical_community: {en: Technical community}\nlanguages: [en, fr]\n"
FOR_CONSOLES_ALONE = "/record.jsonl"
SIGNS = {"docx": b"PK", "pdf": b"%PDF-", "csv": b"", "json": b"{", "jsonl": b"{"}


@pytest.fixture
def two_languages(tmp_path: Path) -> Iterator[ServerProcess]:
    process = ServerProcess(tmp_path / "own", WITH_TECHNICIANS)
    try:
        yield process.start()
    finally:
        process.end()
    assert process.faults == [], process.log


async def spoken(server: ServerProcess, chair: Client) -> None:
    await chair.command("start_session")
    await chair.command("open_topic", topic="vision")
    async with await server.phone("Ana Lima") as ana:
        await ana.command("request_floor")
        await chair.command("give_floor", after=None)
        await ana.command("conclude")


def public(server: ServerProcess) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=server.address, verify=tls(), timeout=60)


async def console(server: ServerProcess) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=server.address, verify=tls(), timeout=60, cookies=dict(await chair_cookies(server.chair_link))
    )


async def test_a_draft_is_for_consoles_and_what_is_published_for_everybody_but_the_log(
    two_languages: ServerProcess,
) -> None:
    async with await two_languages.chair() as chair, public(two_languages) as anyone:
        await spoken(two_languages, chair)
        async with await console(two_languages) as secretariat:
            for address, name in ADDRESSES.items():
                format_ = next(one for one, names in FORMATS.items() if name in names)
                refused, draft = await anyone.get(address), await secretariat.get(address)

                assert (refused.status_code, refused.json()) == (403, {"reason": "not_chair"})
                assert draft.status_code == 200
                assert draft.headers["content-type"] == MEDIA_TYPES[format_]
                assert draft.headers["content-disposition"] == f'attachment; filename="small-draft-{name}"'
                assert draft.headers["cache-control"] == "no-store"
                assert draft.content.startswith(SIGNS[format_])

        await chair.command("end_session")
        await chair.command("publish_record")
        for address, name in ADDRESSES.items():
            answer = await anyone.get(address)
            if address == FOR_CONSOLES_ALONE:
                assert (answer.status_code, answer.json()) == (403, {"reason": "not_chair"})
            else:
                assert answer.status_code == 200
                assert answer.headers["content-disposition"] == f'attachment; filename="small-{name}"'
                assert answer.headers["cache-control"] == "no-cache"

        await chair.command("withdraw_record")
        assert {(await anyone.get(address)).status_code for address in ADDRESSES} == {403}


async def test_each_is_what_was_asked_for(two_languages: ServerProcess) -> None:
    async with await two_languages.chair() as chair, await console(two_languages) as secretariat:
        await spoken(two_languages, chair)

        rows = list(
            csv.DictReader(io.StringIO((await secretariat.get("/record.csv?bom=1")).content.decode("utf-8-sig")))
        )
        assert [(row["name"], row["group"]) for row in rows] == [("Ana Lima", "academia")]
        assert (await secretariat.get("/record.csv?bom=1")).content.startswith(b"\xef\xbb\xbf")
        assert (await secretariat.get("/record.csv")).content.startswith(b"number,")
        assert "technical_community" in (await secretariat.get("/record.csv?groups=igf")).text
        assert json.loads((await secretariat.get("/record.json")).content)["status"] == "draft"
        french = docx.Document(io.BytesIO((await secretariat.get("/record.docx?lang=fr")).content))
        assert french.paragraphs[0].text == "Petite session"
        pages = PdfReader(io.BytesIO((await secretariat.get("/record.pdf?lang=fr")).content)).pages
        assert "Petite session" in pages[0].extract_text()
        log = [json.loads(line) for line in (await secretariat.get("/record.jsonl")).text.splitlines()]
        assert [line["name"] for line in log][-1] == "InterventionEnded"


async def test_a_name_hidden_after_a_file_was_made_is_not_in_the_next(two_languages: ServerProcess) -> None:
    async with await two_languages.chair() as chair, await console(two_languages) as secretariat:
        await spoken(two_languages, chair)
        assert "Ana Lima" in (await secretariat.get("/record.csv")).text
        (ana,) = (await secretariat.get("/api/participants?q=ana")).json()["participants"]

        await chair.command("hide_participant", participant=ana["participant"])

        assert "Ana Lima" not in (await secretariat.get("/record.csv")).text


async def test_where_the_log_cannot_be_read_that_is_said_and_the_file_is_there_again_afterwards(
    two_languages: ServerProcess,
) -> None:
    async with await two_languages.chair() as chair, await console(two_languages) as secretariat:
        await spoken(two_languages, chair)
        with closing(sqlite3.connect(two_languages.database)) as database:
            database.execute("ALTER TABLE event RENAME TO elsewhere")
            answer = await secretariat.get("/record.json")
            assert (answer.status_code, answer.json()) == (503, {"reason": "unavailable"})
            database.execute("ALTER TABLE elsewhere RENAME TO event")

        assert (await secretariat.get("/record.json")).status_code == 200


async def test_however_many_ask_at_once_all_have_the_same_file_and_the_floor_goes_on(
    two_languages: ServerProcess,
) -> None:
    async with await two_languages.chair() as chair, public(two_languages) as anyone:
        await spoken(two_languages, chair)
        await chair.command("end_session")
        await chair.command("publish_record")

        asked = [asyncio.create_task(anyone.get("/record.docx")) for _ in range(10)]
        await chair.command("announce", text="Thank you")
        answers = await asyncio.gather(*asked)

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) <= 2, "one made before the notice, one after"
