"""What a peer may do to a connection, by smallest cases: it costs nobody else anything, and the log hardly a line."""

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator

import httpx
import pytest
from websockets.frames import Opcode

from app.client.joining import tls
from app.web.headers import CONTENT_SECURITY_POLICY
from tests.raw_socket import KEY, RawSocket, fragments, frame, raw_socket
from tests.serving import ServerProcess

CLOSE = frame((1000).to_bytes(2), Opcode.CLOSE)


@pytest.fixture
async def raw(server: ServerProcess) -> AsyncIterator[RawSocket]:
    async with raw_socket(server.port) as socket:
        await socket.messages_until(lambda m: m["type"] == "snapshot")
        yield socket


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (frame(b"\xff"), 1007),
        (frame(b"\xff") + CLOSE, None),
        (fragments([b"\xe6", b"\xff"]), 1007),
        (frame(b"{}") * 3 + frame(b"\xed\xa0\x80"), 1007),
        (fragments([b""] * 65), 1009),
        (fragments([b"x" * 600] * 60), 1009),
        (frame(b"x" * 32_769), 1009),
        (frame(b"{}", reserved=4), 1002),
        (b"\x81\x02{}", 1002),  # not masked
        (b"\x83\x80\0\0\0\0", 1002),  # an opcode that there is not
        (frame(b"more", Opcode.CONT), 1002),
        (frame(b"a", fin=False) + frame(b"b"), 1002),
        (frame(b"x" * 126, Opcode.PING), 1002),
        (frame(b"", Opcode.PING, fin=False), 1002),
        (frame((999).to_bytes(2), Opcode.CLOSE), 1002),
        (frame(b"\x03", Opcode.CLOSE), 1002),
        (frame((1000).to_bytes(2) + b"\xff", Opcode.CLOSE), 1007),
    ],
    ids=range(17),
)
async def test_what_breaks_the_websocket_protocol_closes_that_socket_and_is_not_logged(
    server: ServerProcess, raw: RawSocket, sent: bytes, code: int | None
) -> None:
    before = server.log

    await raw.send(sent)

    assert await raw.closed_with() == (code or 1000)
    assert server.log == before


async def test_what_is_well_formed_however_odd_is_answered(server: ServerProcess, raw: RawSocket) -> None:
    await raw.send(fragments([b"{"] + [b""] * 62 + [b"}"]))
    await raw.send(frame(b"{", fin=False) + frame(b"between", Opcode.PING) + frame(b"}", Opcode.CONT))
    await raw.send(frame(b"\xff\xfe", Opcode.BINARY) + frame(b"nobody asked", Opcode.PONG) + frame(b""))

    assert [m.get("reason", m["type"]) for m in await raw.answers()] == ["malformed"] * 4 + ["pong"]


PING = frame(b"x" * 125, Opcode.PING)


async def metric(http: httpx.AsyncClient, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", (await http.get("/metrics")).text, re.MULTILINE)
    assert found is not None, name
    return float(found[1])


@contextlib.asynccontextmanager
async def unread(server: ServerProcess) -> AsyncIterator[tuple[RawSocket, httpx.AsyncClient]]:
    server.start()
    async with httpx.AsyncClient(base_url=server.address, verify=tls()) as http, raw_socket(server.port) as raw:
        await raw.messages_until(lambda m: m["type"] == "snapshot")
        raw.writer.transport.pause_reading()  # type: ignore[attr-defined]
        yield raw, http


async def test_who_pings_and_never_reads_the_pongs_is_dropped(own_server: ServerProcess) -> None:
    async with unread(own_server) as (raw, http):
        while await metric(http, 'open_floor_connections{view="audience"}'):
            raw.writer.write(PING * 2_000)


async def test_who_says_goodbye_and_never_reads_what_is_owed_is_cut_off(own_server: ServerProcess) -> None:
    async with unread(own_server) as (raw, http):
        while not await metric(http, 'open_floor_slowest_socket_bytes{view="audience"}'):
            raw.writer.write(PING * 100)
        with_it = await metric(http, "process_open_fds")

        raw.writer.write(CLOSE)

        async with asyncio.timeout(30):
            while await metric(http, "process_open_fds") == with_it:
                pass


ASKING = "Host: hall\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
ASKING += f"Sec-WebSocket-Key: {KEY}\r\n"


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/ws", "Origin: http://[\r\n", 403),
        ("/ws", "Origin: " + "x" * 4_000 + "\r\n", 403),
        ("/ws?as=chair", "", 403),
        ("/ws?as=%ff", "", 403),
        ("/static/style.css", "", 404),
        ("/", "", 404),
        ("/ws/", "", 404),
        ("/ws", "".join(f"X-{number}: x\r\n" for number in range(200)), 431),
        ("/ws", "X: " + "x" * 9_000 + "\r\n", 431),
        ("/ws", "Sec-WebSocket-Protocol: a b,,\r\n", 400),
    ],
    ids=range(10),
)
async def test_what_asks_for_a_socket_and_gets_none_is_told_so_by_http(
    server: ServerProcess, path: str, headers: str, status: int
) -> None:
    before = server.log
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)

    writer.write(f"GET {path} HTTP/1.1\r\n{ASKING}{headers}\r\n".encode())

    answer = (await asyncio.wait_for(reader.read(), 10)).decode()
    writer.close()
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert (CONTENT_SECURITY_POLICY in answer) == (status in {403, 404})
    logged = server.log.removeprefix(before).splitlines()
    assert len(logged) <= 1
    assert all(len(line) < 500 for line in logged)


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/join.svg", {"Host": "x" * 5_000}, 200),
        ("/join.svg", {"Host": "["}, 200),
        ("/metrics", {"X-Forwarded-For": "nonsense"}, 403),
        ("/room/", {"Host": "elsewhere.example.org"}, 404),
        ("/static", {"Host": "elsewhere.example.org"}, 404),
    ],
)
async def test_headers_that_are_nonsense_are_no_fault_and_lead_nowhere(
    server: ServerProcess, path: str, headers: dict[str, str], status: int
) -> None:
    async with httpx.AsyncClient(base_url=server.address, verify=tls()) as http:
        answer = await http.get(path, headers=headers)

    assert answer.status_code == status
    assert "location" not in answer.headers


async def test_a_message_is_answered_however_it_is_cut(raw: RawSocket) -> None:
    whole = frame(json.dumps({"type": "ping", "sent": 7}).encode())
    for byte in whole:
        await raw.send(bytes([byte]))

    assert (await raw.messages_until(lambda m: m["type"] == "pong"))[-1]["sent"] == 7


async def chunks() -> AsyncIterator[bytes]:
    for _ in range(40):
        yield b"x" * 1_000


@pytest.mark.parametrize("chunked", [True, False])
@pytest.mark.parametrize("path", ["/", "/sw.js", "/static/style.css", "/healthz", "/nowhere", "/api/join"])
async def test_a_body_that_is_too_large_is_no_fault_whether_or_not_anybody_reads_it(
    server: ServerProcess, path: str, chunked: bool
) -> None:
    method = "POST" if path == "/api/join" else "GET"
    before = server.log
    async with httpx.AsyncClient(base_url=server.address, verify=tls()) as http:
        answer = await http.request(method, path, content=chunks() if chunked else b"x" * 40_000)

    assert answer.status_code == 413 or method == "GET"
    assert server.log == before
