"""A session under way on a real server: who hears of what, who may do what, and what happens to two at once."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest

from app.client import Client, Refused
from tests.conftest import served
from tests.plain_socket import Message, keys_in, plain_socket
from tests.serving import ServerProcess

CHAIRS_ALONE = {
    *("shares", "suggestion", "forecast", "acts", "joined", "online"),
    *("summary", "overtaken", "moved", "passed_over", "away"),
}
"""No socket of the audience ever gets one of these keys, except in what is told to a participant of their own."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    yield from served(tmp_path_factory.mktemp("running"))


@pytest.fixture
async def chair(running: ServerProcess) -> AsyncIterator[Client]:
    """The console of a session under way on the topic "vision": its list is open and empty, nobody has the floor."""
    async with await running.chair() as console:
        await console.command("start_session")
        await console.command("open_topic", topic="vision")
        await console.command("open_list")
        await console.at((await console.command("resume_session")).seq)
        yield console
        await cleared(console)


async def cleared(console: Client) -> None:
    await console.at((await console.command("set_order", order="as_requested")).seq)
    while "floor" in console.state:
        await console.at((await console.command("end_intervention", request=console.state["floor"]["request"])).seq)
    for request in console.state["list"]:
        await console.command("remove_request", request=request)


@pytest.fixture
async def people(running: ServerProcess) -> AsyncIterator[tuple[Client, Client, Client]]:
    """The phones of Ana, Bo and Cy."""
    async with AsyncExitStack() as stack:
        ana, bo, cy = [
            await stack.enter_async_context(await running.phone(name, group=group))
            for name, group in (("Ana", "academia"), ("Bo", "government"), ("Cy", "civil_society"))
        ]
        yield ana, bo, cy


def own(phone: Client) -> list[str]:
    """The requests that a phone shows as its owner's."""
    return list(phone.you["requests"])


async def asked(phone: Client, **details: Any) -> str:
    """Its owner asks for the floor; the id of the request, once their phone shows it."""
    before = set(own(phone))
    await phone.command("request_floor", **details)
    await phone.until(lambda c: set(own(c)) > before)
    (request,) = set(own(phone)) - before
    return request


async def outcomes(*commands: object) -> list[str]:
    """What became of commands sent at the same instant: `accepted`, or why not."""
    answers = await asyncio.gather(*commands, return_exceptions=True)  # type: ignore[call-overload]
    return sorted(answer.reason if isinstance(answer, Refused) else "accepted" for answer in answers)


# Who hears of what


async def test_all_consoles_hear_of_a_new_request(
    running: ServerProcess, chair: Client, people: tuple[Client, Client, Client]
) -> None:
    async with await running.chair() as second, running.room() as room:
        request = await asked(people[0], summary="On funding")

        for console in (chair, second):
            await console.until(lambda c: request in c.state["list"])
            assert console.state["requests"][request]["summary"] == "On funding"
        await room.until(lambda c: request in c.state["list"])
        assert room.state["requests"][request].keys() == {
            *("participant", "name", "organisation", "group", "kind", "topic", "where")
        }


async def test_the_order_is_the_same_on_every_screen_and_for_those_who_come_late(
    running: ServerProcess, chair: Client, people: tuple[Client, Client, Client]
) -> None:
    ana, bo, cy = people
    first, second, third = [await asked(phone) for phone in people]
    point = await asked(cy, kind="point_of_order")
    await ana.command("step_back", request=first)
    answer = await chair.command("move_request", request=third, before=second)
    expected = [point, third, second, first]

    async with running.room() as room, await running.phone("Late") as late, await running.chair() as late_chair:
        for screen in (chair, ana, bo, cy, room, late, late_chair):
            await screen.at(answer.seq)
            assert screen.state["list"] == expected


