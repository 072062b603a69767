"""Whatever is asked for by HTTP: no fault of the server, nothing changed, the headers on every answer.

Two ways to ask: schemathesis, which knows what the server says it takes, and Hypothesis, which knows what people try.
Here a share; `make fuzz` asks more.
"""

import asyncio
import contextlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from app.client.joining import tls
from app.web import join
from app.web.access import BROWSER_COOKIE, CONSOLE_COOKIE, PARTICIPANT_COOKIE
from app.web.headers import CONTENT_SECURITY_POLICY
from tests.serving import SESSION, ServerProcess

REQUESTS = int(os.environ.get("OPEN_FLOOR_FUZZ", "2000")) // 4
"""Each costs as much as several messages of a socket."""
LIMITS = "limits: {joins_an_hour: 1000000, name_changes_an_hour: 1000000}\n"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    server = ServerProcess(tmp_path_factory.mktemp("http"), SESSION + LIMITS).start()
    yield server
    server.end()
    assert [line for line in server.log.splitlines() if "Traceback" in line or "Exception" in line] == []


def described() -> FastAPI:
    """What the server takes by its own word."""
    app = FastAPI()
    app.include_router(join.router)
    return app


schema = schemathesis.openapi.from_dict(described().openapi())
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@schema.parametrize()
@settings(
    max_examples=max(50, REQUESTS // 20), deadline=None, database=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
def test_what_the_server_says_it_takes_it_takes_and_refuses_the_rest(case: Any, hall: ServerProcess) -> None:
    response = case.call(base_url=hall.address)

    assert response.status_code < 500, response.text
    assert response.headers["content-security-policy"] == [CONTENT_SECURITY_POLICY]
    assert response.status_code in {200, 400, 404, 405, 406, 413, 415, 422, 429}


# What people try

PATHS = st.sampled_from(
    [
        *(
            "/",
            "/room",
            "/chair",
            "/secretariat",
            "/api/join",
            "/api/code",
            "/api/rejoin",
            "/api/participants",
            "/api/live",
            "/api/state",
            "/replay",
            "/api/replay",
        ),
        *(
            "/join.svg",
            "/healthz",
            "/metrics",
            "/ws",
            "/manifest.webmanifest",
            "/sw.js",
            "/static/style.css",
            "/static/",
        ),
        *("/i18n/phone/en.json", "/api/live/nothing", "/openapi.json", "/docs", "/nowhere"),
    ]
)
STEPS = st.sampled_from(
    [
        "..",
        "%2e%2e",
        "..%2f",
        "%2e%2e%2f",
        "..%5c",
        ".",
        "",
        "%00",
        "%ff",
        "etc",
        "passwd",
        "app",
        "main.py",
        "~",
        "%252e%252e",
    ]
)
TRAVERSALS = st.builds(
    lambda root, steps: root + "/".join(steps),
    st.sampled_from(["/static/", "/i18n/", "/i18n/phone/", "/api/live/", "/", "//"]),
    st.lists(STEPS, min_size=1, max_size=6),
)
VISIBLE = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40)
QUERIES = st.one_of(
    st.just(""),
    st.sampled_from(
        ["?key=", "?key=%00", "?key=wrong", "?lang=xx", "?lang=en,,", "?as=chair", "?q=%ff", "?q=a&q=b", "?"]
    ),
    VISIBLE.map(lambda text: "?" + text.replace("#", "")),
)
LATIN = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_categories=["Cc"]), max_size=60)
NAMES = st.sampled_from(
    [
        *("Host", "Origin", "Cookie", "Accept-Language", "Accept-Encoding", "Content-Type", "If-None-Match", "Range"),
        *("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Authorization", "Content-Encoding"),
        *("X-HTTP-Method-Override", "X-Original-URL", "Expect", "Connection", "Upgrade", "Sec-WebSocket-Key"),
    ]
)
VALUES = LATIN | st.sampled_from(
    [
        *("elsewhere.example.org", "https://elsewhere.example.org", "null", "http://[", "[::1", "a:b", "x" * 3_000),
        *(
            "127.0.0.1, nonsense",
            "unknown",
            "javascript",
            "websocket",
            "bytes=9-1",
            "gzip;q=nan, *;q=-1",
            "100-continue",
        ),
        *(f"{name}=forged.{'A' * 27}" for name in (PARTICIPANT_COOKIE, CONSOLE_COOKIE, BROWSER_COOKIE)),
        f"{CONSOLE_COOKIE}=; {CONSOLE_COOKIE}=WyJzbWFsbCIsImNoYWlyIl0.x",
    ]
)
JSONISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FORMS = st.dictionaries(
    st.sampled_from(["name", "organisation", "group", "where", "language", "id", "code", "participant", "role"]),
    JSONISH,
)
BODIES = st.one_of(
    st.just(b""),
    st.binary(max_size=200),
    (JSONISH | FORMS).map(lambda content: json.dumps(content).encode("utf-8", "surrogatepass")),
    st.integers(100, 2_000).map(lambda depth: b'{"name": ' + b"[" * depth + b"]" * depth + b"}"),
    st.sampled_from(
        [b'{"name": "\\ud800", "group": "academia"}', b'{"name": "\xed\xa0\x80"}', b'{"name": NaN}', b"x" * 40_000]
    ),
    st.just(b'{"name": "a", "name": "' + b" " * 100 + b'", "group": "academia"}'),
)
METHODS = st.sampled_from([*["GET"] * 5, *["POST"] * 4, "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"])


