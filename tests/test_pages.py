"""The pages and what else HTTP answers: shells under a strict policy, the QR code, the state, how the server is."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from app.client import Client, chair_cookies
from app.client.joining import tls
from app.web.headers import CONTENT_SECURITY_POLICY
from tests.serving import CHAIR_KEY, ServerProcess

GROUPS = {
    "government": {"en": "Government"},
    "civil_society": {"en": "Civil society"},
    "academia": {"en": "Academia"},
}


@pytest.fixture
def http(server: ServerProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address, verify=tls()) as client:
        yield client


class Shell(HTMLParser):
    """What a page's HTML holds, as far as these tests look at it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.page: dict[str, Any] = {}
        self.scripts: list[dict[str, str | None]] = []
        self.files: list[str] = []
        self.inline: list[str] = []
        self._in: dict[str, str | None] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.inline += [name for name in told if name == "style" or name.startswith("on")]
        self.files += [value for name in ("src", "href") if (value := told.get(name)) and tag != "a"]
        if tag == "style":
            self.inline.append(tag)
        if tag == "script":
            self.scripts.append(told)
            self._in = told

    def handle_data(self, data: str) -> None:
        if self._in and self._in.get("id") == "page":
            self.page = json.loads(data)

    def handle_endtag(self, tag: str) -> None:
        self._in = None


def browser(server: ServerProcess, cookies: Mapping[str, str] | None = None) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=server.address, cookies=dict(cookies or {}), verify=tls())


async def shell_of(server: ServerProcess, path: str) -> Shell:
    async with browser(server, await chair_cookies(server.chair_link)) as http:
        return Shell((await http.get(path)).raise_for_status().text)


@pytest.mark.parametrize(
    ("path", "screen"),
    [
        *(("/", "phone"), ("/room", "room"), ("/replay", "replay")),
        *(("/chair", "chair"), ("/secretariat", "secretariat")),
    ],
)
async def test_each_screen_has_its_shell_that_tells_its_page_of_the_session(
    server: ServerProcess, path: str, screen: str
) -> None:
    shell = await shell_of(server, path)

    assert (
        shell.page.items()
        >= {
            "screen": screen,
            "session": "small",
            "title": {"en": "A small session"},
            "starts_ms": 1_696_918_500_000,
            "time_zone": "Asia/Tokyo",
            "groups": GROUPS,
            "languages": ["en"],
            "language": "en",
            "address": server.address,
        }.items()
    )
    assert list(shell.page["groups"]) == list(GROUPS), "in the order of the session file"


@pytest.mark.parametrize("path", ["/", "/room", "/chair", "/secretariat", "/replay"])
async def test_a_page_needs_nothing_that_the_policy_forbids_and_all_its_files_are_there(
    server: ServerProcess, path: str
) -> None:
    shell = await shell_of(server, path)

    assert shell.inline == []
    assert [script for script in shell.scripts if not script.get("src")] == [{"type": "application/json", "id": "page"}]
    assert all(file.startswith("/") for file in shell.files), "nothing from elsewhere"
    async with browser(server) as http:
        assert {file: (await http.get(file)).status_code for file in shell.files} == dict.fromkeys(shell.files, 200)


@pytest.mark.parametrize(
    "path", ["/", "/room", "/chair", "/secretariat", "/replay", "/nowhere", "/api/state", "/join.svg"]
)
def test_every_answer_carries_the_headers_that_keep_others_out(http: httpx.Client, path: str) -> None:
    headers = http.get(path).headers

    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == ("no-store" if path.startswith("/api/") else "no-cache")


def test_a_file_that_is_part_of_a_page_may_do_nothing_by_itself(http: httpx.Client) -> None:
    headers = http.get("/static/style.css").headers

    assert headers["content-security-policy"] == "default-src 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-cache"


async def test_what_stands_in_the_session_file_cannot_break_out_of_the_page(own_server: ServerProcess) -> None:
    hostile = "</script><script>alert(1)</script><!--"
    own_server.config.write_text(
        own_server.config.read_text("utf-8").replace("A small session", json.dumps(hostile)), "utf-8"
    )
    own_server.start()

    async with browser(own_server) as http:
        html = (await http.get("/")).text

    shell = Shell(html)
    assert shell.page["title"] == {"en": hostile}
    assert hostile not in html
    assert all(script.get("src") or script.get("id") == "page" for script in shell.scripts)


# The chair's page


def test_the_chair_s_link_sets_a_cookie_and_leaves_the_key_behind(http: httpx.Client) -> None:
    response = http.get("/chair", params={"key": CHAIR_KEY})

    assert (response.status_code, response.headers["location"]) == (303, "/chair")
    assert http.get("/chair").status_code == 200, "the cookie opens it"