async def test_no_socket_of_the_audience_ever_gets_what_is_the_chair_s(running: ServerProcess, chair: Client) -> None:
    ana, bo = await running.joined("Ana"), await running.joined("Bo", group="government")
    secrets = [f"{word}-{uuid4()}" for word in ("ana", "bo", "by-hand")]
    async with AsyncExitStack() as stack:
        phone_of_ana, phone_of_bo, stranger, room = [
            await stack.enter_async_context(plain_socket(running.address, as_=as_, cookies=cookies))
            for as_, cookies in (("attendee", ana.cookies), ("attendee", bo.cookies), ("attendee", {}), ("room", {}))
        ]
        await phone_of_ana.ask("request_floor", f"{uuid4()}", summary=secrets[0])
        await phone_of_bo.ask("request_floor", f"{uuid4()}")
        await phone_of_bo.ask("describe_request", f"{uuid4()}", summary=secrets[1])
        await chair.command(
            "add_request", name="Di", organisation="", group="academia", kind="intervention", summary=secrets[2]
        )
        await chair.at((await chair.command("set_order", order="balanced")).seq)
        first, second = chair.state["list"][:2]
        await chair.command("pass_over", request=first)
        await chair.command("move_request", request=second)
        await chair.command("give_floor", after=None)
        await chair.at((await chair.command("undo")).seq)
        await chair.command("give_floor", request=second, after=None)
        await chair.command("end_intervention", request=second)
        await chair.command("announce", text="That was all")
        for socket in (phone_of_ana, phone_of_bo, stranger, room):
            await socket.until(
                lambda m: m["type"] == "patch" and (m["patch"].get("notice") or {}).get("text") == "That was all"
            )
            await socket.say({"type": "resync"})
            await socket.until(lambda m: m["type"] == "snapshot")
    await chair.command("announce", text="")

    assert keys_in(chair.state) >= CHAIRS_ALONE - {"suggestion", "moved", "passed_over", "overtaken", "away"}
    for socket in (phone_of_ana, phone_of_bo, stranger, room):
        shown = [message.get("state") or message.get("patch") for message in socket.messages]
        assert keys_in(shown) & CHAIRS_ALONE == set()
        assert not [word for word in secrets if word in json.dumps(shown)]
    for socket, not_theirs in (
        (phone_of_ana, secrets[1:]),
        (phone_of_bo, [secrets[0], secrets[2]]),
        (stranger, secrets),
        (room, secrets),
    ):
        assert not [word for word in not_theirs if word in "".join(socket.frames)]
    assert secrets[0] in "".join(phone_of_ana.frames)
    assert {m["type"] for m in stranger.messages + room.messages} == {"snapshot", "patch"}
    assert {m["you"]["participant"] for m in phone_of_ana.messages if m["type"] == "you"} == {ana.participant}
    assert {m["you"]["participant"] for m in phone_of_bo.messages if m["type"] == "you"} == {bo.participant}


async def test_a_phone_is_told_what_became_of_its_request(chair: Client, people: tuple[Client, Client, Client]) -> None:
    ana, bo, cy = people
    of_ana, of_bo, of_cy = [await asked(phone) for phone in people]

    await chair.command("remove_request", request=of_ana)
    await ana.until(lambda c: own(c) == [])
    assert ana.you["ended"] == {"request": of_ana, "topic": "vision", "kind": "intervention", "status": "removed"}
    await asked(ana)

    await chair.command("give_floor", request=of_bo, after=None)
    await bo.until(lambda c: c.you["requests"][of_bo]["status"] == "speaking")
    await bo.command("conclude")
    await bo.until(lambda c: own(c) == [])
    assert (bo.you["ended"]["request"], bo.you["ended"]["status"]) == (of_bo, "spoken")
    assert bo.you["ended"]["spent_ms"] >= 0

    for times in (1, 2):
        assert cy.you["requests"][of_cy].get("passed_over", 0) == times - 1
        await chair.command("pass_over", request=of_cy)
        await cy.until(lambda c: c.you["requests"].get(of_cy, {"passed_over": 2}).get("passed_over", 0) == times)  # noqa: B023
    assert cy.you["ended"]["status"] == "passed_over"


async def test_the_closing_of_the_list_is_shown_to_all_and_one_can_still_withdraw(
    running: ServerProcess, chair: Client, people: tuple[Client, Client, Client]
) -> None:
    ana, bo, _ = people
    await asked(ana)

    await chair.command("close_list")

    async with running.room() as room:
        for screen in (ana, bo, room, chair):
            await screen.until(lambda c: c.state["topics"]["vision"]["list"] == "closed")
    with pytest.raises(Refused, match="list_closed"):
        await bo.command("request_floor")
    await asked(bo, kind="point_of_order")
    await ana.command("withdraw")
    await ana.until(lambda c: own(c) == [])


async def test_the_request_counts_from_the_tap_and_the_line_of_text_follows(
    chair: Client, people: tuple[Client, Client, Client]
) -> None:
    ana, bo, _ = people
    first = await asked(ana)
    second = await asked(bo)

    await ana.command("describe_request", request=first, summary="On funding")

    await chair.until(lambda c: c.state["requests"].get(first, {}).get("summary") == "On funding")
    assert chair.state["list"] == [first, second]
    await ana.until(lambda c: c.you["requests"][first].get("summary") == "On funding")