async def answers(server: ServerProcess, requests: list[bytes]) -> list[tuple[int, str, bytes]]:
    """Status, head and body of what each was answered, over a connection of its own."""

    async def ask(request: bytes) -> tuple[int, str, bytes]:
        answer = b""
        for _ in range(5):  # a server that has not read all of a body may reset the line before its answer is read
            if answer:
                break
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(request)
            with contextlib.suppress(ConnectionError):
                while part := await asyncio.wait_for(reader.read(65_536), 60):
                    answer += part
            writer.transport.abort()
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split()[1]), head.decode("latin-1"), body

    return await asyncio.gather(*map(ask, requests))


def request_of(method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [f"{method} {path}{query} HTTP/1.1"]
    lines += [
        f"{name}: {value}" for name, value in {"Host": "hall", "Content-Type": "application/json", **headers}.items()
    ]
    lines += ["Connection: close", f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


REQUEST = st.builds(
    request_of, METHODS, PATHS | TRAVERSALS, QUERIES, st.dictionaries(NAMES, VALUES, max_size=3), BODIES
)


def seq_of(server: ServerProcess) -> dict[str, Any]:
    with httpx.Client(base_url=server.address, verify=tls()) as http:
        state: dict[str, Any] = http.get("/api/state").json()
        joined = re.search(r"^open_floor_participants (\S+)$", http.get("/metrics").text, re.MULTILINE)
    assert joined is not None
    return {"seq": state["seq"], "state": state["state"], "joined": joined[1]}


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Nobody joins it who is not somebody: the group of `FORMS` is never one of this session's."""
    server = ServerProcess(tmp_path_factory.mktemp("quiet")).start()
    yield server
    server.end()
    assert [line for line in server.log.splitlines() if "Traceback" in line or "Exception" in line] == []


def test_whatever_is_asked_is_answered_without_a_fault_and_changes_nothing(quiet: ServerProcess) -> None:
    before = seq_of(quiet)
    statuses: dict[int, int] = {}
    bare = 0

    with asyncio.Runner() as runner:

        @settings(max_examples=REQUESTS // 20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(st.lists(REQUEST, min_size=20, max_size=20))
        def attack(requests: list[bytes]) -> None:
            nonlocal bare
            for request, (status, head, body) in zip(requests, runner.run(answers(quiet, requests)), strict=True):
                statuses[status] = statuses.get(status, 0) + 1
                assert status < 500, request[:500]
                assert b"root:" not in body, "the system's own files"
                assert b"from app" not in body, "our source"
                if "content-security-policy" not in head.lower():
                    assert status == 400, "uvicorn's own, to what is no HTTP request"
                    bare += 1

        attack()

    assert seq_of(quiet) == before
    print(statuses, f"{bare} by uvicorn")  # noqa: T201
    assert statuses.keys() >= {200, 404, 405}
