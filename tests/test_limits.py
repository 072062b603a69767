"""How much one screen, one participant and one browser may ask for; what is refused is told when to try again."""

import asyncio
import json
from bisect import bisect_left
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from app.client.joining import tls
from app.config_limits import Limits
from app.floor.errors import TooLong
from app.floor.rules_people import MOST_NAME, MOST_ORGANISATION
from app.floor.rules_record import MOST_NOTE
from app.floor.rules_request import MOST_SUMMARY
from app.floor.text import checked
from app.web.access import BROWSER_COOKIE, PARTICIPANT_COOKIE
from app.web.pace import Paces
from tests.plain_socket import closed_with, plain_socket
from tests.serving import SESSION, ServerProcess

LIMITS = """\
limits:
  attendees: {messages_per_second: 1000, messages_at_once: 1000}
  commands_a_minute: 5
  joins_an_hour: 3
  name_changes_an_hour: 2
"""
ANA = {"name": "Ana Lima", "organisation": "Kyoto Forum", "group": "academia"}
HOUR_S = 3600


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server that allows little."""
    process = ServerProcess(tmp_path_factory.mktemp("strict"), SESSION + LIMITS)
    try:
        yield process.start()
    finally:
        process.end()
    assert process.faults == [], process.log


@pytest.fixture
async def http(strict: ServerProcess) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that has never been here."""
    async with httpx.AsyncClient(base_url=strict.address, verify=tls()) as client:
        yield client


async def joined(http: httpx.AsyncClient, **details: str) -> httpx.Response:
    return await http.post("/api/join", json={**ANA, **details})


def is_too_fast(response: httpx.Response) -> bool:
    """It also says when to try again, to people and to programs."""
    if response.json().get("reason") != "too_fast":
        return False
    seconds = response.headers["Retry-After"]
    assert response.status_code == 429
    assert 0 < int(seconds) <= HOUR_S
    assert seconds in response.json()["message"]
    return True


# Joining


async def test_a_browser_joins_so_often_and_no_more_though_it_leaves_in_between(http: httpx.AsyncClient) -> None:
    await joined(http)
    for number in range(3):
        del http.cookies[PARTICIPANT_COOKIE]
        assert (await joined(http, name=f"Ana {number}")).status_code == 200

    del http.cookies[PARTICIPANT_COOKIE]
    assert is_too_fast(await joined(http))


async def test_a_connection_joins_so_often_and_no_more_though_it_keeps_no_cookie(http: httpx.AsyncClient) -> None:
    for _ in range(3):
        assert (await joined(http)).status_code == 200
        http.cookies.clear()

    assert is_too_fast(await joined(http))


async def test_what_comes_through_a_proxy_is_not_counted_by_connection(http: httpx.AsyncClient) -> None:
    """Many people's requests share it."""
    http.headers["X-Forwarded-For"] = "203.0.113.7"
    for _ in range(5):
        assert (await joined(http)).status_code == 200
        http.cookies.clear()


async def test_a_forged_browser_cookie_is_none(http: httpx.AsyncClient) -> None:
    for number in range(3):
        assert (await joined(http)).status_code == 200
        http.cookies.clear()
        http.cookies[BROWSER_COOKIE] = f"forged {number}"

    assert is_too_fast(await joined(http))


async def test_a_participant_changes_their_name_so_often_and_no_more(http: httpx.AsyncClient) -> None:
    await joined(http)
    for number in range(2):
        assert (await joined(http, name=f"Ana {number}")).status_code == 200

    assert is_too_fast(await joined(http, name="Ana again"))
    assert (await joined(http, name="Ana 1", where="online")).status_code == 200, "the name is as it was"


async def test_who_comes_with_the_id_of_an_answer_that_was_lost_is_counted_as_that_participant(
    http: httpx.AsyncClient,
) -> None:
    answers = []
    for number in range(4):
        answers.append(await joined(http, id="of the page's making", name=f"Ana {number}"))
        http.cookies.clear()

    assert [answer.status_code for answer in answers[:3]] == [200] * 3
    assert len({answer.json()["participant"] for answer in answers[:3]}) == 1
    assert is_too_fast(answers[3])


# Talking


async def test_a_participant_s_commands_are_counted_over_all_their_screens(strict: ServerProcess) -> None:
    ana, bo = await strict.joined("Ana"), await strict.joined("Bo")

    async def reasons(cookies: Any, numbers: range) -> list[str]:
        async with plain_socket(strict.address, cookies=cookies) as socket:
            return [(await socket.ask("withdraw", f"w{number}"))["reason"] for number in numbers]

    assert await reasons(ana.cookies, range(3)) == ["no_request"] * 3
    assert await reasons(ana.cookies, range(3, 6)) == ["no_request", "no_request", "too_fast"]
    assert await reasons(bo.cookies, range(1)) == ["no_request"]


