"""The socket to the letter of docs/protocol.md, on a real server: what it says, what it takes, what it refuses."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from app import i18n
from app.client import apply_patch, chair_cookies
from tests.plain_socket import Message, PlainSocket, closed_with, plain_socket
from tests.serving import ServerProcess

DEEP = "[" * 1_000 + "]" * 1_000


@pytest.fixture
async def phone(server: ServerProcess) -> AsyncIterator[PlainSocket]:
    """The socket of somebody who has joined; its first snapshot has been read. The session has not begun."""
    joined = await server.joined("Ana Lima")
    async with plain_socket(server.address, cookies=joined.cookies) as socket:
        await socket.next()
        yield socket


@pytest.fixture
async def console(server: ServerProcess) -> AsyncIterator[PlainSocket]:
    async with plain_socket(server.address, as_="chair", cookies=await chair_cookies(server.chair_link)) as socket:
        await socket.next()
        yield socket


def filled(reason: str, **values: object) -> str:
    """The sentence of a refusal, from the catalogue that the screens read."""
    return i18n.text("en", f"refused.{reason}", **values)


def nulls(value: object, at: str = "") -> Iterator[str]:
    match value:
        case None:
            yield at
        case dict():
            for key, inner in value.items():
                yield from nulls(inner, f"{at}.{key}")
        case list():
            for inner in value:
                yield from nulls(inner, at)


# What the server says


@pytest.mark.parametrize("as_", ["attendee", "room", "chair"])
async def test_the_first_message_is_a_snapshot(server: ServerProcess, as_: str) -> None:
    async with plain_socket(server.address, as_=as_, cookies=await chair_cookies(server.chair_link)) as socket:
        first = await socket.next()

    assert list(first) == ["type", "seq", "now", "you", "state"]
    assert (first["type"], first["you"]) == ("snapshot", {"role": as_} | ({"who": "chair"} if as_ == "chair" else {}))
    assert type(first["seq"]) is int
    assert type(first["now"]) is int
    assert first["state"]["session"]["id"] == "small"
    assert list(nulls(first)) == []


async def test_a_snapshot_tells_a_participant_what_is_theirs(server: ServerProcess) -> None:
    joined = await server.joined("Bo Berg")

    async with plain_socket(server.address, cookies=joined.cookies) as socket:
        you = (await socket.next())["you"]

    assert (you["role"], you["participant"], you["name"]) == ("attendee", joined.participant, "Bo Berg")


async def test_patches_chain_from_the_snapshot_on_and_lead_to_the_state_of_a_fresh_one(
    server: ServerProcess, phone: PlainSocket, console: PlainSocket
) -> None:
    for number, text in enumerate(("First", "Second", "", "Third")):
        assert (await console.ask("announce", f"chain-{number}", text=text))["type"] == "accepted"
    for socket in (phone, console):
        await socket.until(lambda m: m["type"] == "patch" and (m["patch"].get("notice") or {}).get("text") == "Third")
        await socket.say({"type": "resync"})
        fresh = await socket.until(lambda m: m["type"] == "snapshot")

        snapshot, *later = socket.messages[:-1]
        state, seq = snapshot["state"], snapshot["seq"]
        for patch in (message for message in later if message["type"] == "patch"):
            assert list(patch) == ["type", "seq", "from", "now", "patch"]
            assert patch["from"] == seq
            assert patch["patch"] != {}
            state, seq = apply_patch(state, patch["patch"]), patch["seq"]
        assert list(nulls(state)) == []
        assert (fresh["state"], fresh["seq"]) == (state, seq)


async def test_an_accepted_command_is_shown_by_a_patch_of_its_seq_or_later(console: PlainSocket) -> None:
    answer = await console.ask("announce", "shown", text="Shown")
    assert answer == {"type": "accepted", "id": "shown", "seq": answer["seq"]}

    def shows(message: Message) -> bool:
        return message["type"] == "patch" and (message["patch"].get("notice") or {}).get("text") == "Shown"

    patch = next(filter(shows, console.messages), None) or await console.until(shows)
    assert patch["seq"] >= answer["seq"]


async def test_resync_is_answered_with_a_snapshot(phone: PlainSocket) -> None:
    await phone.say({"type": "resync"})

    fresh = await phone.until(lambda m: m["type"] == "snapshot" and m is not phone.messages[0])
    assert fresh["you"] == phone.messages[0]["you"]


@pytest.mark.parametrize("sent", [0, -5, 1_696_905_000_123, 12.75])
async def test_ping_is_answered_with_what_was_sent_and_the_server_s_time(phone: PlainSocket, sent: float) -> None:
    await phone.say({"type": "ping", "sent": sent})

    pong = await phone.until(lambda m: m["type"] == "pong")
    assert list(pong) == ["type", "sent", "now"]
    assert (pong["sent"], type(pong["sent"])) == (sent, type(sent))
    assert pong["now"] >= phone.messages[0]["now"]


# What it refuses


@pytest.mark.parametrize(
    ("do", "details", "reason", "said"),
    [
        ("request_floor", {}, "not_running", ""),
        ("raise_hand", {}, "unknown_command", "raise_hand"),
        ("join", {"participant": "p1"}, "unknown_command", "join"),
        ("request_floor", {"kind": "speech"}, "malformed", "kind"),
        ("request_floor", {"participant": "p1"}, "malformed", "participant"),
        ("start_session", {}, "not_chair", ""),
        ("withdraw", {}, "no_request", ""),
        ("withdraw", {"request": "r99"}, "no_such_request", ""),
        ("conclude", {}, "floor_empty", ""),
    ],
)
async def test_a_refused_command_is_told_its_id_and_reason_and_a_sentence(
    phone: PlainSocket, do: str, details: dict[str, Any], reason: str, said: str
) -> None:
    answer = await phone.ask(do, f"{do}-1", **details)

    assert list(answer) == ["type", "id", "reason", "message"]
    assert (answer["type"], answer["id"], answer["reason"]) == ("refused", f"{do}-1", reason)
    assert said in answer["message"]
    assert answer["message"] == filled(reason, detail=answer["message"].partition("done. ")[2], name=do)


@pytest.mark.parametrize(
    ("do", "details", "reason"),
    [
        ("open_topic", {"topic": "vision"}, "not_running"),
        ("open_topic", {"topic": "no such topic"}, "not_running"),
        ("open_list", {"topic": "no such topic"}, "no_topic"),
        ("close_list", {}, "no_topic"),
        ("give_floor", {"after": None}, "not_running"),
        ("end_intervention", {"request": "r1"}, "floor_empty"),
        ("request_floor", {}, "not_joined"),
        ("announce", {"text": "x" * 281}, "too_long"),
        ("set_speaking_time", {"limit_ms": 0}, "malformed"),
        ("adjust_topic", {"by_ms": "30"}, "malformed"),
        ("remove_request", {"request": ["r1"]}, "malformed"),
    ],
)
async def test_the_chair_is_refused_what_makes_no_sense_now(
    console: PlainSocket, do: str, details: dict[str, Any], reason: str
) -> None:
    assert (await console.ask(do, f"{do}-2", **details))["reason"] == reason


@pytest.mark.parametrize(
    ("frame", "id_"),
    [
        ("", ""),
        ("give me the floor", ""),
        ("null", ""),
        ("[]", ""),
        ("{}", ""),
        ('{"type": "snapshot"}', ""),
        ('{"type": "command", "id": "a"}', "a"),
        ('{"type": "command", "id": "a", "do": "undo", "with": []}', "a"),
        ('{"type": "command", "id": "a", "do": "undo", "role": "chair"}', "a"),
        ('{"type": "command", "id": "a b", "do": "undo"}', "a b"),
        ('{"type": "command", "id": 5, "do": "undo"}', ""),
        ('{"type": "ping", "sent": NaN}', ""),
        ('{"type": "ping", "sent": "\\ud800"}', ""),
        ('{"type": "ping", "sent": ' + DEEP + "}", ""),
        ('{"type": "command", "id": "a", "do": "undo", "with": ' + DEEP + "}", "a"),
        ('{"type": "command", "id": "a", "id": "b", "do": ""', ""),
        (b"\xff\xfe\x00", ""),
        (b'{"type": "snapshot"}', ""),
    ],
)
async def test_what_is_no_message_is_refused_and_the_conversation_goes_on(
    phone: PlainSocket, frame: str | bytes, id_: str
) -> None:
    await phone.say(frame)

    answer = await phone.answer(id_)
    assert (answer["type"], answer["reason"]) == ("refused", "malformed")
    await phone.pong()


async def test_of_a_key_given_twice_the_last_counts(phone: PlainSocket) -> None:
    await phone.say('{"type": "command", "id": "1", "id": "2", "do": "undo", "do": "request_floor"}')

    assert (await phone.answer("2"))["reason"] == "not_running"


async def test_a_summary_over_its_length_is_told_how_long_it_may_be(console: PlainSocket) -> None:
    answer = await console.ask("announce", "long", text="é" * 281)

    assert answer["message"] == filled("too_long", most=280, field="text")


async def test_a_text_that_is_not_utf_8_closes_the_socket(phone: PlainSocket) -> None:
    await phone.connection.send(b"\xff\xfe", text=True)

    assert await closed_with(phone.connection) == 1007


async def test_who_talks_too_fast_is_told_when_to_go_on_and_what_was_too_fast_is_not_done(
    phone: PlainSocket, console: PlainSocket
) -> None:
    for number in range(40):
        await phone.say({"type": "command", "id": str(number), "do": "request_floor"})
    answers = [await phone.answer(str(number)) for number in range(40)]

    reasons = [answer["reason"] for answer in answers]
    assert reasons[:20] == ["not_running"] * 20
    assert reasons.count("too_fast") >= 10
    slow_down = next(answer["message"] for answer in answers if answer["reason"] == "too_fast")
    assert slow_down == filled("too_fast", seconds=1)
    assert (await console.ask("undo", "others-may-go-on"))["type"] in {"accepted", "refused"}


async def test_the_role_comes_from_the_connection_alone(server: ServerProcess) -> None:
    both = {**await chair_cookies(server.chair_link), **(await server.joined("Ana Lima")).cookies}

    async def asked(as_: str, do: str, cookies: dict[str, str]) -> Message:
        async with plain_socket(server.address, as_=as_, cookies=cookies) as socket:
            return await socket.ask(do, f"{as_}-{do}")

    assert (await asked("attendee", "start_session", both))["reason"] == "not_chair"
    assert (await asked("room", "start_session", both))["reason"] == "not_chair"
    assert (await asked("room", "request_floor", both))["reason"] == "not_joined"
    assert (await asked("chair", "request_floor", both))["reason"] == "not_joined"
    assert (await asked("attendee", "request_floor", {}))["reason"] == "not_joined"
    assert (await asked("attendee", "request_floor", both))["reason"] == "not_running"


async def test_a_socket_that_is_cut_in_the_middle_of_a_frame_harms_nobody(
    server: ServerProcess, phone: PlainSocket
) -> None:
    async with plain_socket(server.address) as cut:
        await cut.next()
        cut.connection.transport.write(b"\x81\xfe\x10\x00half")
        cut.connection.transport.abort()

    await phone.pong()