@pytest.mark.parametrize("path", ["/chair", "/chair?key=", "/chair?key=wrong"])
def test_without_the_key_the_console_stays_shut_and_says_where_the_link_is(http: httpx.Client, path: str) -> None:
    response = http.get(path)

    assert response.status_code == 403
    assert "set-cookie" not in response.headers
    assert "printed where the server was started" in response.text
    assert Shell(response.text).page.get("screen") != "chair"


def test_any_console_s_key_opens_the_secretariat_s_page_and_is_left_behind(http: httpx.Client) -> None:
    response = http.get("/secretariat", params={"key": CHAIR_KEY})

    assert (response.status_code, response.headers["location"]) == (303, "/secretariat")
    assert http.get("/secretariat").status_code == http.get("/chair").status_code == 200


@pytest.mark.parametrize("path", ["/secretariat", "/secretariat?key=", "/secretariat?key=wrong"])
def test_without_a_key_the_secretariat_s_page_says_where_its_link_is(http: httpx.Client, path: str) -> None:
    response = http.get(path)

    assert response.status_code == 403
    assert "set-cookie" not in response.headers
    assert "Open the secretariat" in response.text
    assert Shell(response.text).page.get("screen") != "secretariat"


def test_the_secretariat_s_key_leads_from_the_chair_s_page_to_its_own(own_server: ServerProcess) -> None:
    own_server.start()
    link = own_server.printed.partition("/secretariat?key=")[2].split()[0]
    with httpx.Client(base_url=own_server.address, verify=tls()) as http:
        opened = http.get("/chair", params={"key": link})
        led = http.get("/chair")

        assert "set-cookie" in opened.headers
        assert (led.status_code, led.headers["location"]) == (303, "/secretariat")
        assert http.get("/secretariat").status_code == 200


# The rest


def test_the_qr_code_leads_to_the_public_address(http: httpx.Client) -> None:
    response = http.get("/join.svg")

    assert response.headers["content-type"] == "image/svg+xml"
    assert response.text.lstrip().startswith(("<?xml", "<svg"))
    by_another_address = http.get("/join.svg", headers={"Host": "floor.example.org"})
    assert by_another_address.text != response.text


async def test_the_state_over_http_is_the_snapshot_of_a_socket(server: ServerProcess) -> None:
    async with browser(server) as http, server.room() as room:
        snapshot = (await http.get("/api/state")).json()
        assert snapshot["state"] == room.state
        assert (snapshot["type"], snapshot["seq"], snapshot["you"]) == ("snapshot", room.seq, {"role": "attendee"})


async def test_the_state_over_http_knows_nobody_s_own_things(server: ServerProcess) -> None:
    ana = await server.joined("Ana Lima")

    async with browser(server, ana.cookies) as http:
        snapshot = (await http.get("/api/state")).json()

    assert snapshot["you"] == {"role": "attendee"}


def test_a_page_is_in_a_language_that_the_session_has(http: httpx.Client) -> None:
    html = http.get("/", headers={"Accept-Language": "fr, en;q=0.5"}).text

    assert re.search(r'<html lang="en" dir="ltr">', html)


async def test_metrics_are_for_this_machine_and_for_the_chair(server: ServerProcess) -> None:
    elsewhere = {"X-Forwarded-For": "203.0.113.7"}
    async with browser(server) as http, server.room():
        here = await http.get("/metrics")
        assert here.status_code == 200
        assert re.search(r'^open_floor_connections\{view="room"\} [1-9]', here.text, re.MULTILINE)
        seq = (await http.get("/healthz")).json()["seq"]
        assert re.search(rf"^open_floor_seq {seq}\.0$", here.text, re.MULTILINE)
        assert (await http.get("/metrics", headers=elsewhere)).status_code == 403
        await http.get("/chair", params={"key": CHAIR_KEY})
        assert (await http.get("/metrics", headers=elsewhere)).status_code == 200


@pytest.mark.parametrize(
    "path", ["/static/../main.py", "/static/%2e%2e/main.py", "/static/..%2fmain.py", "/static//etc/passwd"]
)
async def test_a_static_file_never_comes_from_outside_its_folder(server: ServerProcess, path: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)  # a browser would tidy the path
    writer.write(f"GET {path} HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n\r\n".encode())

    assert (await reader.readline()).split()[1] == b"404"

    writer.close()
    await writer.wait_closed()


async def test_the_phone_s_page_is_for_anyone(server: ServerProcess) -> None:
    async with Client(server.address) as stranger:
        assert stranger.you == {"role": "attendee"}
        assert stranger.state["session"]["status"] == "waiting"