async def test_the_speaker_s_timer_is_untouched_by_what_happens_to_the_list(
    chair: Client, people: tuple[Client, Client, Client]
) -> None:
    ana, bo, cy = people
    speaks, waits, goes = [await asked(phone) for phone in people]
    await chair.at((await chair.command("give_floor", request=speaks, after=None)).seq)
    timer = chair.state["floor"]

    await bo.command("step_back", request=waits)
    await chair.command("move_request", request=goes)
    await chair.command("pass_over", request=waits)
    await cy.command("withdraw", request=goes)
    await chair.at((await chair.command("remove_request", request=waits)).seq)

    assert chair.state["floor"] == timer
    await ana.until(lambda c: c.state["list"] == [])
    assert ana.state["floor"] == timer


# Who may do what


async def test_a_participant_acts_on_their_own_requests_alone(
    chair: Client, people: tuple[Client, Client, Client]
) -> None:
    ana, bo, _ = people
    of_ana = await asked(ana)
    await asked(bo)

    for do in ("withdraw", "step_back"):
        with pytest.raises(Refused, match="no_such_request"):
            await bo.command(do, request=of_ana)
    with pytest.raises(Refused, match="no_such_request"):
        await bo.command("describe_request", request=of_ana, summary="Not mine")

    await chair.resync()
    await chair.until(lambda c: c.state["list"][0] == of_ana)
    assert "summary" not in chair.state["requests"][of_ana]


# Two at once


async def test_of_two_chairs_who_give_the_floor_at_once_exactly_one_is_obeyed(
    running: ServerProcess, chair: Client, people: tuple[Client, Client, Client]
) -> None:
    after = None
    for phone in people:
        await asked(phone)
    async with await running.chair() as second:
        for _ in people:
            commands = [console.command("give_floor", after=after) for console in (chair, second)]
            assert await outcomes(*commands) == ["accepted", "stale"]
            before = after
            await chair.until(lambda c: c.state.get("floor", {}).get("request") != before)  # noqa: B023
            after = chair.state["floor"]["request"]
    assert chair.state["list"] == []


async def test_of_fifty_requests_of_one_person_at_the_same_instant_there_is_exactly_one(
    running: ServerProcess, chair: Client
) -> None:
    ana = await running.joined("Ana")
    async with AsyncExitStack() as stack:
        screens = [await stack.enter_async_context(Client(running.address, cookies=ana.cookies)) for _ in range(5)]

        result = await outcomes(*(screen.command("request_floor") for screen in screens for _ in range(10)))

    assert result == ["accepted"] + ["already_requested"] * 49
    await chair.until(lambda c: len(c.state["list"]) == 1)


async def test_the_same_id_sent_twice_is_done_once_and_answered_twice(running: ServerProcess, chair: Client) -> None:
    ana, id_ = await running.joined("Ana"), str(uuid4())
    command: Message = {"type": "command", "id": id_, "do": "request_floor", "with": {}}
    async with (
        plain_socket(running.address, cookies=ana.cookies) as phone,
        plain_socket(running.address, cookies=ana.cookies) as tablet,
    ):
        for socket in (phone, phone, tablet):
            await socket.say(command)
        answers = [await phone.answer(id_), await phone.answer(id_), await tablet.answer(id_)]
        await phone.ask("withdraw", str(uuid4()))
        await phone.say(command)
        answers.append(await phone.answer(id_))

    assert answers[0]["type"] == "accepted"
    assert answers == [answers[0]] * 4
    await chair.at(answers[0]["seq"] + 1)
    assert chair.state["list"] == []


async def test_a_refused_id_sent_again_is_refused_again_though_it_would_be_allowed_by_now(
    chair: Client, people: tuple[Client, Client, Client]
) -> None:
    ana, id_ = people[0], str(uuid4())
    await asked(ana)
    with pytest.raises(Refused, match="already_requested"):
        await ana.command("request_floor", command_id=id_)
    await ana.command("withdraw")

    with pytest.raises(Refused, match="already_requested"):
        await ana.command("request_floor", command_id=id_)


async def test_waiting_for_what_a_view_does_not_show_ends_all_the_same(
    running: ServerProcess, chair: Client, people: tuple[Client, Client, Client]
) -> None:
    ana = people[0]
    await asked(ana)

    described = await ana.command("describe_request", summary="On funding")

    async with running.room() as room:
        for screen in (ana, room):
            await screen.at(described.seq)
            assert "summary" not in keys_in(screen.state)
