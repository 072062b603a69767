"""One person on more than one phone, by a personal code; and out of the session again, with all their data."""

from typing import Any

import httpx
import pytest

from app.client import Client, Refused
from app.web.access import PARTICIPANT_COOKIE
from tests.serving import ServerProcess


@pytest.fixture
def started(own_server: ServerProcess) -> ServerProcess:
    return own_server.start()


def http_of(server: ServerProcess, cookies: object = None) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=server.address, cookies=cookies)  # type: ignore[arg-type]


async def code_of(server: ServerProcess, cookies: object) -> str:
    async with http_of(server, cookies) as http:
        code: str = (await http.get("/api/code")).json()["code"]
        return code


@pytest.mark.parametrize(
    "typed", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f" {code[:4]} {code[5:]} "]
)
async def test_the_code_brings_the_same_person_back_however_it_is_typed(started: ServerProcess, typed: object) -> None:
    ana = await started.joined("Ana Souza")
    code = await code_of(started, ana.cookies)
    assert len(code) == 9
    assert code == await code_of(started, ana.cookies), "it stays the same"
    async with http_of(started) as other:
        answer = await other.post("/api/rejoin", json={"code": typed(code)})  # type: ignore[operator]
        assert (answer.status_code, answer.json()) == (200, {"participant": ana.participant})
        assert (await other.get("/api/code")).json() == {"code": code}


async def test_both_phones_of_one_person_have_the_request_and_its_place(started: ServerProcess) -> None:
    ana = await started.joined("Ana Souza")
    async with await started.chair() as chair, Client(started.address, cookies=ana.cookies) as one:
        await chair.command("start_session")
        await chair.command("open_topic", topic="vision")
        await one.command("request_floor", kind="intervention", summary="On access")
        async with http_of(started) as http:
            await http.post("/api/rejoin", json={"code": await code_of(started, ana.cookies)})
            cookies = dict(http.cookies)
        async with Client(started.address, cookies=cookies) as other:
            await other.until(lambda seen: len(seen.you["requests"]) == 1)
            assert [one["summary"] for one in other.you["requests"].values()] == ["On access"]
            await other.command("withdraw")
            await one.until(lambda seen: seen.you["requests"] == {})
            assert one.you["ended"]["status"] == "withdrawn"


async def test_who_has_not_joined_has_no_code_and_a_wrong_one_opens_nothing(started: ServerProcess) -> None:
    await started.joined("Ana Souza")
    async with http_of(started) as http:
        assert (await http.get("/api/code")).status_code == 422
        answer = await http.post("/api/rejoin", json={"code": "AAAA-AAAA"})
        assert (answer.status_code, answer.json()["reason"]) == (422, "unknown_code")
        assert PARTICIPANT_COOKIE not in http.cookies


async def test_nobody_guesses_a_code(started: ServerProcess) -> None:
    async with http_of(started) as http:
        reasons = [
            (await http.post("/api/rejoin", json={"code": f"AAAA-{number:04}"})).json()["reason"]
            for number in range(80)
        ]
    assert reasons[0] == "unknown_code"
    assert reasons[-1] == "too_fast"


async def test_whoever_takes_out_their_data_has_left_on_all_their_phones(started: ServerProcess) -> None:
    ana = await started.joined("Ana Souza", group="government")
    code = await code_of(started, ana.cookies)
    async with await started.chair() as chair, Client(started.address, cookies=ana.cookies) as phone:
        await chair.command("start_session")
        await chair.command("open_topic", topic="vision")
        await phone.command("request_floor", kind="intervention")
        await chair.until(lambda seen: len(seen.state["list"]) == 1)
        await chair.command("give_floor", after=None)
        await chair.until(lambda seen: "floor" in seen.state)
        async with Client(started.address) as onlooker:
            await onlooker.until(lambda seen: "floor" in seen.state)
            await phone.command("take_out_data")
            await chair.until(lambda seen: "floor" not in seen.state)
            await onlooker.until(lambda seen: "floor" not in seen.state)  # whose patches may leave after the chair's
        assert chair.state["last"]["hidden"] is True
        assert chair.state["last"]["name"] == ""
        assert chair.state["shares"]["session"]["government"]["count"] == 1, "what was said counts on"
        async with http_of(started, ana.cookies) as http:
            assert (await http.get("/api/code")).status_code == 422
            assert (await http.post("/api/rejoin", json={"code": code})).status_code == 422
            assert "Ana Souza" not in (await http.get("/api/state")).text


@pytest.mark.parametrize(("do", "asked"), [("request_floor", {"topic": "vision"}), ("conclude", {"request": "r1"})])
async def test_what_a_phone_kept_too_long_is_stale(started: ServerProcess, do: str, asked: dict[str, Any]) -> None:
    ana = await started.joined("Ana Souza")
    async with await started.chair() as chair, Client(started.address, cookies=ana.cookies) as phone:
        await chair.command("start_session")
        await chair.command("open_topic", topic="vision")
        await phone.command("request_floor", kind="intervention", topic="vision")
        await chair.command("give_floor", after=None)
        await chair.command("open_topic", topic="cooperation")
        await phone.command("request_floor", kind="intervention", topic="cooperation")
        await chair.command("give_floor", after=None)
        with pytest.raises(Refused, match="stale"):
            await phone.command(do, **asked)