async def test_what_is_no_command_is_not_counted_over_all_screens(strict: ServerProcess) -> None:
    joined = await strict.joined("Cy")

    async with plain_socket(strict.address, cookies=joined.cookies) as socket:
        for _ in range(20):
            await socket.pong()
        assert (await socket.ask("withdraw", "w"))["reason"] == "no_request"


# Size


async def test_an_attendee_s_message_over_four_kibibytes_is_refused_and_the_conversation_goes_on(
    server: ServerProcess,
) -> None:
    message = {"type": "command", "id": "long", "do": "request_floor", "with": {"summary": "é" * 2_048}}
    async with plain_socket(server.address) as socket:
        await socket.say(json.dumps(message, ensure_ascii=False))

        answer = await socket.answer("long")
        assert answer["reason"] == "malformed"
        assert "message: expected at most 4096 bytes, got 41" in answer["message"]
        await socket.pong()


@pytest.mark.parametrize("one_frame", [True, False])
async def test_what_is_longer_than_any_message_is_not_read_to_its_end(server: ServerProcess, one_frame: bool) -> None:
    async with plain_socket(server.address) as socket:
        await socket.connection.send("x" * 32_769 if one_frame else ["x" * 20_000, "x" * 20_000])

        assert await closed_with(socket.connection) == 1009


async def test_a_link_by_http_takes_as_much_as_a_socket(server: ServerProcess) -> None:
    async with httpx.AsyncClient(base_url=server.address, verify=tls()) as http:
        link = "/api/live/" + (await http.post("/api/live")).json()["link"]
        snapshot = (await http.get(link)).json()
        sent = [await http.post(link, content=b"x" * size) for size in (4_096, 4_097, 32_768, 32_769)]
        told = (await http.get(link)).json()

    assert [message["type"] for message in snapshot] == ["snapshot"]
    assert [answer.status_code for answer in sent] == [204, 204, 204, 413]
    assert ["at most 4096 bytes" in message["message"] for message in told] == [False, True, True]


LONGEST_OF = ["x", '"', "é", "漢", "𐍈", "क्षि", "ស្រ្តី", "👩🏽‍🔬", "👨‍👩‍👧‍👦", "a" + "\u0301\u0302" * 3]


def longest(one: str, field: str, most: int) -> str:
    """As often as the rules allow."""
    often = bisect_left(range(1, most + 1), True, key=lambda times: is_too_long(one * times, field, most))
    assert often, one
    return checked(one * often, field, most)


def is_too_long(text: str, field: str, most: int) -> bool:
    try:
        checked(text, field, most)
    except TooLong:
        return True
    return False


@pytest.mark.parametrize("one", LONGEST_OF, ids=ascii)
def test_the_longest_that_the_rules_allow_fits_into_a_message_in_every_script(one: str) -> None:
    def size(do: str, **details: str) -> int:
        return len(orjson.dumps({"type": "command", "id": "i" * 64, "do": do, "with": details}))

    summary = longest(one, "summary", MOST_SUMMARY)
    name, organisation = longest(one, "name", MOST_NAME), longest(one, "organisation", MOST_ORGANISATION)
    limits = Limits()

    assert (
        size("request_floor", kind="right_of_reply", summary=summary, topic="t" * 40) <= limits.attendees.message_bytes
    )
    assert size("describe_request", summary=summary, request="r10000") <= limits.attendees.message_bytes
    assert size("add_note", request="r10000", text=longest(one, "text", MOST_NOTE)) <= limits.consoles.message_bytes
    added = size("add_request", name=name, organisation=organisation, group="g" * 40, summary=summary)
    assert added <= limits.consoles.message_bytes


# Memory


def test_however_many_come_only_so_many_are_remembered_and_who_was_there_last_stays() -> None:
    paces = Paces(1 / HOUR_S, 1)
    for number in range(Paces.MOST):
        paces.wait_s(f"p{number}", 0)
    assert paces.wait_s("p0", 0) == HOUR_S, "heard of again"

    for number in range(Paces.MOST - 1):
        paces.wait_s(f"q{number}", 0)

    assert len(paces._of) == Paces.MOST
    assert paces.wait_s("p0", 0) == HOUR_S
    assert paces.wait_s("p1", 0) == 0, "forgotten"


async def test_a_hall_joins_through_one_address_within_the_shipped_limits(own_server: ServerProcess) -> None:
    own_server.start()

    people = await asyncio.gather(*(own_server.joined(f"Person {number}") for number in range(40)))

    assert len({one.participant for one in people}) == 40


def test_the_limits_of_the_shipped_session_file_are_the_defaults() -> None:
    text = (Path(__file__).parents[1] / "session_config.yaml").read_text("utf-8")
    limits = Limits()

    for section in (limits.attendees, limits.consoles):
        assert str(section.model_dump()).replace("'", "") in text
    for name in ("commands_a_minute", "name_changes_an_hour", "joins_an_hour"):
        assert f"{name}: {getattr(limits, name)} " in text
