"""POST /api/join: becoming a participant, changing what is known of one, and what is refused with which field."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from app import i18n
from app.client import Client, Refused, join
from app.client.joining import tls
from tests.serving import ServerProcess

ANA: dict[str, Any] = {"name": "Ana Lima", "organisation": "Kyoto Forum", "group": "academia"}


async def posted(server: ServerProcess, content: bytes | str) -> httpx.Response:
    async with httpx.AsyncClient(verify=tls()) as http:
        return await http.post(
            server.address + "/api/join", content=content, headers={"Content-Type": "application/json"}
        )


async def test_who_joins_gets_an_id_and_a_cookie_and_is_known_by_it(server: ServerProcess) -> None:
    joined = await join(server.address, **ANA, where="online")

    async with Client(server.address, cookies=joined.cookies) as phone:
        assert phone.you == {
            "role": "attendee",
            "participant": joined.participant,
            "name": "Ana Lima",
            "organisation": "Kyoto Forum",
            "group": "academia",
            "where": "online",
            "requests": {},
        }


async def test_joining_again_from_the_same_phone_changes_that_participant(server: ServerProcess) -> None:
    first = await join(server.address, **ANA)
    async with Client(server.address, cookies=first.cookies) as phone:
        again = await join(server.address, **{**ANA, "name": "Ana Lima Souza"}, cookies=first.cookies)
        await phone.until(lambda c: c.you["name"] == "Ana Lima Souza")

    assert again.participant == first.participant


async def test_two_of_the_same_name_are_two_people(server: ServerProcess) -> None:
    first, second = await join(server.address, **ANA), await join(server.address, **ANA)

    assert first.participant != second.participant


async def test_a_cookie_that_is_not_ours_makes_a_new_participant(server: ServerProcess) -> None:
    joined = await join(server.address, **ANA, cookies={"open_floor_participant": "forged"})

    assert joined.participant
    assert joined.cookies["open_floor_participant"] != "forged"


async def test_what_would_turn_a_row_around_is_taken_out_of_names(server: ServerProcess) -> None:
    joined = await join(
        server.address, name="\u202eآنا\u202c  ليما\u0007", organisation="\u2067منتدى\u2069", group="academia"
    )

    async with Client(server.address, cookies=joined.cookies) as phone:
        assert (phone.you["name"], phone.you["organisation"]) == ("آنا ليما", "منتدى")


@pytest.mark.parametrize(
    ("wrong", "reason", "field"),
    [
        ({"name": "  "}, "malformed", "name"),
        ({"name": "\u202e"}, "malformed", "name"),
        ({"name": "x" * 81}, "too_long", "name"),
        ({"organisation": "x" * 121}, "too_long", "organisation"),
        ({"group": "royalty"}, "malformed", "group"),
        ({"group": ""}, "malformed", "group"),
        ({"where": "on the moon"}, "malformed", "where"),
        ({"name": 7}, "malformed", "name"),
        ({"name": None}, "malformed", "name"),
        ({"participant": "p1"}, "malformed", None),
    ],
)
async def test_what_cannot_be_taken_is_refused_with_the_field_to_mend(
    server: ServerProcess, wrong: dict[str, object], reason: str, field: str | None
) -> None:
    response = await posted(server, json.dumps({**ANA, **wrong}))

    answer = response.json()
    assert response.status_code == 422
    assert (answer["reason"], answer.get("field")) == (reason, field)
    assert len(answer["message"]) > 20
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"not JSON",
        b'{"name": "Ana"}',
        b'{"name": "\xff"}',
        b'{"name": "\\ud800", "group": "academia"}',
        b'{"\\ud800": 1, "name": "Ana", "group": "academia"}',
        b'{"name": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    ],
)
async def test_what_is_no_form_at_all_is_refused_and_breaks_nothing(server: ServerProcess, content: bytes) -> None:
    response = await posted(server, content)

    assert 400 <= response.status_code < 500
    assert response.json()


async def test_a_language_that_is_not_offered_is_english(server: ServerProcess) -> None:
    joined = await join(server.address, **ANA, language="tlh")

    async with Client(server.address, cookies=joined.cookies) as phone:
        with pytest.raises(Refused) as refused:
            await phone.command("undo")

    assert refused.value.message == i18n.text("en", "refused.not_chair")


async def answered(server: ServerProcess, name: str) -> bytes:
    """What a phone of its own is answered: over a plain connection, since three hundred HTTP clients cost seconds."""
    body = json.dumps({**ANA, "name": name})
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = f"POST /api/join HTTP/1.1\r\nHost: hall\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    writer.write((head + "Connection: close\r\n\r\n" + body).encode())
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def test_three_hundred_people_join_from_one_address_and_none_is_refused(own_server: ServerProcess) -> None:
    own_server.start()

    answers = await asyncio.gather(*(answered(own_server, f"Person {n}") for n in range(300)))

    assert {answer.partition(b"\r\n")[0] for answer in answers} == {b"HTTP/1.1 200 OK"}
    assert len({answer.partition(b"\r\n\r\n")[2] for answer in answers}) == 300
    async with await own_server.chair() as chair:
        await chair.until(lambda c: c.state["joined"] == {"government": 0, "civil_society": 0, "academia": 300})
